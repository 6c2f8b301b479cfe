import { expect, test, vi } from "vitest";

vi.mock("../src/backend", () => ({ asFailure: (error: unknown) => error }));

import { Reading } from "../src/state/reading.svelte";

const failure = { code: "right-missing", message: "", outcome: "not_done", args: {} };

/** A reading, and what answers the questions in the order in which they were asked. */
function asked(): { reading: Reading<string>; answers: [(now: string) => void, (failure: unknown) => void][] } {
  const answers: [(now: string) => void, (failure: unknown) => void][] = [];
  return { reading: new Reading(() => new Promise<string>((resolve, reject) => answers.push([resolve, reject]))), answers };
}

test("an answer that was overtaken by a later one doesn't count", async () => {
  const { reading, answers } = asked();
  const both = [reading.again(), reading.again()];
  answers[1]?.[0]("new");
  await both[1];
  answers[0]?.[0]("old");
  await both[0];
  expect(reading.now).toBe("new");
});

test("what was told otherwise is newer than any answer that is on its way", async () => {
  const { reading, answers } = asked();
  const read = reading.again();
  reading.is("changed");
  answers[0]?.[0]("before");
  await read;
  expect(reading.now).toBe("changed");
});

test("what can't be read says why and leaves what was known, until it can be read again", async () => {
  const { reading, answers } = asked();
  reading.is("known");
  const read = reading.again();
  answers[0]?.[1](failure);
  await read;
  expect([reading.now, reading.wrong !== undefined]).toEqual(["known", true]);
  const again = reading.again();
  answers[1]?.[0]("new");
  await again;
  expect([reading.now, reading.wrong]).toEqual(["new", undefined]);
});
