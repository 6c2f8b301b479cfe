import type { PrinterTarget } from "../generated/types";
import { t } from "../words/index.svelte";

export type PrinterChoice = PrinterTarget["kind"];

/** Where a printer can be. One in a folder is for tests: nobody chooses it, and whoever has it keeps it. */
const CHOICES: PrinterChoice[] = ["screen", "tcp", "serial", "queue", "none"];

export function choices(now: PrinterChoice): PrinterChoice[] {
  return CHOICES.includes(now) ? CHOICES : [...CHOICES, now];
}

/** A printer as it is asked for: where it is, and one address, port, name or folder. */
export interface PrinterTyped {
  printer: PrinterChoice;
  address: string;
}

/** The program checks what was typed. */
export function targetOf({ printer, address }: PrinterTyped): PrinterTarget {
  const typed = address.trim();
  switch (printer) {
    case "tcp": {
      const [host = "", port] = typed.split(":");
      return { kind: "tcp", host, port: port === undefined ? 9100 : /^\d{1,5}$/.test(port) && Number(port) < 65_536 ? Number(port) : 0 };
    }
    case "serial":
      return { kind: "serial", path: typed, baud: 38400, flow: "none" };
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
  switch (target.kind) {
    case "tcp":
      return { printer: "tcp", address: `${target.host}:${target.port}` };
    case "serial":
      return { printer: "serial", address: target.path };
    case "queue":
      return { printer: "queue", address: target.name };
    case "file":
      return { printer: "file", address: target.folder };
    default:
      return { printer: target.kind, address: "" };
  }
}

/** The printer that is asked for; where nothing of it is other than before, all that isn't asked here stays too, and the speed of a line also when it goes to another port. */
export function changedTarget(before: PrinterTarget | undefined, now: PrinterTyped): PrinterTarget {
  const was = before && typedOf(before);
  const asked = targetOf(now);
  if (before?.kind === "serial" && asked.kind === "serial") return { ...before, path: asked.path };
  return before && was?.printer === now.printer && was.address === now.address ? before : asked;
}

/** What a box for a port or a print queue says of those that there are. */
export function foundWords(names: string[]): string {
  return names.length ? t("devices-found", { names: names.join(", ") }) : t("devices-found-none");
}
