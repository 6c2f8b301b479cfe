import type { PrinterTarget } from "../generated/types";

export type PrinterChoice = "screen" | "tcp" | "serial" | "none";

/** A printer as the first run asks for it; the program checks what was typed. */
export const printerTargets: Record<PrinterChoice, (typed: string) => PrinterTarget> = {
  screen: () => ({ kind: "screen" }),
  tcp: (typed) => {
    const [host = "", port] = typed.trim().split(":");
    return { kind: "tcp", host, port: Number(port ?? 9100) };
  },
  serial: (path) => ({ kind: "serial", path: path.trim(), baud: 38400, flow: "none" }),
  none: () => ({ kind: "none" }),
};

/** How the printer in use was chosen; the one on the screen where it was chosen elsewhere. */
export function chosenBefore(target: PrinterTarget | undefined): { printer: PrinterChoice; address: string } {
  if (target?.kind === "tcp") return { printer: "tcp", address: `${target.host}:${target.port}` };
  if (target?.kind === "serial") return { printer: "serial", address: target.path };
  return { printer: target?.kind === "none" ? "none" : "screen", address: "" };
}
