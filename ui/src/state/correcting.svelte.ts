/** A correction that is being put together: what of a receipt is taken back or moved, why, and how. */
import { asFailure, call } from "../backend";
import type { Candidate, CardSlip, Corrected, CorrectableReceipt, CorrectionKind, PartOfLine, RefundMethodView } from "../generated/types";
import { holdKeys, letKeysGo } from "../keyboard/keys";
import { money, typed } from "../money";
import { failed, t } from "../words/index.svelte";
import { approving, withApproval, type Approved } from "./approval.svelte";
import { cards, whyWords, type Ended } from "./cards.svelte";
import { focusIfLost, focusOn } from "./focus";
import { till } from "./till.svelte";

/** One line of the receipt, as it is to be taken back. */
interface Part {
  line: number;
  chosen: boolean;
  amount: string;
}

/** What is typed of a terminal's slip. */
interface Slip {
  tender: number;
  amount: string;
  authorisation: string;
  last_four: string;
  terminal: string;
}

/** What was typed, as it is said to whoever approves it. */
const pounds = (typed: string): string => typed.trim() && `£${typed.trim().replace(/^£\s*/, "")}`;

/** What is said of a slip that isn't typed, or not as slips are. */
const OF_SLIP = ["card-authorisation", "card-last-four", "card-terminal"];

/** The till's terminal can't be asked to give this back. */
const NOT_THERE = ["card-reference-missing", "card-terminal-changed"];

const CODES = { void: "receipt.void", refund: "receipt.refund", transfer: "receipt.transfer" } as const;

export class Correcting {
  parts = $state<Part[]>([]);
  reason = $state("");
  text = $state("");
  method = $state("");
  payee = $state("");
  slips = $state<Slip[]>([]);
  toText = $state("");
  candidates = $state<Candidate[]>([]);
  toFund = $state("");
  narrative = $state("");
  wrong = $state<string | undefined>();
  /** The terminal gave nothing back: its slip is typed, as of any other. */
  typesSlip = $state(false);
  done = $state<Corrected | null>(null);
  /** The terminal is giving it back. */
  atTerminal = $state(false);
  #working = false;
  /** Why the terminal gave nothing back, in words. */
  #why = "";

  constructor(
    readonly kind: CorrectionKind,
    readonly of: CorrectableReceipt,
    only?: number,
  ) {
    const lines = of.lines.map((line, place) => ({ line: place, left: line.left })).filter(({ left, line }) => left > 0 && (only === undefined || line === only));
    this.parts = lines.map(({ line, left }) => ({ line, chosen: lines.length === 1, amount: typed(left) }));
    this.method = of.methods[0]?.mop_code ?? "";
    // Where the till drives a terminal, it gives the money back; a slip is asked for when it can't.
    if (kind === "refund" && !till.terminal) this.#asksForSlip(0, "");
  }

  get by(): RefundMethodView | undefined {
    return this.kind === "refund" ? this.of.methods.find((method) => method.mop_code === this.method) : undefined;
  }

  get to(): Candidate | undefined {
    return this.candidates.find((candidate) => candidate.fund_code === this.toFund);
  }

  /** One line of a transfer; any of the others. */
  choose(part: Part): void {
    if (this.kind === "transfer") for (const other of this.parts) other.chosen = other === part;
    else part.chosen = true;
  }

  #lines(): PartOfLine[] {
    return this.parts.filter((part) => part.chosen).map(({ line, amount }) => ({ line, amount }));
  }

  #cards(): CardSlip[] {
    return this.slips.map(({ tender, terminal, authorisation, last_four }) => ({ tender, terminal, authorisation, last_four }));
  }

  /** Which account the money goes to. */
  async recognise(suspense = false): Promise<boolean> {
    this.wrong = undefined;
    this.candidates = [];
    try {
      const found = await holdKeys(call("reference.recognise", { text: this.toText, suspense, scanned: false }));
      this.candidates = found.candidates;
      this.toFund = found.candidates[0]?.fund_code ?? "";
      this.toText = found.candidates[0]?.reference ?? this.toText;
      await focusOn(found.equally_likely > 1 ? "to-fund" : "to-narrative");
      return true;
    } catch (error) {
      this.wrong = failed(asFailure(error));
      await focusOn("to-reference");
      return false;
    }
  }

  async send(): Promise<void> {
    if (this.#working || this.done) return;
    // The customer of the sale on the screen is at the terminal.
    if (cards.watching && this.kind !== "transfer" && this.#goesBackThere) return void (this.wrong = t("error-card-terminal-busy"));
    if (this.kind === "transfer" && !this.to) return void (await this.recognise());
    this.#working = true;
    this.wrong = undefined;
    try {
      const amounts = this.#lines().map(({ line, amount }) => pounds(amount) || money(this.of.lines[line]?.left ?? 0));
      const what = t(`approve-${this.kind}`, { amount: amounts.join(" + "), number: this.of.number });
      this.done = await withApproval(what, (approved) => this.#ask(approved));
      await focusOn("corrected-close");
    } catch (error) {
      await this.#refused(asFailure(error));
    } finally {
      this.#working = false;
    }
  }

  /** Is a card paid at the till's own terminal given back there? */
  get #goesBackThere(): boolean {
    return Boolean(till.terminal && !this.typesSlip);
  }

  /** The terminal gives the money back first; then the same is asked again, and finds that it has. */
  async #atCard(send: () => Promise<Corrected>): Promise<Corrected> {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        const failure = asFailure(error);
        if (failure.code !== "card-reversal-begun") throw error;
        const ended = await this.#givenBack(failure.args.transaction_id ?? "");
        if (ended === "approved") continue;
        // It may have gone back: what nobody knows is no reason to give anything else back.
        if (ended === "unresolved") throw { ...failure, code: "card-reversal-unresolved" };
        if (ended === "left") throw failure;
        // The terminal doesn't give it back. Whoever does so on another can type its slip.
        this.typesSlip = true;
        throw { ...failure, code: "card-reversal-failed", args: { ...failure.args, why: this.#why } };
      }
    }
  }

  async #givenBack(transaction_id: string): Promise<Ended> {
    letKeysGo();
    approving.stepAside();
    this.atTerminal = true;
    try {
      const watched = cards.watch(transaction_id);
      await focusOn("card-panel");
      const ended = await watched;
      this.#why = whyWords(cards.ended?.payment.why ?? "");
      return ended;
    } finally {
      this.atTerminal = false;
      cards.quiet();
    }
  }

  // The same id with the same content gives the same receipt, so a lost answer can be asked for again.
  #ask(approved: Approved): Promise<Corrected> {
    const { correction_id, number } = this.of;
    const common = { correction_id, number, reason: { code: this.reason, text: this.text }, ...approved };
    const lines = this.#lines();
    const at_terminal = this.#goesBackThere;
    if (this.kind === "void") return this.#atCard(() => call(CODES.void, { ...common, lines, slips: this.#cards(), at_terminal }));
    if (this.kind === "refund") {
      const slip = this.by?.kind === "card" ? this.#cards().find((one) => one.authorisation.trim() || !at_terminal) : undefined;
      const by = { mop_code: this.method, payee: this.payee, ...(slip ? { slip } : {}) };
      return this.#atCard(() => call(CODES.refund, { ...common, lines, by, at_terminal }));
    }
    const to = { fund_code: this.to?.fund_code ?? "", reference: this.to?.reference ?? "", narrative: this.narrative };
    return call(CODES.transfer, { ...common, part: lines[0] ?? { line: -1, amount: "0" }, to });
  }

  #asksForSlip(tender: number, amount: string): void {
    const others = this.slips.filter((slip) => slip.tender !== tender);
    this.slips = [...others, { tender, amount, authorisation: "", last_four: "", terminal: "" }];
  }

  /** A card that is given back needs its terminal's slip: then it is asked for. */
  async #refused(failure: ReturnType<typeof asFailure>): Promise<void> {
    this.wrong = [failed(failure), failure.args.why].filter(Boolean).join(" ");
    // The till can't give it back there: whoever does so by hand types its slip.
    if (NOT_THERE.includes(failure.code)) this.typesSlip = true;
    const tender = Number(failure.args.tender ?? 0);
    if (failure.code === "card-reversal-needed" || (OF_SLIP.includes(failure.code) && this.slips.length === 0)) {
      this.#asksForSlip(tender, failure.args.amount ?? "");
      await focusOn(`slip-authorisation-${tender}`);
    } else if (failure.code === "reason-missing") await focusOn("reason");
    else if (failure.code === "payee-missing") await focusOn("payee");
    else if (failure.code === "narrative-missing") await focusOn("to-narrative");
    else await focusIfLost("correct");
  }
}
