/** Which dialog is open; one at a time. */
import { focusOn } from "./focus";

export type DialogName = "keys" | "find" | "receipts" | "last" | "slip" | "park" | "parked" | "till" | "clear" | "suspense" | "reports" | "banking" | "users";

class Dialogs {
  open = $state<DialogName | null>(null);
  /** Where the work goes on when a dialog closes: the screen's own first box, as things are then. */
  home: () => string = () => "";

  show(name: DialogName): void {
    this.open = name;
  }

  close(): void {
    this.open = null;
    void focusOn(this.home());
  }
}

export const dialogs = new Dialogs();
