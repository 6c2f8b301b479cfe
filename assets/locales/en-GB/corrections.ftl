### Approvals, voids, refunds, transfers and suspense.

## A second person's approval

approval-title = Approval
approval-lead = { $name } asks for this. Somebody else has to approve it.
approval-button = Approve
approve-void = Void { $amount } of receipt { $number }
approve-refund = Refund { $amount } of receipt { $number }
approve-transfer = Transfer { $amount } of receipt { $number }
approve-override = Take { $amount } in spite of a stop

## Corrections

kind-taken = Payment
kind-void = Void
kind-refund = Refund
kind-transfer = Transfer
kind-over-or-short = Over or short
void-title = Void receipt { $number }
refund-title = Refund receipt { $number }
transfer-title = Transfer from receipt { $number }
void-which = What is voided?
refund-which = What is paid back?
transfer-which = What is moved?
void-button = Void
refund-button = Refund
transfer-button = Transfer
left-of = { $left } left of { $amount }
to-account = Account that it goes to
to-account-hint = Scan or type a reference, then Enter. Alt+S: suspense
to-fund = Fund
refund-method = How it is paid back
refund-up-to = { $name } (up to { $maximum })
payee = Cheque payable to
slip-of = Slip of the terminal { $amount }
hand-back-cash = Hand back in cash
hand-back-card = Goes back to the card
hand-back-cheque = Hand back the cheque
hand-back-postal-order = Hand back the postal order
hand-back-request = A cheque is asked for, payable to { $payee }
moved = Moved
moved-to = to { $fund } { $reference }
corrects = of receipt { $number }
approved-by = approved by { $code }
keydo-correct = Void, refund, transfer a receipt

## Money that nobody can place

into-suspense = Nobody can place it: into suspense
narrative-suspense = What is known of it
suspense-title = Suspense
suspense-label = Words, receipt number or amount
suspense-none = Nothing is in suspense.
suspense-left = { $left } is still to be placed.

## Paid twice?

paid-already = Taken today already, at { $time }: { $number }
charged-perhaps = A card may have been charged { $amount } for this account already, on { $begun }: ask a supervisor
