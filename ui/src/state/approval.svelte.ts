/** A second person's word, asked for on the spot: whatever needs one is sent again with it. */
import { asFailure, type Failure } from "../backend";
import type { Approval } from "../generated/types";
import { holdKeys, letKeysGo } from "../keyboard/keys";
import { focusOn } from "./focus";

/** What is sent with the request: nothing, or a second person's code and secret. */
export type Approved = { approval?: Approval };

/** Answered in the dialog: these are the second person's to put right, not the requester's. */
const THEIRS = ["sign-in-failed", "user-locked", "approver-is-requester", "approver-is-cashier", "approver-may-not"];

/** What a command answers that does it with a second person's word. */
const NEEDED = ["approval-needed", "card-payment-unresolved", "card-account-unresolved"];

export function needsSecondPerson(failure: Failure): boolean {
  return NEEDED.includes(failure.code);
}

class Approving {
  /** What is to be approved, in words; `null` while nobody is asked. */
  what = $state<string | null>(null);
  failure = $state<Failure | null>(null);
  #answer: (approval: Approval | null) => void = () => undefined;

  get open(): boolean {
    return this.what !== null;
  }

  /** The second person's code and secret, or that there is none. */
  answer(approval: Approval | null): void {
    this.#answer(approval);
  }

  cancel(): void {
    this.answer(null);
  }

  /** Leaves the screen to what is to be looked at meanwhile, such as the card terminal; it is back when it has to ask again. */
  stepAside(): void {
    this.what = null;
  }

  /** Asks until what was asked for is done, refused for a reason that isn't the second person's, or given up. */
  async ask<T>(what: string, needed: Failure, send: (approved: Approved) => Promise<T>): Promise<T> {
    const before = document.activeElement?.id ?? "";
    this.failure = null;
    try {
      for (;;) {
        const answered = new Promise<Approval | null>((resolve) => (this.#answer = resolve));
        this.what = what;
        letKeysGo();
        const approval = await answered;
        if (!approval) throw needed;
        try {
          return await holdKeys(send({ approval }));
        } catch (error) {
          this.failure = asFailure(error);
          if (!THEIRS.includes(this.failure.code)) throw this.failure;
        }
      }
    } finally {
      this.what = null;
      if (before) void focusOn(before);
    }
  }
}

export const approving = new Approving();

/**
 * Sends; where the program wants a second person, asks for one and sends again. `what` says in words what is to be approved:
 * `withApproval(t("…"), (approved) => call("…", { …, ...approved }))`. Given up, it fails with what was answered first.
 */
export async function withApproval<T>(what: string | ((needed: Failure) => string), send: (approved: Approved) => Promise<T>): Promise<T> {
  try {
    return await holdKeys(send({}));
  } catch (error) {
    const failure = asFailure(error);
    if (!needsSecondPerson(failure)) throw failure;
    return approving.ask(typeof what === "string" ? what : what(failure), failure, send);
  }
}
