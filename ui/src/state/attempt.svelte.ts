/** What is asked of the program from a form or a list, one thing at a time: what went wrong with the last, and beside which box that is said. */
import { asFailure, type Failure } from "../backend";
import { failed } from "../words/index.svelte";
import { focusOn } from "./focus";

export class Attempt {
  failure = $state<Failure | null>(null);
  /** Is it under way? */
  working = $state(false);

  /** `boxes`: the id of the box that a failure belongs to, by its code; in one that it may name itself, by `code.field`. */
  constructor(readonly boxes: Record<string, string> = {}) {}

  get #box(): string | undefined {
    const { failure } = this;
    return failure ? (this.boxes[`${failure.code}.${failure.args.field ?? ""}`] ?? this.boxes[failure.code]) : undefined;
  }

  /** What went wrong, where it belongs to no box. */
  get wrong(): string | undefined {
    return this.failure && !this.#box ? failed(this.failure) : undefined;
  }

  /** What is wrong with what is typed in a box. */
  beside(id: string): string | undefined {
    return this.failure && this.#box === id ? failed(this.failure) : undefined;
  }

  /** Does it, unless something is under way; true when it was done and went well. The box that it failed for has the focus then. */
  async make(work: () => Promise<unknown>): Promise<boolean> {
    if (this.working) return false;
    this.failure = null;
    this.working = true;
    try {
      await work();
      return true;
    } catch (error) {
      this.failure = asFailure(error);
      if (this.#box) await focusOn(this.#box);
      return false;
    } finally {
      this.working = false;
    }
  }

  quiet(): void {
    this.failure = null;
  }
}
