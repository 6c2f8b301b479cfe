### The ledger's page for supervisors and finance.

## Everywhere

ledger-name = Counterfoil ledger
ledger-skip = Skip to the content
ledger-views = Views
ledger-fleet = Tills
ledger-takings = Takings
ledger-suspense = Suspense
ledger-reconciliation = Reconciliation
ledger-export = Export
ledger-sign-in = Sign in
ledger-sign-out = Sign out
ledger-code = Your code
ledger-password = Password
ledger-sign-in-wrong = The code or the password is wrong.
ledger-sign-in-locked = Too many wrong passwords. An administrator can let you in again.
ledger-refused = This can’t be done
ledger-exposed-plain-http = This page and the tills’ takings pass over the network in plain HTTP, and can be read on the way. Whoever runs the ledger can give it a certificate.
ledger-exposed-plain-database = What the ledger says to its database can be read on the way: the database is on another machine, and the connection isn’t encrypted.

## Tills and alarms

ledger-tills = All tills
ledger-no-tills = No till is enrolled yet.
ledger-office = Office
ledger-till = Till
ledger-last-heard = Last heard
ledger-never = never
ledger-unsent = To send
ledger-unsent-value = Value to send
ledger-open-session = Open session
ledger-entries = Entries
ledger-version = Version
ledger-pack = Council pack
ledger-extract = Accounts
ledger-revoked = revoked
ledger-alarms = Alarms
ledger-no-alarms = No alarms.
ledger-alarm-conflict = The journal doesn’t match what the ledger holds, from entry { $seq } on.
ledger-alarm-refused = Entry { $seq } isn’t an entry, and was refused.
ledger-alarm-replaced-till = A till that was replaced is still sending.
ledger-alarm-of = Office { $office }, till { $till } · { $when } · times: { $times }
ledger-settle = Settle
ledger-settle-why = Why it is settled

## Takings

ledger-search = Search
ledger-show = Show
ledger-receipt-number = Receipt number
ledger-reference = Account reference
ledger-amount = Amount
ledger-from = From
ledger-to = To
ledger-fund = Fund
ledger-till-number = Till’s number in the ledger
ledger-day = Day
ledger-kind = Kind
ledger-kind-taking = Payment
ledger-kind-void = Void
ledger-kind-refund = Refund
ledger-kind-transfer = Transfer
ledger-kind-over-short = Over or short
ledger-mop = Paid by
ledger-cashier = Cashier
ledger-in-the-ledger = In the ledger
ledger-total = Total
ledger-count = Postings
ledger-session = Session
ledger-nothing-found = Nothing fits.
ledger-more = Only the first { $count } are shown. Ask for less.
ledger-not-readable = “{ $name }” can’t be read.

## Suspense

ledger-suspense-empty = Nothing is in suspense.
ledger-allocate = Allocate
ledger-allocated = Allocated
ledger-allocated-to = { $amount } allocated to { $fund }, { $reference }
ledger-left = { $amount } still in suspense
ledger-decisions = What was decided
ledger-decided = { $amount } to { $fund }, { $reference }
ledger-decided-back = { $amount } taken back from { $fund }, { $reference }
ledger-decided-already = Somebody has decided about this meanwhile. Look at it again.
ledger-amount-wrong = The amount is more than is left in suspense, or can’t be read.
ledger-undo = Take back
ledger-undo-why = Why it is taken back
ledger-undone = taken back
ledger-why = Why it belongs there
ledger-fund-unknown = There is no such fund, or it is the fund for suspense.
ledger-incomplete = A reference and a reason are needed.
ledger-held-fund-unknown = unknown fund
ledger-held-mop-unknown = unknown method of payment
ledger-held-mop-disabled = method of payment no longer in use
ledger-held-office-unknown = unknown office

## Reconciliation and export

ledger-still-at-tills = Still at the tills
ledger-all-sent = Every till says that all its takings are in the ledger.
ledger-till-unsent = Office { $office }, till { $till }: receipts to send: { $count }, { $amount }
ledger-export-what = Every posting of these days as CSV, with the general ledger’s code of its fund. Money that left suspense is on the day on which that was decided.
ledger-export-button = Download
ledger-export-finance = The export is for finance.
