import { tick } from "svelte";

/** Puts the focus on an element once it is drawn, and selects what is typed in it. */
export async function focusOn(id: string): Promise<void> {
  await tick();
  const element = document.getElementById(id);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
}

/** The same where nothing has the focus: what had it can't be used any more, or has gone. */
export async function focusIfLost(id: string): Promise<void> {
  await tick();
  const now = document.activeElement;
  const idle = now instanceof HTMLButtonElement && now.disabled;
  if (!now || now === document.body || now instanceof HTMLDialogElement || idle) await focusOn(id);
}
