// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import { basket } from "../src/state/basket.svelte";
import { paying } from "../src/state/paying.svelte";
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
    if (answer === taken) return answer;
    throw answer;
  });
  till.start = { council: { mops: [{ code: "13", name: { "en-GB": "Cash", cy: null }, kind: "cash" }] } } as never;
  paying.clear();
  basket.clear();
  basket.id = "018f-sale";
  basket.lines = [{ draft: { fund_code: "23", reference: "501234566", amount: "184.50", narrative: "", override_stop: false }, account: null }];
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
