// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import CardEnded from "../src/components/CardEnded.svelte";
import CardPanel from "../src/components/CardPanel.svelte";
import CardsView from "../src/components/CardsView.svelte";
import CountResult from "../src/components/CountResult.svelte";
import DrawerSwitch from "../src/components/DrawerSwitch.svelte";
import PayPanel from "../src/components/PayPanel.svelte";
import TopBar from "../src/components/TopBar.svelte";
import type { CardProgress, CardState, CardView } from "../src/generated/types";
import { Attempt } from "../src/state/attempt.svelte";
import { basket } from "../src/state/basket.svelte";
import { cards } from "../src/state/cards.svelte";
import { paying } from "../src/state/paying.svelte";
import { approving } from "../src/state/approval.svelte";
import { till } from "../src/state/till.svelte";

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const text = (id: string): string => document.getElementById(id)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const view = (standing: CardState, rest: Partial<CardView> = {}): CardView => ({
  transaction_id: "pay", reverses: null, sale_id: "018f-sale", mop_code: "14", user_code: "12", begun_at: "2026-11-23 10:42", amount: 3500, approved: 3500, standing, why: "",
  terminal: "simulator", asking: false, receipt: null, ...rest,
});
const status = { printer: { state: "ready", failed: 0, waiting: 0 }, ledger: { state: "none", quarantined: 0, differs: null, down_since: null }, terminal: null, scanner: "none", troubles: [], import: null };

let shown: Record<string, unknown> | undefined;
function show<Props extends Record<string, unknown>>(screen: Component<Props>, props = {} as Props): void {
  shown = mount(screen, { target: document.body, props });
  flushSync();
}

beforeEach(() => {
  call.mockReset();
  call.mockResolvedValue([]);
  till.start = null;
  till.status = status as never;
  basket.id = "018f-sale";
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
});

describe("what is shown while a card payment goes on", () => {
  const goesOn = (standing: CardState, rest: Partial<CardProgress> = {}): void => {
    cards.progress = { payment: view(standing), elapsed_ms: 0, shows: "", fault: null, aborting: false, abort_fault: null, silent: false, taken: null, ...rest };
    show(CardPanel);
  };
  afterEach(() => cards.leave());

  test.each<[CardState, string]>([["intended", "Sending to the terminal"], ["sent", "The customer is at the terminal"], ["free", "given up before anything was sent"]])("where it stands as %s: %s", (standing, words) => {
    goesOn(standing);
    expect(text("card-shows")).toContain(words);
  });

  test("a line that is dead, so that the terminal can't even be told to give up, lets it be left to a supervisor", () => {
    goesOn("sent", { abort_fault: "terminal-timed-out", silent: true });
    expect(text("card-not-aborted")).toContain("wasn't told to give up");
    expect([document.getElementById("card-aside"), document.getElementById("card-ask")].map(Boolean)).toEqual([true, false]);
    expect(document.getElementById("card-abort")?.getAttribute("aria-disabled")).toBe("false");
  });

  test("an abort that broke off doesn't, and may be tried again", () => {
    goesOn("sent", { abort_fault: "terminal-dropped", aborting: true });
    expect(document.getElementById("card-aside")).toBeNull();
    expect(document.getElementById("card-abort")?.getAttribute("aria-disabled")).toBe("false");
  });
});

describe("the result of a count", () => {
  test.each([
    ["wasn't compared", { says: 0, known: 3000, not_compared: true }, "Terminal simulator wasn't compared"],
    ["differs", { says: 3500, known: 3000 }, "Terminal simulator says £35.00, the till knows of £30.00"],
  ])("says of a terminal that it %s, to whoever approves the close too", async (_, driven, words) => {
    const count = { attempt: 1, given_at: "2026-11-23 17:00", given_by: "12", mops: [], clues: [], driven: [{ terminal: "simulator", ...driven }], beyond_tolerance: true, float_left: 10000 };
    call.mockRejectedValue({ code: "approval-needed", message: "", outcome: "not_done", args: {} });
    show(CountResult as never, { session: { number: 7 }, count, closed: () => undefined, again: () => undefined });
    expect([text("difference"), document.getElementById("difference")?.classList.contains("off")]).toEqual([words, true]);
    document.getElementById("close-session")?.click();
    await settled();
    expect(approving.what).toBe(`Close session 7: ${words}`);
    approving.cancel();
    await settled();
  });
});

describe("the status line", () => {
  test("says every trouble of the till's own, none behind another", () => {
    till.status = { ...status, troubles: ["settings-refused", "accounts-unreadable"] } as never;
    show(TopBar);
    expect(document.querySelectorAll("#status-line .one")).toHaveLength(2);
    expect(text("status-line")).toContain("settings can't be used");
  });

  test.each([
    ["terminal-unreachable", "Terminal can't be reached"],
    ["terminal-timed-out", "Terminal doesn't answer"],
    ["terminal-not-authentic", "Terminal's key doesn't fit"],
    ["terminal-not-now", "Terminal can't answer now"],
    ["terminal-that-is-new", "Something is wrong with the terminal"],
  ])("says what is the matter with the terminal: %s", (fault, words) => {
    till.status = { ...status, terminal: { name: "P400", simulated: false, gone: false, fault, open: 0, unresolved: 0 } } as never;
    show(TopBar);
    expect(text("bar-terminal")).toBe(words);
  });
});

describe("what came of a card payment", () => {
  const said = (payment: CardView): string => {
    cards.ended = { payment } as never;
    show(CardEnded);
    return text("card-ended");
  };

  test.each<[string, CardView, string]>([
    ["the terminal's word", view("free", { why: "Refusal" }), "was declined: Refusal. Nothing was charged."],
    ["a code of the till's own", view("free", { why: "terminal-unreachable" }), "didn't begin. The card terminal can't be reached."],
    ["what a supervisor said", view("free", { why: "resolved" }), "was not charged. A supervisor said so."],
    ["all of it", view("approved"), "£35.00 was approved, and no receipt says so yet."],
    ["a part", view("approved", { approved: 1750 }), "Only £17.50 of £35.00 was approved."],
    ["a reversal that nobody knows of", view("unresolved", { reverses: "pay" }), "Nobody knows yet whether £35.00 went back to the card."],
  ])("is told by its own words: %s", (_, payment, words) => {
    expect(said(payment)).toContain(words);
  });

  test("is told beside its own sale only", () => {
    expect(said(view("free", { sale_id: "018f-other", why: "Refusal" }))).toBe("");
  });
});

describe("the list of card payments", () => {
  const STANDINGS: [CardState, string | null][] = [
    ["intended", null], ["sent", null], ["unresolved", null], ["unresolved", "pay"], ["signature", null], ["approved", null], ["approved", "pay"], ["reversing", null],
  ];
  test.each(STANDINGS)("has something to do, or words for it, for one that is %s (of %s)", async (standing, reverses) => {
    call.mockResolvedValue([view(standing, { reverses, receipt: "CH07-0000001" })]);
    show(CardsView);
    await settled();
    document.getElementById("card-0")?.click();
    await settled();
    flushSync();
    const todo = document.querySelectorAll("[id^=card-do-], #card-resolve");
    expect(text("card-next").length).toBeGreaterThan(40);
    expect(text("card-next")).not.toContain("card-next");
    if (standing !== "reversing") expect(todo.length).toBeGreaterThan(0);
    if (standing === "approved" && reverses) expect(text("card-next")).toContain("CH07-0000001");
  });
});

describe("which level of the drawer's switch means open", () => {
  const press = (id: string): void => flushSync(() => document.getElementById(id)?.click());

  test("is asked while nobody has said it, of a level that is at most a second old, and answered of the one that is shown", async () => {
    vi.useFakeTimers();
    const [look, done] = [vi.fn(), vi.fn()];
    show(DrawerSwitch, { high: true, open: null, attempt: new Attempt(), look, done });
    vi.advanceTimersByTime(3_000);
    expect(look).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
    call.mockResolvedValue("the devices");
    press("drawer-is-shut");
    await settled();
    expect(call.mock.calls).toEqual([["devices.drawer_level", { high: true, open: false }]]);
    expect(done.mock.calls[0]?.[1]).toBe("the devices");
  });

  test("is asked again only of whoever says that it is wrong", () => {
    vi.useFakeTimers();
    const look = vi.fn();
    show(DrawerSwitch, { high: false, open: false, attempt: new Attempt(), look, done: vi.fn() });
    vi.advanceTimersByTime(3_000);
    expect(look).not.toHaveBeenCalled();
    expect(document.getElementById("drawer-asks")).toBeNull();
    press("drawer-wrong");
    vi.advanceTimersByTime(1_000);
    expect(look).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
    expect(text("drawer-asks")).toContain("Is the drawer open now?");
  });
});

test("a card payment that can't be given back says why where the basket is, too", async () => {
  till.start = { council: { mops: [], funds: [] } } as never;
  basket.phase = "gathering";
  paying.give(view("approved"));
  call.mockImplementation(async (command: string) => {
    if (command === "card.reverse") throw { code: "terminal-unreachable", message: "", outcome: "not_done", args: {} };
    return null;
  });
  show(PayPanel);
  document.querySelector<HTMLElement>(".given button")?.click();
  await settled();
  flushSync();
  expect(text("not-given-back")).toContain("can't be reached");
  paying.clear();
});
