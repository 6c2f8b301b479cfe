// Made from the Rust types by `cargo xtask generate`. Don't edit.

export type AccountCard = { 
/**
 * Title, forename, surname.
 */
name: string, 
/**
 * On one line.
 */
address: string, 
/**
 * As at `as_at`; below zero is in credit.
 */
balance: Pence, 
/**
 * `2026-11-20`.
 */
as_at: string, 
/**
 * What this till has taken on it since then.
 */
taken_since: Pence, 
/**
 * Its message.
 */
message: MessageView | null, };

export type AccountHit = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The reference.
 */
reference: string, 
/**
 * Title, forename, surname.
 */
name: string, 
/**
 * On one line.
 */
address: string, 
/**
 * As at `as_at`.
 */
balance: Pence, 
/**
 * `2026-11-20`.
 */
as_at: string, };

export type AlarmView = { 
/**
 * A stable code; words for it are in `sending.ftl` under `alarm-<code>`.
 */
code: string, 
/**
 * The entry that it is about; 0 for none.
 */
seq: number, 
/**
 * When.
 */
raised_at: string, };

export type Align = "left" | "centre" | "right";

export type Approval = { 
/**
 * Their code, as typed.
 */
user_code: string, 
/**
 * Their PIN or password.
 */
secret: string, };

export type AuditKind = "sign-ins" | "payments" | "cards" | "corrections" | "cash" | "sessions" | "banking" | "users" | "till";

export type BackupProgress = { 
/**
 * The stage.
 */
stage: BackupStage, 
/**
 * Per cent written.
 */
percent: number, 
/**
 * Where it is, once it is done.
 */
file: string | null, 
/**
 * Why there is none: an error's code.
 */
error: string | null, };

export type BackupStage = "copying" | "done" | "cancelled" | "failed";

export type BackupView = { 
/**
 * Where one is made each day; none where the settings name no folder.
 */
folder: string | null, 
/**
 * When the newest there was made, by the council's clock.
 */
latest: string | null, 
/**
 * How many are there.
 */
kept: number, 
/**
 * The one under way, or how the last one ended since the till was opened.
 */
progress: BackupProgress | null, };

export type BadRow = { 
/**
 * Its line in the file, from 1.
 */
line: number, 
/**
 * Its reason's code, such as `balance-not-an-amount`.
 */
reason: string, 
/**
 * The column it is about.
 */
column: string, };

export type BagDraft = { 
/**
 * The bag's number.
 */
number: string, 
/**
 * The seal's number, where the bag has one of its own.
 */
seal: string, 
/**
 * What it holds; nothing in the only bag is all of it.
 */
amount: string, };

export type BankBag = { 
/**
 * The bag's number.
 */
number: string, 
/**
 * The seal's number.
 */
seal?: string, 
/**
 * What it holds.
 */
amount: Pence, };

export type BankedCheque = { 
/**
 * The receipt it came with.
 */
number: string, 
/**
 * The cheque.
 */
cheque: ChequeDetails, 
/**
 * Its amount.
 */
amount: Pence, };

export type BankingReady = { 
/**
 * The id of a fresh deposit: the same id never banks twice.
 */
deposit_id: string, 
/**
 * Closed sessions whose money isn't on its way yet, the oldest first.
 */
sessions: Array<ToBank>, 
/**
 * Cash that was counted for earlier deposits and not banked with them: coin that filled no bag, as a rule.
 */
kept_back: Pence, };

export type BeginCard = { 
/**
 * From `sale.begin`.
 */
sale_id: string, 
/**
 * Lines as typed.
 */
lines: Array<LineDraft>, 
/**
 * Tenders given before it.
 */
tenders: Array<TenderDraft>, 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * How much, as typed; nothing typed is all that is due.
 */
amount: string, 
/**
 * The receipt's language.
 */
language: Language, 
/**
 * A second person, where the sale needs one.
 */
approval?: Approval, };

export type BeginCheckUp = { 
/**
 * Look at the whole journal, and not only at its end.
 */
full?: boolean, };

export type Candidate = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The reference as it will be kept.
 */
reference: string, 
/**
 * What speaks for it.
 */
strength: Strength, 
/**
 * The account, if the extract has it.
 */
account: AccountCard | null, 
/**
 * From the barcode, else the balance when something is owed.
 */
proposed_amount: Pence | null, 
/**
 * The layout by which a barcode was read so.
 */
barcode: string | null, };

export type CardBegun = { 
/**
 * Our own id of it.
 */
transaction_id: string, };

export type CardDetails = { 
/**
 * The terminal.
 */
terminal: string, 
/**
 * Authorisation code on its slip.
 */
authorisation: string, 
/**
 * Last four digits.
 */
last_four: string, 
/**
 * Such as `visa`.
 */
scheme?: string, 
/**
 * Such as `contactless`, `chip`, `swiped`.
 */
entry_mode?: string, 
/**
 * The merchant's id at the acquirer.
 */
merchant_id?: string, 
/**
 * The card's application.
 */
aid?: string, 
/**
 * The terminal's own reference, by which the payment is reversed.
 */
terminal_reference?: string, 
/**
 * Our own id of it, where the till drove the terminal.
 */
transaction_id?: string, 
/**
 * The terminal's receipts, unaltered.
 */
receipts?: Array<ReceiptCopy>, };

export type CardProgress = { 
/**
 * The payment.
 */
payment: CardView, 
/**
 * Since it was begun, in milliseconds.
 */
elapsed_ms: number, 
/**
 * What the terminal shows.
 */
shows: string, 
/**
 * What is the matter with the line to it, as a code: it is being asked again.
 */
fault: string | null, 
/**
 * It was asked to give up.
 */
aborting: boolean, 
/**
 * Why it wasn't told to give up, as a code: it may be told again.
 */
abort_fault: string | null, 
/**
 * The terminal doesn't answer: the payment may be set aside.
 */
silent: boolean, 
/**
 * The receipt, once the sale is taken.
 */
taken: Taken | null, };

export type CardSlip = { 
/**
 * Which tender of the corrected receipt it reverses, from 0; a refund has no use for it.
 */
tender: number, 
/**
 * The terminal.
 */
terminal: string, 
/**
 * Authorisation code.
 */
authorisation: string, 
/**
 * Last four digits.
 */
last_four: string, };

export type CardState = "intended" | "sent" | "unresolved" | "signature" | "approved" | "reversing" | "used" | "free" | "reversed";

export type CardView = { 
/**
 * Its id.
 */
transaction_id: string, 
/**
 * A reversal: of which payment.
 */
reverses: string | null, 
/**
 * The sale.
 */
sale_id: string, 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * By whom.
 */
user_code: string, 
/**
 * When.
 */
begun_at: string, 
/**
 * What was asked for.
 */
amount: Pence, 
/**
 * What was approved.
 */
approved: Pence, 
/**
 * Where it stands.
 */
standing: CardState, 
/**
 * Why it is unresolved, or why no money moved: a code, or the terminal's own word.
 */
why: string, 
/**
 * The terminal, as the settings name it.
 */
terminal: string, 
/**
 * Somebody is asking the terminal about it now.
 */
asking: boolean, 
/**
 * The receipt that the payment is in; of a reversal, the receipt that it takes something back of.
 */
receipt: string | null, };

export type CashMoved = { 
/**
 * Why.
 */
kind: MovementKind, 
/**
 * A lift's bag.
 */
bag: string, 
/**
 * What it was worth.
 */
value: Pence, 
/**
 * It had moved already; this is the same movement again.
 */
again: boolean, };

export type CashUpBegun = { 
/**
 * The session.
 */
session: SessionView, 
/**
 * The count's id: the same id never counts twice.
 */
count_id: string, 
/**
 * The first is 1.
 */
attempt: number, 
/**
 * Parked sales: each must be taken or given up first.
 */
parked: Array<ParkedSale>, 
/**
 * Documents not yet out of the printer.
 */
waiting: number, 
/**
 * Documents that were given up.
 */
failed: number, 
/**
 * The oldest of those documents, by name: at most 20.
 */
unprinted: Array<Unprinted>, 
/**
 * Card payments that aren't over: each must be first.
 */
cards: Array<CardView>, 
/**
 * Cheques and postal orders to tick; those handed back aren't there.
 */
tenders: Array<ToTick>, 
/**
 * The card MOPs whose terminal total is wanted.
 */
terminals: Array<string>, };

export type CashUpState = { 
/**
 * The open session.
 */
session: SessionView, 
/**
 * The count that stands, if one does.
 */
count: CountView | null, };

export type Cell = number | string;

export type ChangePerson = { 
/**
 * Who.
 */
user_code: string, 
/**
 * Why, in free text.
 */
reason: string, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, };

export type Changed = "people" | "session" | "receipts" | "parked" | "printing" | "accounts" | "configuration" | "ledger" | "cards" | "scanned" | "upkeep";

export type Check = { 
/**
 * What was looked at, as it is named on the command line.
 */
name: string, 
/**
 * How it was found.
 */
finding: Finding, 
/**
 * The words for it: `doctor-<code>` in the locales.
 */
code: string, 
/**
 * The facts that the words need. No personal data, no secrets.
 */
args: { [key in string]: string }, };

export type CheckReference = { 
/**
 * As typed.
 */
text: string, 
/**
 * Only this fund.
 */
fund_code?: string, };

export type CheckSignature = { 
/**
 * Of which payment.
 */
transaction_id: string, 
/**
 * It matches the card's. Otherwise the payment is given back.
 */
matches: boolean, };

export type CheckUpView = { 
/**
 * What was looked at so far.
 */
checks: Array<Check>, 
/**
 * How much is looked at in all.
 */
of: number, 
/**
 * Is it under way?
 */
running: boolean, };

export type CheckedReference = { 
/**
 * In the pack's order.
 */
funds: Array<FundAnswer>, };

export type ChequeDetails = { 
/**
 * Six digits.
 */
sort_code: string, 
/**
 * Eight digits.
 */
account: string, 
/**
 * Six digits.
 */
number: string, 
/**
 * Who signed it.
 */
drawer: string, 
/**
 * The date on it.
 */
dated: string, };

export type ChoosePrinter = { 
/**
 * The other one, which `none` says there isn't.
 */
other: boolean, 
/**
 * Where it is.
 */
printer: PrinterTarget, 
/**
 * Its model; whatever else differs from it stays as it is, unless it is another than before.
 */
model?: Model, 
/**
 * Characters in a line, 16 to 96.
 */
columns: number, 
/**
 * Does it answer when it is asked how it is? Where nothing is said that stays as it is.
 */
answers?: boolean, };

export type ChooseScanner = { 
/**
 * The scanner.
 */
scanner: ScannerTarget, };

export type ChosenProfile = { 
/**
 * The model. What isn't said below is as it is on this one.
 */
model: Model, 
/**
 * Characters of font A in a line, 16 to 96.
 */
columns: number | null, 
/**
 * Dots across the printable width, 128 to 1024.
 */
dots: number | null, 
/**
 * Where its characters come from.
 */
code_page: CodePage | null, 
/**
 * What is done with letters that are in no code page.
 */
missing_letters: MissingLetters | null, 
/**
 * Send `FS .` first: printers made for the Chinese market print rubbish for £ without it.
 */
cancel_double_byte: boolean | null, 
/**
 * Has it a cutter?
 */
cut: boolean | null, 
/**
 * Lines fed after the last one where there is no cutter.
 */
tear_off_lines: number | null, 
/**
 * Who draws a QR code.
 */
qr: QrBy | null, 
/**
 * Characters in a line of its slip station, 20 to 96, where it has one.
 */
slip_columns: number | null, 
/**
 * How it is asked how it is.
 */
status: StatusBy | null, 
/**
 * The drawer's pin.
 */
drawer_pin: DrawerPin | null, 
/**
 * How long the drawer's pulse lasts, in ms, 2 to 510.
 */
drawer_on_ms: number | null, 
/**
 * How long the printer then waits before another, in ms, 2 to 510.
 */
drawer_off_ms: number | null, 
/**
 * The level at the drawer's switch when it is open.
 */
drawer_open_level: Level | null, };

export type CloseSession = { 
/**
 * Which session.
 */
session: number, 
/**
 * Which count is accepted.
 */
attempt: number, 
/**
 * A reason's code from the pack; needed beyond the tolerance.
 */
reason: string, 
/**
 * What is written beside it.
 */
text: string, 
/**
 * What stays in the drawer, as typed; nothing typed is the council's float.
 */
float_left: string, 
/**
 * A second person, beyond the tolerance.
 */
approval?: Approval, };

export type Clue = { "kind": "same-amount", 
/**
 * The receipt.
 */
number: string, 
/**
 * Its tender.
 */
amount: Pence, } | { "kind": "half-amount", 
/**
 * The receipt.
 */
number: string, 
/**
 * Its tender.
 */
amount: Pence, } | { "kind": "change", 
/**
 * The receipt.
 */
number: string, 
/**
 * Its change.
 */
amount: Pence, } | { "kind": "transposed", 
/**
 * The receipt.
 */
number: string, 
/**
 * As it was keyed.
 */
amount: Pence, 
/**
 * With two figures turned round.
 */
meant: Pence, } | { "kind": "wrong-mop", 
/**
 * The receipt.
 */
number: string, 
/**
 * Keyed as.
 */
mop_code: string, 
/**
 * Perhaps paid by.
 */
other_mop_code: string, 
/**
 * Its tender.
 */
amount: Pence, } | { "kind": "lift-not-recorded", 
/**
 * The sum.
 */
amount: Pence, };

export type Code = "amount-missing" | "amount-not-a-number" | "amount-signed" | "amount-too-precise" | "amount-too-large" | "amount-zero" | "amount-above-fund-maximum" | "amount-above-balance" | "reference-missing" | "reference-not-valid" | "reference-not-valid-for-fund" | "reference-unreadable" | "barcode-unknown" | "barcode-reference-not-valid" | "barcode-misread" | "card-number-typed" | "fund-not-available" | "account-on-stop" | "account-stops-cheques" | "vat-code-not-available" | "vat-code-fixed" | "narrative-not-valid" | "narrative-missing" | "payer-name-missing" | "payer-address-missing" | "payer-not-valid" | "basket-empty" | "basket-too-long" | "mop-not-available" | "mop-of-another-kind" | "tender-above-mop-maximum" | "tender-below-mop-minimum" | "tender-above-due" | "cash-not-needed" | "cash-twice" | "not-fully-paid" | "cash-not-accepted" | "cheque-sort-code" | "cheque-account" | "cheque-number" | "cheque-drawer" | "cheque-date-not-valid" | "cheque-post-dated" | "cheque-out-of-date" | "card-amounts-differ" | "card-last-four" | "card-authorisation" | "card-terminal" | "card-payment-not-approved" | "postal-order-number" | "receipt-number-not-valid" | "count-not-valid" | "float-outside-policy" | "count-does-not-divide" | "approver-is-requester" | "approver-may-not" | "reason-missing" | "correction-empty" | "correction-above-remainder" | "correction-of-correction" | "card-reversal-needed" | "card-given-back-already" | "cheque-not-divisible" | "postal-order-not-divisible" | "refund-method-not-allowed" | "refund-above-maximum" | "refund-above-paid-by-card" | "payee-missing" | "transfer-to-itself" | "bag-number-not-valid" | "nothing-moved" | "above-drawer" | "exchange-uneven" | "tick-not-valid" | "float-left-above-count" | "slip-number-not-valid" | "bag-twice" | "bag-not-full" | "bags-do-not-add-up" | "deposit-empty";

export type CodePage = "wpc1252" | "pc858";

export type ColumnKind = "text" | "money" | "count" | "date";

export type CorrectableLine = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The reference.
 */
reference: string, 
/**
 * Free text.
 */
narrative: string, 
/**
 * As it was taken.
 */
amount: Pence, 
/**
 * What is left of it.
 */
left: Pence, };

export type CorrectableReceipt = { 
/**
 * For the correction that follows: the same id with the same content is answered with the same receipt.
 */
correction_id: string, 
/**
 * The receipt's number.
 */
number: string, 
/**
 * What it is.
 */
kind: ReceiptKind, 
/**
 * Its lines, with what is left of each.
 */
lines: Array<CorrectableLine>, 
/**
 * What is left altogether.
 */
left: Pence, 
/**
 * Why it can't be voided, as a code; nothing when it can.
 */
void: string | null, 
/**
 * Why it can't be refunded.
 */
refund: string | null, 
/**
 * Why nothing of it can be transferred.
 */
transfer: string | null, 
/**
 * How a refund may be paid.
 */
methods: Array<RefundMethodView>, };

export type Corrected = { 
/**
 * The correcting receipt.
 */
receipt: Receipt, 
/**
 * What it corrects.
 */
correction: Correction, 
/**
 * Who approved it, where somebody had to.
 */
approved_by: string | null, 
/**
 * It had been done already; this is the same receipt again.
 */
again: boolean, };

export type CorrectedLine = { 
/**
 * Which line of the corrected receipt, from 0.
 */
line: number, 
/**
 * How much of it; above zero.
 */
amount: Pence, };

export type Correction = { 
/**
 * Which kind.
 */
kind: CorrectionKind, 
/**
 * The corrected receipt's number.
 */
of: string, 
/**
 * Its place in the till's series.
 */
of_serial: number, 
/**
 * What is taken back of it.
 */
lines: Array<CorrectedLine>, 
/**
 * Why.
 */
reason: ReasonGiven, };

export type CorrectionKind = "void" | "refund" | "transfer";

export type CorrectionLink = { 
/**
 * The other receipt's number.
 */
number: string, 
/**
 * What the correcting receipt is.
 */
kind: ReceiptKind, 
/**
 * How much of the corrected receipt it took back or moved.
 */
amount: Pence, };

export type CouncilView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Words, 
/**
 * Languages offered, the first is the default.
 */
languages: Array<Language>, 
/**
 * A demonstration?
 */
demonstration: boolean, 
/**
 * For a demonstration: how to sign in.
 */
sign_in_hint: Words | null, 
/**
 * `#rrggbb`.
 */
colour: string, 
/**
 * `#rrggbb`, readable on `colour`.
 */
on_colour: string, 
/**
 * The logo, an SVG document.
 */
logo_svg: string | null, 
/**
 * Funds offered at the counter, and the one for money that nobody can place.
 */
funds: Array<FundView>, 
/**
 * MOPs offered at the counter.
 */
mops: Array<MopView>, 
/**
 * VAT codes in use.
 */
vat_codes: Array<VatView>, 
/**
 * Reasons to choose from, in the pack's order.
 */
reasons: Array<ReasonView>, 
/**
 * Coins and notes, largest first.
 */
denominations: Array<Denomination>, 
/**
 * Quick notes.
 */
quick_notes: Array<Pence>, 
/**
 * The float a session should open with.
 */
float: Pence, 
/**
 * How far a counted float may be from it.
 */
float_tolerance: Pence, 
/**
 * Lock the screen after this many minutes without a key.
 */
lock_after_minutes: number, 
/**
 * Offices, for naming a till.
 */
offices: Array<Office>, };

export type CountDraft = { 
/**
 * The denomination's code.
 */
denomination: string, 
/**
 * How it was counted.
 */
by: CountedBy, 
/**
 * What was typed; nothing is none.
 */
text: string, };

export type CountView = { 
/**
 * The first is 1.
 */
attempt: number, 
/**
 * When it was given.
 */
given_at: string, 
/**
 * Who gave it.
 */
given_by: string, 
/**
 * Each MOP.
 */
mops: Array<MopCounted>, 
/**
 * What the terminals that the till drives say of themselves.
 */
driven: Array<TerminalAgainst>, 
/**
 * Where a difference may come from, likeliest first.
 */
clues: Array<Clue>, 
/**
 * A MOP is further off than the council tolerates: closing needs a reason and a second person.
 */
beyond_tolerance: boolean, 
/**
 * What stays in the drawer unless something else is said.
 */
float_left: Pence, };

export type CountedBy = "number" | "value" | "bags";

export type CountedDenomination = { 
/**
 * The denomination's code in the pack.
 */
denomination: string, 
/**
 * Pieces, not value.
 */
pieces: number, };

export type Denomination = { 
/**
 * Its code in the pack, such as `20` or `20-scottish`.
 */
code: string, 
/**
 * What tells it from others of the same value, such as `Scottish`.
 */
name: Words | null, 
/**
 * What one is worth.
 */
value: Pence, 
/**
 * Note or coin.
 */
form: MoneyForm, 
/**
 * What a full bag of them is worth; none for notes.
 */
bag: Pence | null, };

export type Deposit = { 
/**
 * Its number in the till's own series, from 1, without gaps.
 */
number: number, 
/**
 * The paying-in slip's number.
 */
slip: string, 
/**
 * The Z reads whose money it is.
 */
z_reads: Array<bigint>, 
/**
 * Notes and coins.
 */
cash: Array<CountedDenomination>, 
/**
 * Their value.
 */
cash_total: Pence, 
/**
 * Sealed bags.
 */
bags: Array<BankBag>, 
/**
 * Cheques.
 */
cheques: Array<BankedCheque>, 
/**
 * Their sum.
 */
cheque_total: Pence, 
/**
 * Postal orders' sum: paid in like cheques.
 */
postal_order_total: Pence, 
/**
 * What the counts say that there should be in cash: counted, less floats left, with the lifts.
 */
cash_expected: Pence, 
/**
 * Counted for earlier deposits and not banked with them, before this one: coin that filled no bag, as a rule.
 */
kept_back: Pence, 
/**
 * Why cash isn't what was expected.
 */
reason?: ReasonGiven | null, };

export type DepositPapers = { 
/**
 * Its number.
 */
number: number, 
/**
 * The language that they are written in.
 */
language: Language, };

export type DepositSummary = { 
/**
 * Its number.
 */
number: number, 
/**
 * The day that it was made, `2026-11-23`.
 */
day: string, 
/**
 * The paying-in slip's number.
 */
slip: string, 
/**
 * Everything that was paid in.
 */
total: Pence, 
/**
 * Cash above what was counted is above zero, less is below.
 */
difference: Pence, };

export type DepositView = { 
/**
 * The deposit.
 */
deposit: Deposit, 
/**
 * When it was made.
 */
made_at: string, 
/**
 * By whom.
 */
made_by: string, 
/**
 * Who approved it.
 */
approved_by: string, 
/**
 * Everything that was paid in.
 */
total: Pence, 
/**
 * Cash above what was counted is above zero, less is below.
 */
difference: Pence, 
/**
 * What was counted and isn't banked after it.
 */
kept_back: Pence, 
/**
 * It was there already, with the same content.
 */
again: boolean, };

export type DevicesView = { 
/**
 * The till's printer.
 */
printer: PrinterTarget, 
/**
 * What it can do.
 */
profile: ChosenProfile, 
/**
 * Characters in its line.
 */
columns: number, 
/**
 * The printer before, until somebody has said that the new one is right.
 */
printer_before: PrinterBefore | null, 
/**
 * The other printer; nothing where there is none.
 */
other_printer: PrinterTarget | null, 
/**
 * What the other printer can do.
 */
other_profile: ChosenProfile, 
/**
 * Characters in its line.
 */
other_columns: number, 
/**
 * The scanner.
 */
scanner: ScannerTarget, 
/**
 * The card terminal that the till drives, where it drives one.
 */
terminal: TerminalTarget | null, 
/**
 * Settings that a policy or the installation decides: they can't be changed here.
 */
fixed: Array<string>, };

export type DrawerPin = "pin2" | "pin5";

export type EnrolTill = { 
/**
 * The ledger's address, such as `https://ledger.example.gov.uk`.
 */
url: string, 
/**
 * The one-time code, as typed. Empty where the ledger knows this till already, and only the way to it is another.
 */
code: string, 
/**
 * A file with the council's own certificate authority (PEM). With it no others are trusted.
 */
authority?: string, 
/**
 * Somebody has agreed that takings go over the network unencrypted, which `ledger-in-the-clear` asked.
 */
in_the_clear?: boolean, 
/**
 * Somebody has agreed that this till takes the name that the ledger knows, which `ledger-take-name` asked.
 */
take_name?: boolean, };

export type Exchange = { 
/**
 * From `cash.begin`.
 */
movement_id: string, 
/**
 * What goes out of the drawer, as counted.
 */
out: Array<CountDraft>, 
/**
 * What comes into it; worth the same.
 */
in: Array<CountDraft>, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, };

export type ExportReport = { 
/**
 * The report.
 */
what: RunReport, 
/**
 * As what.
 */
format: ReportFormat, 
/**
 * An existing folder, its full path; nothing is the data folder's `reports`.
 */
folder: string, };

export type ExportX = { 
/**
 * As what.
 */
format: ReportFormat, 
/**
 * An existing folder, its full path; nothing is the data folder's `reports`.
 */
folder: string, 
/**
 * The language of a CSV file; a PDF is as it is printed.
 */
language: Language, };

export type ExportZ = { 
/**
 * Its number.
 */
number: number, 
/**
 * As what.
 */
format: ReportFormat, 
/**
 * An existing folder, its full path; nothing is the data folder's `reports`.
 */
folder: string, 
/**
 * The language of a CSV file; a PDF is as it is printed, and says COPY.
 */
language: Language, };

export type Exported = { 
/**
 * Its full path.
 */
path: string, 
/**
 * How many rows it has.
 */
rows: number, };

export type FindAccounts = { 
/**
 * As typed.
 */
text: string, };

export type FindReceipts = { 
/**
 * As typed; nothing gives the latest.
 */
text: string, };

export type Finding = "ok" | "look-at-this" | "wrong";

export type FirstStartView = { 
/**
 * Why the last try failed; none while it is at work.
 */
code: string | null, 
/**
 * The facts that the words for it need.
 */
args: { [key in string]: string }, 
/**
 * Is it tried again by itself?
 */
again: boolean, 
/**
 * The ledger that it is to be made known to.
 */
ledger_url: string | null, };

export type FlowControl = "none" | "hardware" | "software";

export type FoundAccounts = { 
/**
 * At most 50, the best first.
 */
hits: Array<AccountHit>, 
/**
 * There are more than are listed.
 */
more: boolean, 
/**
 * Nothing was spelt so; these sound like it.
 */
sounds_like: boolean, };

export type FoundReceipts = { 
/**
 * At most 50, the newest first.
 */
receipts: Array<ReceiptSummary>, 
/**
 * There are more than are listed.
 */
more: boolean, 
/**
 * An amount or a card was looked for among so many of the newest receipts, and there are older ones.
 */
looked_through: number | null, };

export type FundAnswer = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * Its name.
 */
fund_name: string, 
/**
 * Does it take the reference?
 */
fits: boolean, 
/**
 * As it would be kept.
 */
reference: string | null, 
/**
 * What speaks for it.
 */
strength: Strength | null, 
/**
 * Why not.
 */
misfit: Misfit | null, };

export type FundTakings = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * Σ postings, before any over or short.
 */
amount: Pence, 
/**
 * The VAT in it.
 */
vat: Pence, 
/**
 * How many postings.
 */
count: number, };

export type FundView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Words, 
/**
 * What its reference is called.
 */
reference_label: Words | null, 
/**
 * Help with its reference. Never its format.
 */
reference_hint: Words | null, 
/**
 * Its VAT code.
 */
vat_code: string, 
/**
 * May another be chosen?
 */
vat_override: boolean, 
/**
 * Is the payer asked for name and address where there is no account?
 */
address_needed: boolean, 
/**
 * For money that nobody can place.
 */
suspense: boolean, };

export type GiveCount = { 
/**
 * From `cash_up.begin`.
 */
count_id: string, 
/**
 * Notes and coins, as typed.
 */
cash: Array<CountDraft>, 
/**
 * Cheques and postal orders that are there.
 */
ticked: Array<TenderKey>, 
/**
 * What the card terminals say, as typed.
 */
terminals: Array<TerminalTotal>, };

export type ImportAccounts = { 
/**
 * The CSV file on this machine.
 */
path: string, };

export type ImportProgress = { 
/**
 * The stage.
 */
stage: ImportStage, 
/**
 * Rows read.
 */
rows: number, 
/**
 * Rows that are good.
 */
taken: number, 
/**
 * Rows that are bad.
 */
refused: number, 
/**
 * Bytes read.
 */
bytes: number, 
/**
 * Bytes in all.
 */
total_bytes: number, 
/**
 * The first hundred bad rows.
 */
bad_rows: Array<BadRow>, 
/**
 * The file that lists every bad row by its line and reason, where there are any.
 */
refused_file: string | null, 
/**
 * Why it ended without success: an error's code.
 */
error: string | null, };

export type ImportStage = "reading" | "indexing" | "done" | "refused" | "cancelled" | "failed";

export type IncomeLine = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The account reference.
 */
reference: string, 
/**
 * Gross.
 */
amount: Pence, 
/**
 * The VAT code that applied.
 */
vat_code: string, 
/**
 * Its rate on the day, a fraction.
 */
vat_rate: string, 
/**
 * VAT contained in the gross.
 */
vat: Pence, 
/**
 * At most 100 characters.
 */
narrative: string, 
/**
 * The message that stopped the payment, where somebody with the right to took it all the same.
 */
stop_overridden?: number | null, 
/**
 * Why it was taken all the same, as a reason's code.
 */
override_reason?: string, 
/**
 * Who paid, where the fund asks and the account isn't known.
 */
payer_name?: string, 
/**
 * Where they live, on one line.
 */
payer_address?: string, 
/**
 * Money that nobody could place when it was taken: its fund was the one for suspense.
 */
in_suspense?: boolean, };

export type Language = "en-GB" | "cy";

export type LastReceipt = { 
/**
 * The receipt.
 */
receipt: ReceiptView | null, };

export type LedgerLine = { 
/**
 * How sending stands.
 */
state: LedgerLineState, 
/**
 * Since when the ledger doesn't answer.
 */
down_since: string | null, 
/**
 * Why nothing is sent: while it is down a stable code with words in `sending.ftl` under `why-<code>` and `what-to-do-<code>`,
 * while it is halted the alarm's, with words under `halted-<code>`.
 */
reason: string | null, 
/**
 * Receipts that wait for a person.
 */
quarantined: number, 
/**
 * The first session whose totals at the ledger aren't the till's.
 */
differs: number | null, };

export type LedgerLineState = "none" | "not-enrolled" | "starting" | "up" | "down" | "halted";

export type LedgerView = { 
/**
 * How sending stands.
 */
line: LedgerLine, 
/**
 * Its address.
 */
address: string | null, 
/**
 * The file of the council's own certificate authority, where it was given one.
 */
authority: string | null, 
/**
 * The number that it knows this till by.
 */
till_number: number | null, 
/**
 * Receipts that it hasn't acknowledged.
 */
unsent_receipts: number, 
/**
 * Their value.
 */
unsent_value: Pence, 
/**
 * When it acknowledged something last.
 */
last_heard: string | null, 
/**
 * Why sending has stopped.
 */
alarm: AlarmView | null, 
/**
 * Receipts that can't be delivered as they are, the oldest first.
 */
quarantined: Array<QuarantinedReceipt>, };

export type Level = "low" | "high";

export type Lift = { 
/**
 * From `cash.begin`.
 */
movement_id: string, 
/**
 * The sealed bag's number.
 */
bag: string, 
/**
 * What goes into it, as counted.
 */
counts: Array<CountDraft>, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, };

export type LineDraft = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The reference.
 */
reference: string, 
/**
 * Pounds as people type them.
 */
amount: string, 
/**
 * Another VAT code than the fund's, where the fund allows.
 */
vat_code?: string, 
/**
 * Free text.
 */
narrative: string, 
/**
 * Take it although the account's message stops it: every payment, or the cheque that is given. Needs the right to.
 */
override_stop: boolean, 
/**
 * Why, as the code of one of the council's reasons for it, where it has any.
 */
override_reason: string, 
/**
 * Who pays, where the fund asks and no account says it.
 */
payer_name: string, 
/**
 * Where they live, on one line.
 */
payer_address: string, };

export type LineSummary = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The reference.
 */
reference: string, };

export type ListSuspense = { 
/**
 * A part of a reference, a narrative or a receipt's number, or an amount; nothing is everything.
 */
text: string, };

export type LockedUser = { 
/**
 * Their code.
 */
user_code: string, 
/**
 * Their name.
 */
name: string, 
/**
 * How many failures since the last success.
 */
failures: number, };

export type LookAtPack = { 
/**
 * Its folder on this machine.
 */
folder: string, };

export type LookAtScan = { 
/**
 * As the scanner sent it.
 */
text: string, };

export type MakeBackup = { 
/**
 * Into this folder, which must be there. Without it: into the one that the machine's settings name.
 */
folder?: string, };

export type MakeDeposit = { 
/**
 * From `banking.ready`.
 */
deposit_id: string, 
/**
 * The Z reads whose money it is.
 */
z_reads: number[], 
/**
 * The paying-in slip's number.
 */
slip: string, 
/**
 * Notes and coins, as typed.
 */
cash: Array<CountDraft>, 
/**
 * Sealed bags; together they hold the cash.
 */
bags: Array<BagDraft>, 
/**
 * A reason's code from the pack; needed when the cash isn't what was counted.
 */
reason: string, 
/**
 * What is written beside it.
 */
text: string, 
/**
 * A second person; always needed.
 */
approval?: Approval, };

export type MessageView = { 
/**
 * Its words.
 */
text: Words, 
/**
 * No payment may be taken.
 */
stops_payments: boolean, 
/**
 * No cheque may be taken.
 */
stops_cheques: boolean, };

export type Misfit = "length" | "characters" | "pattern" | "mask" | "check-digit" | "account-unknown" | "card-number";

export type MissingLetters = "picture" | "look-alike";

export type Model = "any" | "tm-t88" | "tm-t20" | "tm-h6000" | "generic-80mm" | "generic-58mm" | "star";

export type ModelView = { 
/**
 * As the settings have it.
 */
chosen: ChosenProfile, 
/**
 * Characters in a line.
 */
columns: number, 
/**
 * Dots across the printable width.
 */
dots: number, 
/**
 * Has it a cutter?
 */
cut: boolean, };

export type MoneyForm = "note" | "other-note" | "coin";

export type MopAmount = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * How much.
 */
amount: Pence, };

export type MopCount = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * What the till expected: for cash what should be in the drawer, float and lifts included.
 */
expected: Pence, 
/**
 * What was counted.
 */
counted: Pence, };

export type MopCounted = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * What the till expected.
 */
expected: Pence, 
/**
 * What was counted.
 */
counted: Pence, 
/**
 * Over is above zero, short below.
 */
difference: Pence, };

export type MopKind = "cash" | "cheque" | "card" | "postal-order" | "internal";

export type MopTakings = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * Σ postings, before any over or short.
 */
amount: Pence, 
/**
 * How many postings.
 */
count: number, };

export type MopView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: Words, 
/**
 * What is asked with it.
 */
kind: MopKind, };

export type MovementBegun = { 
/**
 * Its id, made before anything is typed: the same id never moves cash twice.
 */
movement_id: string, };

export type MovementKind = "lift" | "top-up" | "exchange";

export type NexoTarget = { 
/**
 * Name or address.
 */
host: string, 
/**
 * 8443 unless told otherwise.
 */
port: number, 
/**
 * The terminal's model and serial number, as in `P400Plus-275479597`. Its certificate must say the same.
 */
poi_id: string, 
/**
 * What this till calls itself at the terminal. No two tills may be called the same.
 */
sale_id: string, 
/**
 * The name of the key that was agreed with the terminal.
 */
key_identifier: string, 
/**
 * Its version.
 */
key_version: number, 
/**
 * A file with the root certificate (PEM) of the terminal's maker. No other is trusted.
 */
authority: string, 
/**
 * A terminal that takes real money; otherwise one for tests. A terminal of the other sort isn't trusted.
 */
live: boolean, 
/**
 * How long to wait for a payment's answer, in milliseconds: 150 s unless told otherwise. A real terminal needs no less.
 */
answer_timeout_ms: number, };

export type Nothing = Record<string, never>;

export type Office = { 
/**
 * 1–2 characters in LocalGov IMS.
 */
code: string, 
/**
 * Its name.
 */
name: Words, };

export type OpenDrawer = { 
/**
 * A reason's code from the pack.
 */
reason: string, 
/**
 * What is written beside it.
 */
text: string, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, };

export type OpenSession = { 
/**
 * Pieces by denomination; those not named are none.
 */
counts: Array<CountedDenomination>, 
/**
 * A reason's code from the pack, one of those for over and short; needed where the float is too far from what was left.
 */
reason: string, 
/**
 * What is written beside it.
 */
text: string, 
/**
 * A second person, in the same case.
 */
approval?: Approval, };

export type PackLook = { 
/**
 * The council, when the pack is right.
 */
council: CouncilView | null, 
/**
 * What is wrong with it, each with file, place and reason.
 */
problems: Array<string>, };

export type PairTerminal = { 
/**
 * Its name or address.
 */
host: string, 
/**
 * Its port, as typed.
 */
port: string, 
/**
 * Its model and serial number.
 */
poi_id: string, 
/**
 * What this till calls itself there.
 */
sale_id: string, 
/**
 * The name of the key that was agreed with it.
 */
key_identifier: string, 
/**
 * The key's version, as typed.
 */
key_version: string, 
/**
 * The file with its maker's root certificate.
 */
authority: string, 
/**
 * Does it take real money?
 */
live: boolean, 
/**
 * The key's passphrase. It is kept with the till's secrets, and never answered.
 */
passphrase: string, };

export type Paper = { 
/**
 * At most the last 20.
 */
strips: Array<PaperStrip>, };

export type PaperLeft = "unknown" | "enough" | "near-end" | "out";

export type PaperStrip = { 
/**
 * The job.
 */
job: number, 
/**
 * What is printed: a receipt's number, or a paper's name.
 */
number: string | null, 
/**
 * What is on it; nothing where only the drawer opened.
 */
sheet: Sheet | null, 
/**
 * Did the drawer open with it?
 */
drawer: boolean, };

export type PapersWritten = { 
/**
 * The paying-in slip, a PDF.
 */
slip: string, 
/**
 * The list of cheques, a PDF; none where there are no cheques.
 */
cheques: string | null, };

export type ParkSale = { 
/**
 * From `sale.begin`.
 */
sale_id: string, 
/**
 * What to call it; without one it is called by its first line.
 */
label: string, 
/**
 * Lines as typed.
 */
lines: Array<LineDraft>, 
/**
 * A supervisor, where a card payment for it is unclear.
 */
approval?: Approval, };

export type ParkedSale = { 
/**
 * Its id.
 */
sale_id: string, 
/**
 * What it is called.
 */
label: string, 
/**
 * What it came to.
 */
total: Pence, 
/**
 * How many lines.
 */
line_count: number, 
/**
 * When.
 */
parked_at: string, };

export type PartOfLine = { 
/**
 * Which line of the receipt, from 0.
 */
line: number, 
/**
 * Pounds as people type them; nothing is all that is left.
 */
amount: string, };

export type Pence = number;

export type Period = "today" | "yesterday" | "this-week" | "this-month" | "days";

export type PersonView = { 
/**
 * Their code.
 */
user_code: string, 
/**
 * Their name.
 */
name: string, 
/**
 * What their roles are called.
 */
roles: Array<Words>, 
/**
 * PIN or password.
 */
secret_kind: SecretKind, 
/**
 * May not sign in.
 */
disabled: boolean, 
/**
 * Locked by failures.
 */
locked: boolean, 
/**
 * Uses a secret that was given out at this till.
 */
own_secret: boolean, };

export type Place = { "part": "basket" } | { "part": "line", "index": number } | { "part": "tender", "index": number };

export type Point = { 
/**
 * What it is of.
 */
label: string, 
/**
 * How much.
 */
amount: Pence, };

export type Posting = { 
/**
 * Which line, from 0.
 */
line: number, 
/**
 * Which tender, from 0.
 */
tender: number, 
/**
 * The share.
 */
amount: Pence, 
/**
 * The share's VAT.
 */
vat: Pence, };

export type PriceSale = { 
/**
 * Lines as typed.
 */
lines: Array<LineDraft>, 
/**
 * Tenders as typed.
 */
tenders: Array<TenderDraft>, };

export type PricedLine = { 
/**
 * Gross.
 */
amount: Pence | null, 
/**
 * VAT within it.
 */
vat: Pence | null, };

export type PricedSale = { 
/**
 * One for each line.
 */
lines: Array<PricedLine>, 
/**
 * One for each tender.
 */
tenders: Array<PricedTender>, 
/**
 * Σ lines.
 */
total: Pence, 
/**
 * Σ tenders, change not counted.
 */
paid: Pence, 
/**
 * Still to pay.
 */
due: Pence, 
/**
 * Change to hand back.
 */
change: Pence, 
/**
 * Each beside its field.
 */
problems: Array<Problem>, 
/**
 * What the cashier should know; nothing of it stands in the way.
 */
warnings: Array<Warning>, 
/**
 * Nothing stands in the way of taking it.
 */
ready: boolean, };

export type PricedTender = { 
/**
 * What counts as takings.
 */
amount: Pence | null, };

export type PrintElsewhere = { 
/**
 * There.
 */
to: PrintPlace, };

export type PrintPlace = "other-printer" | "pdf";

export type PrintSlip = { 
/**
 * The receipt's number.
 */
number: string, 
/**
 * What.
 */
kind: SlipKind, 
/**
 * Of which of its lines, or of its tenders, from 0.
 */
place: number, };

export type PrintState = "waiting" | "printing" | "printed" | "failed";

export type PrinterBefore = { 
/**
 * Where it is.
 */
printer: PrinterTarget, 
/**
 * What it can do.
 */
profile: ChosenProfile, };

export type PrinterChoices = { 
/**
 * The models that are known by name, in the order in which they are offered; words for them are `printer-model-<name>`.
 */
models: Array<ModelView>, 
/**
 * This machine's print queues, by name.
 */
queues: Array<string>, };

export type PrinterLine = { 
/**
 * `ready`, or the trouble's code such as `paper-out`, `cover-open`, `printer-unreachable`.
 */
state: string, 
/**
 * Jobs not yet out.
 */
waiting: number, 
/**
 * Jobs given up.
 */
failed: number, 
/**
 * The roll is nearly at its end.
 */
paper_near_end: boolean, 
/**
 * Is the drawer open? Nothing where nobody knows.
 */
drawer_open: boolean | null, };

export type PrinterTarget = { "kind": "tcp", 
/**
 * Name or address.
 */
host: string, 
/**
 * 9100 unless told otherwise.
 */
port: number, } | { "kind": "serial", 
/**
 * `COM3` or `/dev/ttyUSB0`.
 */
path: string, 
/**
 * 38400 unless told otherwise.
 */
baud: number, 
/**
 * Who says stop when the printer is full.
 */
flow: FlowControl, } | { "kind": "queue", 
/**
 * The queue's name; on Windows that of the printer, or `\\server\name`.
 */
name: string, 
/**
 * A print server, where the queue isn't this machine's own.
 */
server?: string | null, } | { "kind": "file", 
/**
 * The folder; made when it isn't there.
 */
folder: string, } | { "kind": "screen" } | { "kind": "none" };

export type PrinterView = { 
/**
 * Where it is.
 */
target: PrinterTarget, 
/**
 * What it can do.
 */
profile: ModelView, 
/**
 * `ready`; `unknown` for one that doesn't say; or the trouble's code, such as `printer-paper-out`.
 */
state: string, 
/**
 * How much paper it has.
 */
paper: PaperLeft, 
/**
 * Is the drawer open? Nothing where nobody knows.
 */
drawer_open: boolean | null, 
/**
 * The level at the drawer's switch, for whoever finds out which one means open.
 */
drawer_high: boolean | null, 
/**
 * When it was heard of, ms since 1970 UTC; nothing when it never was.
 */
heard_at_ms: number | null, };

export type PrintersView = { 
/**
 * The till's.
 */
till: PrinterView, 
/**
 * The other one, where there is one.
 */
other: PrinterView | null, };

export type Problem = { 
/**
 * Line, tender or basket.
 */
place: Place, 
/**
 * The field's name in the draft; empty for the whole.
 */
field: string, 
/**
 * Why.
 */
refusal: Refusal, };

export type ProofState = "local" | "sent" | "in-ledger" | "quarantined";

export type QrBy = "picture" | "printer";

export type QuarantinedReceipt = { 
/**
 * Its number.
 */
number: string, 
/**
 * Its total.
 */
total: Pence, 
/**
 * When it was taken.
 */
taken_at: string, 
/**
 * What is at fault, stable; words for it are in `sending.ftl` under `fault-<code>`.
 */
fault: string, 
/**
 * The ledger's own words, in English.
 */
words: string, 
/**
 * Can it be accepted as the ledger has it?
 */
can_be_settled: boolean, };

export type ReasonDraft = { 
/**
 * The reason's code.
 */
code: string, 
/**
 * Free text beside it.
 */
text: string, };

export type ReasonGiven = { 
/**
 * The reason's code.
 */
code: string, 
/**
 * Free text.
 */
text?: string, };

export type ReasonKind = "void" | "refund" | "no-sale" | "variance" | "transfer" | "override-stop" | "banking";

export type ReasonView = { 
/**
 * Its code.
 */
code: string, 
/**
 * What it is for.
 */
kind: ReasonKind, 
/**
 * Its words.
 */
text: Words, };

export type Receipt = { 
/**
 * Unique in the council, at most 30 characters.
 */
number: string, 
/**
 * Its place in the till's own series, from 1, without gaps.
 */
serial: number, 
/**
 * Where it was taken.
 */
office_code: string, 
/**
 * By which till.
 */
till_code: string, 
/**
 * Σ lines = Σ tenders.
 */
total: Pence, 
/**
 * Income, in the order in which it was entered.
 */
lines: Array<IncomeLine>, 
/**
 * Payment, in the order in which it was given.
 */
tenders: Array<Tender>, 
/**
 * The waterfall's shares.
 */
postings: Array<Posting>, 
/**
 * The language it is printed in.
 */
language: Language, };

export type ReceiptCopy = { 
/**
 * For the customer; otherwise for the merchant.
 */
customer: boolean, 
/**
 * Its lines: a name and a value; either may be empty.
 */
lines: Array<[string, string]>, };

export type ReceiptKind = "taken" | "void" | "refund" | "transfer" | "over-or-short";

export type ReceiptProof = { 
/**
 * Where it stands.
 */
state: ProofState, 
/**
 * The ledger's own reference of it.
 */
reference: string | null, };

export type ReceiptSummary = { 
/**
 * Its number.
 */
number: string, 
/**
 * When.
 */
taken_at: string, 
/**
 * By whom.
 */
user_code: string, 
/**
 * What it is.
 */
kind: ReceiptKind, 
/**
 * Its total.
 */
total: Pence, 
/**
 * The funds' codes and references.
 */
lines: Array<LineSummary>, 
/**
 * The MOPs' codes.
 */
mops: Array<string>, };

export type ReceiptView = { 
/**
 * What was committed.
 */
receipt: Receipt, 
/**
 * What it is.
 */
kind: ReceiptKind, 
/**
 * What it corrects, if that is what it does.
 */
corrects: CorrectionLink | null, 
/**
 * What took something back of it.
 */
corrections: Array<CorrectionLink>, 
/**
 * The second person, where one was needed.
 */
approved_by: string | null, 
/**
 * When.
 */
taken_at: string, 
/**
 * By whom.
 */
user_code: string, 
/**
 * In which session.
 */
session: number, 
/**
 * What the customer was handed back.
 */
change: Pence, 
/**
 * As it is printed.
 */
sheet: Sheet, 
/**
 * Where its printing stands.
 */
print: PrintState, 
/**
 * Where it stands on its way to the ledger.
 */
ledger: ReceiptProof, };

export type Recognise = { 
/**
 * As it came, with its AIM symbology identifier if the scanner sends one.
 */
text: string, 
/**
 * It came from a scanner: where nothing is known by it, the words are those for a barcode.
 */
scanned: boolean, 
/**
 * Nobody can place it: the fund for suspense takes it, whatever it looks like.
 */
suspense: boolean, };

export type Recognised = { 
/**
 * Funds that take it, the likeliest first; never empty.
 */
candidates: Array<Candidate>, 
/**
 * How many of the first candidates are equally likely: 1 means that there is nothing to ask.
 */
equally_likely: number, 
/**
 * Was it a barcode of the council's?
 */
from_barcode: boolean, };

export type RefundDraft = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * For a card: the terminal's slip of the refund.
 */
slip?: CardSlip, 
/**
 * For a cheque that is asked for: whom it is made out to.
 */
payee: string, };

export type RefundMethodView = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * Its name.
 */
name: Words, 
/**
 * What is asked with it; an internal one is a cheque that is asked for.
 */
kind: MopKind, 
/**
 * The most that can be paid so of this receipt.
 */
maximum: Pence, };

export type RefundReceipt = { 
/**
 * From `receipt.correctable`.
 */
correction_id: string, 
/**
 * The receipt's number.
 */
number: string, 
/**
 * What of it.
 */
lines: Array<PartOfLine>, 
/**
 * How it is paid.
 */
by: RefundDraft, 
/**
 * Why.
 */
reason: ReasonDraft, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, 
/**
 * A card payment of the till's own terminal is given back there first: then `card-reversal-begun` is answered, with the
 * `transaction_id` to be watched, and once it is given back the same is asked again. Otherwise its slip is typed.
 */
at_terminal: boolean, };

export type Refusal = { 
/**
 * The stable reason.
 */
code: Code, 
/**
 * What the words need, such as `maximum` → `£500.00`. Never personal data.
 */
args?: { [key in string]: string }, };

export type RejectCount = { 
/**
 * Which.
 */
attempt: number, 
/**
 * A reason's code from the pack, one of those for over and short.
 */
reason: string, 
/**
 * What is written beside it.
 */
text: string, 
/**
 * A second person.
 */
approval?: Approval, };

export type ReleaseAlarm = { 
/**
 * What was found.
 */
text: string, };

export type ReleaseReceipt = { 
/**
 * Its number.
 */
number: string, 
/**
 * What was found, or put right.
 */
text: string, };

export type ReleaseUser = { 
/**
 * Who.
 */
user_code: string, };

export type ReportColumn = { 
/**
 * Its name, in the language asked for.
 */
name: string, 
/**
 * How it is read.
 */
kind: ColumnKind, };

export type ReportFormat = "csv" | "pdf";

export type ReportName = "takings-by-fund" | "takings-by-mop" | "takings-by-vat" | "takings-by-cashier" | "takings-by-hour" | "takings-by-day" | "cheques" | "voids-and-refunds" | "over-and-short" | "drawer-openings" | "deposits" | "audit-trail";

export type ReportView = { 
/**
 * Its title.
 */
title: string, 
/**
 * The first day, `2026-11-23`.
 */
from: string, 
/**
 * The last day.
 */
to: string, 
/**
 * Its columns.
 */
columns: Array<ReportColumn>, 
/**
 * Its rows; at most 500.
 */
rows: Array<Array<Cell>>, 
/**
 * Sums over all rows, also those that aren't listed.
 */
totals: Array<Cell> | null, 
/**
 * The same as a picture, where one helps.
 */
picture: Array<Point> | null, 
/**
 * There are more rows than are listed; an export has them all.
 */
more: boolean, 
/**
 * Audit trail: where to go on, if there is more.
 */
next: number | null, };

export type Reprint = { 
/**
 * Its number.
 */
number: string, 
/**
 * On the till's other printer.
 */
other_printer: boolean, };

export type ResetSecret = { 
/**
 * Who.
 */
user_code: string, 
/**
 * The new PIN or password.
 */
secret: string, 
/**
 * The same once more.
 */
secret_again: string, 
/**
 * Why, in free text.
 */
reason: string, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, };

export type ResolveCard = { 
/**
 * Which.
 */
transaction_id: string, 
/**
 * Did the money move? For a reversal: was it given back? Of a reversal that was approved already, and that no correction takes, that
 * it was is all that can be said.
 */
taken: boolean, 
/**
 * The amount on the slip, where it did.
 */
amount: string, 
/**
 * Authorisation code on the slip.
 */
authorisation: string, 
/**
 * Last four digits on the slip.
 */
last_four: string, 
/**
 * The terminal's number on the slip.
 */
terminal: string, 
/**
 * What was looked at, in words.
 */
text: string, 
/**
 * The supervisor, where somebody else is signed in.
 */
approval?: Approval, };

export type ResumedSale = { 
/**
 * Its id, still the same.
 */
sale_id: string, 
/**
 * Its lines as typed.
 */
lines: Array<LineDraft>, 
/**
 * Card payments that were approved for it: they pay a part of it.
 */
cards: Array<CardView>, };

export type Right = "open-session" | "take-payments" | "see-receipts" | "override-stops" | "release-users" | "import-accounts" | "administer" | "check-references" | "export-postings" | "void-receipts" | "refund-receipts" | "transfer-lines" | "move-cash" | "cash-up" | "supervise-sessions" | "approve" | "bank" | "see-reports" | "manage-users";

export type Row = { "kind": "text", 
/**
 * Where they stand.
 */
align: Align, 
/**
 * How they look.
 */
style: Style, 
/**
 * The words; spaces at the start are meant.
 */
text: string, } | { "kind": "pair", 
/**
 * How both look.
 */
style: Style, 
/**
 * Spaces at the start are meant.
 */
left: string, 
/**
 * At the right edge.
 */
right: string, } | { "kind": "rule" } | { "kind": "blank" } | { "kind": "barcode", 
/**
 * Printable ASCII.
 */
text: string, 
/**
 * The modules from the first bar to the last, `1` black and `0` white, for whoever draws it.
 */
bars: string, } | { "kind": "qr", 
/**
 * What a scanner reads from it.
 */
text: string, 
/**
 * Modules across and down.
 */
side: number, 
/**
 * The modules as a picture's dots, without the white around them.
 */
dots: string, } | { "kind": "picture", 
/**
 * Dots across.
 */
width: number, 
/**
 * Dots down.
 */
height: number, 
/**
 * Rows from the top, each padded to whole bytes, most significant bit left, 1 is black; in JSON as hexadecimal.
 */
dots: string, };

export type RunReport = { 
/**
 * Which.
 */
report: ReportName, 
/**
 * For which days.
 */
period: Period, 
/**
 * The first day, as typed; only for [`Period::Days`].
 */
from: string, 
/**
 * The last day, as typed; nothing is the first.
 */
to: string, 
/**
 * The language that it is written in.
 */
language: Language, 
/**
 * Audit trail: only what this person did, approved or had done to them.
 */
user_code: string, 
/**
 * Audit trail: only this kind.
 */
kind: AuditKind | null, 
/**
 * Audit trail: only what has this in it: a number, a reference, an amount, a reason.
 */
text: string, 
/**
 * Audit trail: go on below this entry.
 */
before: number | null, };

export type SaleBegun = { 
/**
 * A UUID (version 7).
 */
sale_id: string, };

export type Scan = { 
/**
 * As the scanner sent it; empty where it was too long to be one.
 */
text: string, };

export type ScanLook = { 
/**
 * As it came, with every control character by its name, such as `<GS>`.
 */
shown: string, 
/**
 * The AIM symbology identifier, where the scanner sends it.
 */
symbology: string | null, 
/**
 * The layouts of the council's pack that read it.
 */
layouts: Array<string>, 
/**
 * A layout fits but for its check digit.
 */
misread: boolean, };

export type ScannerState = "none" | "ready" | "missing";

export type ScannerTarget = { "kind": "keyboard", 
/**
 * What it types before each barcode. With it a scan is known by that; without it, by how fast it is typed.
 */
prefix: string, 
/**
 * What it types after each barcode, other than Enter or Tab.
 */
suffix: string, 
/**
 * It types nothing after a barcode, so that a pause ends one.
 */
ends_by_pause: boolean, 
/**
 * The fewest characters of a barcode that is known by how fast it is typed.
 */
min_length: number, } | { "kind": "serial", 
/**
 * `COM4` or `/dev/ttyACM0`.
 */
path: string, 
/**
 * 9600 unless told otherwise.
 */
baud: number, };

export type Scans = { 
/**
 * Each once: whoever asks has them.
 */
scans: Array<Scan>, };

export type SecretKind = "pin" | "password";

export type SeenDrawer = { 
/**
 * The level at its switch that was shown to whoever looked: another may have been heard of meanwhile.
 */
high: boolean, 
/**
 * Was the drawer open?
 */
open: boolean, };

export type SerialPortFound = { 
/**
 * What settings call it.
 */
path: string, 
/**
 * What the device says it is, where it says so.
 */
says: string | null, };

export type SerialPorts = { 
/**
 * Those that are there now.
 */
ports: Array<SerialPortFound>, };

export type SessionProof = { 
/**
 * Receipts at the counter, corrections included.
 */
receipts: number, 
/**
 * Their value.
 */
value: Pence, 
/**
 * Those that the ledger has.
 */
in_ledger: number, 
/**
 * Their value.
 */
value_in_ledger: Pence, 
/**
 * The ledger's own totals of the session aren't the till's.
 */
differs: boolean, };

export type SessionTotals = { 
/**
 * Takings by MOP.
 */
mops: Array<MopTakings>, 
/**
 * Takings by fund.
 */
funds: Array<FundTakings>, 
/**
 * Takings by VAT code.
 */
vat: Array<VatTakings>, 
/**
 * Receipts of takings.
 */
receipts: Tally, 
/**
 * Voids.
 */
voids: Tally, 
/**
 * Refunds.
 */
refunds: Tally, 
/**
 * Transfers, by what they moved.
 */
transfers: Tally, 
/**
 * Lifts to the safe, as an amount above zero.
 */
lifts: Tally, 
/**
 * Float top-ups.
 */
top_ups: Tally, 
/**
 * Drawer openings without a sale.
 */
drawer_openings: number, 
/**
 * The first and the last receipt's number; empty when there is none.
 */
first_receipt: string, 
/**
 * See above.
 */
last_receipt: string, };

export type SessionView = { 
/**
 * Its number in the till's series.
 */
number: number, 
/**
 * Whose it is.
 */
user_code: string, 
/**
 * Is it the signed-in person's?
 */
own: boolean, 
/**
 * When it was opened.
 */
opened_at: string, 
/**
 * The counted float.
 */
float: Pence, 
/**
 * A count stands: nothing is taken until it is closed or rejected.
 */
counted: boolean, };

export type SetUpTill = { 
/**
 * The council pack's folder on this machine.
 */
folder: string, 
/**
 * The office, by its code in the pack.
 */
office_code: string, 
/**
 * The till's name, 1–4 letters and digits, unique in the office.
 */
till_code: string, 
/**
 * Its printer.
 */
printer: PrinterTarget, 
/**
 * The receipt printer's columns: 32, 42 or 48.
 */
columns?: number, };

export type SettleReceipt = { 
/**
 * Its number.
 */
number: string, 
/**
 * What was found.
 */
text: string, 
/**
 * A second person, who is always needed.
 */
approval?: Approval, };

export type Sheet = { 
/**
 * The document's title.
 */
title: string, 
/**
 * The language it is written in.
 */
language: Language, 
/**
 * Characters in a line at single width.
 */
columns: number, 
/**
 * From top to bottom.
 */
rows: Array<Row>, };

export type ShowAccount = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The exact reference.
 */
reference: string, };

export type SignIn = { 
/**
 * The person's code, as typed.
 */
user_code: string, 
/**
 * PIN or password.
 */
secret: string, };

export type SignInEvent = { 
/**
 * When.
 */
at: string, 
/**
 * Whose sign-in.
 */
user_code: string, 
/**
 * What happened.
 */
kind: SignInKind, 
/**
 * By whom, where it was somebody else.
 */
by: string | null, 
/**
 * Why, where somebody wrote it down.
 */
reason: string, };

export type SignInHistory = { 
/**
 * Only this person; nothing is everybody.
 */
user_code: string, };

export type SignInKind = "signed-in" | "signed-out" | "failed" | "locked" | "released" | "secret-reset" | "disabled" | "enabled";

export type SignatureChecked = { 
/**
 * Where it didn't match: what gives the payment back.
 */
reversal: string | null, };

export type SignedInView = { 
/**
 * Their code.
 */
user_code: string, 
/**
 * Their name.
 */
name: string, 
/**
 * What they may do.
 */
rights: Array<Right>, 
/**
 * The language their screen starts in.
 */
language: Language | null, 
/**
 * What the lock screen asks for.
 */
secret_kind: SecretKind, };

export type SlipKind = "validation" | "endorsement";

export type SlipProgress = "none" | "printing" | "printed" | "failed";

export type SlipView = { 
/**
 * How far it has got.
 */
progress: SlipProgress, 
/**
 * Why it failed, as a code.
 */
trouble: string | null, };

export type Start = { 
/**
 * The program's own version.
 */
program_version: string, 
/**
 * The council, once a pack is applied.
 */
council: CouncilView | null, 
/**
 * The till's name, once it has one.
 */
till: TillView | null, 
/**
 * Who is signed in.
 */
signed_in: SignedInView | null, 
/**
 * The screen is locked until that person's secret is given again.
 */
locked: boolean, 
/**
 * The open session on this till, whoever's it is.
 */
session: SessionView | null, 
/**
 * The till's printer.
 */
printer: PrinterTarget, 
/**
 * The till's scanner.
 */
scanner: ScannerTarget, 
/**
 * Is there a second printer to turn to?
 */
has_other_printer: boolean, 
/**
 * Has the till's printer a slip station?
 */
has_slip_station: boolean, 
/**
 * The council's date today, `2026-11-23`.
 */
today: string, 
/**
 * What the window speaks while nobody is signed in, where this machine's settings say it.
 */
language: Language | null, 
/**
 * What is wrong with the till's own data, as codes of words for a cashier.
 */
troubles: Array<string>, 
/**
 * The till is setting itself up with what its installation was told, or couldn't.
 */
first_start: FirstStartView | null, };

export type StatusBy = "real-time" | "automatic" | "never";

export type StatusLine = { 
/**
 * The session, if one is open.
 */
session: SessionView | null, 
/**
 * Receipts on this till that no ledger has acknowledged.
 */
unsent_receipts: number, 
/**
 * Their value.
 */
unsent_value: Pence, 
/**
 * The ledger.
 */
ledger: LedgerLine, 
/**
 * The printer.
 */
printer: PrinterLine, 
/**
 * The card terminal, where the till drives one.
 */
terminal: TerminalLine | null, 
/**
 * The serial scanner.
 */
scanner: ScannerState, 
/**
 * How many sales are parked.
 */
parked: number, 
/**
 * The import under way, or the last one's end.
 */
import: ImportProgress | null, 
/**
 * How many account holders the extract has.
 */
account_holders: number, 
/**
 * The newest balance's date in the extract, `2026-11-20`.
 */
accounts_as_at: string | null, 
/**
 * How many days old that is, once it is more than a week: balances that a cashier shouldn't rely on.
 */
accounts_old_days: number | null, 
/**
 * What is wrong with the till's own data, as codes of errors; the first weighs most.
 */
troubles: Array<string>, 
/**
 * The session's last receipt.
 */
last_receipt: string | null, 
/**
 * The drawer holds more than the council's limit. Never by how much: the count stays blind.
 */
lift_due: boolean, };

export type Strength = "open" | "shape" | "check-digit" | "account";

export type Style = { 
/**
 * Heavier.
 */
bold: boolean, 
/**
 * Twice as high.
 */
tall: boolean, 
/**
 * Twice as wide: each character takes two columns.
 */
wide: boolean, };

export type SupportBundle = { 
/**
 * Where it is.
 */
path: string, };

export type SuspenseItem = { 
/**
 * The receipt's number.
 */
number: string, 
/**
 * Which of its lines, from 0.
 */
line: number, 
/**
 * When.
 */
taken_at: string, 
/**
 * By whom.
 */
user_code: string, 
/**
 * What was typed as its reference.
 */
reference: string, 
/**
 * What is known of it.
 */
narrative: string, 
/**
 * What was taken.
 */
amount: Pence, 
/**
 * What is left to be placed.
 */
left: Pence, };

export type SuspenseList = { 
/**
 * At most 100, the oldest first.
 */
items: Array<SuspenseItem>, 
/**
 * There are more than are listed.
 */
more: boolean, 
/**
 * What is left of all of it.
 */
left: Pence, };

export type TakeSale = { 
/**
 * From `sale.begin`. The same id and content again gives the same receipt; other content is refused.
 */
sale_id: string, 
/**
 * Lines as typed.
 */
lines: Array<LineDraft>, 
/**
 * Tenders as typed.
 */
tenders: Array<TenderDraft>, 
/**
 * The receipt's language.
 */
language: Language, 
/**
 * A second person, where the council wants one for a stop that is overridden, or the cashier may not do it alone.
 */
approval?: Approval, };

export type Taken = { 
/**
 * What was committed. How it prints is `receipt.show`'s to tell: nobody waits for it here.
 */
receipt: Receipt, 
/**
 * What the customer is handed back.
 */
change: Pence, 
/**
 * It had been taken already; this is the same receipt again.
 */
again: boolean, };

export type Tally = { 
/**
 * How many.
 */
count: number, 
/**
 * What they come to.
 */
amount: Pence, };

export type Tender = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * What counts as takings.
 */
amount: Pence, 
/**
 * What only this kind has.
 */
details: TenderDetails, };

export type TenderDetails = { "kind": "cash", 
/**
 * What the customer handed over.
 */
tendered: Pence, 
/**
 * What was handed back.
 */
change: Pence, } | { "kind": "cheque" } & ChequeDetails | { "kind": "card" } & CardDetails | { "kind": "postal-order", 
/**
 * Its serial number.
 */
number: string, } | { "kind": "cheque-request", 
/**
 * Whom it is made out to.
 */
payee: string, } | { "kind": "internal" };

export type TenderDraft = { "kind": "cash", 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * What was handed over.
 */
tendered: string, } | { "kind": "cheque", 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * Its amount.
 */
amount: string, 
/**
 * Six digits, dashes and spaces allowed.
 */
sort_code: string, 
/**
 * Eight digits.
 */
account: string, 
/**
 * Six digits.
 */
number: string, 
/**
 * Who signed it.
 */
drawer: string, 
/**
 * `2026-11-23`.
 */
dated: string, } | { "kind": "card", 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * The amount on its slip.
 */
amount: string, 
/**
 * The amount once more.
 */
amount_again: string, 
/**
 * The terminal.
 */
terminal: string, 
/**
 * Authorisation code.
 */
authorisation: string, 
/**
 * Last four digits.
 */
last_four: string, } | { "kind": "terminal", 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * Which payment.
 */
transaction_id: string, } | { "kind": "postal-order", 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * Its amount.
 */
amount: string, 
/**
 * Its serial number.
 */
number: string, };

export type TenderKey = { 
/**
 * The receipt's place in the series.
 */
serial: number, 
/**
 * Which tender of it, from 0.
 */
tender: number, };

export type TerminalAgainst = { 
/**
 * The terminal, as the settings name it.
 */
terminal: string, 
/**
 * What it says; nothing where it wasn't compared.
 */
says: Pence, 
/**
 * What the till knows of.
 */
known: Pence, 
/**
 * The terminal didn't say its totals when the session was counted, or took something after it had.
 */
not_compared?: boolean, };

export type TerminalCheck = { 
/**
 * The terminal, as the settings name it.
 */
terminal: string, 
/**
 * Such as `OK` or `Maintenance`.
 */
state: string, 
/**
 * Does it reach its acquirer?
 */
host_reached: boolean | null, 
/**
 * No money moves there.
 */
simulated: boolean, };

export type TerminalLine = { 
/**
 * The terminal, as the settings name it.
 */
name: string, 
/**
 * No money moves there.
 */
simulated: boolean, 
/**
 * The till has no terminal any more; what was begun at it is still open.
 */
gone: boolean, 
/**
 * What was the matter when it was last used, as a code.
 */
fault: string | null, 
/**
 * Payments that aren't over.
 */
open: number, 
/**
 * Those among them that a supervisor has to resolve.
 */
unresolved: number, };

export type TerminalTarget = { "kind": "simulator" } | { "kind": "nexo" } & NexoTarget;

export type TerminalTotal = { 
/**
 * The MOP.
 */
mop_code: string, 
/**
 * As typed; below zero where more went back to cards than was taken.
 */
text: string, };

export type TestPrinter = { 
/**
 * The other one.
 */
other: boolean, };

export type TillView = { 
/**
 * Where it stands.
 */
office_code: string, 
/**
 * The office's name.
 */
office_name: Words, 
/**
 * What it is called.
 */
till_code: string, };

export type ToBank = { 
/**
 * Its Z read.
 */
z: number, 
/**
 * Its number.
 */
session: number, 
/**
 * Whose it was.
 */
user_code: string, 
/**
 * When it was closed.
 */
closed_at: string, 
/**
 * Cash for the bank: counted, less the next float, with what was lifted.
 */
cash: Pence, 
/**
 * Its cheques.
 */
cheques: Tally, 
/**
 * Its postal orders.
 */
postal_orders: Tally, };

export type ToTick = { 
/**
 * By which it is ticked.
 */
key: TenderKey, 
/**
 * The receipt's number.
 */
number: string, 
/**
 * Its MOP.
 */
mop_code: string, 
/**
 * Its amount.
 */
amount: Pence, 
/**
 * Its details.
 */
details: TenderDetails, };

export type TopUp = { 
/**
 * From `cash.begin`.
 */
movement_id: string, 
/**
 * What comes in, as counted.
 */
counts: Array<CountDraft>, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, };

export type TransferLine = { 
/**
 * From `receipt.correctable`.
 */
correction_id: string, 
/**
 * The receipt's number.
 */
number: string, 
/**
 * Which line, and how much of it.
 */
part: PartOfLine, 
/**
 * Where it goes.
 */
to: TransferTo, 
/**
 * Why.
 */
reason: ReasonDraft, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, };

export type TransferTo = { 
/**
 * The fund.
 */
fund_code: string, 
/**
 * The reference.
 */
reference: string, 
/**
 * Free text.
 */
narrative: string, };

export type Unlock = { 
/**
 * The signed-in person's PIN or password.
 */
secret: string, };

export type Unprinted = { 
/**
 * What it is.
 */
kind: UnprintedKind, 
/**
 * Its number: a receipt's, a Z read's, an X read's session, a lift's bag.
 */
number: string, 
/**
 * It was given up.
 */
failed: boolean, };

export type UnprintedKind = "receipt" | "void" | "refund" | "transfer" | "lift" | "top-up" | "exchange" | "x-read" | "z-read" | "card-slip" | "drawer" | "test-page" | "check-up";

export type VatTakings = { 
/**
 * The code.
 */
vat_code: string, 
/**
 * Σ postings.
 */
gross: Pence, 
/**
 * The VAT in it.
 */
vat: Pence, };

export type VatView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its rate in per cent, such as `20`.
 */
percent: string, };

export type VoidReceipt = { 
/**
 * From `receipt.correctable`.
 */
correction_id: string, 
/**
 * The receipt's number.
 */
number: string, 
/**
 * What of it.
 */
lines: Array<PartOfLine>, 
/**
 * The terminal's slip for each card that is given back.
 */
slips: Array<CardSlip>, 
/**
 * Why.
 */
reason: ReasonDraft, 
/**
 * A second person, where the council wants one.
 */
approval?: Approval, 
/**
 * A card payment of the till's own terminal is given back there first: then `card-reversal-begun` is answered, with the
 * `transaction_id` to be watched, and once it is given back the same is asked again. Otherwise its slip is typed.
 */
at_terminal: boolean, };

export type Warning = { 
/**
 * Which line, from 0.
 */
line: number, 
/**
 * The earlier receipt's number; empty where there is none.
 */
number: string, 
/**
 * When that was.
 */
taken_at: string, 
/**
 * How much a card may have been charged: nobody knows yet, and no receipt says so.
 */
unclear?: Pence, };

export type WhichCard = { 
/**
 * From `card.begin`, or from the list.
 */
transaction_id: string, };

export type WhichReceipt = { 
/**
 * Its number.
 */
number: string, };

export type WhichSale = { 
/**
 * Its id.
 */
sale_id: string, };

export type WhichZ = { 
/**
 * Its number.
 */
number: number, };

export type Words = { 
/**
 * British English.
 */
"en-GB": string, 
/**
 * Welsh, where the council gives it.
 */
cy?: string | null, };

export type XRead = { 
/**
 * The session.
 */
session: SessionView, 
/**
 * What it comes to.
 */
totals: SessionTotals, 
/**
 * What a count should find, by MOP: for cash what the drawer should hold.
 */
expected: Array<MopAmount>, 
/**
 * As it would be printed.
 */
sheet: Sheet, };

export type ZRead = { 
/**
 * Its number in the till's own series, from 1, without gaps.
 */
number: number, 
/**
 * The session.
 */
session: number, 
/**
 * Whose session it was.
 */
user_code: string, 
/**
 * Where.
 */
office_code: string, 
/**
 * On which till.
 */
till_code: string, 
/**
 * When it was opened, ms since 1970 UTC.
 */
opened_at_ms: number, 
/**
 * The counted float.
 */
float: Pence, 
/**
 * What it came to.
 */
totals: SessionTotals, 
/**
 * Which count was accepted.
 */
attempt: number, 
/**
 * Expected and counted by MOP.
 */
mops: Array<MopCount>, 
/**
 * What the terminals that the till drives said of themselves.
 */
driven?: Array<TerminalAgainst>, 
/**
 * The accepted count's notes and coins.
 */
cash: Array<CountedDenomination>, 
/**
 * The accepted count's cheques and postal orders.
 */
ticked: Array<TenderKey>, 
/**
 * Why it is over or short; needed above the tolerance.
 */
reason?: ReasonGiven | null, 
/**
 * The difference as income of the over/short fund.
 */
over_short?: Receipt | null, 
/**
 * What stays in the drawer for the next session; the rest of the counted cash goes to the bank.
 */
float_left: Pence, 
/**
 * The journal's end just before this entry: number and hash, printed so that somebody else holds it.
 */
head_seq: number, 
/**
 * In hexadecimal.
 */
head_hash: string, };

export type ZSummary = { 
/**
 * Its number.
 */
number: number, 
/**
 * The session.
 */
session: number, 
/**
 * Whose it was.
 */
user_code: string, 
/**
 * When it was closed.
 */
closed_at: string, 
/**
 * What is over, in whichever MOPs; above zero.
 */
over: Pence, 
/**
 * What is short, in whichever MOPs; above zero. It isn't made good by what is over.
 */
short: Pence, };

export type ZView = { 
/**
 * The Z read.
 */
z: ZRead, 
/**
 * When the session was closed.
 */
closed_at: string, 
/**
 * By whom.
 */
closed_by: string, 
/**
 * Who approved it, where somebody had to.
 */
approved_by: string | null, 
/**
 * As it is printed.
 */
sheet: Sheet, 
/**
 * Whether it is out.
 */
print: PrintState, 
/**
 * Counter and ledger: the same, or what is still to come. None where there is no ledger.
 */
ledger: SessionProof | null, };

