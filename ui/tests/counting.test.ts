import { describe, expect, test } from "vitest";
import type { Denomination } from "../src/generated/types";
import { Counting, kindName } from "../src/state/counting.svelte";

const kind = (code: string, value: number, form: Denomination["form"], bag: number | null = null, name: Denomination["name"] = null): Denomination => ({ code, value, form, bag, name });
const pound = kind("1-pound", 100, "coin", 2000);
const twenty = kind("20", 2000, "note");
const scottish = kind("20-scottish", 2000, "other-note", null, { "en-GB": "Scottish", cy: "yr Alban" });

function counting(texts: Record<string, string>): Counting {
  const made = new Counting([scottish, pound, twenty]);
  for (const [code, text] of Object.entries(texts)) made.boxes[code] = { by: "number", text };
  return made;
}

describe("counting", () => {
  test("notes come first, then coins, then the notes of other banks", () => {
    expect(counting({}).order.map(({ code }) => code)).toEqual(["20", "1-pound", "20-scottish"]);
    expect([twenty, pound, scottish].map(kindName)).toEqual(["£20", "£1", "£20 Scottish"]);
  });

  test("the running total counts pieces, value and bags, and what can't be read yet as nothing", () => {
    const made = counting({ "20": "3", "1-pound": "2", "20-scottish": "x" });
    expect(made.total).toBe(6200);
    made.turn(pound, "bags");
    expect(made.total).toBe(10000);
    made.turn(pound, "value");
    made.boxes["1-pound"] = { by: "value", text: "1,024.50" };
    expect(made.worth(pound)).toBe(102450);
  });

  test("notes aren't counted by bags", () => {
    const made = counting({ "20": "3" });
    made.turn(twenty, "bags");
    expect(made.boxes["20"]?.by).toBe("number");
  });

  test("what is sent is what was typed, without the empty boxes", () => {
    expect(counting({ "20": " -3", "1-pound": " " }).drafts()).toEqual([{ denomination: "20", by: "number", text: " -3" }]);
  });
});
