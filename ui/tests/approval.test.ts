// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";

vi.mock("../src/backend", () => ({ call: vi.fn(), onChanged: async () => undefined, asFailure: (error: unknown) => error }));

import { approving, withApproval } from "../src/state/approval.svelte";

const refused = (code: string, outcome = "not_done"): unknown => ({ code, message: "", outcome, args: {} });
const jo = { user_code: "20", secret: "2020" };
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A command that answers so, one after the other. */
function command(...answers: unknown[]) {
  return vi.fn(async (_approved: unknown) => {
    const answer = answers.shift();
    if (answer === "done") return "done";
    throw answer;
  });
}

describe("a second person's approval", () => {
  beforeEach(() => approving.cancel());

  test("is asked for only when the program wants it", async () => {
    const send = command("done");
    expect(await withApproval("Void £5.00", send)).toBe("done");
    expect(send.mock.calls).toEqual([[{}]]);
    expect(approving.open).toBe(false);
  });

  test("is sent with what was asked for", async () => {
    const send = command(refused("approval-needed"), "done");
    const done = withApproval("Refund £12.50", send);
    await settled();
    expect(approving.what).toBe("Refund £12.50");
    approving.answer(jo);
    expect(await done).toBe("done");
    expect(send.mock.calls).toEqual([[{}], [{ approval: jo }]]);
    expect(approving.open).toBe(false);
  });

  test.each(["sign-in-failed", "user-locked", "approver-is-requester", "approver-may-not"])("is asked for again after %s", async (code) => {
    const send = command(refused("approval-needed"), refused(code), "done");
    const done = withApproval("Refund £12.50", send);
    await settled();
    approving.answer(jo);
    await settled();
    expect([approving.open, approving.failure?.code]).toEqual([true, code]);
    approving.answer(jo);
    expect(await done).toBe("done");
  });

  test("that is given up leaves everything as it was", async () => {
    const send = command(refused("approval-needed"));
    const done = withApproval("Refund £12.50", send);
    await settled();
    approving.cancel();
    await expect(done).rejects.toMatchObject({ code: "approval-needed" });
    expect(send).toHaveBeenCalledTimes(1);
    expect(approving.open).toBe(false);
  });

  test("doesn't hide any other refusal, nor doubt", async () => {
    const above = command(refused("approval-needed"), refused("correction-above-remainder"));
    const done = withApproval("Refund £12.50", above);
    await settled();
    approving.answer(jo);
    await expect(done).rejects.toMatchObject({ code: "correction-above-remainder" });
    await expect(withApproval("Refund £12.50", command(refused("store-in-doubt", "in_doubt")))).rejects.toMatchObject({ outcome: "in_doubt" });
  });
});
