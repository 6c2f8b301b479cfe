// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import ReceiptsDialog from "../src/components/ReceiptsDialog.svelte";
import SlipDialog from "../src/components/SlipDialog.svelte";
import SuspenseDialog from "../src/components/SuspenseDialog.svelte";
import { press } from "../src/keyboard/keys";
import { cards } from "../src/state/cards.svelte";
import { till } from "../src/state/till.svelte";

/** An answer that comes when it is told to. */
function later<T>(): { answer: Promise<T>; give: (now: T) => void; refuse: (code: string) => void } {
  let give!: (now: T) => void;
  let fail!: (failure: unknown) => void;
  const answer = new Promise<T>((resolve, reject) => ((give = resolve), (fail = reject)));
  return { answer, give, refuse: (code) => fail(refusal(code)) };
}
const refusal = (code: string): unknown => ({ code, message: code, outcome: "not_done", args: {} });
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
};
const text = (id: string): string => document.getElementById(id)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const asked = (command: string): number => call.mock.calls.filter(([cmd]) => cmd === command).length;
const clicks = (id: string): void => document.getElementById(id)?.click();

let answers: Record<string, () => unknown>;
let shown: Record<string, unknown> | undefined;
function show<Props extends Record<string, unknown>>(dialog: Component<Props>, props: Props): void {
  shown = mount(dialog, { target: document.body, props });
  flushSync();
}

beforeEach(() => {
  // A dialog of jsdom's can't be opened.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  Element.prototype.scrollIntoView = () => undefined;
  answers = {};
  call.mockReset();
  call.mockImplementation(async (command: string) => answers[command]?.());
  till.start = { council: { funds: [], mops: [], reasons: [] }, signed_in: null } as never;
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  document.body.innerHTML = "";
});

const lines = [{ fund_code: "23", reference: "501234566", amount: 18450, narrative: "" }, { fund_code: "05", reference: "771", amount: 4000, narrative: "" }];

describe("what is printed on a slip", () => {
  const PRINTED = { progress: "printed", trouble: null };
  const PRINTING = { progress: "printing", trouble: null };
  beforeEach(() => show(SlipDialog as Component<{ receipt: unknown }>, { receipt: { number: "CH07-000001", tenders: [], lines } }));
  const news = async (): Promise<void> => {
    till.printed += 1;
    flushSync();
    await settled();
  };

  test("is said to be printed once it is, not while the program still tells of the slip before it", async () => {
    const print = later();
    answers = { "slip.print": () => print.answer, "slip.show": () => PRINTED };
    clicks("slip-line-0");
    await news();
    expect(text("slip-said")).toContain("Printing");
    answers["slip.show"] = () => PRINTING;
    print.give(PRINTING);
    await settled();
    expect(text("slip-said")).toContain("Printing");
    answers["slip.show"] = () => PRINTED;
    await news();
    expect(text("slip-said")).toContain("Printed: Line on the bill: 23 501234566");
  });

  test("isn't said to be printed by an answer that was on its way before it was asked for", async () => {
    answers = { "slip.print": () => PRINTING, "slip.show": () => PRINTED };
    clicks("slip-line-0");
    await settled();
    expect(text("slip-said")).toContain("501234566");
    const [late, print] = [later(), later()];
    answers = { "slip.show": () => late.answer, "slip.print": () => print.answer };
    await news();
    clicks("slip-line-1");
    late.give(PRINTED);
    await settled();
    expect(text("slip-said")).toContain("Printing");
  });

  test("is asked for once, however often Enter is pressed meanwhile", async () => {
    answers = { "slip.print": () => later().answer };
    clicks("slip-line-0");
    clicks("slip-line-0");
    clicks("slip-line-1");
    expect(asked("slip.print")).toBe(1);
  });

  test("is refused in words that stay, whatever the program tells of the slip before it", async () => {
    answers = { "slip.print": () => Promise.reject(refusal("receipt-unknown")), "slip.show": () => PRINTED };
    clicks("slip-line-0");
    await news();
    await news();
    expect([text("slip-problem").length > 10, text("slip-said")]).toEqual([true, ""]);
  });

  test("has words for a trouble that has none of its own", async () => {
    answers = { "slip.print": () => PRINTING, "slip.show": () => ({ progress: "failed", trouble: "printer-that-is-new" }) };
    clicks("slip-line-0");
    await settled();
    expect(text("slip-problem")).toContain("The printer has trouble");
  });
});

describe("a receipt that is being corrected", () => {
  const receipt = { number: "CH07-000001", lines, tenders: [], total: 18450 };
  const can = { number: "CH07-000001", correction_id: "c", void: null, refund: null, transfer: null, lines: [{ ...lines[0], left: 18450 }], methods: [] };
  beforeEach(async () => {
    till.status = { ledger: { state: "none" }, terminal: { name: "P400", simulated: false, gone: false, fault: null } } as never;
    answers = {
      "receipt.last": () => ({ receipt: { receipt, kind: "taken", corrects: null, corrections: [], approved_by: null, taken_at: "2026-11-23 10:42", user_code: "12", sheet: { columns: 42, rows: [] }, print: "printed", ledger: { state: "local", reference: null } } }),
      "receipt.show": () => (answers["receipt.last"]?.() as { receipt: unknown }).receipt,
      "receipt.correctable": () => can,
    };
    show(ReceiptsDialog as Component<{ last: boolean }>, { last: true });
    await settled();
    clicks("to-void");
    await settled();
  });
  afterEach(() => cards.leave());

  test("can be left while the customer of the counter's own sale is at the terminal", async () => {
    cards.watching = true;
    flushSync();
    press("Escape");
    await settled();
    expect(document.getElementById("correct")).toBeNull();
  });

  test("can't be left while the terminal gives its money back", async () => {
    answers["receipt.void"] = () => Promise.reject({ ...(refusal("card-reversal-begun") as object), args: { transaction_id: "back" } });
    answers["card.state"] = () => ({ payment: { transaction_id: "back", standing: "sent", reverses: "pay" } });
    clicks("correct");
    await settled();
    press("Escape");
    await settled();
    expect(document.getElementById("correct")).not.toBeNull();
  });
});

test("what goes wrong with one item in suspense isn't hidden by why another can't be placed", async () => {
  answers = {
    "suspense.list": () => ({ items: [{ number: "CH07-000001", line: 0, taken_at: "2026-11-23 10:42", reference: "1", narrative: "", left: 100 }], left: 100, more: false }),
    "receipt.correctable": () => ({ transfer: "receipt-fully-corrected" }),
  };
  show(SuspenseDialog as Component<Record<string, never>>, {});
  await settled();
  clicks("hit-0");
  await settled();
  const first = text("problem");
  expect(first.length).toBeGreaterThan(10);
  answers["receipt.correctable"] = () => Promise.reject(refusal("receipt-unknown"));
  clicks("hit-0");
  await settled();
  expect(text("problem")).not.toBe(first);
});
