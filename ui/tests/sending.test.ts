// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import type { LedgerLine, SessionProof } from "../src/generated/types";
import { agreement, aloud, quietly, why, wordsOf } from "../src/state/sending";
import { speech, t } from "../src/words/index.svelte";

const line = (over: Partial<LedgerLine> = {}): LedgerLine => ({ state: "up", down_since: null, reason: null, quarantined: 0, differs: null, ...over });
const TODAY = "2026-11-23";

afterEach(() => speech.speak("en-GB"));

describe("the quiet line", () => {
  test("says that takings stay on a till that has no ledger", () => {
    expect(quietly(line({ state: "none" }), 0, 0, TODAY)).toBe("No receipts kept on this till");
    expect(quietly(line({ state: "none" }), 2, 120450, TODAY)).toBe("2 receipts (£1,204.50) kept on this till");
  });

  test("says what is in the ledger and what is to send", () => {
    expect(quietly(line(), 0, 0, TODAY)).toBe("All takings are in the ledger");
    expect(quietly(line(), 12, 120450, TODAY)).toBe("12 receipts (£1,204.50) to send");
    expect(quietly(line({ state: "starting" }), 1, 3500, TODAY)).toBe("1 receipt (£35.00) to send");
  });

  test("says since when the line is down: the time today, the day too before", () => {
    const down = (since: string, count = 12): string => quietly(line({ state: "down", reason: "not-reached", down_since: since }), count, 120450, TODAY);
    expect(down("2026-11-23 10:42")).toBe("12 receipts (£1,204.50) to send · line down since 10:42: the ledger can't be reached");
    expect(down("2026-11-22 16:05")).toBe("12 receipts (£1,204.50) to send · line down since 22 Nov 16:05: the ledger can't be reached");
    expect(down("2025-12-31 16:05")).toBe("12 receipts (£1,204.50) to send · line down since 31 Dec 2025 16:05: the ledger can't be reached");
    expect(down("2026-11-23 10:42", 0)).toBe("All takings are in the ledger · line down since 10:42: the ledger can't be reached");
  });

  test("says it in Welsh", () => {
    speech.speak("cy");
    expect(quietly(line({ state: "down", reason: "certificate", down_since: "2026-11-23 10:42" }), 3, 100, TODAY)).toBe("3 derbynneb (£1.00) i'w hanfon · y llinell i lawr ers 10:42: nid oes ymddiriedaeth yn nhystysgrif y cyfriflyfr");
  });
});

describe("what somebody must look at", () => {
  const worst = line({ state: "halted", reason: "till-revoked", quarantined: 2, differs: 3 });

  test("is told with what to do next, to a cashier and to a supervisor", () => {
    expect(aloud(line(), true)).toEqual([]);
    expect(aloud(line({ state: "down", down_since: "2026-11-23 10:42" }), true)).toEqual([]);
    expect(aloud(worst, false)[0]).toContain("Sending has stopped: the ledger takes nothing from this till any more. Tell your supervisor.");
    expect(aloud(worst, true)[0]).toContain("F9, Ledger");
    expect(aloud(worst, false)[1]).toContain("2 receipts wait for a person");
    expect(aloud(worst, false)[2]).toContain("Session 3");
    expect(aloud(line({ state: "not-enrolled" }), false)).toHaveLength(1);
  });

  test("never says what was taken", () => {
    for (const state of ["halted", "not-enrolled"] as const) {
      for (const supervises of [true, false]) expect(aloud({ ...worst, state }, supervises).join(" ")).not.toContain("£");
    }
  });
});

test("counter and ledger agree only when count and value do, and differ when the program says so", () => {
  const proof = (over: Partial<SessionProof>): SessionProof => ({ receipts: 41, value: 420450, in_ledger: 41, value_in_ledger: 420450, differs: false, ...over });
  expect(agreement(proof({}))).toBe("agrees");
  expect(agreement(proof({ in_ledger: 40 }))).toBe("to-send");
  expect(agreement(proof({ value_in_ledger: 0 }))).toBe("to-send");
  expect(agreement(proof({ differs: true }))).toBe("differs");
});

test("each alarm, each fault and each reason has its words, and one that nobody knows has some too", () => {
  const read = (path: string): string => readFileSync(`${process.cwd()}/../${path}`, "utf8");
  const alarms = /Stable: (.*)\.$/m.exec(read("crates/ledger-client/src/outbox.rs"))?.[1]?.match(/[a-z-]+(?=`)/g) ?? [];
  const faults = /pub enum Fault \{([\s\S]*)\n\}/.exec(read("crates/ledger-client/src/localgov_ims/progress.rs"))?.[1] ?? "";
  const tags = [...faults.matchAll(/^ {4}([A-Z]\w+)[ ,]/gm)].map((match) => (match[1] ?? "").replaceAll(/(?!^)[A-Z]/g, "-$&").toLowerCase());
  expect(alarms).toContain("head-not-ours");
  expect(tags).toContain("stored-but-not-shown");
  const reasons = [...read("crates/ledger-client/src/reason.rs").matchAll(/=> "([a-z-]+)",/g)].map((match) => match[1] ?? "");
  expect(reasons).toContain("certificate");
  for (const language of ["en-GB", "cy"] as const) {
    speech.speak(language);
    const ids = [...reasons.flatMap((code) => [`why-${code}`, `what-to-do-${code}`]), ...alarms.map((code) => `halted-${code}`)];
    expect(ids.filter((id) => t(id) === id)).toEqual([]);
    expect(why(line({ state: "halted", reason: "brand-new" }))).toBe(t("halted-other"));
    expect(wordsOf("alarm", "brand-new")).toContain("brand-new");
    expect(alarms.filter((code) => wordsOf("alarm", code) === t("alarm-other", { code }))).toEqual([]);
    expect(tags.filter((code) => wordsOf("fault", code) === wordsOf("fault", "brand-new"))).toEqual([]);
  }
});
