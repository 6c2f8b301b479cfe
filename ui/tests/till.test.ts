// @vitest-environment jsdom
import { expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
vi.mock("../src/backend", () => ({ call, onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import { till } from "../src/state/till.svelte";

const progress = (stage: string): unknown => ({ stage, rows: 30_012, taken: 30_000, refused: 12, bytes: 1, total_bytes: 1, bad_rows: [], error: null });

test("how an import ended is said until the next receipt, and never of one that ended before", async () => {
  till.start = { till: {} } as never;
  let status = { import: progress("done"), unsent_receipts: 3 };
  call.mockImplementation(async () => status);
  const said = async (now: Partial<typeof status>): Promise<string | undefined> => {
    status = { ...status, ...now };
    await till.readStatus();
    return till.imported?.stage;
  };
  expect(await said({})).toBeUndefined();
  expect(await said({ import: progress("reading") })).toBeUndefined();
  expect(await said({ import: progress("cancelled") })).toBe("cancelled");
  expect(await said({ import: progress("indexing") })).toBeUndefined();
  expect(await said({ import: progress("done") })).toBe("done");
  expect(await said({})).toBe("done");
  expect(await said({ unsent_receipts: 4 })).toBeUndefined();
});
