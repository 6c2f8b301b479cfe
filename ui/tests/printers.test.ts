import { expect, test } from "vitest";
import type { PrinterTarget } from "../src/generated/types";
import { changedTarget, choices, targetOf, typedOf } from "../src/state/printers";

const PRINTERS: PrinterTarget[] = [
  { kind: "screen" },
  { kind: "none" },
  { kind: "tcp", host: "192.0.2.7", port: 9101 },
  { kind: "serial", path: "COM3", baud: 9600, flow: "hardware" },
  { kind: "queue", name: "receipts", server: "print.example.gov.uk" },
  { kind: "file", folder: "out/jobs" },
];

/** A serial port that nobody has typed anything of yet. */
const FRESH = { ...typedOf({ kind: "none" }), printer: "serial" as const };

test("a printer that is saved as it was asked for stays as it is, to the last of its settings", () => {
  for (const printer of PRINTERS) {
    expect(typedOf(printer).printer).toBe(printer.kind);
    expect(changedTarget(printer, typedOf(printer))).toEqual(printer);
  }
});

test("a printer that is typed anew is another", () => {
  expect(changedTarget(PRINTERS[4], { ...FRESH, printer: "queue", address: " counter " })).toEqual({ kind: "queue", name: "counter" });
  expect(targetOf({ ...FRESH, printer: "tcp", address: "192.0.2.8" })).toEqual({ kind: "tcp", host: "192.0.2.8", port: 9100 });
});

test.each(["192.0.2.8:", "192.0.2.8:port", "192.0.2.8:99999"])("a port that is none is refused by the program: %s", (address) => {
  expect(targetOf({ ...FRESH, printer: "tcp", address })).toEqual({ kind: "tcp", host: "192.0.2.8", port: 0 });
});

test("nobody is offered a folder but who has one", () => {
  expect(choices("tcp")).not.toContain("file");
  expect(choices("file")).toContain("file");
});

test("a printer on a serial port has the speed and the flow control that were typed, and keeps them at another port", () => {
  const moved = typedOf(PRINTERS[3] as PrinterTarget);
  moved.address = " COM4 ";
  expect(changedTarget(PRINTERS[3], moved)).toEqual({ kind: "serial", path: "COM4", baud: 9600, flow: "hardware" });
  const other = { ...typedOf(PRINTERS[3] as PrinterTarget), baud: " 19200 ", flow: "software" as const };
  expect(changedTarget(PRINTERS[3], other)).toEqual({ kind: "serial", path: "COM3", baud: 19_200, flow: "software" });
  expect(changedTarget(PRINTERS[2], { ...FRESH, address: "COM4" })).toEqual({ kind: "serial", path: "COM4", baud: 38_400, flow: "none" });
});

test.each(["", "fast", "9600.5", "-9600", "99999999999"])("a speed that is none is refused by the program: %s", (baud) => {
  expect(targetOf({ ...FRESH, address: "COM4", baud })).toMatchObject({ baud: 0 });
});
