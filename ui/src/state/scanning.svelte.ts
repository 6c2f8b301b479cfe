/** What becomes of a barcode, whichever way it came: the reference box takes it, unless something must be answered first. */
import { call } from "../backend";
import { takesBarcodes, type Scan } from "../keyboard/scans";
import { t } from "../words/index.svelte";
import { approving } from "./approval.svelte";
import { basket } from "./basket.svelte";
import { dialogs } from "./dialogs.svelte";
import { paying } from "./paying.svelte";

class Scanning {
  /** Why the last barcode wasn't used. */
  refused = $state<string | null>(null);
  #atCounter = $state(false);
  /** Whoever only wants to see what the scanner reads. */
  trying = $state.raw<((scan: Scan) => void) | null>(null);
  /** The barcode that the account in the boxes came from. */
  #shown: string | null = null;
  #work = Promise.resolve();
  /** Counts how often the counter came onto the screen or went: what was read before is nobody's after. */
  #visit = 0;

  /** Is the counter on the screen, or a dialog over it? */
  get atCounter(): boolean {
    return this.#atCounter;
  }

  set atCounter(is: boolean) {
    this.#visit += 1;
    this.#atCounter = is;
  }

  get listens(): boolean {
    return this.atCounter || this.trying !== null;
  }

  /** One barcode after the other, in the order in which they came. */
  heard(scan: Scan): void {
    const visit = this.#visit;
    this.#work = this.#work.then(() => (visit === this.#visit ? this.#use(scan) : undefined)).catch(() => undefined);
  }

  /** What the serial scanner has read. */
  async fetch(): Promise<void> {
    const visit = this.#visit;
    const { scans } = await call("scan.next", {}).catch(() => ({ scans: [] }));
    if (visit !== this.#visit) return;
    for (const { text } of scans) {
      if (!text) this.refused = t("scan-too-long");
      else if (this.listens && !this.trying && takesBarcodes(document.activeElement)) type(document.activeElement, text);
      else if (this.listens) this.heard({ text, slowest: 0 });
    }
  }

  async #use(scan: Scan): Promise<void> {
    this.refused = null;
    if (this.trying) return this.trying(scan);
    if (!this.atCounter) return;
    this.refused = this.#unanswered();
    if (this.refused) return;
    if (basket.phase === "paying") await paying.leave();
    const { entry } = basket;
    // A scanner that reads the same barcode twice means one bill.
    if (entry.chosen && scan.text === this.#shown) return;
    if (entry.chosen && !(await basket.addLine())) {
      this.refused = t("scan-line-first");
      return;
    }
    this.#shown = scan.text;
    await basket.scan(scan.text);
  }

  /** What has to be answered first, in words. */
  #unanswered(): string | null {
    if (dialogs.open || approving.open || basket.sealed) return t("scan-answer-first");
    if (basket.phase === "paying") return paying.begun ? t("scan-payment-first") : null;
    if (basket.entry.asking) return t("scan-fund-first");
    return basket.entry.untouched ? null : t("scan-line-first");
  }
}

/** A box that takes barcodes takes one from a serial scanner as if it had been typed. */
function type(box: HTMLInputElement, text: string): void {
  box.setRangeText(text, box.selectionStart ?? 0, box.selectionEnd ?? 0, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
}

export const scanning = new Scanning();
