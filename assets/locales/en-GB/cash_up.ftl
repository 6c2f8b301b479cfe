### Lifts and cash movements, cash-up, Z reads.

## Counting

count-hint = In a box: N counts pieces, V their value in pounds, B full bags. Enter goes on.
count-note = Notes
count-other-note = Notes of other banks
count-coin = Coins
count-by-number = pieces
count-by-value = value
count-by-bags = bags
count-way = { $way }: count { $name } another way
reason-label = Reason
reason-optional = Reason, if there is one
reason-choose = Choose a reason
reason-text = Details

## Cash between drawer and safe

cash-lift = Lift to the safe
cash-top-up = Top up the float
cash-exchange = Exchange change
cash-bag = Bag number
cash-out = Out of the drawer
cash-in = Into the drawer
cash-total = Total
cash-lift-button = Record the lift
cash-top-up-button = Record the top-up
cash-exchange-button = Record the exchange
cash-lift-approve = Lift { $amount } from the drawer to the safe
cash-top-up-approve = Top the float up by { $amount }
cash-exchange-approve = Exchange { $amount } with the safe
cash-lift-done = { $amount } in bag { $bag } is lifted. The slip goes into the bag.
cash-top-up-done = { $amount } is added to the drawer.
cash-exchange-done = { $amount } is exchanged.
lift-due = There is more cash in the drawer than it should hold. Take a lift to the safe: F9.
no-sale-title = Open the drawer
no-sale-lead = The opening is kept with your name, the time and the reason.
no-sale-button = Open the drawer
no-sale-approve = Open the drawer without a sale
x-read-print = Print it
x-read-printed = The X read is being printed.
x-read-title = X read

## Cash-up

cash-up-title = Cash up
cash-up-session = Session { $number } · cashier { $code } · opened { $when }
cash-up-parked = { $form ->
    [one] One sale is still parked. Give it up here, or go back and take it: Esc, then F4.
   *[other] { $count } sales are still parked. Give them up here, or go back and take them: Esc, then F4.
  }
cash-up-driven = Terminal { $name } says { $says }, the till knows of { $known }
cash-up-terminal-not-compared = Terminal { $name } wasn't compared
cash-up-not-compared = Terminal { $name } wasn't compared: it didn't say its totals after its last payment. The till knows of { $known }: hold that against the terminal's own list. Closing needs a reason and a second person. If the terminal is there again, have this count rejected and count again.
cash-up-cards = Card payments aren't over yet ({ $count }). Resolve each first: F9, then Card payments.
cash-up-unprinted = { $form ->
    [one] One document hasn't come out of the printer yet. You can cash up all the same; F11 prints again.
   *[other] { $count } documents haven't come out of the printer yet. You can cash up all the same; F11 prints again.
  }
cash-up-unprinted-receipt = Receipt { $number }
cash-up-unprinted-void = Void { $number }
cash-up-unprinted-refund = Refund { $number }
cash-up-unprinted-transfer = Transfer { $number }
cash-up-unprinted-lift = Slip of the lift in bag { $number }
cash-up-unprinted-top-up = Slip of a float top-up
cash-up-unprinted-exchange = Slip of a change exchange
cash-up-unprinted-x-read = X read of session { $number }
cash-up-unprinted-z-read = Z read { $number }
cash-up-unprinted-card-slip = Slip of the card terminal
cash-up-unprinted-drawer = The drawer was to open
cash-up-unprinted-test-page = A printer's test page
cash-up-unprinted-check-up = A check-up
cash-up-unprinted-failed = given up
cash-up-cash = Cash
cash-up-cheques = Cheques and postal orders
cash-up-cheques-hint = Space ticks each one that is in the drawer.
cash-up-ticked = { $ticked } of { $all }
cash-up-terminals = Card terminals
cash-up-terminal = Total on the terminal: { $name }
cash-up-give = Give this count
cash-up-sure = Give this count?
cash-up-sure-lead = Cash comes to { $amount }. Once it is given it can't be changed, and nothing more can be taken in this session.
cash-up-sure-yes = Yes, give it
cash-up-given = Count { $attempt }, given by { $code } on { $when }
column-mop = Method of payment
column-expected = Expected
column-counted = Counted
column-difference = Difference
difference-none = Agrees
difference-over = { $amount } over
difference-short = { $amount } short
clues-title = Where it may come from
clues-none = No receipt explains it by itself.
clues-hint = If you find the mistake, have this count rejected and count again. If not, close with a reason.
clue-same-amount = Receipt { $number } has exactly this amount: { $amount }.
clue-half-amount = Receipt { $number } has half of it, { $amount }: money may have gone the other way.
clue-change = The change of receipt { $number } is { $amount }: it may have been given twice, or not at all.
clue-transposed = Receipt { $number } was keyed as { $amount }: it may have been { $meant }.
clue-wrong-mop = Receipt { $number } for { $amount } was keyed as { $keyed }: it may have been paid by { $other }.
clue-lift-not-recorded = { $amount } in whole notes: a lift to the safe may not have been recorded.
cash-up-beyond = The difference is more than the council tolerates: closing needs a reason and a second person.
cash-up-float-left = Float left in the drawer
cash-up-float-left-hint = Empty is { $amount }
cash-up-close = Close the session
cash-up-close-approve = Close session { $number }: { $difference }
cash-up-reject = Have this count rejected
cash-up-reject-approve = Reject count { $attempt } of session { $number }
cash-up-closed = Session { $session } is closed with Z read { $number }
cash-up-closed-lead = The Z read is being printed.
cash-up-done = Finish

## Z reads

z-list = Z reads
z-none = No session has been closed on this till yet.
z-title = Z read { $number }
z-session = session { $session }, cashier { $code }
z-reprint = Print a copy
z-reprinted = A copy is being printed.
