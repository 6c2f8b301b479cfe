/** What the window knows of the till: where it stands, the status line, who is signed in. Read again when told to. */
import { call, onChanged, onUpgrading, type Failure, type Upgrading, asFailure } from "../backend";
import type { Changed, CouncilView, FundView, ImportProgress, MopKind, MopView, Paper, Right, Start, StatusLine, TerminalLine } from "../generated/types";
import { say, speech } from "../words/index.svelte";

/** Is an import under way? */
export function isRunning(progress: ImportProgress | null): boolean {
  return progress?.stage === "reading" || progress?.stage === "indexing";
}

class Till {
  start = $state<Start | null>(null);
  trouble = $state<Failure | null>(null);
  /** What a key that answers on every screen was refused, until it isn't, somebody else is there, or the next payment is taken. */
  refused = $state<Failure | null>(null);
  status = $state<StatusLine | null>(null);
  /** How the last import ended, from its end until the next receipt: then the takings are said again. */
  imported = $state<ImportProgress | null>(null);
  /** Goes up with each word from the ledger: whoever shows a proof reads it again. */
  sent = $state(0);
  /** Goes up whenever the serial scanner has something to say. */
  scanned = $state(0);
  /** Goes up whenever something has happened at the printer. */
  printed = $state(0);
  /** Goes up as a check-up or a backup goes on: whoever shows one reads it again. */
  upkept = $state(0);
  /** How far the till's data is on its way to this version, while that holds up its opening. */
  upgrading = $state<Upgrading | null>(null);
  /** The till was named a moment ago, and its first run isn't over yet. */
  settingUp = $state(false);
  /** Somebody goes on although the first start that needs nobody isn't over. */
  goesOn = $state(false);
  paper = $state<Paper>({ strips: [] });

  get council(): CouncilView | null {
    return this.start?.council ?? null;
  }

  /** Does anything wait for the printer, or has it been given up? */
  get unprinted(): boolean {
    return (this.status?.printer.failed ?? 0) + (this.status?.printer.waiting ?? 0) > 0;
  }

  get onScreenPrinter(): boolean {
    return this.start?.printer.kind === "screen";
  }

  /** The terminal that the till drives; none where slips are typed. */
  get terminal(): TerminalLine | null {
    const terminal = this.status?.terminal ?? null;
    return terminal?.gone ? null : terminal;
  }

  fund(code: string): FundView | undefined {
    return this.council?.funds.find((fund) => fund.code === code);
  }

  fundName(code: string): string {
    const fund = this.fund(code);
    return fund ? say(fund.name) : code;
  }

  mop(kind: MopKind): MopView | undefined {
    return this.council?.mops.find((mop) => mop.kind === kind);
  }

  mopName(code: string): string {
    const mop = this.council?.mops.find((one) => one.code === code);
    return mop ? say(mop.name) : code;
  }

  may(right: Right): boolean {
    return this.start?.signed_in?.rights.includes(right) ?? false;
  }

  /** A command's answer that says where the till stands now. */
  stands(start: Start): void {
    const before = this.start;
    this.start = start;
    this.trouble = null;
    this.refused = null;
    this.#greet(before, start);
    void this.readStatus();
  }

  /** Whoever signs in is spoken to in their own language; when they have gone, or there is another council, in the machine's or the council's. */
  #greet(before: Start | null, now: Start): void {
    const gone = before?.signed_in && !now.signed_in;
    const first = now.language ?? now.council?.languages[0];
    if (first && (gone || !before || now.council?.code !== before.council?.code)) speech.speak(first);
    const own = now.signed_in?.language;
    if (own && now.signed_in?.user_code !== before?.signed_in?.user_code) speech.speak(own);
  }

  async begin(): Promise<void> {
    await onUpgrading((now) => (this.upgrading = now)).catch(() => undefined);
    await onChanged((names) => void this.heard(names)).catch(() => undefined);
    await this.readStart();
    void this.readPaper();
  }

  async readStart(): Promise<void> {
    try {
      this.stands(await call("start.show", {}));
    } catch (error) {
      this.trouble = asFailure(error);
    }
  }

  async readStatus(): Promise<void> {
    if (!this.start?.till) return;
    // Before somebody has signed in the status may be refused; then there is none to show.
    const now = await call("till.status", {}).catch(() => this.status);
    if (this.status && now) this.#notice(this.status, now);
    this.status = now;
  }

  #notice(before: StatusLine, now: StatusLine): void {
    if (isRunning(now.import) || now.unsent_receipts !== before.unsent_receipts) this.imported = null;
    else if (JSON.stringify(now.import) !== JSON.stringify(before.import)) this.imported = now.import;
  }

  async readPaper(): Promise<void> {
    if (!this.onScreenPrinter) return;
    this.paper = await call("print.paper", {}).catch(() => this.paper);
  }

  private async heard(names: Changed[]): Promise<void> {
    if (names.some((name) => name === "people" || name === "session" || name === "configuration")) await this.readStart();
    else await this.readStatus();
    if (names.includes("receipts")) this.refused = null;
    if (names.includes("ledger")) this.sent += 1;
    if (names.includes("scanned")) this.scanned += 1;
    if (names.includes("upkeep")) this.upkept += 1;
    if (names.includes("printing")) {
      this.printed += 1;
      await this.readPaper();
    }
  }
}

export const till = new Till();
