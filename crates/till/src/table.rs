//! The one table of commands: name, what it needs, request, response, function. The window's entry, the `rpc` program, the
//! TypeScript types and the help are made from it.

use crate::api::Nothing;
use crate::api::accounts::{ImportAccounts, ImportProgress};
use crate::api::backups::{BackupView, MakeBackup};
use crate::api::banking::{BankingReady, DepositPapers, DepositSummary, DepositView, MakeDeposit, PapersWritten};
use crate::api::cards::{
    BeginCard, CardBegun, CardProgress, CardView, CheckSignature, PairTerminal, ResolveCard, SignatureChecked, TerminalCheck, WhichCard,
};
use crate::api::cash::{CashMoved, Exchange, ExportX, Lift, MovementBegun, OpenDrawer, TopUp, XRead};
use crate::api::cash_up::{CashUpBegun, CashUpState, CloseSession, CountView, ExportZ, GiveCount, RejectCount, WhichZ, ZSummary, ZView};
use crate::api::corrections::{CorrectableReceipt, Corrected, ListSuspense, RefundReceipt, SuspenseList, TransferLine, VoidReceipt};
use crate::api::devices::{ChoosePrinter, ChooseScanner, DevicesView, LookAtScan, ScanLook, SeenDrawer, SerialPorts};
use crate::api::ledger::{EnrolTill, LedgerView, ReleaseAlarm, ReleaseReceipt, SessionProof, SettleReceipt};
use crate::api::people::{ChangePerson, LockedUser, PersonView, ReleaseUser, ResetSecret, SignIn, SignInEvent, SignInHistory, Unlock};
use crate::api::printing::{Paper, PrintElsewhere, PrintSlip, PrinterChoices, PrintersView, SlipView, TestPrinter};
use crate::api::receipts::{FindReceipts, FoundReceipts, LastReceipt, ReceiptView, Reprint, WhichReceipt};
use crate::api::references::{
    AccountCard, CheckReference, CheckedReference, FindAccounts, FoundAccounts, Recognise, Recognised, ShowAccount,
};
use crate::api::reports::{ExportReport, Exported, ReportView, RunReport};
use crate::api::sales::{ParkSale, ParkedSale, PriceSale, PricedSale, ResumedSale, SaleBegun, TakeSale, Taken, WhichSale};
use crate::api::scanning::Scans;
use crate::api::sessions::{OpenSession, SessionView, StatusLine};
use crate::api::start::{LookAtPack, PackLook, SetUpTill, Start};
use crate::api::upkeep::{BeginCheckUp, CheckUpView, SupportBundle};
use crate::error::TillError;
use crate::printing::{commands as printing, slips};
use crate::till::{Caller, Till};
use crate::typescript::Types;
use crate::{
    accounts, backups, cards, cash, cash_up, corrections, devices, ledger, people, receipts, references, sales, scanning, sessions,
    setting_up, suspense, upkeep, users, views, z_reads,
};
use counterfoil_domain::rights::Right;
use counterfoil_store::{LedgerNote, StoreError};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a command needs of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nobody need be signed in; works while the screen is locked.
    Nobody,
    /// Anybody signed in.
    SignedIn,
    /// Somebody with this right.
    Right(Right),
    /// Somebody with this right, in their own open session.
    Session(Right),
}

/// One command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub says: &'static str,
    /// What it needs of its caller.
    pub needs: Needs,
    /// The request's type in TypeScript.
    pub request: fn() -> String,
    /// The response's type in TypeScript.
    pub response: fn() -> String,
    pub(crate) collect: fn(&mut Types),
    call: fn(&Till, &Caller, Value) -> Result<Value, TillError>,
}

macro_rules! commands {
    ($($name:literal, $says:literal, $needs:expr, $request:ty => $response:ty, $function:path;)*) => {
        /// Every command.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: $name,
            says: $says,
            needs: $needs,
            request: crate::typescript::name::<$request>,
            response: crate::typescript::name::<$response>,
            collect: |types| { types.add::<$request>(); types.add::<$response>(); },
            call: |till, caller, payload| {
                let response: $response = $function(till, caller, request::<$request>(payload)?)?;
                serde_json::to_value(response).map_err(|error| TillError::not_done("internal").because(error))
            },
        },)*];
    };
}

use Needs::{Nobody, Right as With, Session, SignedIn};
use Right::{
    Administer, CheckReferences, ImportAccounts as MayImport, ManageUsers, MoveCash, ReleaseUsers, SeeReceipts, SeeReports,
    SuperviseSessions, TakePayments,
};

commands! {
    "start.show", "What decides which screen is shown.", Nobody, Nothing => Start, views::start_show;
    "start.look_at_pack", "Reads a council pack and says what it is or what is wrong with it.", Nobody, LookAtPack => PackLook, setting_up::look_at_pack;
    "start.set_up", "Applies a council pack and names this till. A till that is set up needs an administrator.", Nobody, SetUpTill => Start, setting_up::set_up;
    "start.try_demonstration", "Sets a fresh till up with the demonstration council.", Nobody, Nothing => Start, setting_up::try_demonstration;
    "user.sign_in", "Signs somebody in.", Nobody, SignIn => Start, people::sign_in;
    "user.sign_out", "Signs out; an open session stays open.", Nobody, Nothing => Start, people::sign_out;
    "user.lock", "Locks the screen.", Nobody, Nothing => Start, people::lock;
    "user.unlock", "Unlocks the screen with the signed-in person's secret.", Nobody, Unlock => Start, people::unlock;
    "user.locked_out", "Who has been locked by failures.", With(ReleaseUsers), Nothing => Vec<LockedUser>, people::locked_out;
    "user.release", "Lets a locked user try again.", With(ReleaseUsers), ReleaseUser => Nothing, people::release;
    "user.list", "Everybody who works at this council's counters.", With(ManageUsers), Nothing => Vec<PersonView>, users::list;
    "user.reset_secret", "Gives somebody a new PIN or password at this till.", With(ManageUsers), ResetSecret => Nothing, users::reset_secret;
    "user.disable", "Somebody may no longer sign in at this till.", With(ManageUsers), ChangePerson => Nothing, users::disable;
    "user.enable", "Somebody may sign in again.", With(ManageUsers), ChangePerson => Nothing, users::enable;
    "user.history", "Who signed in and out, or tried, in the last year, the newest first.", With(ManageUsers), SignInHistory => Vec<SignInEvent>, users::history;
    "session.open", "Opens a session with a counted float.", With(Right::OpenSession), OpenSession => SessionView, sessions::open;
    "session.x_read", "What the open session comes to so far.", With(SuperviseSessions), Nothing => XRead, cash::x_read;
    "session.x_print", "Prints what the open session comes to so far.", With(SuperviseSessions), Nothing => Nothing, cash::x_print;
    "session.x_export", "Writes what the open session comes to so far as CSV or PDF and says where it is.", With(SuperviseSessions), ExportX => Exported, crate::read_files::x_export;
    "cash.begin", "A fresh cash movement's id.", Session(MoveCash), Nothing => MovementBegun, cash::begin;
    "cash.lift", "Moves cash from drawer to safe, in a numbered bag.", Session(MoveCash), Lift => CashMoved, cash::lift;
    "cash.top_up", "Moves cash from safe to drawer.", Session(MoveCash), TopUp => CashMoved, cash::top_up;
    "cash.exchange", "Changes notes for coin or coin for notes.", Session(MoveCash), Exchange => CashMoved, cash::exchange;
    "drawer.open", "Opens the drawer without a sale.", Session(MoveCash), OpenDrawer => Nothing, cash::open_drawer;
    "cash_up.begin", "What stands in the way of a count, and what is to be counted.", SignedIn, Nothing => CashUpBegun, cash_up::begin;
    "cash_up.abandon", "Gives a parked sale up that stands in the way of a count.", SignedIn, WhichSale => Nothing, cash_up::abandon;
    "cash_up.give", "Gives a count: it is frozen, and held against what was expected.", SignedIn, GiveCount => CountView, cash_up::give;
    "cash_up.state", "The open session and the count that stands.", SignedIn, Nothing => CashUpState, cash_up::state;
    "cash_up.reject", "Rejects a count; the next is a new one.", SignedIn, RejectCount => Nothing, cash_up::reject;
    "cash_up.close", "Closes a counted session with its Z read.", SignedIn, CloseSession => ZView, cash_up::close;
    "z.list", "The latest Z reads, the newest first.", With(SeeReports), Nothing => Vec<ZSummary>, z_reads::list;
    "z.show", "One Z read, as it is printed.", With(SeeReports), WhichZ => ZView, z_reads::show;
    "z.proof", "What of a Z read's session is in the ledger; for who may see reports, whose session it was, and who closed it.", SignedIn, WhichZ => Option<SessionProof>, z_reads::proof;
    "z.reprint", "Prints a Z read again; it says COPY.", With(SeeReports), WhichZ => Nothing, z_reads::reprint;
    "ledger.show", "How sending to the ledger stands.", SignedIn, Nothing => LedgerView, ledger::show;
    "ledger.ask", "Tries the ledger now.", SignedIn, Nothing => Nothing, ledger::ask;
    "ledger.enrol", "Makes this till known to a ledger, with a one-time code. A till that has been used needs an administrator.", Nobody, EnrolTill => LedgerView, ledger::enrol;
    "ledger.release", "Lets sending go on after an alarm that a person has looked at.", With(SuperviseSessions), ReleaseAlarm => LedgerView, ledger::release;
    "ledger.release_receipt", "Lets a receipt that couldn't be delivered be tried again.", With(SuperviseSessions), ReleaseReceipt => LedgerView, ledger::release_receipt;
    "z.export", "Writes a Z read as CSV or PDF and says where it is.", With(SeeReports), ExportZ => Exported, crate::read_files::z_export;
    "ledger.settle_receipt", "Accepts a receipt as the ledger has it: nothing more of it is sent.", With(SuperviseSessions), SettleReceipt => LedgerView, ledger::settle_receipt;
    "till.status", "What the status line shows.", SignedIn, Nothing => StatusLine, sessions::status;
    "reference.recognise", "Which fund and account a typed or scanned reference is.", With(TakePayments), Recognise => Recognised, references::recognise;
    "reference.check", "Each fund that takes a reference, and why others don't.", With(CheckReferences), CheckReference => CheckedReference, references::check;
    "account.show", "One account.", With(TakePayments), ShowAccount => AccountCard, references::show_account;
    "account.find", "Finds accounts by reference, surname, sound, postcode or words of the address.", With(TakePayments), FindAccounts => FoundAccounts, references::find_accounts;
    "accounts.import", "Begins to take in an extract.", With(MayImport), ImportAccounts => Nothing, accounts::begin;
    "accounts.progress", "Where the import stands.", With(MayImport), Nothing => Option<ImportProgress>, accounts::progress;
    "accounts.cancel", "Stops the import; the extract before it stays in use.", With(MayImport), Nothing => Nothing, accounts::cancel;
    "sale.begin", "A fresh sale's id.", Session(TakePayments), Nothing => SaleBegun, sales::begin;
    "sale.price", "Prices what was typed and says what stands in the way of taking it.", Session(TakePayments), PriceSale => PricedSale, sales::price_sale;
    "sale.take", "Takes the payment: answered only once it is on the disk.", Session(TakePayments), TakeSale => Taken, sales::take;
    "sale.park", "Puts a basket aside.", Session(TakePayments), ParkSale => Nothing, sales::park;
    "sale.parked", "The parked sales.", With(TakePayments), Nothing => Vec<ParkedSale>, sales::parked;
    "sale.resume", "A parked sale's lines; it stays parked until it is taken or abandoned.", Session(TakePayments), WhichSale => ResumedSale, sales::resume;
    "sale.abandon", "Gives a parked sale up.", Session(TakePayments), WhichSale => Nothing, sales::abandon;
    "card.begin", "Begins a card payment at the terminal: it is on the disk before anything is sent.", Session(TakePayments), BeginCard => CardBegun, cards::begin;
    "card.state", "How a card payment is getting on.", SignedIn, WhichCard => CardProgress, cards::progress;
    "card.abort", "Asks the terminal to give a payment up; what comes of it is the payment's own outcome.", SignedIn, WhichCard => Nothing, cards::abort;
    "card.ask_again", "Asks the terminal now what became of a payment; nothing is ever sent twice.", SignedIn, WhichCard => Nothing, cards::ask_again;
    "card.set_aside", "Leaves a payment that the terminal is silent about to a supervisor; it is asked about all the same.", SignedIn, WhichCard => Nothing, cards::set_aside;
    "card.signature", "Says whether the customer's signature matches; if it doesn't, the payment is given back.", SignedIn, CheckSignature => SignatureChecked, cards::signature;
    "card.reverse", "Gives an approved payment back at the terminal whose sale is abandoned.", SignedIn, WhichCard => CardBegun, cards::reverse;
    "card.unresolved", "Card payments that aren't over, the oldest first.", SignedIn, Nothing => Vec<CardView>, cards::list;
    "card.resolve", "Says what became of an unclear payment, by the terminal's slip. For a supervisor who isn't its cashier.", SignedIn, ResolveCard => Nothing, cards::resolve;
    "card.terminal_check", "Asks the terminal how it is; once it answers, it is asked about every unclear payment too.", SignedIn, Nothing => TerminalCheck, cards::terminal_check;
    "receipt.find", "Finds receipts by number, reference, amount, last four digits or time.", With(SeeReceipts), FindReceipts => FoundReceipts, receipts::find;
    "receipt.show", "One receipt, as it is printed.", With(SeeReceipts), WhichReceipt => ReceiptView, receipts::show;
    "receipt.last", "This till's last receipt.", With(SeeReceipts), Nothing => LastReceipt, receipts::last;
    "receipt.reprint", "Prints a receipt again; it says COPY.", With(SeeReceipts), Reprint => Nothing, receipts::reprint;
    "report.run", "A report of some days: takings, lists, the audit trail.", With(SeeReports), RunReport => ReportView, crate::reports::run;
    "report.export", "Writes a report as CSV or PDF and says where it is.", With(SeeReports), ExportReport => Exported, crate::reports::export;
    "banking.ready", "Closed sessions whose money isn't on its way to the bank, and a fresh deposit's id.", With(Right::Bank), Nothing => BankingReady, crate::banking::ready;
    "banking.make", "Makes a deposit; needs a second person. The same id and content are answered with the same deposit.", With(Right::Bank), MakeDeposit => DepositView, crate::banking::make;
    "banking.list", "The latest deposits.", With(Right::Bank), Nothing => Vec<DepositSummary>, crate::banking::list;
    "banking.papers", "Writes a deposit's paying-in slip and list of cheques as PDF and says where they are.", With(Right::Bank), DepositPapers => PapersWritten, crate::banking::papers;
    "receipt.correctable", "What can be taken back of a receipt, how, and why not.", With(SeeReceipts), WhichReceipt => CorrectableReceipt, corrections::correctable;
    "receipt.void", "Voids lines of a receipt of the own open session.", Session(Right::VoidReceipts), VoidReceipt => Corrected, corrections::void;
    "receipt.refund", "Pays lines of an earlier receipt back.", Session(Right::RefundReceipts), RefundReceipt => Corrected, corrections::refund;
    "receipt.transfer", "Moves a part of a line to another account.", Session(Right::TransferLines), TransferLine => Corrected, corrections::transfer;
    "suspense.list", "Money that nobody could place, the oldest first.", With(Right::TransferLines), ListSuspense => SuspenseList, suspense::list;
    "devices.show", "The devices that are chosen.", SignedIn, Nothing => DevicesView, devices::show;
    "devices.ports", "The serial ports of this machine.", SignedIn, Nothing => SerialPorts, devices::ports;
    "devices.choose_printer", "Uses another printer from now on; the one before is remembered until somebody keeps it.", With(Administer), ChoosePrinter => DevicesView, devices::choose_printer;
    "devices.keep_printer", "The printer that was chosen is right.", With(Administer), Nothing => DevicesView, devices::keep_printer;
    "devices.printer_back", "Uses the printer before again.", With(Administer), Nothing => DevicesView, devices::printer_back;
    "devices.drawer_level", "Which level of the drawer's switch means open, from what the drawer was seen to be at one.", With(Administer), SeenDrawer => DevicesView, devices::drawer_level;
    "devices.choose_scanner", "Uses another scanner from now on.", With(Administer), ChooseScanner => DevicesView, devices::choose_scanner;
    "card.pair", "Asks a card terminal how it is, with the key that was agreed with it, and drives it from now on.", With(Administer), PairTerminal => TerminalCheck, cards::pair;
    "card.unpair", "Drives no card terminal from now on, and forgets its passphrase: cards are paid on a stand-alone one.", With(Administer), Nothing => DevicesView, cards::unpair;
    "scan.look", "What a barcode is, without using it.", SignedIn, LookAtScan => ScanLook, devices::look_at_scan;
    "scan.next", "What the serial scanner has just read for whoever sits at the till, each barcode once.", SignedIn, Nothing => Scans, scanning::next;
    "print.paper", "What the on-screen printer has printed.", SignedIn, Nothing => Paper, printing::paper;
    "doctor.begin", "Begins a check-up of this machine.", SignedIn, BeginCheckUp => Nothing, upkeep::begin;
    "doctor.show", "Where the check-up stands.", SignedIn, Nothing => Option<CheckUpView>, upkeep::show;
    "doctor.print", "Prints what the last check-up found.", SignedIn, Nothing => Nothing, upkeep::print;
    "doctor.cancel", "Stops the check-up.", SignedIn, Nothing => Nothing, upkeep::cancel;
    "support.write", "Writes the support bundle, which holds no personal data, and says where it is.", SignedIn, Nothing => SupportBundle, upkeep::support;
    "backup.show", "How copies of the till's data stand.", With(Administer), Nothing => BackupView, backups::show;
    "backup.begin", "Begins to copy the till's data.", With(Administer), MakeBackup => Nothing, backups::begin;
    "backup.cancel", "Stops the copy; those before it stay.", With(Administer), Nothing => Nothing, backups::cancel;
    "print.retry", "Tries given-up print jobs again.", With(SeeReceipts), Nothing => Nothing, printing::retry;
    "print.elsewhere", "Everything that waits or was given up comes out of the other printer, or as PDF.", With(SeeReceipts), PrintElsewhere => Nothing, printing::elsewhere;
    "slip.print", "Prints a line on the bill, or the back of a cheque, that lies in the printer's slip station; how it fares is asked.", With(SeeReceipts), PrintSlip => SlipView, slips::print;
    "slip.show", "How the slip that was asked for last has fared.", SignedIn, Nothing => SlipView, slips::show;
    "print.test", "Prints a test page; the drawer stays shut.", With(Administer), TestPrinter => Nothing, printing::test;
    "drawer.test", "Opens the drawer to see whether it opens.", With(Administer), Nothing => Nothing, printing::test_drawer;
    "printer.list", "The models of printers that are known by name, and this machine's print queues.", With(Administer), Nothing => PrinterChoices, printing::list;
    "printer.status", "How the printers were when last heard of; asks them again meanwhile.", SignedIn, Nothing => PrintersView, printing::status;
}

fn request<T: DeserializeOwned>(payload: Value) -> Result<T, TillError> {
    let payload = if payload.is_null() { Value::Object(serde_json::Map::new()) } else { payload };
    // What serde says can quote what was sent, which can be a secret: only the kind of mistake is passed on.
    serde_json::from_value(payload)
        .map_err(|error| TillError::not_done("request-unreadable").with("reason", format!("{:?}", error.classify())))
}

impl Till {
    /// Runs a command. An answer means that what it wrote is on the disk.
    ///
    /// # Errors
    /// `command-unknown`, `request-unreadable`, what the caller may not do, and the command's own.
    pub fn call(&self, name: &str, payload: Value) -> Result<Value, TillError> {
        let command = COMMANDS.iter().find(|command| command.name == name).ok_or_else(|| TillError::not_done("command-unknown"))?;
        let caller = self.caller(command.needs)?;
        (command.call)(self, &caller, payload)
    }

    pub(crate) fn caller(&self, needs: Needs) -> Result<Caller, TillError> {
        let council = self.core.council().ok();
        let seat = self.core.seat().clone();
        let user = match (&council, &seat.user_code) {
            (Some(council), Some(code)) => people::at_work(&self.core, council, code)?,
            _ => None,
        };
        let mut caller = Caller { council, user, session: None };
        let right = match needs {
            Nobody => return Ok(caller),
            SignedIn => None,
            With(right) | Session(right) => Some(right),
        };
        let user = caller.user()?;
        if seat.locked {
            return Err(TillError::not_done("screen-locked"));
        }
        if right.is_some_and(|right| !caller.council().is_ok_and(|council| council.may(user, right))) {
            return Err(TillError::not_done("right-missing"));
        }
        let open = self.core.session();
        caller.session = open.as_ref().filter(|session| session.user_code.eq_ignore_ascii_case(&user.code)).map(|session| session.number);
        match (needs, caller.session, open) {
            (Session(_), None, Some(other)) => Err(TillError::not_done("session-of-another").with("user", other.user_code)),
            (Session(_), None, None) => Err(TillError::not_done("session-needed")),
            _ => Ok(caller),
        }
    }

    /// The signed-in person must be an administrator once the till is set up. Where its pack can't be read nobody can sign in, and
    /// whoever sets it up again keeps its name, its journal and its numbers.
    pub(crate) fn administrator_or_fresh(&self) -> Result<(), TillError> {
        if self.core.council().is_err() || self.core.store.read(|reading| reading.till_name())?.is_none() {
            return Ok(());
        }
        self.caller(With(Administer)).map(|_| ())
    }

    /// The signed-in person must be an administrator, once a session was opened on this till or a ledger knows it: whoever sets a
    /// till up makes it known to the ledger too, before anybody has signed in.
    pub(crate) fn administrator_or_unused(&self) -> Result<(), TillError> {
        let used = self.core.store.read(|reading| {
            let known = reading.ledger_note(LedgerNote::Enrolment)?.is_some();
            Ok::<_, StoreError>(known || reading.next_session()? > 1 || reading.next_serial()? > 1)
        })?;
        if used { self.caller(With(Administer)).map(|_| ()) } else { Ok(()) }
    }
}
