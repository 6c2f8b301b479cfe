/** Paying: the tender that is being typed, those given already, and the payment itself. */
import { asFailure, call, type Failure } from "../backend";
import type { CardView, MopKind, PricedSale, Problem, ResumedSale, Taken, TakeSale, TenderDraft } from "../generated/types";
import { holdKeys } from "../keyboard/keys";
import { money, typed } from "../money";
import { speech, t, when } from "../words/index.svelte";
import { approving, needsSecondPerson, withApproval } from "./approval.svelte";
import { basket } from "./basket.svelte";
import { cards } from "./cards.svelte";
import { focusOn } from "./focus";
import { till } from "./till.svelte";

export type Kind = TenderDraft["kind"];
/** With a key each; a terminal of the till's own is the key for cards. */
export const KINDS: Kind[] = ["cash", "card", "cheque", "postal-order"];

/** What is asked for with each, in the order of the screen. Names are those of the drafts; ids have dashes. */
export const FIELDS: Record<Kind, string[]> = {
  cash: ["tendered"],
  card: ["amount", "amount_again", "authorisation", "last_four", "terminal"],
  cheque: ["amount", "number", "sort_code", "account", "drawer", "dated"],
  "postal-order": ["amount", "number"],
  terminal: ["amount"],
};

/** How often a payment in doubt is asked for again before a person is asked to. */
const ASKED_BY_ITSELF = 2;
/** A payment is written in a few milliseconds. After this long, in milliseconds, the screen says that it still isn't. */
export const SLOW_MS = 3_000;
/** After this long without an answer, in milliseconds, a person is told what to do. */
export const SILENCE_MS = 15_000;

const mopKind = (kind: Kind): MopKind => (kind === "terminal" ? "card" : kind);

export const fieldId = (kind: Kind, field: string): string => (kind === "cash" ? field : `${kind}-${field.replaceAll("_", "-")}`);

class Paying {
  kind = $state<Kind>("cash");
  fields = $state<Record<string, string>>({});
  tenders = $state<TenderDraft[]>([]);
  /** With the tenders given; and with the one that is being typed. */
  priced = $state<PricedSale | null>(null);
  preview = $state<PricedSale | null>(null);
  problems = $state<Problem[]>([]);
  failure = $state<Failure | null>(null);
  working = $state(false);
  /** The payment is being written for longer than it ever should. */
  slow = $state(false);
  /** The payment was sent, and no answer came. */
  unanswered = $state(false);
  taken = $state<Taken | null>(null);
  /** Remembered for the next card: a counter has one terminal. */
  #terminal = "";
  #pending: TakeSale | null = null;
  #asked = 0;
  #waitNoMore: () => void = () => undefined;

  get due(): number {
    return this.priced?.due ?? basket.priced?.due ?? 0;
  }

  /** Was a tender given, or anything of one typed? */
  get begun(): boolean {
    return this.tenders.length > 0 || this.kind !== "cash" || (this.fields.tendered ?? "") !== "";
  }

  /** Goes to paying, or to another way to pay. */
  async begin(kind: Kind = this.#likely(), keyed = false): Promise<void> {
    if (kind === "card" && !keyed) kind = this.#card;
    if (basket.sealed || basket.phase === "taken") return;
    if (basket.entry.chosen && !(await basket.addLine())) return;
    if (basket.entry.text.trim() || basket.lines.length === 0) return;
    if (!till.mop(mopKind(kind))) return;
    try {
      await holdKeys(this.#begin(kind));
    } catch (error) {
      basket.entry.failure = asFailure(error);
    }
  }

  async #begin(kind: Kind): Promise<void> {
    this.priced = await call("sale.price", { lines: basket.drafts, tenders: this.tenders });
    basket.phase = "paying";
    await this.#ask(kind);
  }

  async #ask(kind: Kind): Promise<void> {
    this.kind = kind;
    const due = this.due > 0 ? typed(this.due) : "";
    this.fields = Object.fromEntries(FIELDS[kind].map((field) => [field, field === "amount" ? due : ""]));
    if (kind === "card") this.fields.terminal = this.#terminal;
    this.preview = null;
    this.quiet();
    await focusOn(fieldId(kind, FIELDS[kind][0] ?? ""));
  }

  // Cash twice is refused, so after cash the rest is asked for by card; but not of one that may have been charged already.
  #likely(): Kind {
    const cashGiven = this.tenders.some((tender) => tender.kind === "cash");
    if (!cashGiven && till.mop("cash")) return "cash";
    return till.mop("card") && !cards.mayBeCharged ? this.#card : "cheque";
  }

  /** How a card is paid with here: at the till's terminal, or with a slip that is typed. */
  get #card(): Kind {
    return till.terminal ? "terminal" : "card";
  }

  quiet(): void {
    cards.quiet();
    this.problems = [];
    this.failure = null;
    this.unanswered = false;
  }

  #draft(): TenderDraft {
    const mop_code = till.mop(mopKind(this.kind))?.code ?? "";
    const fields = { ...this.fields };
    if (this.kind === "cash" && !fields.tendered?.trim()) fields.tendered = typed(this.due);
    return { kind: this.kind, mop_code, ...fields } as TenderDraft;
  }

  /** What the change will be, and whether what is typed can be read. */
  async look(): Promise<void> {
    // What a terminal will approve isn't known before it has.
    if (this.kind === "terminal") return;
    const draft = this.#draft();
    const asked = JSON.stringify(draft);
    const said = this.problems;
    const preview = await call("sale.price", { lines: basket.drafts, tenders: [...this.tenders, draft] }).catch(() => null);
    if (!preview || basket.phase !== "paying" || JSON.stringify(this.#draft()) !== asked) return;
    this.preview = preview;
    // What Enter was answered in the meantime stays: it tells more.
    if (this.problems === said) this.problems = preview.problems.filter(({ place, field }) => this.#isMine(place) && this.fields[field]?.trim() && field !== "amount_again");
  }

  #isMine(place: Problem["place"]): boolean {
    return place.part === "tender" && place.index === this.tenders.length;
  }

  /** Enter: adds this tender; when everything is paid, takes the payment. */
  async enter(): Promise<void> {
    if (this.working) return;
    if (basket.phase === "doubt") return this.#working(this.#askAgain());
    if (basket.phase !== "paying") return;
    const empty = FIELDS[this.kind].find((field) => this.kind !== "cash" && !this.fields[field]?.trim());
    const last = document.activeElement?.id;
    if (empty && last && last !== fieldId(this.kind, empty)) return focusOn(fieldId(this.kind, empty));
    this.quiet();
    await this.#working(holdKeys(this.#enter()));
  }

  async #working(work: Promise<void>): Promise<void> {
    this.working = true;
    await work.catch((error) => (this.failure = asFailure(error)));
    this.working = false;
  }

  async #enter(): Promise<void> {
    if (this.kind === "terminal" && this.due > 0) return this.#atTerminal();
    const tenders = this.tenders.length && this.due <= 0 ? this.tenders : [...this.tenders, this.#draft()];
    const priced = await call("sale.price", { lines: basket.drafts, tenders });
    if (priced.problems.length) {
      this.problems = priced.problems;
      const mine = priced.problems.find(({ place }) => this.#isMine(place));
      if (mine) await focusOn(fieldId(this.kind, mine.field));
      return;
    }
    if (this.kind === "card") this.#terminal = this.fields.terminal ?? "";
    if (priced.ready) return this.#take(tenders);
    this.tenders = tenders;
    this.priced = priced;
    await this.#ask(this.#likely());
  }

  async #take(tenders: TenderDraft[]): Promise<void> {
    if (!basket.id) return;
    this.#asked = 0;
    // A plain copy: asked again, it must be the same to the last letter.
    basket.phase = "writing";
    this.#pending = structuredClone($state.snapshot({ sale_id: basket.id, lines: basket.drafts, tenders, language: speech.language }));
    await this.#askAgain();
  }

  /** The program wants a second person. Whoever approves may take their time: nothing is written meanwhile. */
  async #withApproval(asked: TakeSale, needed: Failure): Promise<void> {
    try {
      const taken = await approving.ask(this.#what(needed), needed, (approved) => {
        this.#pending = { ...asked, ...approved };
        return call("sale.take", this.#pending);
      });
      this.#settle(asked, taken);
    } catch (error) {
      await this.#refused(asFailure(error));
    }
  }

  /** What a second person answers for. Their one word goes for a card that may have been charged and for a stop alike: both are said. */
  #what(needed: Failure): string {
    const amount = money(basket.priced?.total ?? 0);
    const card = this.#cardWhat(needed, amount);
    const stop = !card || basket.drafts.some((draft) => draft.override_stop);
    return [card, stop && t("approve-override", { amount })].filter(Boolean).join(" · ");
  }

  #cardWhat(needed: Failure, amount: string): string {
    if (needed.code === "card-account-unresolved") return t("approve-card-account", { before: needed.args.amount ?? "", begun: when(needed.args.begun ?? "") });
    return cards.mayBeCharged || needed.code === "card-payment-unresolved" ? t("approve-card-unclear", { amount }) : "";
  }

  /** The customer's card at the terminal. Nothing of the sale can be changed until it is known what came of it. */
  async #atTerminal(): Promise<void> {
    const mop_code = till.mop("card")?.code ?? "";
    const asked = structuredClone(
      $state.snapshot({ sale_id: basket.id ?? "", lines: basket.drafts, tenders: this.tenders, mop_code, amount: this.fields.amount ?? "", language: speech.language }),
    );
    const { transaction_id } = await withApproval((needed) => this.#what(needed), (approved) => call("card.begin", { ...asked, ...approved }));
    if (basket.id === asked.sale_id) void this.#watch(transaction_id, "card-abort");
  }

  async #watch(transaction_id: string, focus: string): Promise<void> {
    const sale_id = basket.id;
    basket.phase = "card";
    const watched = cards.watch(transaction_id);
    await focusOn(focus);
    const left = (await watched) === "left";
    // Its sale has gone from the screen, and what came of it is no business of the one that is there now.
    if (left) return;
    if (basket.id !== sale_id) return cards.quiet();
    basket.phase = "paying";
    await this.#came();
  }

  /** What came of a card payment: the receipt, a tender, or why there is none. */
  async #came(): Promise<void> {
    const ended = cards.ended;
    if (!ended || basket.id !== ended.payment.sale_id) return;
    const { payment, taken } = ended;
    if (payment.standing === "unresolved") cards.unclear = payment;
    else if (cards.unclear?.transaction_id === payment.transaction_id) cards.unclear = null;
    if (payment.reverses) await this.#cameBack(payment, payment.reverses);
    else if (payment.standing === "used" && taken) return this.settled(taken);
    else if (payment.standing === "approved") this.give(payment);
    this.priced = await call("sale.price", { lines: basket.drafts, tenders: this.tenders }).catch(() => this.priced);
    // A card that may have been charged isn't charged again: another way to pay is what is asked for.
    const another = payment.standing === "unresolved" || (payment.standing === "approved" && this.due > 0);
    await this.#ask(another ? this.#likely() : this.kind);
    cards.ended = ended;
  }

  /** A payment that may have gone back is no tender any more; one that didn't is one still, unless its signature is to be looked at. */
  async #cameBack(reversal: CardView, of: string): Promise<void> {
    if (reversal.standing === "free") {
      const now = await call("card.state", { transaction_id: of }).catch(() => null);
      if (now?.payment.standing === "approved") return this.give(now.payment);
    }
    this.tenders = this.tenders.filter((tender) => !(tender.kind === "terminal" && tender.transaction_id === of));
  }

  /** An approved card payment is one of the sale's tenders. */
  give({ transaction_id, mop_code }: CardView): void {
    const known = this.tenders.some((tender) => tender.kind === "terminal" && tender.transaction_id === transaction_id);
    if (!known) this.tenders = [...this.tenders, { kind: "terminal", mop_code, transaction_id }];
  }

  /** The terminal may have said meanwhile what became of the unclear payment of this sale. */
  async lookAgain(): Promise<void> {
    const transaction_id = cards.unclear?.transaction_id;
    if (!cards.mayBeCharged || !transaction_id || basket.sealed) return;
    const now = await call("card.state", { transaction_id }).catch(() => null);
    if (!now || now.payment.standing === "unresolved" || now.payment.asking || !cards.mayBeCharged || basket.sealed) return;
    cards.ended = now;
    await this.#came();
  }

  // The same id with the same content gives the same receipt, so asking again never takes money twice.
  async #askAgain(): Promise<void> {
    const pending = this.#pending;
    if (!pending) return;
    this.quiet();
    try {
      const answer = call("sale.take", pending);
      // An answer that comes after all, when nobody waits for it any more, settles the sale as well.
      answer.then((taken) => this.#settle(pending, taken), () => undefined);
      if (!(await this.#inTime(answer))) await this.#inDoubt(null);
    } catch (error) {
      if (this.#pending === pending) await this.#notTaken(asFailure(error));
    }
  }

  /** Whether the answer came before everybody's patience had an end; after a while the screen says that it is late. */
  async #inTime(answer: Promise<unknown>): Promise<boolean> {
    const late = setTimeout(() => (this.slow = true), SLOW_MS);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<boolean>((resolve) => {
      this.#waitNoMore = () => resolve(true);
      silence = setTimeout(() => resolve(false), SILENCE_MS);
    });
    try {
      return await Promise.race([answer.then(() => true), enough]);
    } finally {
      clearTimeout(late);
      clearTimeout(silence);
      this.slow = false;
    }
  }

  async #notTaken(failure: Failure): Promise<void> {
    if (needsSecondPerson(failure) && this.#pending) return this.#withApproval(this.#pending, failure);
    await this.#refused(failure);
  }

  async #refused(failure: Failure): Promise<void> {
    if (failure.outcome === "not_done") {
      basket.phase = "paying";
      this.#pending = null;
      this.problems = failure.problems ?? [];
      this.failure = this.problems.length ? null : failure;
      return focusOn(fieldId(this.kind, FIELDS[this.kind][0] ?? ""));
    }
    this.#asked += 1;
    if (this.#asked <= ASKED_BY_ITSELF) return this.#askAgain();
    await this.#inDoubt(failure);
  }

  async #inDoubt(failure: Failure | null): Promise<void> {
    this.failure = failure;
    this.unanswered = failure === null;
    basket.phase = "doubt";
    await focusOn("ask-again");
  }

  #settle(pending: TakeSale, taken: Taken): void {
    // A late answer finds another basket when this one was left in doubt, by somebody else who signed in.
    if (basket.id !== pending.sale_id) return;
    this.settled(taken);
  }

  /** It is taken, and the next customer's turn. */
  settled(taken: Taken): void {
    this.taken = taken;
    this.clear();
    basket.clear();
    basket.phase = "taken";
    void focusOn("reference");
  }

  /** What a terminal has approved goes from the list only once it is given back. */
  async removeTender(place: number): Promise<void> {
    const tender = this.tenders[place];
    if (tender?.kind === "terminal") return this.#giveBack(tender.transaction_id);
    this.tenders = this.tenders.toSpliced(place, 1);
    await this.begin();
  }

  async #giveBack(transaction_id: string): Promise<void> {
    const sale_id = basket.id;
    this.quiet();
    try {
      const begun = await call("card.reverse", { transaction_id });
      if (basket.id === sale_id) await this.#watch(begun.transaction_id, "card-panel");
    } catch (error) {
      this.failure = asFailure(error);
    }
  }

  /** The first of the tenders that a terminal has approved: it is given back before its sale can go. */
  get atTerminal(): number {
    return this.tenders.findIndex((tender) => tender.kind === "terminal");
  }

  /** A parked sale is taken up again, with what a terminal has approved for it already. */
  async resume({ sale_id, lines, cards: approved }: ResumedSale): Promise<void> {
    this.clear();
    await basket.resume(sale_id, lines);
    if (basket.id !== sale_id) return;
    for (const card of approved) this.give(card);
    if (this.tenders.length) this.priced = await call("sale.price", { lines: basket.drafts, tenders: this.tenders });
  }

  /** Back to the basket; tenders given stay in the list. */
  async leave(): Promise<void> {
    basket.phase = "gathering";
    this.preview = null;
    this.quiet();
    await focusOn("reference");
  }

  /** Nothing given, nothing typed. What was taken stays, for its change. */
  clear(): void {
    this.#pending = null;
    this.#waitNoMore();
    this.tenders = [];
    this.fields = {};
    this.priced = null;
    this.preview = null;
    this.kind = "cash";
    this.quiet();
  }
}

export const paying = new Paying();
