/** Takes away what a browser does by itself: this is a counter, not a page. Keys are taken in `keys.ts`. */
export function calmTheWebView(): void {
  window.addEventListener("contextmenu", (event) => event.preventDefault());
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => event.preventDefault());
  window.addEventListener("dragstart", (event) => event.preventDefault());
  window.addEventListener("wheel", (event) => { if (event.ctrlKey) event.preventDefault(); }, { passive: false });
  window.addEventListener("gesturestart", (event) => event.preventDefault());
  // The mouse's own back and forward buttons.
  for (const kind of ["mousedown", "mouseup", "auxclick"] as const) {
    window.addEventListener(kind, (event) => { if (event.button > 2) event.preventDefault(); });
  }
  history.pushState(null, "", location.href);
  window.addEventListener("popstate", () => history.pushState(null, "", location.href));
}
