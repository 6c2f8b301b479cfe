// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import { approving } from "../src/state/approval.svelte";
import { basket } from "../src/state/basket.svelte";
import { dialogs } from "../src/state/dialogs.svelte";
import { scanning } from "../src/state/scanning.svelte";

const BILL = "982650123456600018450";
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const recognised = (): unknown[] => call.mock.calls.filter(([command]) => command === "reference.recognise");

/** The serial scanner has read this. */
async function scanned(text: string): Promise<void> {
  call.mockImplementation(async (command: string) => (command === "scan.next" ? { scans: [{ text }] } : { sale_id: "018f-sale", candidates: [], equally_likely: 0 }));
  await scanning.fetch();
  await settled();
}

beforeEach(() => {
  call.mockReset();
  document.body.innerHTML = "";
  approving.cancel();
  basket.clear();
  dialogs.open = null;
  scanning.atCounter = true;
  scanning.refused = null;
});

describe("what a serial scanner reads", () => {
  test("is taken as a reference at the counter", async () => {
    await scanned(BILL);
    expect(recognised()).toHaveLength(1);
  });

  test("goes into a box that takes barcodes, and never into one for a PIN", async () => {
    document.body.innerHTML = `<input id="bag" data-takes-scans><input id="pin" type="password">`;
    const [bag, pin] = [...document.querySelectorAll("input")] as [HTMLInputElement, HTMLInputElement];
    dialogs.open = "till";
    bag.focus();
    await scanned("BK-1");
    pin.focus();
    await scanned(BILL);
    expect([bag.value, pin.value, recognised().length]).toEqual(["BK-1", "", 0]);
    expect(scanning.refused).toContain("Answer this first");
  });

  test("waits for the fund to be chosen while that is asked", async () => {
    basket.entry.asking = true;
    await scanned(BILL);
    expect([basket.entry.asking, recognised().length]).toEqual([true, 0]);
    expect(scanning.refused).toContain("Choose which fund");
  });

  test("is nobody's once the counter has left the screen, whether it was answered late or waited for a step", async () => {
    let answer: (scans: unknown) => void = () => undefined;
    call.mockImplementation((command: string) =>
      command === "scan.next" ? new Promise((resolve) => (answer = resolve)) : Promise.resolve({ sale_id: "018f-sale", candidates: [], equally_likely: 0 }),
    );
    const asked = scanning.fetch();
    scanning.atCounter = false;
    scanning.atCounter = true;
    answer({ scans: [{ text: BILL }] });
    await asked;
    scanning.heard({ text: BILL, slowest: 0 });
    scanning.atCounter = false;
    scanning.atCounter = true;
    await settled();
    expect(recognised()).toHaveLength(0);
  });
});
