// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import { basket } from "../src/state/basket.svelte";
import { paying, SILENCE_MS, SLOW_MS } from "../src/state/paying.svelte";
import { till } from "../src/state/till.svelte";

const PRICED = { lines: [{ amount: 18450, vat: 0 }], tenders: [], total: 18450, paid: 0, due: 18450, change: 0, problems: [], ready: false };
const lost = { code: "store-in-doubt", message: "", outcome: "in_doubt", args: {} };
const full = { code: "disk-full", message: "", outcome: "not_done", args: {} };
const taken = { receipt: { receipt: { number: "CH07-000001" } }, again: false };
const takes = (): unknown[] => call.mock.calls.filter(([cmd]) => cmd === "sale.take").map(([, payload]) => payload);

/** A basket of one line, at the tendered box, with these answers to taking it. */
async function atTheTenderedBox(...answers: unknown[]): Promise<void> {
  let ready = false;
  call.mockImplementation(async (cmd: string) => {
    if (cmd === "sale.price") {
      const price = { ...PRICED, ready, due: ready ? 0 : PRICED.due };
      ready = true;
      return price;
    }
    const answer = answers.shift();
    if (answer === taken || answer instanceof Promise) return answer;
    throw answer;
  });
  till.start = { council: { mops: [{ code: "13", name: { "en-GB": "Cash", cy: null }, kind: "cash" }] } } as never;
  paying.clear();
  basket.clear();
  basket.id = "018f-sale";
  basket.lines = [{ draft: { fund_code: "23", reference: "501234566", amount: "184.50", narrative: "", override_stop: false, override_reason: "", payer_name: "", payer_address: "" }, account: null }];
  await paying.begin();
}

describe("taking a payment", () => {
  beforeEach(() => {
    call.mockReset();
  });

  test("an empty tendered box means exactly what is due", async () => {
    await atTheTenderedBox(taken);
    await paying.enter();
    expect(takes()).toMatchObject([{ sale_id: "018f-sale", tenders: [{ kind: "cash", mop_code: "13", tendered: "184.50" }] }]);
    expect(basket.phase).toBe("taken");
    expect(basket.lines).toEqual([]);
  });

  test("a lost reply is asked for again with the same id and the same content", async () => {
    await atTheTenderedBox(lost, lost, taken);
    await paying.enter();
    expect(takes()).toHaveLength(3);
    expect(new Set(takes().map((payload) => JSON.stringify(payload))).size).toBe(1);
    expect(basket.phase).toBe("taken");
  });

  test("after three lost replies a person is asked, the basket can't be changed, and Enter asks again", async () => {
    await atTheTenderedBox(lost, lost, lost, taken);
    await paying.enter();
    expect(basket.phase).toBe("doubt");
    await basket.remove(0);
    expect(basket.lines).toHaveLength(1);
    await paying.enter();
    expect(new Set(takes().map((payload) => JSON.stringify(payload))).size).toBe(1);
    expect(basket.phase).toBe("taken");
  });

  test("a refusal leaves the basket as it was and says why", async () => {
    await atTheTenderedBox(full);
    await paying.enter();
    expect(takes()).toHaveLength(1);
    expect(basket.phase).toBe("paying");
    expect(basket.lines).toHaveLength(1);
    expect(paying.failure?.code).toBe("disk-full");
  });

  test("two presses of Enter take one payment", async () => {
    await atTheTenderedBox(taken, taken);
    await Promise.all([paying.enter(), paying.enter()]);
    expect(takes()).toHaveLength(1);
  });
});

describe("what Enter was answered", () => {
  const refused = { place: { part: "line", index: 0 }, field: "reference", refusal: { code: "account-on-stop", args: {} } };
  beforeEach(() => call.mockReset());

  test("isn't wiped by a look at what is being typed that comes later", async () => {
    let looked: (priced: unknown) => void = () => undefined;
    basket.clear();
    basket.entry.chosen = { fund_code: "5", reference: "12345678914", strength: "account", account: null, proposed_amount: null, barcode: null };
    basket.entry.amount = "10";
    call.mockImplementationOnce(() => new Promise((resolve) => (looked = resolve)));
    const look = basket.lookAtAmount();
    call.mockImplementationOnce(async () => ({ ...PRICED, problems: [refused] }));
    expect(await basket.addLine()).toBe(false);
    looked({ ...PRICED, problems: [refused] });
    await look;
    expect(basket.entry.problems).toEqual([refused]);
  });
});

describe("a payment whose answer doesn't come", () => {
  let answer: (taken: unknown) => void;
  const silent = (): Promise<unknown> => new Promise((resolve) => (answer = resolve));
  beforeEach(() => {
    call.mockReset();
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  test("is said to be still being written, and nothing of it can be changed", async () => {
    await atTheTenderedBox(silent());
    void paying.enter();
    await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
    expect(paying.slow).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(paying.slow).toBe(true);
    await basket.remove(0);
    await basket.change(0);
    await paying.begin("card");
    expect(basket.lines).toHaveLength(1);
    expect(paying.kind).toBe("cash");
    expect(basket.phase).toBe("writing");
  });

  test("is asked for again by a person, with the same id and the same content", async () => {
    await atTheTenderedBox(silent(), taken);
    void paying.enter();
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1);
    await paying.enter();
    expect(takes()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([basket.phase, paying.unanswered, paying.slow]).toEqual(["doubt", true, false]);
    await paying.enter();
    expect(takes()).toHaveLength(2);
    expect(takes()[1]).toEqual(takes()[0]);
    expect([basket.phase, paying.unanswered]).toEqual(["taken", false]);
  });

  test("is settled by an answer that comes late, and the next customer can be begun at once", async () => {
    await atTheTenderedBox(silent(), silent());
    void paying.enter();
    const first = answer;
    await vi.advanceTimersByTimeAsync(SILENCE_MS);
    void paying.enter();
    first(taken);
    await vi.advanceTimersByTimeAsync(0);
    expect([basket.phase, paying.working]).toEqual(["taken", false]);
    await vi.advanceTimersByTimeAsync(SILENCE_MS);
    expect(basket.phase).toBe("taken");
  });

  test("does not touch the basket of whoever signed in meanwhile", async () => {
    await atTheTenderedBox(silent());
    void paying.enter();
    await vi.advanceTimersByTimeAsync(SILENCE_MS);
    basket.clear();
    paying.clear();
    basket.id = "018f-other";
    answer(taken);
    await vi.advanceTimersByTimeAsync(0);
    expect([basket.phase, basket.id]).toEqual(["gathering", "018f-other"]);
  });
});
