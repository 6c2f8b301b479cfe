/** A card payment at the terminal: asked for, watched, and what came of it. */
import { asFailure, call, type Failure } from "../backend";
import type { CardProgress, CardView } from "../generated/types";
import { known, t } from "../words/index.svelte";
import { basket } from "./basket.svelte";
import { focusOn } from "./focus";

/** How often the till is asked how it goes, in milliseconds. */
const EVERY_MS = 400;

/** What came of it; `left` when nobody waits for it any more. */
export type Ended = "taken" | "approved" | "reversed" | "free" | "unresolved" | "left";

/** Where a payment or a reversal stands once it is over for the counter. */
const ENDS: Partial<Record<CardView["standing"], Ended>> = { used: "taken", approved: "approved", reversed: "reversed", free: "free", unresolved: "unresolved" };

/** Why a payment is unclear or wasn't taken: the words of a code of the till's own; none where it is the terminal's word. */
export function ownWords(why: string): string | undefined {
  return known(`card-why-${why}`) ?? known(`error-${why}`);
}

/** The same, with the terminal's word where it is its own. */
export function whyWords(why: string): string {
  return why && (ownWords(why) ?? t("card-why", { why }));
}

class Cards {
  /** Is one being watched? */
  watching = $state(false);
  progress = $state<CardProgress | null>(null);
  failure = $state<Failure | null>(null);
  /** What came of the last payment, to be told beside the sale. */
  ended = $state<CardProgress | null>(null);
  /** A payment that may have been charged, or a reversal that may have come to nothing: a supervisor decides how its sale goes on. */
  unclear = $state<CardView | null>(null);

  #watched = "";
  /** Whose turn it is to watch: an earlier one ends. */
  #turn = 0;

  get standing(): CardView["standing"] | null {
    return this.progress?.payment.standing ?? null;
  }

  /** Watches until it is over, or somebody is asked about the signature and has answered. */
  async watch(transaction_id: string): Promise<Ended> {
    const turn = ++this.#turn;
    this.#watched = transaction_id;
    this.quiet();
    this.progress = null;
    this.watching = true;
    for (;;) {
      const id = this.#watched;
      const progress = await call("card.state", { transaction_id: id }).catch(() => this.progress);
      if (turn !== this.#turn) return "left";
      // A signature was refused meanwhile, and it is the reversal that matters.
      if (id !== this.#watched) continue;
      const signing = progress?.payment.standing === "signature" && this.standing !== "signature";
      this.progress = progress;
      const end = progress && ENDS[progress.payment.standing];
      if (progress && end && !(progress.payment.asking && end !== "unresolved" && end !== "taken")) {
        this.leave();
        this.ended = progress;
        return end;
      }
      if (signing) void focusOn("signature-matches");
      await new Promise((later) => setTimeout(later, EVERY_MS));
    }
  }

  /** Watches no more, such as when somebody else signs in; the payment goes on. */
  leave(): void {
    this.#turn += 1;
    this.watching = false;
    this.progress = null;
  }

  async #say(send: (transaction_id: string) => Promise<unknown>): Promise<void> {
    const id = this.progress?.payment.transaction_id;
    if (!id) return;
    this.failure = null;
    await send(id).catch((error) => (this.failure = asFailure(error)));
  }

  /** May it be given up? What is being given back goes on. */
  get canGiveUp(): boolean {
    return (this.standing === "intended" || this.standing === "sent") && !this.progress?.payment.reverses;
  }

  /**
   * Asks the terminal to give up; it says itself whether the customer was quicker. Asked before the payment came to it, it took no
   * notice: so it may be asked again.
   */
  abort(): Promise<void> {
    if (!this.canGiveUp) return Promise.resolve();
    return this.#say((transaction_id) => call("card.abort", { transaction_id }));
  }

  askNow(): Promise<void> {
    return this.#say((transaction_id) => call("card.ask_again", { transaction_id }));
  }

  /** The line is dead: the next customer is served, and a supervisor decides about this one. */
  setAside(): Promise<void> {
    return this.#say((transaction_id) => call("card.set_aside", { transaction_id }));
  }

  /** Where it doesn't match, what comes of the payment is what comes of giving it back. */
  signature(matches: boolean): Promise<void> {
    return this.#say(async (transaction_id) => {
      const { reversal } = await call("card.signature", { transaction_id, matches });
      if (!reversal) return;
      this.#watched = reversal;
      await focusOn("card-panel");
    });
  }

  /** May the customer of the sale on the screen have been charged? */
  get mayBeCharged(): boolean {
    return this.unclear !== null && this.unclear.sale_id === basket.id;
  }

  quiet(): void {
    this.ended = null;
    this.failure = null;
  }
}

export const cards = new Cards();
