/** The receipt of which something is printed on a slip: on the bill that was paid, or on the back of a cheque. */
import type { Receipt } from "../generated/types";
import { dialogs } from "./dialogs.svelte";
import { till } from "./till.svelte";

class Slips {
  receipt = $state<Receipt | null>(null);

  /** Opens the dialog on a receipt, where the printer has a slip station; `false` where it hasn't. */
  open(receipt: Receipt | null | undefined): boolean | void {
    if (!receipt || !till.start?.has_slip_station) return false;
    this.receipt = receipt;
    dialogs.show("slip");
  }
}

export const slips = new Slips();
