/** What the program tells of something, read again whenever there is news of it. No answer takes the place of a later one's. */
import { asFailure, type Failure } from "../backend";
import { failed } from "../words/index.svelte";

export class Reading<T> {
  now = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);
  #asked = 0;
  #answered = 0;

  constructor(readonly ask: () => Promise<T>) {}

  /** Why it couldn't be read the last time. */
  get wrong(): string | undefined {
    return this.failure ? failed(this.failure) : undefined;
  }

  async again(): Promise<void> {
    const mine = ++this.#asked;
    const answer = await this.ask().then((now) => ({ now, failure: null }), (error) => ({ now: this.now, failure: asFailure(error) }));
    if (mine < this.#answered) return;
    this.#answered = mine;
    this.now = answer.now;
    this.failure = answer.failure;
  }

  /** It was told otherwise, such as by what changed it: answers that are still on their way are older. */
  is(now: T | null): void {
    this.#answered = ++this.#asked;
    this.now = now;
    this.failure = null;
  }
}
