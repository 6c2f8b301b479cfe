/** Notes and coins being counted: by number, by value or by bags, box by box. The program counts again and decides. */
import type { CountDraft, CountedBy, Denomination, MoneyForm, Pence } from "../generated/types";
import { denomination } from "../money";
import { say } from "../words/index.svelte";

interface Box {
  by: CountedBy;
  text: string;
}

/** Notes of other banks are counted and banked apart. */
const FORMS: MoneyForm[] = ["note", "coin", "other-note"];

export class Counting {
  boxes = $state<Record<string, Box>>({});

  constructor(readonly kinds: readonly Denomination[]) {
    this.boxes = Object.fromEntries(kinds.map(({ code }) => [code, { by: "number" as const, text: "" }]));
  }

  /** Each form that the council has, with its denominations. */
  get groups(): { form: MoneyForm; kinds: Denomination[] }[] {
    const groups = FORMS.map((form) => ({ form, kinds: this.kinds.filter((kind) => kind.form === form) }));
    return groups.filter(({ kinds }) => kinds.length > 0);
  }

  /** The denominations in the order in which they are counted. */
  get order(): Denomination[] {
    return this.groups.flatMap(({ kinds }) => kinds);
  }

  /** How a denomination can be counted: notes have no bags. */
  ways(kind: Denomination): CountedBy[] {
    return kind.bag === null ? ["number", "value"] : ["number", "value", "bags"];
  }

  turn(kind: Denomination, by: CountedBy): void {
    const box = this.boxes[kind.code];
    if (box && this.ways(kind).includes(by)) box.by = by;
  }

  /** A running sum for the eye; what can't be read yet is nothing. */
  worth(kind: Denomination): Pence {
    const box = this.boxes[kind.code];
    const text = box?.text.trim() ?? "";
    if (box?.by === "value") return pence(text);
    const pieces = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    return pieces * (box?.by === "bags" ? (kind.bag ?? 0) : kind.value);
  }

  get total(): Pence {
    return this.kinds.reduce((sum, kind) => sum + this.worth(kind), 0);
  }

  drafts(): CountDraft[] {
    return this.order.flatMap(({ code }) => {
      const box = this.boxes[code];
      return box?.text.trim() ? [{ denomination: code, by: box.by, text: box.text }] : [];
    });
  }
}

function pence(text: string): Pence {
  const found = /^£?(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(",", ""));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
}

/** `£20`, `50p`, `£20 Scottish`. */
export function kindName(kind: Denomination): string {
  return [denomination(kind.value), say(kind.name)].filter(Boolean).join(" ");
}
