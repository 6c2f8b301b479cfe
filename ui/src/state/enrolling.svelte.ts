/** Making this till known to a ledger: what is typed, what came back, and what somebody is asked to agree to. */
import { asFailure, call, type Failure } from "../backend";
import type { LedgerView } from "../generated/types";
import { aboutCode } from "./sending";
import { focusOn } from "./focus";

/** What the program wants agreed to, and the field of the request that says so. */
const QUESTIONS = { "ledger-in-the-clear": "in_the_clear", "ledger-take-name": "take_name" } as const;

export type Question = keyof typeof QUESTIONS;

function asQuestion(failure: Failure | null): Question | null {
  return failure && failure.code in QUESTIONS ? (failure.code as Question) : null;
}

export class Enrolling {
  url = $state("");
  authority = $state("");
  code = $state("");
  failure = $state.raw<Failure | null>(null);
  asking = $state(false);
  readonly question = $derived(asQuestion(this.failure));
  #agreed: { in_the_clear?: boolean; take_name?: boolean } = {};

  constructor(url = "", authority = "") {
    this.url = url;
    this.authority = authority;
  }

  /** Something else is typed: what was agreed to was about what stood there before. */
  changed(): void {
    this.#agreed = {};
    if (this.question) this.failure = null;
  }

  /** Asks the ledger. Answers nothing where it was refused, and leaves the focus where the way on is. */
  async ask(): Promise<LedgerView | null> {
    if (this.asking) return null;
    this.asking = true;
    this.failure = null;
    try {
      const { url, authority, code } = this;
      return await call("ledger.enrol", { url, authority, code, ...this.#agreed });
    } catch (error) {
      this.failure = asFailure(error);
      await focusOn(this.#where());
      return null;
    } finally {
      this.asking = false;
    }
  }

  /** The question is answered with yes. */
  agree(): void {
    if (this.question) this.#agreed = { ...this.#agreed, [QUESTIONS[this.question]]: true };
  }

  /** The question is answered with no. */
  async decline(): Promise<void> {
    const back = this.question === "ledger-take-name" ? "enrol-code" : "enrol-address";
    this.changed();
    await focusOn(back);
  }

  #where(): string {
    if (this.question) return "enrol-no";
    if (aboutCode(this.failure)) return "enrol-code";
    return aboutAuthority(this.failure) ? "enrol-authority" : "enrol-address";
  }
}

/** Was it the file of the certificate authority, or that there is none? */
export function aboutAuthority(failure: Failure | null): boolean {
  return failure !== null && ["ledger-certificate", "ledger-not-trusted"].includes(failure.code);
}
