### What went wrong or was refused: what happened, then what to do next.

## Refused by the rules

error-amount-missing = Type an amount.
error-amount-not-a-number = That isn't an amount. Type pounds and pence, such as 12.50.
error-amount-signed = Type the amount without a plus or minus sign.
error-amount-too-precise = Type no more than two figures after the point.
error-amount-too-large = That amount is too large. The most is £9,999,999.99.
error-amount-zero = Type an amount above zero.
error-amount-above-fund-maximum = The most that can be paid here in one line is { $maximum }.
error-amount-above-balance = That is more than is owed ({ $owed }). Type a smaller amount.
error-reference-missing = Scan or type a reference.
error-reference-not-valid = That isn't a valid reference. Check it against the bill and try again.
error-reference-not-valid-for-fund = That isn't a valid reference for this fund. Check it against the bill and try again.
error-reference-unreadable = The reference can't be read. Scan it again, or type it.
error-card-number-typed = That looks like a card number, and it has not been kept. Type only the last four digits, and only where they are asked for.
error-fund-not-available = This fund isn't available at the counter.
error-account-on-stop = No payment can be taken on this account. Read the message and refer the customer.
error-account-stops-cheques = A cheque can't be taken for an account in this basket. Ask for another way to pay.
error-vat-code-not-available = This VAT code isn't available. Choose another.
error-vat-code-fixed = The VAT code of this fund can't be changed.
error-narrative-not-valid = The narrative can have up to { $maximum } ordinary characters. Shorten it.
error-narrative-missing = Type what is known of the payment: who paid, what for.
error-payer-name-missing = Type the payer's name. There is no account that says it.
error-payer-address-missing = Type the payer's address. There is no account that says it.
error-payer-not-valid = The payer's name and address can each have up to { $maximum } ordinary characters. Shorten them.
error-ports-unknown = This machine doesn't say which serial ports it has. Type the port's name.
error-printer-address = Say where the printer is: its address, port or print queue.
error-printer-baud = The speed of a serial line is a number, such as 38400.
error-scanner-settings = { $field ->
    [prefix] Before a barcode a scanner can type up to five signs or letters.
    [suffix] After a barcode a scanner can type up to five signs or letters.
    [min_length] Give a number from 6 to 30.
    [baud] Give the scanner's speed in baud, such as 9600.
   *[other] Give the name of the scanner's port, such as COM4.
  }
error-port-taken = { $by ->
    [scanner] The scanner is on that port. Choose another.
    [printer] The till's printer is on that port. Choose another.
   *[other] The other printer is on that port. Choose another.
  }
error-scanner-missing = The scanner isn't connected. Type the references, or plug it in: it is found by itself.
error-barcode-unknown = Nothing is known by this barcode. Scan the one on the bill, or type the reference.
error-barcode-reference-not-valid = The reference in this barcode isn't valid. Check it against the bill and type it.
error-barcode-misread = The barcode was misread. Scan it again, or type the reference.
error-basket-empty = The basket is empty. Scan or type a reference first.
error-basket-too-long = The basket is full. Take this payment, then go on with a new basket.
error-mop-not-available = This way to pay isn't available at the counter. Choose another.
error-mop-of-another-kind = These details belong to another way to pay. Choose the way to pay again.
error-tender-above-mop-maximum = The most that can be paid this way is { $maximum }.
error-tender-below-mop-minimum = The least that can be paid this way is { $minimum }.
error-tender-above-due = That is more than is still to pay ({ $due }). Type that amount or less.
error-cash-not-needed = Nothing is left to pay in cash. Remove the cash, or another payment.
error-cash-twice = Cash is in the list already. Remove it, and type the cash as one amount.
error-not-fully-paid = { $due } is still to pay.
error-cash-not-accepted = This much can't be paid in cash here. Ask for another way to pay.
error-cheque-sort-code = The sort code has six digits.
error-cheque-account = The account number has eight digits.
error-cheque-number = The cheque number has six digits.
error-cheque-drawer = Type the name of the account holder on the cheque.
error-cheque-date-not-valid = That isn't a date. Type it such as 23/11/2026.
error-cheque-post-dated = The cheque is dated in the future. Ask for another way to pay.
error-cheque-out-of-date = The cheque is more than { $months } months old. Ask for another way to pay.
error-card-amounts-differ = The two amounts differ. Type the amount on the slip in both boxes.
error-card-last-four = Type the last four digits of the card, as on the slip.
error-card-authorisation = Type the authorisation code from the slip: up to 12 letters and digits.
error-card-terminal = Type the terminal's number from the slip: up to 16 letters and digits.
error-postal-order-number = Type the serial number of the postal order: up to 20 letters and digits.
error-receipt-number-not-valid = The receipt could not be numbered. Nothing was taken. Tell your administrator.
error-count-not-valid = One of the counts isn't a whole number of pieces. Check it.
error-float-not-as-left = The session before left { $left } in the drawer; you counted { $counted }. Count again. If it stays so, choose a reason and have it approved.
error-float-outside-policy = The float isn't what it should be. Count it again, then tell your supervisor.
error-count-does-not-divide = That isn't a whole number of { $value }. Count it again, or type the number.
error-approver-is-requester = Nobody approves what they asked for themselves. Ask somebody else.
error-approver-is-cashier = Nobody approves their own cash. Ask somebody whose session it isn't.
error-approver-may-not = This person may not approve. Ask a supervisor.
error-approval-needed = A second person has to approve this.
error-reason-missing = Choose a reason.
error-correction-empty = Choose what is to be taken back.
error-correction-above-remainder = That is more than is left of this line ({ $left }).
error-correction-of-correction = This line takes money back itself. Choose the receipt that was paid.
error-card-payment-not-approved = This card payment is not one that the terminal approved for this sale, or it has been used or given back. Remove it from the list.
error-card-reversal-needed = { $amount } was paid by card. Reverse it on the terminal first, then type what its slip says.
error-cheque-not-divisible = A cheque can only be handed back whole ({ $amount }). Void all that it paid, or refund it later.
error-postal-order-not-divisible = A postal order can only be handed back whole ({ $amount }). Void all that it paid, or refund it later.
error-refund-method-not-allowed = Refunds aren't paid in this way here. Choose another.
error-refund-above-maximum = The most that can be refunded in this way is { $maximum }. Choose another way.
error-refund-above-paid-by-card = The most that can go back to the card is { $maximum }. Choose another way for the rest.
error-payee-missing = Type the name that the cheque is to be made out to.
error-transfer-to-itself = The money is on this account already. Type another.
error-bag-number-not-valid = Type the bag's number: up to 20 letters, digits, - and /.
error-nothing-moved = Nothing was counted.
error-above-drawer = That is more than the drawer can hold. Count it again.
error-exchange-uneven = { $out } goes out and { $in } comes in. Both must be the same.
error-tick-not-valid = One of the cheques or postal orders isn't on this session's list. Go back and tick them again.
error-float-left-above-count = More can't be left in the drawer than was counted.

## People and sessions

error-sign-in-failed = The code or the PIN isn't right. Try again.
error-user-locked = There were too many failed tries. Ask a supervisor to release you.
error-right-missing = You may not do this. Ask somebody who may.
error-session-needed = Open a session first.
error-session-of-another = The session on this till is somebody else's. They must finish it first.
error-session-open-already = A session is open on this till already.
error-session-counted = This session is counted: nothing more can be taken in it. Close it, or have the count rejected.
error-session-closed = This session is closed already.
error-count-needed = This count doesn't stand any more. Count again.
error-sales-parked = { $count } parked sales must be taken or given up first: F4 shows them.
error-id-with-other-content = This was done already, with other content. Look at what is there before you do it again.
error-x-read-of-own-session = Your own session is counted blind. Somebody else may read what it comes to.
error-z-unknown = There is no such Z read on this till.
error-signed-out = You are signed out. Sign in to go on.
error-screen-locked = The screen is locked. Unlock it to go on.

## The till and its pack

error-council-missing = This till has no council pack yet. Set up the till first.
error-till-not-set-up = This till isn't set up yet. Set it up first.
error-till-set-up-already = This till is set up already. Nothing was changed.
error-pack-unreadable = The council pack of this till can't be used by this version of Counterfoil. Nothing is lost: set the till up again with a pack that is right.
error-pack-changes-mop = This pack drops method of payment { $mop } or makes another kind of it, and money taken under it isn't at the bank yet. Close and bank those sessions first.
error-pack-problems = The council pack has mistakes and was not used. They are listed below.
error-request-unreadable = The program didn't understand that request. Nothing was done. Try again, then tell your administrator.

## Card payments at the terminal

error-card-terminal-missing = No card terminal is set up at this till. Take the card on the stand-alone terminal and type what its slip says.
error-card-terminal-simulator = This till's card terminal is the demonstration's simulator, and no money moves there. Nothing was begun. Take the card on the stand-alone terminal and type what its slip says (Shift+F6). An administrator un-pairs the simulator under F9, Devices.
error-card-reference-missing = A supervisor said by its slip what became of this payment, so the terminal's own reference of it isn't known, and the till can't give it back there. Nothing was sent. Give it back at the terminal by hand, and type its slip with the void or refund; of a payment in no receipt, a supervisor says so under F9, Card payments.
error-card-terminal-busy = The card terminal is still busy with another payment. Wait until that one is over.
error-card-terminal-changed = The payment was sent to another terminal than this till has now. A supervisor has to say what became of it.
error-card-payment-unknown = There is no such card payment at this till.
error-card-payment-in-progress = A card payment of { $amount } for this sale is still under way. Wait until it is over.
error-card-payment-unresolved = The customer's card may have been charged { $amount } for this sale already, and nobody knows yet. Ask a supervisor before you go on with it.
error-card-payment-unresolved-no-card = The customer's card may have been charged { $amount } for this sale already. No card is charged for it before that is clear.
error-card-account-unresolved = A card payment of { $amount } for the same account, begun on { $begun }, isn't over: this customer may have been charged already. A supervisor looks at F9, Card payments, before another card is charged for it.
error-card-payment-not-used = A card payment of { $amount } was approved for this sale. Take it with the sale, or give it back at the terminal first.
error-card-payment-not-at-terminal = The terminal isn't busy with this payment any more.
error-card-payment-not-unresolved = This card payment is clear already. Look at the list again.
error-card-reversal-begun = { $amount } is being given back to the card at the terminal.
error-card-reversal-failed = The terminal didn't give the money back. Nothing else was done. Try again, or choose another way.
error-card-reversal-in-progress = { $amount } of this receipt is still on its way back to the card. Wait until that is over.
error-card-reversal-unresolved = Nobody knows yet whether the terminal has given { $amount } of this receipt back. Nothing else goes back for it before a supervisor has said so: F9, then Card payments.
error-card-given-back-already = { $left } is left to give back: the rest went back to the card at the terminal already. Nothing was given back now.
error-card-reversal-not-used = The terminal has already given { $amount } of this receipt back to the card. First void or refund just that amount to the card, which writes it down; a supervisor can settle it otherwise with F9, Card payments.
error-card-terminal-in-use = Card payments at this till's terminal aren't clear yet ({ $count }), and only that terminal can say what became of them. Resolve them first: F9, then Card payments.
error-card-payments-open = Card payments aren't over yet ({ $count }). Each must be resolved first: F9, then Card payments, shows them.
error-finding-missing = Type what you looked at, such as the terminal's slip or its list of payments.
error-terminal-unreachable = The card terminal can't be reached. Is it switched on, and is its cable in?
error-terminal-not-trusted = What answers where the card terminal should be isn't the terminal that this till knows. Tell your administrator.
error-terminal-dropped = The line to the card terminal broke.
error-terminal-timed-out = The card terminal didn't answer in time.
error-terminal-garbled = The card terminal's answer can't be understood.
error-terminal-not-authentic = The card terminal's answer wasn't made with the key that was agreed. Tell your administrator.
error-terminal-not-now = The card terminal answers, but can't say now what became of the payment. It may be busy, or not reach its bank.
error-terminal-not-supported = The card terminal can't do this.
error-terminal-bad-settings = The card terminal's settings can't be used. Tell your administrator.
error-terminal-pairing = { $field ->
    [host] Give the terminal's name or address on the network.
    [port] Give the number of a port, such as 8443.
    [poi_id] Give the terminal's model and serial number with a hyphen between them, such as P400Plus-275479597.
    [sale_id] Give a name for this till, of up to 64 characters, that no other till has.
    [key_identifier] Give the name of the key that was agreed with the terminal.
    [key_version] Give the key's version, a whole number.
    [authority] There is no such file. Give the file with the root certificate of the terminal's maker.
   *[passphrase] Give the key's passphrase.
  }

## Sales, receipts, accounts

error-sale-id-with-other-content = This sale was taken already, with other content. Look under F3 Receipts before you take money again.
error-receipt-unknown = There is no such receipt on this till.
error-correction-id-with-other-content = This correction was made already, with other content. Look under F3 Receipts before you go on.
error-correction-of-over-short = This is a session's difference. It stays as it was counted.
error-correction-nothing-left = Nothing is left of this receipt to take back.
error-void-of-transfer = A transfer isn't voided. Transfer the money back instead.
error-void-other-session = It was taken in another session. Refund it instead.
error-refund-transferred-same-session = It was taken in this session and transferred since. It can be refunded from the next session on.
error-not-enough-cash = There isn't enough cash in the drawer for this. Top up the float first, or choose another way.
error-refund-same-session = It was taken in this session. Void it instead.
error-parked-sale-unknown = This parked sale is no longer there. It was finished or abandoned.
error-account-unknown = This account isn't in the extract.
error-import-running = An import is running already. Wait for it, or cancel it.
error-extract-refused = Too many rows are wrong. The accounts that were here before stay in use.
error-file-not-found = There is no such file. Check the path and try again.

## This machine

error-store-in-use = Counterfoil is running on this till already. Close the other window, or use that one.
error-webview-broken = Counterfoil can't open its window: Microsoft Edge WebView2 is on this computer, and doesn't start. Restart the computer; if that doesn't help, please ask IT to repair the WebView2 Runtime. Nothing is lost; what was taken is still on this till.
error-webview-missing = Counterfoil can't open its window: Microsoft Edge WebView2 is missing on this computer. Please ask IT to install the WebView2 Runtime. Nothing is lost; what was taken is still on this till.
error-store-newer = The till's data was written by a newer version of Counterfoil. Install that version. Nothing was changed.
error-accounts-unreadable = The account holders can't be read, so that references are checked by their form only. Tell your administrator to import them again.
error-store-damaged = The till's data is damaged. Don't take money on this till. Tell your administrator.
error-store-read-only = The till's data can't be written to. Nothing was taken. Tell your administrator.
error-disk-full = The disk is full. Nothing was taken. Tell your administrator.
error-store-in-doubt = It isn't certain that this was kept. Try again: nothing is taken twice.
error-store-failed = The till's data could not be read or written. Try again, then tell your administrator.
error-store-locked = Another program holds the file of the till's data: one that copies it, or looks for viruses. Nothing was done. Try again; if it stays so, tell your administrator.
error-internal = Something went wrong in the program. Try again, then tell your administrator.

## The printer

error-paper-out = The receipt printer has no paper. Put in a new roll, then press F11.
error-cover-open = The printer's cover is open. Close it, then press F11.
error-printer-offline = The printer is off line. See that it is on, has paper and its cover is shut, press its Feed button, then press F11.
error-printer-unreachable = The printer doesn't answer. Check that it is on and its cable is in, then press F11.
error-printer-timed-out = The printer took too long or doesn't answer. See that it is on, then press F11. One that prints and never answers is set so under Devices.
error-printer-trouble = The printer has trouble. Check it, then press F11.

## Why a row of an extract was refused

bad-row = Line { $line }: { $reason } ({ $column })
bad-row-whole = Line { $line }: { $reason }
row-wrong-number-of-columns = too many or too few columns
row-text-not-plain = characters that can't be kept
row-reference-length = no reference, or one that is too long
row-fund-code = no fund, or one that can't be
row-fund-unknown = a fund that isn't in the council pack
row-balance-not-an-amount = the balance isn't an amount
row-message-not-a-number = the message isn't a number
row-message-unknown = a message that isn't in the council pack
row-date-not-readable = the date can't be read
row-account-twice = the account is in the file twice
row-quote-torn = a quotation mark is missing
error-user-is-oneself = Nobody changes their own account. Ask somebody else to.
error-secrets-differ = The two aren't the same. Type them again.

## Why an extract was refused as a whole

error-extract-empty = There are no accounts in this file. Check that it is the right one.
error-extract-columns-missing = This file lacks columns that an extract of accounts has. Check that it is the right one.
error-extract-too-many-bad-rows = Too many rows are wrong. Ask for a corrected extract.
error-quote-torn = A quotation mark is missing in this file. Ask for a corrected extract.

## Banking and reports

error-slip-number-not-valid = Type the paying-in slip's number: 1 to 20 letters, digits, dashes or strokes.
error-bag-twice = The bag { $bag } is there twice.
error-bag-not-full = The bank takes coin in full bags only: a bag of these holds { $bag }. Leave out what fills no bag.
error-bags-do-not-add-up = The bags hold { $held }, but the cash comes to { $cash }. Put the amounts right.
error-deposit-empty = There is nothing here to take to the bank.
error-session-not-closed = This session isn't closed yet. Only closed sessions go to the bank.
error-session-banked-already = This session's money is in another deposit already. Look at the list again.
error-slip-used = The paying-in slip { $slip } was used for another deposit. Check its number.
error-deposit-unknown = There is no such deposit.
error-period-not-valid = These dates can't be a period. Type them as 23/11/2026, the earlier one first.
error-report-too-long = There are more rows than a PDF can be read with ({ $most }). Choose a shorter period, or export CSV.
error-folder-missing = There is no such folder. Type the full path of one that exists, or leave it empty.
error-export-not-written = The file can't be written. Check the folder and that the file isn't open in another program.

## The ledger

error-ledger-differs = { $count } rows differ between this till and the ledger.
error-ledger-not-quarantined = This receipt waits for nobody. Look at the list again.
error-ledger-no-ims = No LocalGov IMS is set up on this till.
error-ledger-ims-not-usable = The IMS can't be used as it is set up: { $reason }.
error-ledger-ims-secret-missing = The IMS asks for a token, key or certificate that this till doesn't have. Set it with "counterfoil ledger ims".
error-ledger-ims-trouble = The IMS can't be asked: { $reason }.
error-ledger-ims-differs = { $count } differences between this till's council pack and the IMS.
error-ledger-nothing-to-settle = Nothing of this receipt is known to be in the ledger, so it can't be accepted as it is there. Put the cause right and let it be tried again.
error-ledger-none = No ledger is set up on this till.
error-ledger-not-enrolled = This till isn't known to the ledger yet. Enrol it with a code from your administrator.
error-ledger-address = That isn't a ledger's address. It begins with https://.
error-ledger-certificate = The file with the council's certificate authority can't be read, or holds no certificate.
error-ledger-not-trusted = The certificate of what answers at that address isn't trusted, so nothing was sent. If the council has a certificate authority of its own, name its file; otherwise check this machine's clock.
error-ledger-in-the-clear = That address begins with http://, so takings, names and references go over the network unencrypted, and whoever is on it can read and change them. An address that begins with https:// is safe.
error-ledger-take-name = The ledger knows this till as till { $till } at office { $office }, and here it is called otherwise. Nothing was taken on it yet, so it can take that name: receipts are numbered by it from the first on.
error-ledger-till-known = The ledger knows this till already, by another key or name. Ask whoever runs it for a code that replaces this till.
error-ledger-unreachable = The ledger can't be reached. Check the address and the connection, then try again. Takings are kept on this till.
error-ledger-not-understood = What answered at that address isn't the ledger. Check the address.
error-ledger-code-wrong = The ledger doesn't know that code. Codes work once and for a limited time; ask for a new one.
error-ledger-till-unknown = The ledger doesn't know this till. Enrol it with a code from your administrator.
error-ledger-till-revoked = The ledger no longer takes anything from this till. Tell your administrator.
error-ledger-signature-wrong = The ledger doesn't accept this till's signature. Tell your administrator.
error-ledger-date-wrong = The clock of this till is too far from the ledger's. Put it right, then try again.
error-ledger-batch-unreadable = The ledger can't read what this till sends. Tell your administrator.
error-ledger-busy = The ledger is busy. Try again in a moment.
error-ledger-other-till = That code is for till { $till } at office { $office }, which isn't this one.
error-ledger-replaces-another = That code is for the replacement of a lost till. Use "counterfoil journal restore" on a fresh till.
error-ledger-release-text = Say what was found: up to 200 characters.
error-ledger-no-alarm = No alarm stands.
error-ledger-not-usable = Takings can't be sent as this till is set up. Tell your administrator.
error-ledger-pack-refused = A council pack from the ledger can't be used; the one before it stays in use. Tell your administrator.
error-ledger-extract-refused = Account holders from the ledger can't be used; those before them stay in use. Tell your administrator.
error-secrets-unreadable = The till's key, token or passphrase can't be read or kept. Tell your administrator: where Windows was installed anew, enrol the till with a code that replaces it, set the ledger's token again, pair the card terminal again.
error-mirror-unreachable = The second copy of this till's journal can't be written. Money can be taken. Tell your administrator.
error-mirror-full = There is no room for the second copy of this till's journal. Money can be taken. Tell your administrator.
error-mirror-other-entries = Another till writes under this till's name in the second copy of the journal. Tell your administrator now.
error-mirror-damaged = A part of the second copy of this till's journal is missing. Money can be taken. Tell your administrator.
error-restore-not-fresh = There is a till's data in this folder already. Restore into a data folder without any.
error-restore-from-what = Say where to restore from: --mirror, or --url with --code, or both.
error-restore-mirror-none = There is no till's journal in { $folder }.
error-restore-mirror-several = There are several tills in { $folder }. Name the folder of one: { $tills }.
error-restore-mirror-unreadable = { $path } can't be read. Nothing was restored.
error-restore-mirror-broken = Entry { $seq } of the mirror doesn't hold, though others follow it ({ $path }). Nothing was restored.
error-restore-ledger-broken = Entry { $seq } of what the ledger sent doesn't hold. Nothing was restored.
error-restore-disagree = Mirror and ledger have different entries under number { $seq }. Nothing was restored. Tell your administrator.
error-restore-other-till = The mirror is that of till { $mirror }, and the code replaces till { $ledger }. Nothing was restored.
error-restore-not-a-replacement = That code is for a new till, not for the replacement of a lost one. Ask for a code that replaces it.
error-restore-nothing = There is no entry to be restored.
error-restore-last-receipt = { $given } can't be the last receipt: the last one that is known is { $known }.
