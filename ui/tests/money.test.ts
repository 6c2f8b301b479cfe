import { describe, expect, test } from "vitest";
import { denomination, money, typed } from "../src/money";

describe("money", () => {
  test.each([[0, "£0.00"], [5, "£0.05"], [99, "£0.99"], [100, "£1.00"], [18450, "£184.50"], [120450, "£1,204.50"], [999999999, "£9,999,999.99"], [-1550, "−£15.50"]])(
    "%i pence is shown as %s",
    (pence, shown) => expect(money(pence)).toBe(shown),
  );

  test("what is put into a box is what a cashier would type", () => {
    expect(typed(120450)).toBe("1204.50");
    expect(typed(7)).toBe("0.07");
  });

  test("notes are named in pounds and small coins in pence", () => {
    expect([5000, 100, 50, 1].map(denomination)).toEqual(["£50", "£1", "50p", "1p"]);
  });
});
