import type { FlowControl, PrinterTarget } from "../generated/types";
import { t } from "../words/index.svelte";

export type PrinterChoice = PrinterTarget["kind"];

/** Where a printer can be. One in a folder is for tests: nobody chooses it, and whoever has it keeps it. */
const CHOICES: PrinterChoice[] = ["screen", "tcp", "serial", "queue", "none"];

export function choices(now: PrinterChoice): PrinterChoice[] {
  return CHOICES.includes(now) ? CHOICES : [...CHOICES, now];
}

/** Who says stop when a printer on a serial port is full. */
export const FLOWS: FlowControl[] = ["none", "hardware", "software"];

/** A printer as it is asked for: where it is, and one address, port, name or folder; of a serial line its speed and flow control. */
export interface PrinterTyped {
  printer: PrinterChoice;
  address: string;
  baud: string;
  flow: FlowControl;
}

/** The program checks what was typed. */
export function targetOf({ printer, address, baud, flow }: PrinterTyped): PrinterTarget {
  const typed = address.trim();
  switch (printer) {
    case "tcp": {
      const [host = "", port] = typed.split(":");
      return { kind: "tcp", host, port: port === undefined ? 9100 : /^\d{1,5}$/.test(port) && Number(port) < 65_536 ? Number(port) : 0 };
    }
    case "serial":
      return { kind: "serial", path: typed, baud: /^\d{1,7}$/.test(baud.trim()) ? Number(baud) : 0, flow };
    case "queue":
      return { kind: "queue", name: typed };
    case "file":
      return { kind: "file", folder: typed };
    default:
      return { kind: printer };
  }
}

/** How a printer was asked for. */
export function typedOf(target: PrinterTarget): PrinterTyped {
  // As Epson's leave the factory.
  const line = { baud: "38400", flow: "none" as const };
  switch (target.kind) {
    case "tcp":
      return { ...line, printer: "tcp", address: `${target.host}:${target.port}` };
    case "serial":
      return { printer: "serial", address: target.path, baud: String(target.baud), flow: target.flow };
    case "queue":
      return { ...line, printer: "queue", address: target.name };
    case "file":
      return { ...line, printer: "file", address: target.folder };
    default:
      return { ...line, printer: target.kind, address: "" };
  }
}

/** The printer that is asked for; where nothing of it is other than before, all that isn't asked here stays too. */
export function changedTarget(before: PrinterTarget | undefined, now: PrinterTyped): PrinterTarget {
  const was = before && typedOf(before);
  const same = was && (["printer", "address", "baud", "flow"] as const).every((part) => was[part] === now[part]);
  return same ? before : targetOf(now);
}

/** What a box for a port or a print queue says of those that there are. */
export function foundWords(names: string[]): string {
  return names.length ? t("devices-found", { names: names.join(", ") }) : t("devices-found-none");
}
