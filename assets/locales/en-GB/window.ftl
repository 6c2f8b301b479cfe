### The window: bars, keys, first run, signing in, opening a session.

program = Counterfoil
draft-translation = Drafft

## Keys under the screen

key-keys = Keys
key-find = Find account
key-receipts = Receipts
key-park = Park
key-parked = Parked ({ $count })
key-till = Till
key-last = Last receipt
key-print-again = Print again
key-print-other = On the other printer
key-print-pdf = As PDF
key-paper = Paper
key-clear = Clear
key-back = Back
key-lock = Lock
key-language = Cymraeg
key-close = Close
keys-of-screen = Keys of this screen

## Top bar

bar-till = Till { $till }
bar-session = Session { $number }
bar-cashier = { $name } ({ $code })
status-none-kept = No receipts kept on this till
status-kept = { $form ->
    [one] 1 receipt ({ $value }) kept on this till
   *[other] { $count } receipts ({ $value }) kept on this till
  }
status-import = Importing accounts: { $rows } rows
status-imported = { $stage ->
    [done] Account holders: { $taken } taken, { $refused } refused
    [cancelled] Account holders: the import was cancelled; those before stay in use
    [refused] Account holders: the extract was refused; those before stay in use
   *[failed] Account holders: the import failed; those before stay in use
  }
starting = Starting…

months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
weekdays = Sun Mon Tue Wed Thu Fri Sat

## First run

first-run-title = Welcome to Counterfoil
first-run-lead = This till isn't set up yet.
first-run-try = Try the demonstration council
first-run-try-hint = One press to a working counter. Receipts are printed on the screen, and nothing real is taken.
first-run-set-up = Set up this till
first-run-set-up-hint = You need the folder with your council's pack, and the ledger's address and a one-time code if takings go to one.
first-start-working = Setting this till up with what its installation was told…
first-start-failed = This till couldn't set itself up with what its installation was told.
first-start-again = It is tried again by itself.
first-start-by-hand = Set it up here, or tell your administrator.
set-up-folder = Folder of the council pack
set-up-folder-hint = Its full path on this machine
set-up-look = Check the pack
set-up-pack-of = Pack of { $council }
set-up-problems = The pack can't be used yet
set-up-office = Office
set-up-till = Till code
set-up-till-hint = 1 to 4 letters and digits, not used by another till in the office
set-up-printer = Receipt printer
set-up-printer-screen = On the screen
set-up-printer-tcp = On the network
set-up-printer-serial = On a serial port
set-up-printer-queue = On a print queue
set-up-printer-none = None: receipts go to PDF
set-up-printer-file = In a folder
set-up-printer-port = Serial port
set-up-finish = Set up this till

## Signing in

sign-in-title = Sign in
sign-in-code = User code
sign-in-secret = PIN or password
sign-in-button = Sign in
sign-in-demonstration = Demonstration
locked-title = The screen is locked
locked-by = Locked by { $name }
locked-pin = PIN
locked-password = Password
locked-unlock = Unlock
locked-other = Sign in as somebody else
locked-other-warning = The basket on this screen will be cleared. Press again to go on.

## Opening a session

open-title = Open a session
open-lead = Count the float in the drawer.
open-expected = The float should be { $amount }
open-total = Counted
open-button = Open the session
open-piece-label = How many { $name }
open-differs = { $amount } { $side ->
    [more] more than expected
   *[less] less than expected
  }
open-agrees = As expected
open-astray-approve = Open a session with a float of { $amount } that isn’t what was left
open-other-title = The session on this till is somebody else's
open-other-lead = Session { $number } was opened by cashier { $code } on { $when }. They must finish it before another can be opened.
open-no-right = You may not open a session. F9 shows what you may do here.
sign-out = Sign out

## Trouble at the start

trouble-title = Counterfoil can't start on this till
trouble-again = Try again
trouble-code = Code for your administrator: { $code }

## While a payment is being written

take-slow = Still writing this payment… Don't take the money again.
take-unanswered = The till hasn't answered. Don't take the money again, and keep the customer here. If it still doesn't answer when you have asked again, close the program and start it again: F3 Receipts shows whether this payment was kept.
