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

test("a printer that is saved as it was asked for stays as it is, to the last of its settings", () => {
  for (const printer of PRINTERS) {
    expect(typedOf(printer).printer).toBe(printer.kind);
    expect(changedTarget(printer, typedOf(printer))).toEqual(printer);
  }
});

test("a printer that is typed anew is another", () => {
  expect(changedTarget(PRINTERS[4], { printer: "queue", address: " counter " })).toEqual({ kind: "queue", name: "counter" });
  expect(targetOf({ printer: "tcp", address: "192.0.2.8" })).toEqual({ kind: "tcp", host: "192.0.2.8", port: 9100 });
});

test.each(["192.0.2.8:", "192.0.2.8:port", "192.0.2.8:99999"])("a port that is none is refused by the program: %s", (address) => {
  expect(targetOf({ printer: "tcp", address })).toEqual({ kind: "tcp", host: "192.0.2.8", port: 0 });
});

test("nobody is offered a folder but who has one", () => {
  expect(choices("tcp")).not.toContain("file");
  expect(choices("file")).toContain("file");
});

test("a printer that goes to another serial port keeps the speed of its line", () => {
  expect(changedTarget(PRINTERS[3], { printer: "serial", address: " COM4 " })).toEqual({ kind: "serial", path: "COM4", baud: 9600, flow: "hardware" });
  expect(changedTarget(PRINTERS[2], { printer: "serial", address: "COM4" })).toEqual({ kind: "serial", path: "COM4", baud: 38400, flow: "none" });
});
