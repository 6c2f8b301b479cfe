// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import type { CardState, CardView } from "../src/generated/types";
import { approving } from "../src/state/approval.svelte";
import { basket } from "../src/state/basket.svelte";
import { cards, ownWords, whyWords } from "../src/state/cards.svelte";
import { Correcting } from "../src/state/correcting.svelte";
import { paying } from "../src/state/paying.svelte";
import { till } from "../src/state/till.svelte";
import { failed } from "../src/words/index.svelte";

const PRICED = { lines: [{ amount: 3500, vat: 0 }], tenders: [], total: 3500, paid: 0, due: 3500, change: 0, problems: [], ready: false };
const SALE = "018f-sale";

function view(transaction_id: string, standing: CardState, reverses: string | null = null, sale_id = SALE): CardView {
  return { transaction_id, reverses, sale_id, mop_code: "14", user_code: "12", begun_at: "2026-11-23 10:42", amount: 3500, approved: 3500, standing, why: "", terminal: "simulator", asking: false, receipt: null };
}

/** Where each payment stands, as the till says it; and how other commands are answered. */
let stands: Record<string, CardView> = {};
let answers: Record<string, () => unknown> = {};
const asked = (command: string): unknown[] => call.mock.calls.filter(([cmd]) => cmd === command).map(([, payload]) => payload);
const refused = (code: string): never => {
  throw { code, message: "", outcome: "not_done", args: { amount: "£35.00", transaction_id: "back" } };
};
/** So long that the till has been asked again. */
const later = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_000);

beforeEach(() => {
  vi.useFakeTimers();
  stands = {};
  answers = {};
  call.mockReset();
  call.mockImplementation(async (command: string, payload: { transaction_id: string }) => {
    if (command === "card.state") return { payment: stands[payload.transaction_id], elapsed_ms: 0, shows: "", fault: null, aborting: false, taken: null };
    if (command === "sale.price") return PRICED;
    return answers[command]?.();
  });
  till.start = { council: { mops: [{ code: "13", kind: "cash" }, { code: "14", kind: "card" }, { code: "15", kind: "cheque" }] } } as never;
  till.status = { terminal: { name: "simulator", gone: false } } as never;
  approving.cancel();
  paying.clear();
  basket.clear();
  cards.leave();
  cards.unclear = null;
  basket.id = SALE;
  basket.lines = [{ draft: { fund_code: "23", reference: "501234566", amount: "35", narrative: "", override_stop: false, override_reason: "", payer_name: "", payer_address: "" }, account: null }];
});
afterEach(() => vi.useRealTimers());

/** Sends what is due to the terminal; there it stands so. */
async function sent(standing: CardState): Promise<void> {
  answers["card.begin"] = () => ({ transaction_id: "pay" });
  stands.pay = view("pay", standing);
  await paying.begin("card");
  await paying.enter();
  await later();
}

/** A card payment that the terminal has approved, and that is being given back. */
async function givenBack(standing: CardState): Promise<void> {
  answers["card.reverse"] = () => ({ transaction_id: "back" });
  paying.tenders = [{ kind: "terminal", mop_code: "14", transaction_id: "pay" }];
  stands.pay = view("pay", standing === "free" ? "approved" : "reversing");
  stands.back = view("back", standing, "pay");
  basket.phase = "paying";
  void paying.removeTender(0);
  await later();
}

describe("whoever allows another card for an account whose card payment isn't over", () => {
  test.each([[false, ""], [true, " · Take £35.00 in spite of a stop"]])("is told of a stop that is overridden too (%s)", async (override_stop, stop) => {
    for (const line of basket.lines) line.draft.override_stop = override_stop;
    basket.priced = PRICED as never;
    answers["card.begin"] = () => {
      throw { code: "card-account-unresolved", message: "", outcome: "not_done", args: { amount: "£20.00", begun: "2026-11-23 10:42" } };
    };
    await paying.begin("card");
    const asking = paying.enter();
    await later();
    expect(approving.what).toBe(`A card may have been charged £20.00 for this account already, on 23 Nov 2026 10:42: F9, Card payments. Charge a card again all the same${stop}`);
    approving.cancel();
    await asking;
    expect(paying.failure && failed(paying.failure)).toContain("begun on 23 Nov 2026 10:42, isn't over");
  });
});

describe("a card payment at the terminal", () => {
  test("of a sale that has gone from the screen doesn't touch the one that is there now", async () => {
    await sent("sent");
    expect(basket.phase).toBe("card");
    basket.clear();
    basket.id = "018f-other";
    basket.phase = "gathering";
    stands.pay = view("pay", "approved");
    await later();
    expect([basket.phase, paying.tenders, cards.ended, cards.watching]).toEqual(["gathering", [], null, false]);
  });

  test("isn't watched any more once somebody else has signed in, and the next one is", async () => {
    await sent("sent");
    cards.leave();
    basket.clear();
    stands.pay = view("pay", "approved");
    await later();
    expect([basket.phase, cards.ended, cards.progress]).toEqual(["gathering", null, null]);
    const looks = asked("card.state").length;
    await later();
    expect(asked("card.state")).toHaveLength(looks);
  });

  test("whose signature is refused has ended as what gives it back does, even where nobody knows that", async () => {
    await sent("signature");
    answers["card.signature"] = () => ({ reversal: "back" });
    stands.back = view("back", "sent", "pay");
    await cards.signature(false);
    stands.pay = view("pay", "reversing");
    await later();
    expect(cards.progress?.payment.transaction_id).toBe("back");
    stands.back = view("back", "unresolved", "pay");
    await later();
    expect([basket.phase, cards.ended?.payment.reverses, cards.mayBeCharged]).toEqual(["paying", "pay", true]);
  });

  test.each<CardState>(["intended", "sent"])("is given up with Escape while it stands as %s, and again while it is being given up", async (standing) => {
    await sent(standing);
    await cards.abort();
    if (cards.progress) cards.progress.aborting = true;
    await cards.abort();
    expect(asked("card.abort")).toEqual([{ transaction_id: "pay" }, { transaction_id: "pay" }]);
  });

  test("that is being given back isn't given up with Escape", async () => {
    await givenBack("sent");
    expect(cards.standing).toBe("sent");
    await cards.abort();
    expect(asked("card.abort")).toEqual([]);
  });

  test.each<[CardState, number]>([["used", 0], ["unresolved", 0], ["free", 1]])("whose reversal stands as %s leaves so many tenders: %i", async (standing, left) => {
    await givenBack(standing);
    expect([basket.phase, paying.tenders.length]).toEqual(["paying", left]);
    expect(paying.atTerminal).toBe(left - 1);
  });
});

test("a parked sale that is taken up again is priced with what the terminal has approved for it", async () => {
  call.mockImplementation(async (command: string, payload: { tenders?: unknown[] }) => (command === "sale.price" ? { ...PRICED, due: payload.tenders?.length ? 1750 : 3500 } : null));
  await paying.resume({ sale_id: "018f-parked", lines: basket.drafts, cards: [view("pay", "approved", null, "018f-parked")] });
  expect([basket.id, paying.tenders, paying.due]).toEqual(["018f-parked", [{ kind: "terminal", mop_code: "14", transaction_id: "pay" }], 1750]);
});

describe("the rest after a part in cash", () => {
  test("is asked for at the terminal where there is one", async () => {
    paying.tenders = [{ kind: "cash", mop_code: "13", tendered: "10" }];
    await paying.begin();
    expect(paying.kind).toBe("terminal");
    await paying.leave();
    till.status = { terminal: { name: "simulator", gone: true } } as never;
    await paying.begin();
    expect(paying.kind).toBe("card");
  });

  test("isn't asked for from a card that may have been charged already", async () => {
    await sent("unresolved");
    paying.tenders = [{ kind: "cash", mop_code: "13", tendered: "10" }];
    await paying.begin();
    expect(paying.kind).toBe("cheque");
  });
});

describe("a supervisor", () => {
  const cash = async (): Promise<void> => {
    await paying.begin("cash");
    call.mockImplementation(async (command: string) => (command === "sale.price" ? { ...PRICED, ready: true } : answers[command]?.()));
    void paying.enter();
    await later();
  };

  test("is asked for when the program wants one, whatever the window remembers", async () => {
    answers["sale.take"] = () => refused("card-payment-unresolved");
    await cash();
    expect(approving.what).toContain("may have been charged already");
    const taken = { receipt: { number: "CH07-000001" }, change: 0, again: false };
    answers["sale.take"] = () => taken;
    approving.answer({ user_code: "20", secret: "2020" });
    await later();
    expect(basket.phase).toBe("taken");
    expect(asked("sale.take")).toMatchObject([{ sale_id: SALE }, { sale_id: SALE, approval: { user_code: "20" } }]);
  });

  test("isn't asked for when the program doesn't want one", async () => {
    await sent("unresolved");
    answers["sale.take"] = () => refused("card-payment-unresolved-no-card");
    await cash();
    expect([approving.open, paying.failure?.code, basket.phase]).toEqual([false, "card-payment-unresolved-no-card", "paying"]);
  });

  test("who gives up leaves the sale as it was", async () => {
    answers["sale.take"] = () => refused("approval-needed");
    await cash();
    approving.cancel();
    await later();
    expect([approving.open, paying.failure?.code, basket.phase, basket.lines.length]).toEqual([false, "approval-needed", "paying", 1]);
    expect(asked("sale.take")).toHaveLength(1);
  });
});

describe("a void of a card payment", () => {
  const of = { correction_id: "c", number: "CH07-000001", kind: "taken", lines: [{ fund_code: "23", reference: "5", narrative: "", amount: 3500, left: 3500 }], left: 3500, void: null, refund: null, transfer: null, methods: [] };
  const voided = async (ends: CardState): Promise<Correcting> => {
    const work = new Correcting("void", of as never);
    const refusals = ["approval-needed", "card-reversal-begun"];
    answers["receipt.void"] = () => {
      const next = refusals.shift();
      return next ? refused(next) : { receipt: { tenders: [], lines: [] } };
    };
    stands.back = view("back", "sent", "pay");
    void work.send();
    await later();
    approving.answer({ user_code: "20", secret: "2020" });
    await later();
    expect([approving.open, work.atTerminal, cards.watching]).toEqual([false, true, true]);
    stands.back = view("back", ends, "pay");
    await later();
    expect([approving.open, work.atTerminal, cards.watching]).toEqual([false, false, false]);
    return work;
  };

  test("leaves the screen to the terminal once it is approved, and goes on when the money is back", async () => {
    const work = await voided("approved");
    expect([work.done !== null, work.wrong]).toEqual([true, undefined]);
    expect(asked("receipt.void")).toHaveLength(3);
  });

  test("isn't done by hand while nobody knows whether the customer has the money", async () => {
    const work = await voided("unresolved");
    expect([work.done, work.typesSlip]).toEqual([null, false]);
    expect(work.wrong).toContain("Nobody knows yet");
  });

  test("is done with another terminal's slip where this one gives nothing back", async () => {
    const work = await voided("free");
    expect([work.done, work.typesSlip]).toEqual([null, true]);
  });
});

test("why a payment wasn't taken is said in the till's words where the code is its own, and else as the terminal's", () => {
  expect(ownWords("terminal-timed-out")).toContain("didn't answer in time");
  expect(ownWords("Refusal")).toBeUndefined();
  expect([whyWords("Refusal"), whyWords("")]).toEqual(["The terminal says: Refusal", ""]);
});
