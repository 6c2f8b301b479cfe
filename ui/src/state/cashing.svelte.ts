/** The cash-up under way on this window: what was typed stays while the screen is locked, or somebody looks at the counter. */
import type { Denomination } from "../generated/types";
import { Counting } from "./counting.svelte";

/** A count as far as it is typed. */
export class CountDraft {
  ticked = $state<Record<string, boolean>>({});
  terminals = $state<Record<string, string>>({});
  readonly counting: Counting;

  constructor(
    readonly session: number,
    readonly attempt: number,
    kinds: readonly Denomination[],
  ) {
    this.counting = new Counting(kinds);
  }
}

class Cashing {
  /** Somebody went to the cash-up, or its Z read is still shown. */
  on = $state(false);
  #draft: CountDraft | null = null;

  /** The draft of this count: a fresh one for another session or a recount. */
  draft(session: number, attempt: number, kinds: readonly Denomination[]): CountDraft {
    if (this.#draft?.session !== session || this.#draft.attempt !== attempt) this.#draft = new CountDraft(session, attempt, kinds);
    return this.#draft;
  }

  clear(): void {
    this.on = false;
    this.#draft = null;
  }
}

export const cashing = new Cashing();
