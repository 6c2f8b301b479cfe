/** Which dialog is open; one at a time. */
import { focusOn } from "./focus";

export type DialogName = "keys" | "find" | "receipts" | "last" | "park" | "parked" | "till" | "clear";

class Dialogs {
  open = $state<DialogName | null>(null);

  show(name: DialogName): void {
    this.open = name;
  }

  close(home = "reference"): void {
    this.open = null;
    void focusOn(home);
  }
}

export const dialogs = new Dialogs();
