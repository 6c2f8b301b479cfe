### The counter and its dialogs.

counter-title = Counter
reference = Reference
reference-hint = Scan or type, then Enter
amount = Amount
narrative = Narrative
narrative-hint = optional
payer = Who pays
payer-name = Payer's name
payer-address = Payer's address
vat-code = VAT
vat-percent = { $code } ({ $percent } %)
override-stop = Take it in spite of the stop
proposed-none = No amount is proposed. Type what the customer pays.
add-line = Enter: add to the basket
change-line = Enter: change this line
another-fund = Another fund
which-fund = Which one is it?
which-fund-hint = Arrow keys or a digit, then Enter
balance = Balance
balance-credit = In credit
as-at = as at { $date }
taken-since = Taken here since
not-in-extract = Not in the extract of accounts
stops-payments = No payments
stops-cheques = No cheques
scan-answer-first = Answer this first. The barcode wasn't used; scan it again afterwards.
scan-line-first = Finish this line first: Enter adds it, Esc clears it. The barcode wasn't used.
scan-fund-first = Choose which fund it is first, or go back with Esc. The barcode wasn't used.
scan-payment-first = Finish this payment first, or go back with Esc. The barcode wasn't used.
scan-too-long = The scanner sent something too long to be a barcode. Scan again.

## Basket

basket = Basket
basket-empty = Nothing yet. Scan the first bill.
basket-count = { $form ->
    [one] 1 line
   *[other] { $count } lines
  }
total = Total
line-removed = Line removed. Ctrl+Z brings it back.
line-keys = Enter: change · Delete: remove
vat-of-which = of which VAT { $vat }

## Paying

to-pay = To pay
due = Still to pay
pay-hint = Enter on an empty reference box, or F5 to F8
cash = Cash
card = Card
cheque = Cheque
other = Other
tendered = Tendered
tendered-hint = Empty: exactly { $due }
exact = Exact
notes = Quick notes
change = Change
take = Take payment and print
next-tender = Add this payment
card-terminal = Terminal
card-authorisation = Authorisation code
card-last-four = Last four digits
card-amount = Amount on the slip
card-amount-again = Amount again
cheque-amount = Amount
cheque-sort-code = Sort code
cheque-account = Account number
cheque-number = Cheque number
cheque-drawer = Name on the cheque
cheque-dated = Date on the cheque
postal-order-amount = Amount
postal-order-number = Serial number
remove-tender = Remove { $what }
in-doubt-title = Not certain yet
in-doubt = The till doesn't know yet whether this payment was kept. Press Enter to ask again: it is never taken twice.
asking-again = Asking again…
taking = Taking…

## Taken

taken = Taken
receipt = Receipt { $number }
next-customer = Scan or type to begin the next customer.
receipt-printing = The receipt is printing.
receipt-printed = The receipt is printed.
receipt-failed = The receipt did not print.

## Dialogs

keys-title = Keys of this screen
keys-everywhere = Everywhere
keys-counter = At the counter
keys-paying = When paying
keys-lists = In lists
keydo-recognise = Recognise the reference; again: add the line
keydo-pay = On an empty reference box: go to paying
keydo-exact = On an empty tendered box: exact cash
keydo-tenders = Cash, card, cheque, other
keydo-notes = Quick notes
keydo-up = From the reference box to the basket
keydo-delete = Remove the line or payment
keydo-undo = Bring a removed line back
keydo-escape = Clear, go back, close
keydo-size = Larger or smaller text
keydo-tab = On to the next box
keydo-arrows = Choose
keydo-enter = Take what is chosen
keydo-reprint = Print again, marked as a copy
keydo-slip = Print the last payment on a bill or a cheque
keydo-other-printer = Print again on the other printer

clear-title = Clear the basket?
clear-lead = { $form ->
    [one] 1 line will be removed.
   *[other] { $count } lines will be removed.
  }
clear-yes = Clear the basket
clear-no = Keep it
clear-approved = The terminal has approved { $amount } by card for this sale. It is given back to the card first; then the basket can be cleared.

find-title = Find an account
find-label = Reference, name, postcode or address
find-none = Nothing found.
find-sounds = Nothing is spelt so. These sound like it.
find-more = There are more. Type more words.

receipts-title = Receipts
receipts-label = Number, reference, amount, last four digits or time
receipts-none = No receipts found.
receipts-more = There are more. Type more.
receipts-newest = Amounts and cards were looked for among the newest { $count } receipts.
receipts-by = cashier { $code }
reprint = R Print again (copy)
reprint-other = O On the other printer
reprinted = Sent to the printer, marked as a copy.
to-slip = Print on a slip
to-endorse = Endorse the cheque
station-title = Print on a slip: { $number }
station-hint = Put the bill or the cheque into the printer, with the side to be printed on towards the print head, and press Enter. Esc goes on without it.
station-cheque = Back of cheque { $number }, { $amount }
station-line = Line on the bill: { $fund } { $reference }
station-printing = Printing. Wait until it comes out.
station-printed = Printed: { $what }
last-none = This till has no receipt yet.

park-title = Park this basket
park-label = What to call it
park-label-hint = Leave it empty to use the first reference
park-button = Park
parked-title = Parked sales
parked-none = Nothing is parked.
parked-resume = Enter Resume
parked-abandon = Delete Abandon
parked-abandon-sure = Abandon “{ $label }”? Its lines will be gone.
parked-abandon-yes = Abandon it

till-title = Till
till-import = Import accounts
till-release = Release a locked user
till-language = Language: { $language }
till-theme = Colours: { $theme }
till-size = Text size: { $size } %
till-last = Last receipt
till-check = Check a reference
till-sign-out = Sign out
till-sign-out-busy = Finish, park or clear the basket first.
till-extract = { $form ->
    [one] 1 account, balances as at { $date }
   *[other] { $count } accounts, balances as at { $date }
  }
till-version = Counterfoil { $version }
theme-system = as this PC
theme-light = light
theme-dark = dark
theme-contrast = high contrast
import-title = Import accounts
import-path = CSV file on this machine
import-start = Start
import-cancel = Cancel the import
import-rows = { $rows } rows read, { $taken } good, { $refused } wrong
import-stage-reading = Reading
import-stage-indexing = Making the accounts findable
import-stage-done = Done. The new accounts are in use.
import-stage-refused = Refused. The accounts that were here before stay in use.
import-stage-cancelled = Cancelled. The accounts that were here before stay in use.
import-stage-failed = Failed. The accounts that were here before stay in use.
import-bad-rows = Rows that are wrong
import-refused-file = Every refused row is listed, by its line and reason, in { $file }
release-title = Release a locked user
release-none = Nobody is locked.
release-one = Release { $name } ({ $code }), { $failures } failed tries
released = Released. They can sign in again.
check-title = Check a reference
check-fits = fits
check-no = doesn't fit: { $why }
misfit-length = length
misfit-characters = characters
misfit-pattern = pattern
misfit-mask = mask
misfit-check-digit = check digit
misfit-account-unknown = account not in the extract
misfit-card-number = a payment card's number

paper-title = Receipt printer on the screen
paper-none = Nothing printed yet.
paper-drawer = The drawer opened.
paper-barcode = Barcode of { $text }
paper-picture = The council's logo

## Card payments at the terminal

terminal-amount = Amount for the card
card-send = Send to the terminal
card-keyed = Type a slip instead
card-sending = Sending to the terminal…
card-with-customer = The customer is at the terminal.
card-giving-up = It is given up before anything was sent…
card-giving-back = Giving the payment back…
card-amount-asked = At the terminal
card-back = Goes back to the card
card-payment = Card payment
card-simulated = This terminal is one for tests: no money moves.
card-elapsed = { $seconds } s
card-abort = Give up
card-aborting = The terminal was asked to give up. It may have been quicker.
card-not-aborted = The terminal wasn't told to give up: try again. { $why }
card-fault-lead = The payment may have begun. It is never sent twice: the terminal is asked what became of it. If it stays silent, serve the next customer; a supervisor then decides about this payment.
card-fault-back-lead = The money may be on its way back already. It is never sent back twice: the terminal is asked what became of it. If it stays silent, serve the next customer; a supervisor then decides about this.
card-ask-now = Ask the terminal now
card-set-aside = Leave it to a supervisor
card-signature-title = Does the signature match?
card-signature-lead = The customer has to sign the terminal's slip. Compare it with the card.
card-signature-yes = It matches: take the payment
card-signature-no = It doesn't match: give it back
card-unclear = Nobody knows yet whether the card was charged { $amount }. Keep the customer's card slip if there is one, and ask a supervisor. Don't charge a card for this sale again.
card-unclear-clear = The customer's card may have been charged for this sale already. The payment stays on the list under F9, Card payments, until a supervisor has resolved it.
card-back-unclear-clear = Nobody knows yet whether the money of this sale went back to the customer's card. It stays on the list under F9, Card payments, until a supervisor has resolved it.
card-given-back = { $amount } was given back to the card.
card-back-unclear = Nobody knows yet whether { $amount } went back to the card. Don't give it back in any other way. A supervisor looks at F9, Card payments.
card-not-given-back = { $amount } could not be given back. The payment is still there: try again, or see to it under F9, Card payments.
card-part = Only { $approved } of { $amount } was approved. Take the rest in another way.
card-approved = { $amount } was approved, and no receipt says so yet. Take the sale with it, or give it back: remove it from the list.
card-aborted = The card payment of { $amount } was given up. Nothing was charged.
card-never-arrived = The terminal never got the card payment of { $amount }. Nothing was charged: you can try again.
card-declined = The card payment of { $amount } was declined: { $why }. Nothing was charged.
card-not-begun = The card payment of { $amount } didn't begin. { $why }
card-not-charged = The card payment of { $amount } was not charged. { $why }
cards-title = Card payments
cards-none = All card payments are clear.
card-standing-intended = not sent yet
card-standing-sent = at the terminal
card-standing-unresolved = unclear
card-standing-signature = signature to be checked
card-standing-approved = approved, in no receipt
card-standing-reversing = being given back
card-standing-used = in a receipt
card-standing-free = not charged
card-standing-reversed = given back
card-standing-back = given back, in no receipt
card-why = The terminal says: { $why }
card-why-in-progress = The terminal was still at work on it when it was last asked.
card-why-set-aside = The cashier went on with the next customer while the terminal was silent.
card-why-till-stopped = The till stopped before anything was sent.
card-why-not-found = The terminal says that it never got it.
card-why-not-found-too-late = The terminal knows nothing of it, but it is older than a day, and terminals forget.
card-why-aborted = It was given up.
card-why-resolved = A supervisor said so.
card-why-taken-after-all = A supervisor had said that it wasn't charged, and then the terminal said that it was. Give it back, unless the sale is to be paid with it.
card-why-OtherAmount = The terminal names another amount than it was asked for.
card-why-OtherReference = The terminal's answer is about another payment.
card-why-OtherTransaction = The terminal's answer is about another payment.
card-why-NothingRepeated = The terminal knows of it, but doesn't say what became of it.
card-next-intended = Nothing of it has been sent to the terminal. Ask: where nothing is at work on it any more it is over, and nothing was charged.
card-next-sent = The terminal has it, and is asked by itself what became of it. Where it stays silent, leave it to a supervisor.
card-next-unresolved = Ask the terminal again once it answers. Where it can't say, a supervisor says below what its slip or its list of payments shows.
card-next-signature = The card was approved on condition that the signature on the slip matches. Say whether it does; where nobody can compare it any more, give it back.
card-next-approved = The money was taken, and no receipt says so. If its sale is put aside, take it up again with F4 and take it. Otherwise give it back.
card-next-reversing = It is being given back. What becomes of that is a line of its own in this list: see to that one.
card-next-back = The customer has the money, and no receipt says so yet. Find receipt { $number } with F3 and void or refund it again: the terminal isn't asked a second time.
card-give-back = Give it back at the terminal
card-by-hand-title = Or it was given back by hand
card-by-hand-lead = Where the terminal can't be asked from here: a supervisor who isn't its cashier says that it was given back at the terminal itself. It is written down.
card-resolve-title = Resolve it, with the terminal's slip in hand
card-resolve-lead = Look at the terminal's slip or its list of payments. A supervisor who isn't its cashier says what became of it; it is written down.
card-back-title = Close it without a void or refund
card-back-lead = The money is back on the card, and no receipt says so. Where it is right, void or refund the same amount of its receipt to the card: nothing is sent again. Otherwise a supervisor who isn't its cashier closes it here, and the count gives a reason for the difference.
card-was-taken = Was the card charged?
card-was-given-back = Did the money go back to the card?
card-taken-yes = Yes, as on the slip
card-taken-no = No
card-found = What was looked at
card-resolve = Resolve
card-resolved = It is written down.
card-asked = The terminal is being asked.
card-reversal-begun = The terminal is giving it back.
approve-card-taken = The card was charged { $amount }
approve-card-not-taken = The card was not charged { $amount }
approve-card-back = { $amount } went back to the card, and no receipt says so
approve-card-by-hand = { $amount } was given back at the terminal by hand
approve-card-unclear = The card may have been charged already: take { $amount } in another way
approve-card-account = A card may have been charged { $before } for this account already, on { $begun }: F9, Card payments. Charge a card again all the same
approve-card-park = The card may have been charged already: put the sale aside
terminal-check = Ask the terminal how it is
terminal-says = Terminal { $name }: { $state }
terminal-simulated = Terminal { $name }: { $state }. It is one for tests: no money moves.
terminal-host-not-reached = It doesn't reach the bank now: cards may be declined.
bar-terminal = Terminal { $name }
bar-terminal-simulated = Terminal { $name }: for tests
bar-terminal-unreachable = Terminal can't be reached
bar-terminal-not-trusted = Terminal isn't the one that is known
bar-terminal-dropped = Terminal: the line broke
bar-terminal-timed-out = Terminal doesn't answer
bar-terminal-garbled = Terminal's answer can't be understood
bar-terminal-not-now = Terminal can't answer now
bar-terminal-not-authentic = Terminal's key doesn't fit
bar-terminal-not-supported = Terminal can't do that
bar-terminal-bad-settings = Terminal's settings can't be used
bar-terminal-trouble = Something is wrong with the terminal
bar-cards-unclear = { $form ->
    [one] 1 card payment is unclear: F9, Card payments
   *[other] { $count } card payments are unclear: F9, Card payments
  }
keydo-keyed = Card, typed from a slip
