import { tick } from "svelte";

/** Puts the focus on an element once it is drawn, and selects what is typed in it. */
export async function focusOn(id: string): Promise<void> {
  await tick();
  const element = document.getElementById(id);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
}
