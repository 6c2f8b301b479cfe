/** The sale that is being put together: the reference box and its account, the lines, and what they come to. */
import { asFailure, call, type Failure } from "../backend";
import type { AccountCard, Candidate, LineDraft, PricedSale, Problem, Warning } from "../generated/types";
import { holdKeys } from "../keyboard/keys";
import { money, typed } from "../money";
import { t, when } from "../words/index.svelte";
import { focusOn } from "./focus";

export interface Line {
  draft: LineDraft;
  account: AccountCard | null;
}

/**
 * `gathering` lines, `paying` them, the customer's `card` at the terminal, `writing` the payment down, in `doubt` whether it was, or `taken` until the next customer
 * is begun.
 */
export type Phase = "gathering" | "paying" | "card" | "writing" | "doubt" | "taken";

/** What the cashier should know of a line; nothing of it stands in the way. */
export function warned({ number, taken_at, unclear }: Warning): string {
  if (unclear === undefined) return t("paid-already", { number, time: taken_at.slice(11) });
  return t("charged-perhaps", { amount: money(unclear), begun: when(taken_at) });
}

class Entry {
  text = $state("");
  candidates = $state<Candidate[]>([]);
  chosen = $state<Candidate | null>(null);
  /** Several funds are as likely as each other: which one is it? */
  asking = $state(false);
  amount = $state("");
  narrative = $state("");
  vatCode = $state("");
  payerName = $state("");
  payerAddress = $state("");
  overrideStop = $state(false);
  overrideReason = $state("");
  /** The same amount was taken on the same account today already, or a card may have been charged for it. */
  warnings = $state<Warning[]>([]);
  problems = $state<Problem[]>([]);
  failure = $state<Failure | null>(null);
  /** The line that is being changed, and its place. */
  changing = $state<{ line: Line; place: number } | null>(null);

  reset(): void {
    this.text = "";
    this.forget();
    this.changing = null;
  }

  /** Everything that came of the text, but not the text. */
  forget(): void {
    this.candidates = [];
    this.chosen = null;
    this.asking = false;
    this.amount = "";
    this.narrative = "";
    this.vatCode = "";
    this.payerName = "";
    this.payerAddress = "";
    this.overrideStop = false;
    this.overrideReason = "";
    this.quiet();
  }

  quiet(): void {
    this.problems = [];
    this.failure = null;
    this.warnings = [];
  }

  /** Is the line as it was proposed, so that it may go into the basket by itself when the next bill is scanned? */
  get untouched(): boolean {
    const { chosen, changing } = this;
    if (!chosen) return !changing;
    return !changing && chosen.proposed_amount !== null && this.amount === typed(chosen.proposed_amount);
  }

  draft(): LineDraft {
    const vat = this.vatCode ? { vat_code: this.vatCode } : {};
    const { fund_code = "", reference = "" } = this.chosen ?? {};
    const override = { override_stop: this.overrideStop, override_reason: this.overrideStop ? this.overrideReason : "" };
    const payer = { payer_name: this.payerName, payer_address: this.payerAddress };
    return { fund_code, reference, amount: this.amount, narrative: this.narrative, ...override, ...vat, ...payer };
  }
}

class Basket {
  id = $state<string | null>(null);
  phase = $state<Phase>("gathering");
  lines = $state<Line[]>([]);
  priced = $state<PricedSale | null>(null);
  removed = $state<{ line: Line; place: number }[]>([]);
  entry = new Entry();

  get drafts(): LineDraft[] {
    return this.lines.map((line) => line.draft);
  }

  get empty(): boolean {
    return this.lines.length === 0 && !this.entry.changing;
  }

  /** The payment may be taken already: nothing of it can be changed until the program has said. */
  get sealed(): boolean {
    return this.phase === "card" || this.phase === "writing" || this.phase === "doubt";
  }

  /** A basket or a half-typed line that would be lost. */
  get busy(): boolean {
    return this.sealed || !this.empty || this.entry.chosen !== null;
  }

  /** The reference box was typed in. */
  typedIn(): void {
    if (this.phase === "taken") this.clear(this.entry.text);
    if (this.entry.chosen || this.entry.asking) this.entry.forget();
    this.entry.quiet();
  }

  /** Money that nobody can place, under whatever was typed. */
  unplaced(): Promise<void> {
    return this.recognise(undefined, true);
  }

  /** A barcode was read; what was read stays in the reference box. */
  async scan(barcode: string): Promise<void> {
    if (this.phase === "taken") this.clear();
    this.entry.reset();
    this.entry.text = barcode.replace(/\p{Cc}/gu, "");
    await this.recognise(undefined, false, barcode);
    // A payment card was swiped, or its number is a barcode: it isn't shown.
    if (this.entry.failure?.code === "card-number-typed") this.entry.text = "";
  }

  async recognise(preferred?: string, suspense = false, barcode?: string): Promise<void> {
    const { entry } = this;
    entry.quiet();
    await holdKeys(this.#recognise(preferred, suspense, barcode)).catch((error) => {
      entry.failure = asFailure(error);
      return focusOn("reference");
    });
  }

  async #recognise(preferred: string | undefined, suspense: boolean, barcode: string | undefined): Promise<void> {
    const { entry } = this;
    if (this.phase === "taken") this.clear(entry.text);
    this.id ??= (await call("sale.begin", {})).sale_id;
    const { candidates, equally_likely } = await call("reference.recognise", { text: barcode ?? entry.text, suspense, scanned: barcode !== undefined });
    entry.candidates = candidates;
    const one = candidates.find((candidate) => candidate.fund_code === preferred) ?? (equally_likely === 1 ? candidates[0] : undefined);
    if (one) await this.choose(one);
    else await this.ask();
  }

  async ask(): Promise<void> {
    this.entry.asking = true;
    await focusOn("candidate-0");
  }

  async choose(candidate: Candidate): Promise<void> {
    const { entry } = this;
    entry.asking = false;
    entry.chosen = candidate;
    entry.text = candidate.reference;
    entry.vatCode = "";
    entry.overrideStop = false;
    entry.amount = candidate.proposed_amount === null ? "" : typed(candidate.proposed_amount);
    await focusOn("amount");
  }

  /** Adds the line, or says beside its fields why not. True when it is in the basket. */
  async addLine(): Promise<boolean> {
    const { entry } = this;
    entry.quiet();
    try {
      return await holdKeys(this.#addLine());
    } catch (error) {
      entry.failure = asFailure(error);
      await focusOn("amount");
      return false;
    }
  }

  async #addLine(): Promise<boolean> {
    const { entry } = this;
    const place = entry.changing?.place ?? this.lines.length;
    const line: Line = { draft: entry.draft(), account: entry.chosen?.account ?? null };
    const lines = this.lines.toSpliced(place, 0, line);
    const priced = await call("sale.price", { lines: lines.map((one) => one.draft), tenders: [] });
    const problems = priced.problems.filter(({ place: at }) => at.part === "basket" || (at.part === "line" && at.index === place));
    if (problems.length) {
      entry.problems = problems;
      await focusOn(fieldId(problems[0]?.field));
      return false;
    }
    this.lines = lines;
    this.priced = priced;
    entry.reset();
    await focusOn("reference");
    return true;
  }

  /** Asks, while it is typed, whether the amount can be read. */
  async lookAtAmount(): Promise<void> {
    const { entry } = this;
    const asked = entry.amount;
    const said = entry.problems;
    if (!entry.chosen || !asked.trim()) return;
    const priced = await call("sale.price", { lines: [entry.draft()], tenders: [] }).catch(() => null);
    // What Enter was answered in the meantime stays: it tells more.
    if (!priced || entry.amount !== asked || entry.problems !== said) return;
    entry.problems = priced.problems.filter(({ field }) => field === "amount");
    entry.warnings = priced.warnings;
  }

  async price(): Promise<void> {
    this.priced = this.lines.length ? await call("sale.price", { lines: this.drafts, tenders: [] }).catch(() => this.priced) : null;
  }

  async remove(place: number): Promise<void> {
    const line = this.lines[place];
    if (!line || this.sealed) return;
    this.removed.push({ line, place });
    this.lines = this.lines.toSpliced(place, 1);
    await this.price();
    await focusOn(this.lines.length ? `line-${Math.min(place, this.lines.length - 1)}` : "reference");
  }

  async undo(): Promise<void> {
    const last = this.removed.pop();
    if (!last) return;
    this.lines = this.lines.toSpliced(last.place, 0, last.line);
    await this.price();
    await focusOn("reference");
  }

  /** Takes a line back into the boxes above the basket. */
  async change(place: number): Promise<void> {
    const line = this.lines[place];
    if (!line || this.entry.changing || this.sealed) return;
    const { draft, account } = line;
    const { entry } = this;
    entry.reset();
    this.lines = this.lines.toSpliced(place, 1);
    entry.changing = { line, place };
    entry.text = draft.reference;
    entry.chosen = { fund_code: draft.fund_code, reference: draft.reference, strength: "account", account, proposed_amount: null, barcode: null };
    entry.candidates = [entry.chosen];
    entry.amount = draft.amount;
    entry.narrative = draft.narrative;
    entry.vatCode = draft.vat_code ?? "";
    entry.payerName = draft.payer_name;
    entry.payerAddress = draft.payer_address;
    entry.overrideStop = draft.override_stop;
    entry.overrideReason = draft.override_reason;
    await this.price();
    await focusOn("amount");
  }

  /** Empties the boxes; a line that was being changed goes back as it was. */
  async leaveEntry(): Promise<void> {
    const { changing } = this.entry;
    this.entry.reset();
    if (changing) {
      this.lines = this.lines.toSpliced(changing.place, 0, changing.line);
      await this.price();
    }
    await focusOn("reference");
  }

  /** The next customer. Each basket has an id of its own. */
  clear(text = ""): void {
    this.id = null;
    this.phase = "gathering";
    this.lines = [];
    this.priced = null;
    this.removed = [];
    this.entry.reset();
    this.entry.text = text;
  }

  /** A parked basket is taken up again, under the id that it had. */
  async resume(id: string, drafts: LineDraft[]): Promise<void> {
    this.clear();
    this.id = id;
    this.lines = drafts.map((draft) => ({ draft, account: null }));
    await this.price();
    for (const [place, draft] of drafts.entries()) {
      const account = await call("account.show", { fund_code: draft.fund_code, reference: draft.reference }).catch(() => null);
      const line = this.lines[place];
      if (line && this.id === id) line.account = account;
    }
  }
}

/** The box that a line's problem belongs to. */
function fieldId(field: string | undefined): string {
  if (field === "narrative") return "narrative";
  if (field === "payer_name") return "payer-name";
  if (field === "payer_address") return "payer-address";
  if (field === "override_reason") return "override-reason";
  if (field === "vat_code") return "vat-code";
  return field === "reference" && document.getElementById("override-stop") ? "override-stop" : "amount";
}

export const basket = new Basket();
