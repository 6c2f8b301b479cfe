/**
 * A scanner types like a keyboard, only faster than hands. In the reference box that is welcome; in a box for money a
 * barcode must not become an amount, so a burst there is noticed when its Enter arrives.
 */

/** Keys closer together than this, in milliseconds, were not typed by hand. */
export const FASTEST_HAND = 35;
/** Fewer characters than this may be an amount that was typed very fast. */
export const SHORTEST_SCAN = 8;

export class Burst {
  #keys = "";
  #last = Number.NEGATIVE_INFINITY;

  /** Notes one key press; `at` in milliseconds on any steady clock. True when it ended a scan. */
  key(key: string, at: number): boolean {
    const fast = at - this.#last < FASTEST_HAND;
    this.#last = at;
    if (key === "Enter" || key === "Tab") {
      const scanned = fast && this.#keys.length >= SHORTEST_SCAN && !this.#keys.includes(".");
      this.#keys = "";
      return scanned;
    }
    if (key.length !== 1) return false;
    this.#keys = fast ? this.#keys + key : key;
    return false;
  }
}
