// Made from the Rust types by `cargo xtask generate`. Don't edit.

import type {
  AccountCard,
  BackupView,
  BankingReady,
  BeginCard,
  BeginCheckUp,
  CardBegun,
  CardProgress,
  CardView,
  CashMoved,
  CashUpBegun,
  CashUpState,
  ChangePerson,
  CheckReference,
  CheckSignature,
  CheckUpView,
  CheckedReference,
  ChoosePrinter,
  ChooseScanner,
  CloseSession,
  CorrectableReceipt,
  Corrected,
  CountView,
  DepositPapers,
  DepositSummary,
  DepositView,
  DevicesView,
  EnrolTill,
  Exchange,
  ExportReport,
  ExportX,
  ExportZ,
  Exported,
  FindAccounts,
  FindReceipts,
  FoundAccounts,
  FoundReceipts,
  GiveCount,
  ImportAccounts,
  ImportProgress,
  LastReceipt,
  LedgerView,
  Lift,
  ListSuspense,
  LockedUser,
  LookAtPack,
  LookAtScan,
  MakeBackup,
  MakeDeposit,
  MovementBegun,
  Nothing,
  OpenDrawer,
  OpenSession,
  PackLook,
  PairTerminal,
  Paper,
  PapersWritten,
  ParkSale,
  ParkedSale,
  PersonView,
  PriceSale,
  PricedSale,
  PrintElsewhere,
  PrintSlip,
  PrinterChoices,
  PrintersView,
  ReceiptView,
  Recognise,
  Recognised,
  RefundReceipt,
  RejectCount,
  ReleaseAlarm,
  ReleaseReceipt,
  ReleaseUser,
  ReportView,
  Reprint,
  ResetSecret,
  ResolveCard,
  ResumedSale,
  RunReport,
  SaleBegun,
  ScanLook,
  Scans,
  SeenDrawer,
  SerialPorts,
  SessionProof,
  SessionView,
  SetUpTill,
  SettleReceipt,
  ShowAccount,
  SignIn,
  SignInEvent,
  SignInHistory,
  SignatureChecked,
  SlipView,
  Start,
  StatusLine,
  SupportBundle,
  SuspenseList,
  TakeSale,
  Taken,
  TerminalCheck,
  TestPrinter,
  TopUp,
  TransferLine,
  Unlock,
  VoidReceipt,
  WhichCard,
  WhichReceipt,
  WhichSale,
  WhichZ,
  XRead,
  ZSummary,
  ZView,
} from "./types";

export interface Commands {
  /** What decides which screen is shown. */
  "start.show": { request: Nothing; response: Start };
  /** Reads a council pack and says what it is or what is wrong with it. */
  "start.look_at_pack": { request: LookAtPack; response: PackLook };
  /** Applies a council pack and names this till. A till that is set up needs an administrator. */
  "start.set_up": { request: SetUpTill; response: Start };
  /** Sets a fresh till up with the demonstration council. */
  "start.try_demonstration": { request: Nothing; response: Start };
  /** Signs somebody in. */
  "user.sign_in": { request: SignIn; response: Start };
  /** Signs out; an open session stays open. */
  "user.sign_out": { request: Nothing; response: Start };
  /** Locks the screen. */
  "user.lock": { request: Nothing; response: Start };
  /** Unlocks the screen with the signed-in person's secret. */
  "user.unlock": { request: Unlock; response: Start };
  /** Who has been locked by failures. */
  "user.locked_out": { request: Nothing; response: Array<LockedUser> };
  /** Lets a locked user try again. */
  "user.release": { request: ReleaseUser; response: Nothing };
  /** Everybody who works at this council's counters. */
  "user.list": { request: Nothing; response: Array<PersonView> };
  /** Gives somebody a new PIN or password at this till. */
  "user.reset_secret": { request: ResetSecret; response: Nothing };
  /** Somebody may no longer sign in at this till. */
  "user.disable": { request: ChangePerson; response: Nothing };
  /** Somebody may sign in again. */
  "user.enable": { request: ChangePerson; response: Nothing };
  /** Who signed in and out, or tried, in the last year, the newest first. */
  "user.history": { request: SignInHistory; response: Array<SignInEvent> };
  /** Opens a session with a counted float. */
  "session.open": { request: OpenSession; response: SessionView };
  /** What the open session comes to so far. */
  "session.x_read": { request: Nothing; response: XRead };
  /** Prints what the open session comes to so far. */
  "session.x_print": { request: Nothing; response: Nothing };
  /** Writes what the open session comes to so far as CSV or PDF and says where it is. */
  "session.x_export": { request: ExportX; response: Exported };
  /** A fresh cash movement's id. */
  "cash.begin": { request: Nothing; response: MovementBegun };
  /** Moves cash from drawer to safe, in a numbered bag. */
  "cash.lift": { request: Lift; response: CashMoved };
  /** Moves cash from safe to drawer. */
  "cash.top_up": { request: TopUp; response: CashMoved };
  /** Changes notes for coin or coin for notes. */
  "cash.exchange": { request: Exchange; response: CashMoved };
  /** Opens the drawer without a sale. */
  "drawer.open": { request: OpenDrawer; response: Nothing };
  /** What stands in the way of a count, and what is to be counted. */
  "cash_up.begin": { request: Nothing; response: CashUpBegun };
  /** Gives a parked sale up that stands in the way of a count. */
  "cash_up.abandon": { request: WhichSale; response: Nothing };
  /** Gives a count: it is frozen, and held against what was expected. */
  "cash_up.give": { request: GiveCount; response: CountView };
  /** The open session and the count that stands. */
  "cash_up.state": { request: Nothing; response: CashUpState };
  /** Rejects a count; the next is a new one. */
  "cash_up.reject": { request: RejectCount; response: Nothing };
  /** Closes a counted session with its Z read. */
  "cash_up.close": { request: CloseSession; response: ZView };
  /** The latest Z reads, the newest first. */
  "z.list": { request: Nothing; response: Array<ZSummary> };
  /** One Z read, as it is printed. */
  "z.show": { request: WhichZ; response: ZView };
  /** What of a Z read's session is in the ledger; for who may see reports, whose session it was, and who closed it. */
  "z.proof": { request: WhichZ; response: SessionProof | null };
  /** Prints a Z read again; it says COPY. */
  "z.reprint": { request: WhichZ; response: Nothing };
  /** How sending to the ledger stands. */
  "ledger.show": { request: Nothing; response: LedgerView };
  /** Tries the ledger now. */
  "ledger.ask": { request: Nothing; response: Nothing };
  /** Makes this till known to a ledger, with a one-time code. A till that has been used needs an administrator. */
  "ledger.enrol": { request: EnrolTill; response: LedgerView };
  /** Lets sending go on after an alarm that a person has looked at. */
  "ledger.release": { request: ReleaseAlarm; response: LedgerView };
  /** Lets a receipt that couldn't be delivered be tried again. */
  "ledger.release_receipt": { request: ReleaseReceipt; response: LedgerView };
  /** Writes a Z read as CSV or PDF and says where it is. */
  "z.export": { request: ExportZ; response: Exported };
  /** Accepts a receipt as the ledger has it: nothing more of it is sent. */
  "ledger.settle_receipt": { request: SettleReceipt; response: LedgerView };
  /** What the status line shows. */
  "till.status": { request: Nothing; response: StatusLine };
  /** Which fund and account a typed or scanned reference is. */
  "reference.recognise": { request: Recognise; response: Recognised };
  /** Each fund that takes a reference, and why others don't. */
  "reference.check": { request: CheckReference; response: CheckedReference };
  /** One account. */
  "account.show": { request: ShowAccount; response: AccountCard };
  /** Finds accounts by reference, surname, sound, postcode or words of the address. */
  "account.find": { request: FindAccounts; response: FoundAccounts };
  /** Begins to take in an extract. */
  "accounts.import": { request: ImportAccounts; response: Nothing };
  /** Where the import stands. */
  "accounts.progress": { request: Nothing; response: ImportProgress | null };
  /** Stops the import; the extract before it stays in use. */
  "accounts.cancel": { request: Nothing; response: Nothing };
  /** A fresh sale's id. */
  "sale.begin": { request: Nothing; response: SaleBegun };
  /** Prices what was typed and says what stands in the way of taking it. */
  "sale.price": { request: PriceSale; response: PricedSale };
  /** Takes the payment: answered only once it is on the disk. */
  "sale.take": { request: TakeSale; response: Taken };
  /** Puts a basket aside. */
  "sale.park": { request: ParkSale; response: Nothing };
  /** The parked sales. */
  "sale.parked": { request: Nothing; response: Array<ParkedSale> };
  /** A parked sale's lines; it stays parked until it is taken or abandoned. */
  "sale.resume": { request: WhichSale; response: ResumedSale };
  /** Gives a parked sale up. */
  "sale.abandon": { request: WhichSale; response: Nothing };
  /** Begins a card payment at the terminal: it is on the disk before anything is sent. */
  "card.begin": { request: BeginCard; response: CardBegun };
  /** How a card payment is getting on. */
  "card.state": { request: WhichCard; response: CardProgress };
  /** Asks the terminal to give a payment up; what comes of it is the payment's own outcome. */
  "card.abort": { request: WhichCard; response: Nothing };
  /** Asks the terminal now what became of a payment; nothing is ever sent twice. */
  "card.ask_again": { request: WhichCard; response: Nothing };
  /** Leaves a payment that the terminal is silent about to a supervisor; it is asked about all the same. */
  "card.set_aside": { request: WhichCard; response: Nothing };
  /** Says whether the customer's signature matches; if it doesn't, the payment is given back. */
  "card.signature": { request: CheckSignature; response: SignatureChecked };
  /** Gives an approved payment back at the terminal whose sale is abandoned. */
  "card.reverse": { request: WhichCard; response: CardBegun };
  /** Card payments that aren't over, the oldest first. */
  "card.unresolved": { request: Nothing; response: Array<CardView> };
  /** Says what became of an unclear payment, by the terminal's slip. For a supervisor who isn't its cashier. */
  "card.resolve": { request: ResolveCard; response: Nothing };
  /** Asks the terminal how it is; once it answers, it is asked about every unclear payment too. */
  "card.terminal_check": { request: Nothing; response: TerminalCheck };
  /** Finds receipts by number, reference, amount, last four digits or time. */
  "receipt.find": { request: FindReceipts; response: FoundReceipts };
  /** One receipt, as it is printed. */
  "receipt.show": { request: WhichReceipt; response: ReceiptView };
  /** This till's last receipt. */
  "receipt.last": { request: Nothing; response: LastReceipt };
  /** Prints a receipt again; it says COPY. */
  "receipt.reprint": { request: Reprint; response: Nothing };
  /** A report of some days: takings, lists, the audit trail. */
  "report.run": { request: RunReport; response: ReportView };
  /** Writes a report as CSV or PDF and says where it is. */
  "report.export": { request: ExportReport; response: Exported };
  /** Closed sessions whose money isn't on its way to the bank, and a fresh deposit's id. */
  "banking.ready": { request: Nothing; response: BankingReady };
  /** Makes a deposit; needs a second person. The same id and content are answered with the same deposit. */
  "banking.make": { request: MakeDeposit; response: DepositView };
  /** The latest deposits. */
  "banking.list": { request: Nothing; response: Array<DepositSummary> };
  /** Writes a deposit's paying-in slip and list of cheques as PDF and says where they are. */
  "banking.papers": { request: DepositPapers; response: PapersWritten };
  /** What can be taken back of a receipt, how, and why not. */
  "receipt.correctable": { request: WhichReceipt; response: CorrectableReceipt };
  /** Voids lines of a receipt of the own open session. */
  "receipt.void": { request: VoidReceipt; response: Corrected };
  /** Pays lines of an earlier receipt back. */
  "receipt.refund": { request: RefundReceipt; response: Corrected };
  /** Moves a part of a line to another account. */
  "receipt.transfer": { request: TransferLine; response: Corrected };
  /** Money that nobody could place, the oldest first. */
  "suspense.list": { request: ListSuspense; response: SuspenseList };
  /** The devices that are chosen. */
  "devices.show": { request: Nothing; response: DevicesView };
  /** The serial ports of this machine. */
  "devices.ports": { request: Nothing; response: SerialPorts };
  /** Uses another printer from now on; the one before is remembered until somebody keeps it. */
  "devices.choose_printer": { request: ChoosePrinter; response: DevicesView };
  /** The printer that was chosen is right. */
  "devices.keep_printer": { request: Nothing; response: DevicesView };
  /** Uses the printer before again. */
  "devices.printer_back": { request: Nothing; response: DevicesView };
  /** Which level of the drawer's switch means open, from what the drawer was seen to be at one. */
  "devices.drawer_level": { request: SeenDrawer; response: DevicesView };
  /** Uses another scanner from now on. */
  "devices.choose_scanner": { request: ChooseScanner; response: DevicesView };
  /** Asks a card terminal how it is, with the key that was agreed with it, and drives it from now on. */
  "card.pair": { request: PairTerminal; response: TerminalCheck };
  /** Drives no card terminal from now on, and forgets its passphrase: cards are paid on a stand-alone one. */
  "card.unpair": { request: Nothing; response: DevicesView };
  /** What a barcode is, without using it. */
  "scan.look": { request: LookAtScan; response: ScanLook };
  /** What the serial scanner has just read for whoever sits at the till, each barcode once. */
  "scan.next": { request: Nothing; response: Scans };
  /** What the on-screen printer has printed. */
  "print.paper": { request: Nothing; response: Paper };
  /** Begins a check-up of this machine. */
  "doctor.begin": { request: BeginCheckUp; response: Nothing };
  /** Where the check-up stands. */
  "doctor.show": { request: Nothing; response: CheckUpView | null };
  /** Prints what the last check-up found. */
  "doctor.print": { request: Nothing; response: Nothing };
  /** Stops the check-up. */
  "doctor.cancel": { request: Nothing; response: Nothing };
  /** Writes the support bundle, which holds no personal data, and says where it is. */
  "support.write": { request: Nothing; response: SupportBundle };
  /** How copies of the till's data stand. */
  "backup.show": { request: Nothing; response: BackupView };
  /** Begins to copy the till's data. */
  "backup.begin": { request: MakeBackup; response: Nothing };
  /** Stops the copy; those before it stay. */
  "backup.cancel": { request: Nothing; response: Nothing };
  /** Tries given-up print jobs again. */
  "print.retry": { request: Nothing; response: Nothing };
  /** Everything that waits or was given up comes out of the other printer, or as PDF. */
  "print.elsewhere": { request: PrintElsewhere; response: Nothing };
  /** Prints a line on the bill, or the back of a cheque, that lies in the printer's slip station; how it fares is asked. */
  "slip.print": { request: PrintSlip; response: SlipView };
  /** How the slip that was asked for last has fared. */
  "slip.show": { request: Nothing; response: SlipView };
  /** Prints a test page; the drawer stays shut. */
  "print.test": { request: TestPrinter; response: Nothing };
  /** Opens the drawer to see whether it opens. */
  "drawer.test": { request: Nothing; response: Nothing };
  /** The models of printers that are known by name, and this machine's print queues. */
  "printer.list": { request: Nothing; response: PrinterChoices };
  /** How the printers were when last heard of; asks them again meanwhile. */
  "printer.status": { request: Nothing; response: PrintersView };
}
