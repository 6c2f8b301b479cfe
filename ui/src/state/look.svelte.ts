/** How the window looks on this PC: theme and text size. Kept in the web view, because it belongs to the screen. */
export const THEMES = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof THEMES)[number];
export const SIZES = [100, 125, 150, 175, 200] as const;

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");

class Look {
  theme = $state<Theme>("system");
  size = $state(100);
  paperOpen = $state(true);

  begin(): void {
    const theme = localStorage.getItem("theme") as Theme | null;
    if (theme && THEMES.includes(theme)) this.theme = theme;
    const size = Number(localStorage.getItem("size"));
    if ((SIZES as readonly number[]).includes(size)) this.size = size;
    for (const asked of [dark, contrast]) asked.addEventListener("change", () => this.apply());
    this.apply();
  }

  choose(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem("theme", theme);
    this.apply();
  }

  resize(size: number): void {
    this.size = size;
    localStorage.setItem("size", String(size));
    this.apply();
  }

  /** One step larger (1) or smaller (−1). */
  step(by: 1 | -1): void {
    const place = SIZES.findIndex((size) => size === this.size) + by;
    const next = SIZES[place];
    if (next) this.resize(next);
  }

  private apply(): void {
    const asked = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
    document.documentElement.dataset.theme = this.theme === "system" ? asked : this.theme;
    document.documentElement.style.fontSize = `${this.size}%`;
  }
}

export const look = new Look();
