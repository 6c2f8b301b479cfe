/** A stand-in for the program, for looking at screens in the development server only. Its rules are deliberately few. */
import type { Commands } from "../generated/commands";
import type { Candidate, Changed, CouncilView, DevicesView, LedgerView, LineDraft, PaperStrip, ParkedSale, PricedSale, Problem, ReceiptView, Row, Sheet, Start, StatusLine, TenderDraft } from "../generated/types";
import { money } from "../money";

type Answers = { [K in keyof Commands]?: (payload: Commands[K]["request"]) => Commands[K]["response"] };

const both = (english: string, welsh: string): { "en-GB": string; cy: string } => ({ "en-GB": english, cy: welsh });
const fund = (code: string, english: string, welsh: string, vat_override = false) => ({ code, name: both(english, welsh), reference_label: null, reference_hint: null, vat_code: vat_override ? "S" : "O", vat_override, address_needed: false, suspense: false });
const piece = (code: string, value: number) => ({ code, name: null, value, form: value >= 500 ? ("note" as const) : ("coin" as const), bag: null });

const council: CouncilView = {
  code: "DEMO", name: both("Barnsley Council", "Cyngor Barnsley"), languages: ["en-GB", "cy"], demonstration: true,
  sign_in_hint: both("User code 12, PIN 1234. A supervisor is 90.", "Cod defnyddiwr 12, PIN 1234."),
  colour: "#0b4f3c", on_colour: "#ffffff", logo_svg: null,
  funds: [fund("23", "Council Tax", "Treth Gyngor"), fund("05", "Housing Rents", "Rhenti Tai"), fund("02", "Parking Fines", "Dirwyon Parcio"), fund("19", "Miscellaneous Income", "Incwm Amrywiol", true)],
  mops: [{ code: "13", name: both("Cash", "Arian parod"), kind: "cash" }, { code: "15", name: both("Card", "Cerdyn"), kind: "card" }, { code: "14", name: both("Cheque", "Siec"), kind: "cheque" }, { code: "16", name: both("Postal order", "Archeb bost"), kind: "postal-order" }],
  vat_codes: [{ code: "S", percent: "20" }, { code: "O", percent: "0" }],
  denominations: [piece("n50", 5000), piece("n20", 2000), piece("n10", 1000), piece("n5", 500), piece("c200", 200), piece("c100", 100), piece("c50", 50), piece("c20", 20), piece("c10", 10), piece("c5", 5), piece("c2", 2), piece("c1", 1)],
  reasons: [{ code: "agreed", kind: "override-stop", text: both("The service agreed by telephone", "Cytunodd y gwasanaeth dros y ffôn") }, { code: "not-known", kind: "variance", text: both("Cause not known", "Achos anhysbys") }],
  quick_notes: [500, 1000, 2000, 5000], float: 10000, float_tolerance: 0, lock_after_minutes: 10, offices: [{ code: "CH", name: both("Civic Hall", "Neuadd Ddinesig") }],
};
const cashier = { user_code: "12", name: "Bethan Price", rights: ["open-session", "take-payments", "see-receipts", "override-stops", "release-users", "import-accounts", "check-references", "supervise-sessions", "administer"] as never, language: null, secret_kind: "pin" as const };
const blank: Start = { program_version: "0.1.0", council: null, till: null, signed_in: null, locked: false, session: null, printer: { kind: "screen" }, scanner: { kind: "keyboard", prefix: "", suffix: "", ends_by_pause: false, min_length: 8 }, has_other_printer: true, has_slip_station: false, today: "2026-11-23", language: null, troubles: [], first_start: null };

let start: Start = { ...blank };
let devices: DevicesView = {
  printer: blank.printer, printer_before: null, scanner: blank.scanner, terminal: null, fixed: [],
  profile: { model: "any" } as never, columns: 42, other_printer: null, other_profile: { model: "any" } as never, other_columns: 42,
};
const status: StatusLine = { session: null, unsent_receipts: 0, unsent_value: 0, ledger: { state: "none", down_since: null, reason: null, quarantined: 0, differs: null }, printer: { state: "ready", waiting: 0, failed: 0, paper_near_end: false, drawer_open: null }, terminal: null, scanner: "none", parked: 0, import: null, account_holders: 20400, troubles: [], accounts_as_at: "2026-11-20", accounts_old_days: null, last_receipt: null, lift_due: false };
const ledger: LedgerView = { line: status.ledger, address: null, authority: null, till_number: null, unsent_receipts: 0, unsent_value: 0, last_heard: null, alarm: null, quarantined: [] };
const looked = (): LedgerView => ({ ...ledger, unsent_receipts: status.unsent_receipts, unsent_value: status.unsent_value });
const parked: (ParkedSale & { lines: LineDraft[] })[] = [];
const receipts: ReceiptView[] = [];
const strips: PaperStrip[] = [];
let listener: (names: Changed[]) => void = () => undefined;
let doubts = 0;

const refuse = (code: string, problems?: Problem[], outcome: "not_done" | "in_doubt" = "not_done"): never => {
  throw { code, message: code, outcome, args: {}, ...(problems ? { problems } : {}) };
};
const wrong = (place: Problem["place"], field: string, code: string): Problem => ({ place, field, refusal: { code: code as never, args: {} } });
const pence = (text: string): number | null => {
  const found = /^£?(\d[\d,]*)(?:\.(\d{1,2}))?$/.exec(text.trim());
  return found ? Number(found[1]?.replaceAll(",", "")) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
};
const account = (stop: boolean) => ({ name: "Mrs Alwen Hughes", address: "12 High Street, Barnsley, S70 2TA", balance: 120450, as_at: "2026-11-20", taken_since: 0, message: stop ? { text: both("Refer to Recovery, extension 4410.", "Cyfeirio at Adennill, estyniad 4410."), stops_payments: true, stops_cheques: true } : null });

function price(lines: LineDraft[], tenders: TenderDraft[]): PricedSale {
  const problems: Problem[] = [];
  const priced = lines.map((line, index) => {
    const amount = pence(line.amount);
    if (!amount) problems.push(wrong({ part: "line", index }, "amount", line.amount ? "amount-not-a-number" : "amount-missing"));
    if (line.reference.endsWith("7") && !line.override_stop) problems.push(wrong({ part: "line", index }, "reference", "account-on-stop"));
    return { amount, vat: line.fund_code === "19" && amount ? Math.round(amount / 6) : 0 };
  });
  const total = priced.reduce((sum, line) => sum + (line.amount ?? 0), 0);
  let left = total;
  let change = 0;
  const paid = tenders.map((tender, index) => {
    const typed = pence(tender.kind === "cash" ? tender.tendered : "amount" in tender ? tender.amount : "");
    if (!typed) problems.push(wrong({ part: "tender", index }, tender.kind === "cash" ? "tendered" : "amount", "amount-not-a-number"));
    if (tender.kind === "card" && tender.last_four.length !== 4) problems.push(wrong({ part: "tender", index }, "last_four", "card-last-four"));
    const amount = Math.min(typed ?? 0, left);
    left -= amount;
    if (tender.kind === "cash") change += (typed ?? 0) - amount;
    return { amount };
  });
  return { lines: priced, tenders: paid, total, paid: total - left, due: left, change, problems, warnings: [], ready: lines.length > 0 && left === 0 && !problems.length };
}

const plain = { bold: false, tall: false, wide: false };
function sheet(number: string, lines: LineDraft[], priced: PricedSale, copy: boolean): Sheet {
  const middle = (text: string, style = plain): Row => ({ kind: "text", align: "centre", style, text });
  const pair = (left: string, right: string, style = plain): Row => ({ kind: "pair", style, left, right });
  return {
    title: `Receipt ${number}`, language: "en-GB", columns: 42,
    rows: [
      ...(copy ? [middle("COPY", { bold: true, tall: true, wide: true })] : []),
      middle("Barnsley Council", { bold: true, tall: true, wide: false }), middle("Civic Hall, Eldon Street"), { kind: "blank" },
      pair(`Receipt ${number}`, "23/11/2026 10:42"), pair("Till 07", "Cashier 12"), { kind: "rule" },
      ...lines.flatMap((line, place) => [pair("Council Tax", money(priced.lines[place]?.amount ?? 0)), pair(`  ${line.reference}`, "")]),
      { kind: "rule" }, pair("Total", money(priced.total), { bold: true, tall: true, wide: false }), pair("Cash", money(priced.paid + priced.change)), pair("Change", money(priced.change)),
      { kind: "blank" }, middle("Thank you"), { kind: "barcode", text: number, bars: "1101001000011011001001101001100011001010".repeat(3) },
    ],
  };
}

const answers: Answers = {
  "start.show": () => start,
  "start.try_demonstration": () => (start = { ...blank, council, till: { office_code: "CH", office_name: both("Civic Hall", "Neuadd Ddinesig"), till_code: "07" } }),
  "start.look_at_pack": ({ folder }) => (folder.includes("bad") ? { council: null, problems: ["funds.csv, row 3, vat_code: there is no VAT code “Z”"] } : { council, problems: [] }),
  "start.set_up": () => (start = { ...blank, council, till: { office_code: "CH", office_name: both("Civic Hall", "Neuadd Ddinesig"), till_code: "07" } }),
  "user.sign_in": ({ secret }) => (secret === "1234" ? (start = { ...start, signed_in: cashier }) : refuse("sign-in-failed")),
  "user.sign_out": () => (start = { ...start, signed_in: null, locked: false }),
  "user.lock": () => (start = { ...start, locked: true }),
  "user.unlock": ({ secret }) => (secret === "1234" ? (start = { ...start, locked: false }) : refuse("sign-in-failed")),
  "user.locked_out": () => [{ user_code: "14", name: "Rhys Evans", failures: 5 }],
  "user.release": () => ({}),
  "session.open": () => {
    const session = { number: 3, user_code: "12", own: true, opened_at: "2026-11-23 08:55", float: 10000, counted: false };
    start = { ...start, session };
    return (status.session = session);
  },
  "doctor.begin": () => ({}),
  "doctor.show": () => null,
  "doctor.cancel": () => ({}),
  "doctor.print": () => ({}),
  "support.write": () => ({ path: "/var/lib/counterfoil/support/counterfoil-support-20261123T104200Z.zip" }),
  "backup.show": () => ({ folder: "/mnt/backups", latest: "2026-11-23 08:55", kept: 3, progress: null }),
  "backup.begin": () => ({}),
  "backup.cancel": () => ({}),
  "till.status": () => ({ ...status, parked: parked.length }),
  "ledger.show": looked,
  "ledger.enrol": ({ url, code, in_the_clear }) => {
    if (url.startsWith("http://") && !in_the_clear) return refuse("ledger-in-the-clear");
    if (code === "wrong") return refuse("ledger-code-wrong");
    status.ledger = ledger.line = { ...status.ledger, state: "up" };
    Object.assign(ledger, { address: url, till_number: 7, last_heard: "2026-11-23 10:42" });
    listener(["ledger"]);
    return looked();
  },
  // Each try shows another of the states that there can be.
  "ledger.ask": () => {
    const { state } = status.ledger;
    const next = state === "up" ? "down" : state === "down" ? "halted" : "up";
    status.ledger = ledger.line = { ...status.ledger, state: next, down_since: next === "down" ? "2026-11-23 10:42" : null, reason: next === "down" ? "not-reached" : null, quarantined: next === "down" ? 1 : 0 };
    ledger.alarm = next === "halted" ? { code: "conflict", seq: 12, raised_at: "2026-11-23 10:42" } : null;
    ledger.quarantined = next === "down" ? [{ number: "CH07-000001", total: 18450, taken_at: "2026-11-23 10:42", fault: "refused", words: "The fund is closed.", can_be_settled: true }] : [];
    if (next === "up") Object.assign(status, { unsent_receipts: 0, unsent_value: 0 });
    for (const one of receipts) one.ledger = next === "up" ? { state: "in-ledger", reference: `7-${one.receipt.serial}` } : one.ledger;
    listener(["ledger"]);
    return {};
  },
  "ledger.release": ({ text }) => {
    if (!text.trim()) return refuse("ledger-release-text");
    ledger.alarm = null;
    status.ledger = ledger.line = { ...status.ledger, state: "up" };
    listener(["ledger"]);
    return looked();
  },
  "ledger.settle_receipt": () => refuse("right-missing"),
  "ledger.release_receipt": ({ text }) => {
    if (!text.trim()) return refuse("ledger-release-text");
    ledger.quarantined = [];
    status.ledger = ledger.line = { ...status.ledger, quarantined: 0 };
    listener(["ledger"]);
    return looked();
  },
  "reference.recognise": ({ text }) => {
    const reference = text.trim().toUpperCase();
    const one = (fund_code: string): Candidate => ({ fund_code, reference, strength: "account", account: account(reference.endsWith("7")), proposed_amount: 18450, barcode: null });
    if (/^5\d{8}$/.test(reference)) return { candidates: [one("23"), { ...one("19"), strength: "open", account: null }], equally_likely: 1, from_barcode: false };
    if (/^\d{8,12}$/.test(reference)) return { candidates: [one("23"), one("05"), { ...one("19"), account: null, proposed_amount: null }], equally_likely: 3, from_barcode: false };
    if (/^M/.test(reference)) return { candidates: [{ ...one("19"), account: null, proposed_amount: null }], equally_likely: 1, from_barcode: false };
    return refuse("reference-not-valid");
  },
  "account.show": () => account(false),
  "account.find": ({ text }) => ({ hits: Array.from({ length: 8 }, (_, place) => ({ fund_code: "23", reference: `50123456${place}`, name: `Mr ${text} Hughes`, address: `${place + 1} High Street, Barnsley, S70 2TA`, balance: 120450 - place * 20000, as_at: "2026-11-20" })), more: true, sounds_like: false }),
  "reference.check": ({ text }) => ({ funds: [{ fund_code: "23", fund_name: "Council Tax", fits: text.length === 9, reference: text, strength: "shape", misfit: "length" }] }),
  "sale.begin": () => ({ sale_id: crypto.randomUUID() }),
  "sale.price": ({ lines, tenders }) => price(lines, tenders),
  "sale.take": ({ lines, tenders }) => {
    const priced = price(lines, tenders);
    if (!priced.ready) return refuse("not-fully-paid", priced.problems);
    if (lines[0]?.narrative === "doubt" && doubts++ < 3) return refuse("store-in-doubt", undefined, "in_doubt");
    const number = `CH07-${String(receipts.length + 1).padStart(6, "0")}`;
    const view: ReceiptView = {
      receipt: { number, serial: receipts.length + 1, office_code: "CH", till_code: "07", total: priced.total, language: "en-GB", postings: [],
        lines: lines.map((line, place) => ({ fund_code: line.fund_code, reference: line.reference, amount: priced.lines[place]?.amount ?? 0, vat_code: "O", vat_rate: "0", vat: 0, narrative: line.narrative, stop_overridden: null, override_reason: "", payer_name: "", payer_address: "", in_suspense: false })),
        tenders: tenders.map((tender, place) => ({ mop_code: tender.mop_code, amount: priced.tenders[place]?.amount ?? 0, details: (tender.kind === "cash" ? { kind: "cash", tendered: pence(tender.tendered) ?? 0, change: priced.change } : { kind: "postal-order", number: "1" }) as never })) } as ReceiptView["receipt"],
      kind: "taken", corrects: null, corrections: [], approved_by: null,
      taken_at: "2026-11-23 10:42", user_code: "12", session: 3, change: priced.change, sheet: sheet(number, lines, priced, false), print: "printed",
      ledger: { state: "local", reference: null },
    };
    receipts.unshift(view);
    strips.unshift({ job: strips.length + 1, number, sheet: view.sheet, drawer: true });
    status.unsent_receipts += 1;
    status.unsent_value += priced.total;
    listener(["receipts", "printing"]);
    return { receipt: view.receipt, change: view.change, again: false };
  },
  "sale.park": ({ sale_id, label, lines }) => {
    parked.push({ sale_id, label: label || (lines[0]?.reference ?? ""), total: price(lines, []).total, line_count: lines.length, parked_at: "2026-11-23 10:40", lines });
    return {};
  },
  "sale.parked": () => parked,
  "sale.resume": ({ sale_id }) => ({ sale_id, lines: parked.splice(parked.findIndex((sale) => sale.sale_id === sale_id), 1)[0]?.lines ?? [], cards: [] }),
  "sale.abandon": ({ sale_id }) => {
    parked.splice(parked.findIndex((sale) => sale.sale_id === sale_id), 1);
    return {};
  },
  "receipt.find": () => ({ receipts: receipts.map((one) => ({ number: one.receipt.number, taken_at: one.taken_at, user_code: "12", kind: one.kind, total: one.receipt.total, lines: one.receipt.lines, mops: ["13"] })), more: false, looked_through: null }),
  "receipt.show": ({ number }) => receipts.find((one) => one.receipt.number === number) ?? refuse("receipt-unknown"),
  "receipt.last": () => ({ receipt: receipts[0] ?? null }),
  "devices.show": () => devices,
  "devices.ports": () => ({ ports: [{ path: "COM3", says: "Zebra DS2278" }] }),
  "printer.list": () => ({ models: [{ chosen: { model: "any" } as never, columns: 42, dots: 512, cut: true }, { chosen: { model: "tm-t20" } as never, columns: 48, dots: 576, cut: true }], queues: ["receipts"] }),
  "printer.status": () => {
    const { drawer_open_level: openLevel } = devices.profile;
    const view = (target: DevicesView["printer"]) => ({ target, profile: { chosen: { model: "any" } as never, columns: 42, dots: 512, cut: true }, state: "ready", paper: "enough" as const, drawer_open: openLevel ? openLevel === "high" : null, drawer_high: true, heard_at_ms: 1_795_000_000_000 });
    return { till: view(devices.printer), other: devices.other_printer && view(devices.other_printer) };
  },
  "print.test": () => ({}),
  "drawer.test": () => ({}),
  "card.pair": ({ poi_id, passphrase, live }) => (passphrase === "wrong" ? refuse("terminal-garbled") : { terminal: poi_id, state: "OK", host_reached: true, simulated: !live }),
  "card.unpair": () => (devices = { ...devices, terminal: null }),
  "devices.choose_printer": ({ other, printer, columns, answers }) => {
    if (printer.kind === "serial" && printer.baud === 0) refuse("printer-baud");
    if (other) return (devices = { ...devices, other_printer: printer.kind === "none" ? null : printer, other_columns: columns });
    const { printer: before, profile, printer_before } = devices;
    return (devices = { ...devices, printer, columns, profile: { ...profile, columns, ...(answers === false ? { status: "never" as const } : {}) }, printer_before: printer_before ?? { printer: before, profile } });
  },
  "devices.keep_printer": () => (devices = { ...devices, printer_before: null }),
  "devices.printer_back": () => (devices = { ...devices, ...devices.printer_before, columns: devices.printer_before?.profile.columns ?? 42, printer_before: null }),
  "devices.drawer_level": ({ high, open }) => (devices = { ...devices, profile: { ...devices.profile, drawer_open_level: high === open ? "high" : "low" } }),
  "devices.choose_scanner": ({ scanner }) => (devices = { ...devices, scanner }),
  "scan.look": ({ text }) => ({ shown: text, symbology: null, layouts: [], misread: false }),
  "receipt.reprint": () => {
    status.printer = { ...status.printer, state: "printer-paper-out", failed: 1 };
    return {};
  },
  "print.paper": () => ({ strips: [...strips] }),
  "print.retry": () => {
    status.printer = { ...status.printer, state: "ready", failed: 0 };
    return {};
  },
  "print.elsewhere": () => {
    status.printer = { ...status.printer, state: "ready", failed: 0 };
    return {};
  },
  "accounts.import": ({ path }) => {
    if (!path.endsWith(".csv")) return refuse("file-not-found");
    status.import = { stage: "reading", rows: 12000, taken: 11998, refused: 2, bytes: 400, total_bytes: 1000, bad_rows: [{ line: 17, reason: "balance-not-an-amount", column: "balance" }], refused_file: null, error: null };
    return {};
  },
  "accounts.progress": () => status.import,
  "accounts.cancel": () => {
    if (status.import) status.import = { ...status.import, stage: "cancelled" };
    return {};
  },
};

export async function send(cmd: string, payload: unknown): Promise<unknown> {
  const answer = answers[cmd as keyof Commands] as ((payload: unknown) => unknown) | undefined;
  if (!answer) return refuse("request-unreadable");
  // As text, as it travels to the program.
  return structuredClone(answer(JSON.parse(JSON.stringify(payload))));
}

export async function listen(heard: (names: Changed[]) => void): Promise<void> {
  listener = heard;
}
