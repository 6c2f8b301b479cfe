// @vitest-environment jsdom
import { expect, test, vi } from "vitest";

vi.mock("../src/backend", () => ({ asFailure: (error: unknown) => error }));

import { Attempt } from "../src/state/attempt.svelte";

const refuse = (code: string, args = {}) => async (): Promise<never> => {
  throw { code, message: code, outcome: "not_done", args };
};

test("what goes wrong is said beside the box that it is about, which has the focus, and else above them all", async () => {
  document.body.innerHTML = `<input id="prefix"><input id="port">`;
  const attempt = new Attempt({ "scanner-settings.prefix": "prefix", "port-taken": "port" });
  expect(await attempt.make(refuse("scanner-settings", { field: "prefix" }))).toBe(false);
  expect([attempt.beside("prefix")?.includes("five"), attempt.beside("port"), attempt.wrong]).toEqual([true, undefined, undefined]);
  expect(document.activeElement?.id).toBe("prefix");
  await attempt.make(refuse("port-taken", { by: "scanner" }));
  expect([attempt.beside("prefix"), attempt.beside("port")?.includes("scanner")]).toEqual([undefined, true]);
  await attempt.make(refuse("right-missing"));
  expect([attempt.beside("port"), attempt.wrong !== undefined]).toEqual([undefined, true]);
});

test("what goes well takes back what was said before", async () => {
  const attempt = new Attempt();
  await attempt.make(refuse("right-missing"));
  const done = attempt.make(async () => undefined);
  expect([attempt.working, attempt.wrong]).toEqual([true, undefined]);
  expect(await done).toBe(true);
  expect(attempt.working).toBe(false);
});

test("while something is under way nothing else is begun", async () => {
  const attempt = new Attempt();
  let end: () => void = () => undefined;
  const second = vi.fn(async () => undefined);
  const first = attempt.make(() => new Promise<void>((resolve) => (end = resolve)));
  expect([await attempt.make(second), attempt.working]).toEqual([false, true]);
  end();
  expect([await first, attempt.working]).toEqual([true, false]);
  expect(second).not.toHaveBeenCalled();
  expect(await attempt.make(second)).toBe(true);
});
