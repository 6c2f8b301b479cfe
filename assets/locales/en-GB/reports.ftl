### Reports, banking and users: what the window shows, and what stands on reports and paying-in slips.

## Reports, on screen and paper

report-takings-by-fund = Takings by fund
report-takings-by-mop = Takings by method of payment
report-takings-by-vat = Takings by VAT code
report-takings-by-cashier = Takings by cashier
report-takings-by-hour = Takings by hour
report-takings-by-day = Takings by day
report-cheques = Cheque list
report-voids-and-refunds = Voids and refunds
report-over-and-short = Over and short
report-drawer-openings = Drawer openings
report-audit-trail = Audit trail
report-total = Total
report-none = Nothing in this period.
report-lead = { $office } · till { $till } · { $days }
report-made = Made on { $when }
report-page = Page { $page } of { $pages }
report-void = Void
report-refund = Refund
report-no-sale = Opened without a sale
report-lift = Lift to the safe
report-top-up = Float top-up
report-exchange = Exchange
report-deposits = Deposits
report-float-carried = Float, as left before
report-week = Week from { $day }
report-over-and-short-sum = { $over } over, { $short } short

report-column-fund = Fund
report-column-mop = Method of payment
report-column-vat-code = VAT code
report-column-cashier = Cashier
report-column-hour = Hour
report-column-day = Day
report-column-when = When
report-column-items = Items
report-column-receipts = Receipts
report-column-takings = Takings
report-column-taken = Taken
report-column-taken-back = Taken back
report-column-over-short = Over or short
report-column-total = Total
report-column-gross = Gross
report-column-vat = VAT
report-column-net = Net
report-column-receipt = Receipt
report-column-sort-code = Sort code
report-column-account = Account
report-column-cheque = Cheque
report-column-drawer = Drawer
report-column-amount = Amount
report-column-what = What
report-column-of = Of receipt
report-column-approved-by = Approved by
report-column-reason = Reason
report-column-z = Z read
report-column-expected = Expected
report-column-counted = Counted
report-column-difference = Difference
report-column-session = Session
report-column-entry = Entry
report-column-deposit = Deposit
report-column-slip = Slip
report-column-cheques = Cheques and postal orders
report-column-banked = Cash banked
report-column-kept-back = Kept back
report-column-part = Part
report-column-details = Details

audit-till-set-up = Till set up
audit-pack-applied = Council pack applied
audit-extract-imported = Account holders imported
audit-signed-in = Signed in
audit-signed-out = Signed out
audit-sign-in-failed = Wrong PIN or password
audit-user-released = User released
audit-session-opened = Session opened
audit-receipt-taken = Payment taken
audit-receipt-reprinted = Receipt printed again
audit-receipt-corrected = Void, refund or transfer
audit-sale-parked = Sale parked
audit-sale-abandoned = Parked sale given up
audit-cash-moved = Cash moved
audit-drawer-opened = Drawer opened without a sale
audit-count-given = Count given
audit-count-rejected = Count rejected
audit-session-closed = Session closed
audit-x-read-printed = X read printed
audit-z-read-reprinted = Z read printed again
audit-deposit-made = Deposit made
audit-secret-reset = New PIN or password given
audit-user-disabled = User disabled
audit-user-enabled = User let in again

## Paying-in slips and cheque lists

slip-title = Paying-in slip, deposit { $number }
cheque-list-title = Cheques of deposit { $number }
slip-people = Made by { $by }, approved by { $approver }
slip-number = Slip number
slip-sessions = Closed sessions
slip-notes = Bank of England notes
slip-other-notes = Scottish and Northern Irish notes
slip-coin = Coin
slip-total = Paid in
slip-bags = Sealed bags
slip-denomination = Denomination
slip-pieces = Number
slip-full-bags = Bags
slip-value = Value
slip-what = What
slip-count = Number
slip-cash = Cash
slip-cheques = Cheques
slip-postal-orders = Postal orders
slip-paid-in = Total paid in
slip-bag = Bag
slip-seal = Seal
slip-line = No.
slip-differs = The counts say { $expected } in cash; the difference is { $difference }. { $reason }
slip-paid-in-by = Paid in by (signature)
slip-checked-by = Checked by (signature)
slip-bank-stamp = Bank's stamp and date

## The reports' screen

till-reports = Reports
till-banking = Banking
till-users = Users
reports-title = Reports
report-period = Period
period-today = Today
period-yesterday = Yesterday
period-this-week = This week
period-this-month = This month
period-days = From – to
report-from = From
report-to = To
report-show = Show
report-more = There are more than are listed here. An export has them all.
report-csv = Export CSV
report-pdf = Export PDF
report-folder = Folder for exports (empty: the till's own)
report-exported = { $form ->
    [one] 1 row written to { $path }
   *[other] { $count } rows written to { $path }
  }
audit-kind = Kind
audit-kind-all = Everything
audit-kind-sign-ins = Signing in and out
audit-kind-payments = Payments
audit-kind-corrections = Voids, refunds, transfers
audit-kind-cash = Cash and drawer
audit-kind-sessions = Sessions
audit-kind-banking = Banking
audit-kind-users = Users
audit-kind-till = The till itself
audit-text = Number, reference, amount or words
audit-find = Find
audit-older = Older entries

## The banking screen

banking-title = Banking
banking-lead = Closed sessions whose money isn't on its way to the bank. Choose those for one deposit.
banking-none = Every closed session's money is on its way to the bank.
banking-session = Session { $number } of { $code }, closed { $when }
banking-begin = Make a deposit
banking-deposits = Deposits made
banking-deposit = Deposit { $number } · slip { $slip } · { $day } · { $total }
banking-difference = difference { $amount }
banking-kept-back = Counted for earlier deposits and not banked yet: { $amount }
banking-papers = Paying-in slip and cheque list
banking-bags-of = bags of { $amount }
banking-agrees = As counted
banking-differs = Counted were { $expected }; the difference is { $amount }
banking-cheques = Cheques and postal orders { $amount }
banking-bag-amount = Holds (empty in the only bag: everything)
banking-another-bag = Another bag
banking-why = Why it differs
banking-text = More about it
banking-make = Make the deposit
banking-what = Deposit with slip { $slip }
banking-made = Deposit { $number } is made, slip { $slip }
banking-made-total = { $total } paid in, approved by { $code }

## The users' screen

users-title = Users
users-disabled = may not sign in
users-locked = locked by failures
users-own-secret = has a new PIN or password from this till
users-new-pin = New PIN
users-new-password = New password
users-again = Once more
users-reason = Why (optional)
users-reset = Give it
users-disable = Disable at this till
users-enable = Let in again
users-history = Signing in and out
users-event-signed-in = Signed in
users-event-signed-out = Signed out
users-event-failed = Wrong PIN or password
users-event-locked = Locked by failures
users-event-released = Released
users-event-secret-reset = Given a new PIN or password
users-event-disabled = Disabled
users-event-enabled = Let in again
users-event-by = by { $code }
users-what-reset = A new PIN or password for { $name }
users-what-disable = Disabling { $name }
users-what-enable = Letting { $name } in again
users-reset-done = { $name } has a new PIN or password.
users-disabled-done = { $name } may no longer sign in at this till.
users-enabled-done = { $name } may sign in again.
