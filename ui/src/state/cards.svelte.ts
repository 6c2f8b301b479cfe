/** A card payment at the terminal: asked for, watched, and what came of it. */
import { asFailure, call, type Failure } from "../backend";
import type { CardProgress, CardView } from "../generated/types";
import { basket } from "./basket.svelte";
import { focusOn } from "./focus";

/** How often the till is asked how it goes, in milliseconds. */
const EVERY_MS = 400;

export type Ended = "taken" | "approved" | "reversed" | "free" | "unresolved";

/** Where a payment or a reversal stands once nobody waits for it any more. */
const ENDS: Partial<Record<CardView["standing"], Ended>> = { used: "taken", approved: "approved", reversed: "reversed", free: "free", unresolved: "unresolved" };

class Cards {
  progress = $state<CardProgress | null>(null);
  failure = $state<Failure | null>(null);
  /** What came of the last payment, to be told beside the sale. */
  ended = $state<CardProgress | null>(null);
  /** The sale whose card may have been charged: a supervisor decides how it goes on. */
  unclear = $state<string | null>(null);

  /** The last payment that ended. */
  last: string | null = null;

  get standing(): CardView["standing"] | null {
    return this.progress?.payment.standing ?? null;
  }

  /** Watches until it is over, or somebody is asked about the signature and has answered. */
  async watch(transaction_id: string): Promise<Ended> {
    this.failure = null;
    this.ended = null;
    for (;;) {
      const progress = await call("card.state", { transaction_id }).catch(() => this.progress);
      const signing = progress?.payment.standing === "signature" && this.standing !== "signature";
      this.progress = progress;
      const end = progress && ENDS[progress.payment.standing];
      if (progress && end && !(progress.payment.asking && end !== "unresolved" && end !== "taken")) {
        this.progress = null;
        this.ended = progress;
        this.last = transaction_id;
        if (end === "unresolved") this.unclear = progress.payment.sale_id;
        return end;
      }
      if (signing) void focusOn("signature-matches");
      await new Promise((later) => setTimeout(later, EVERY_MS));
    }
  }

  async #say(send: (transaction_id: string) => Promise<unknown>): Promise<void> {
    const id = this.progress?.payment.transaction_id;
    if (!id) return;
    this.failure = null;
    await send(id).catch((error) => (this.failure = asFailure(error)));
  }

  /** Asks the terminal to give up; it says itself whether the customer was quicker. */
  abort(): Promise<void> {
    if (this.standing !== "sent" || this.progress?.aborting) return Promise.resolve();
    return this.#say((transaction_id) => call("card.abort", { transaction_id }));
  }

  askNow(): Promise<void> {
    return this.#say((transaction_id) => call("card.ask_again", { transaction_id }));
  }

  /** The line is dead: the next customer is served, and a supervisor decides about this one. */
  setAside(): Promise<void> {
    return this.#say((transaction_id) => call("card.set_aside", { transaction_id }));
  }

  signature(matches: boolean): Promise<void> {
    return this.#say((transaction_id) => call("card.signature", { transaction_id, matches }));
  }

  /** May the customer of the sale on the screen have been charged? */
  get mayBeCharged(): boolean {
    return this.unclear !== null && this.unclear === basket.id;
  }

  quiet(): void {
    this.ended = null;
    this.failure = null;
  }
}

export const cards = new Cards();
