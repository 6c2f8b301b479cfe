/** What is said of sending to the ledger. How it stands is the program's to say; here are only its words. */
import type { Failure } from "../backend";
import type { LedgerLine, SessionProof } from "../generated/types";
import { money } from "../money";
import { known, shortly, t } from "../words/index.svelte";

/** The quiet line: what is in the ledger or still to send, and since when the line is down. */
export function quietly(line: LedgerLine, count: number, pence: number, today: string): string {
  const value = money(pence);
  if (line.state === "none" || line.state === "not-enrolled") return count === 0 ? t("status-none-kept") : t("status-kept", { count, value });
  const said = count === 0 ? t("sending-all-in") : t("sending-to-send", { count, value });
  return line.down_since ? `${said} · ${t("sending-down", { since: shortly(line.down_since, today), why: why(line) })}` : said;
}

/** Why nothing is sent, as the end of a sentence. */
export function why(line: LedgerLine): string {
  if (line.state !== "halted") return t(`why-${line.reason ?? "not-reached"}`);
  return known(`halted-${line.reason}`) ?? t("halted-other");
}

/** What somebody must look at, the weightiest first. Never what was taken: whoever counts sees it too. */
export function aloud(line: LedgerLine, supervises: boolean): string[] {
  const look = supervises ? "-look" : "";
  const said: string[] = [];
  if (line.state === "halted") said.push(t(`sending-halted${look}`, { why: why(line) }));
  if (line.state === "not-enrolled") said.push(t("sending-not-enrolled"));
  if (line.quarantined > 0) said.push(t(`sending-waits${look}`, { count: line.quarantined }));
  if (line.differs !== null) said.push(t("sending-differs", { session: line.differs }));
  return said;
}

/** Whether counter and ledger are the same for a session, or what is still to come. */
export function agreement(proof: SessionProof): "agrees" | "to-send" | "differs" {
  if (proof.differs) return "differs";
  return proof.in_ledger === proof.receipts && proof.value_in_ledger === proof.value ? "agrees" : "to-send";
}

/** A code's words; those of `other` where it has none here. */
export function wordsOf(kind: "alarm" | "fault", code: string): string {
  return known(`${kind}-${code}`) ?? t(`${kind}-other`, { code });
}

/** Was it the one-time code that the ledger didn't take? */
export function aboutCode(failure: Failure | null): boolean {
  return failure !== null && ["ledger-code-wrong", "ledger-other-till", "ledger-till-known", "ledger-replaces-another"].includes(failure.code);
}
