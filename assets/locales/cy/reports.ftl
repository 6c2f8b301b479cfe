### Adroddiadau, bancio a defnyddwyr: yr hyn a ddangosir yn y ffenestr, ac ar adroddiadau a slipiau talu i mewn.

## Reports, on screen and paper

report-takings-by-fund = Derbyniadau fesul cronfa
report-takings-by-mop = Derbyniadau fesul dull talu
report-takings-by-vat = Derbyniadau fesul cod TAW
report-takings-by-cashier = Derbyniadau fesul ariannwr
report-takings-by-hour = Derbyniadau fesul awr
report-takings-by-day = Derbyniadau fesul diwrnod
report-cheques = Rhestr sieciau
report-voids-and-refunds = Dirymiadau ac ad-daliadau
report-over-and-short = Dros ben a phrin
report-drawer-openings = Agor y drôr
report-audit-trail = Llwybr archwilio
report-total = Cyfanswm
report-none = Dim byd yn y cyfnod hwn.
report-lead = { $office } · til { $till } · { $days }
report-made = Lluniwyd ar { $when }
report-page = Tudalen { $page } o { $pages }
report-void = Dirymiad
report-refund = Ad-daliad
report-no-sale = Agorwyd heb werthiant
report-drawer-test = Agorwyd i'w brofi
report-lift = Codi i’r sêff
report-top-up = Ychwanegu at y fflôt
report-exchange = Cyfnewid
report-deposits = Adneuon
report-float-carried = Fflôt, fel y’i gadawyd cynt
report-week = Wythnos o { $day }
report-over-and-short-sum = { $over } dros ben, { $short } yn brin

report-column-fund = Cronfa
report-column-mop = Dull talu
report-column-vat-code = Cod TAW
report-column-cashier = Ariannwr
report-column-hour = Awr
report-column-day = Diwrnod
report-column-when = Pryd
report-column-items = Eitemau
report-column-receipts = Derbynebau
report-column-takings = Derbyniadau
report-column-taken = Cymerwyd
report-column-taken-back = Tynnwyd yn ôl
report-column-over-short = Dros ben neu brin
report-column-total = Cyfanswm
report-column-gross = Gros
report-column-vat = TAW
report-column-net = Net
report-column-receipt = Derbynneb
report-column-sort-code = Cod didoli
report-column-account = Cyfrif
report-column-cheque = Siec
report-column-drawer = Tynnwr
report-column-amount = Swm
report-column-what = Beth
report-column-of = O dderbynneb
report-column-approved-by = Cymeradwywyd gan
report-column-reason = Rheswm
report-column-z = Darlleniad Z
report-column-expected = Disgwyliwyd
report-column-counted = Cyfrifwyd
report-column-difference = Gwahaniaeth
report-column-session = Sesiwn
report-column-entry = Cofnod
report-column-deposit = Adnau
report-column-slip = Slip
report-column-cheques = Sieciau ac archebion post
report-column-banked = Arian parod a fanciwyd
report-column-kept-back = Wedi’i gadw’n ôl
report-column-part = Rhan
report-column-details = Manylion

audit-till-set-up = Gosodwyd y til
audit-device-settings-changed = Newidiwyd gosodiadau dyfeisiau
audit-pack-applied = Cymhwyswyd pecyn y cyngor
audit-extract-imported = Mewnforiwyd deiliaid cyfrifon
audit-signed-in = Mewngofnodwyd
audit-signed-out = Allgofnodwyd
audit-sign-in-failed = PIN neu gyfrinair anghywir
audit-user-released = Rhyddhawyd defnyddiwr
audit-session-opened = Agorwyd sesiwn
audit-receipt-taken = Cymerwyd taliad
audit-receipt-reprinted = Argraffwyd derbynneb eto
audit-slip-printed = Argraffwyd ar slip
audit-receipt-corrected = Dirymiad, ad-daliad neu drosglwyddiad
audit-sale-parked = Parciwyd gwerthiant
audit-sale-abandoned = Rhoddwyd y gorau i werthiant wedi’i barcio
audit-cash-moved = Symudwyd arian parod
audit-drawer-opened = Agorwyd y drôr heb werthiant
audit-drawer-tested = Agorwyd y drôr fel prawf
audit-printer-tested = Argraffwyd tudalen brawf
audit-check-up-printed = Argraffwyd archwiliad
audit-count-given = Rhoddwyd cyfrif
audit-count-rejected = Gwrthodwyd cyfrif
audit-session-closed = Caewyd sesiwn
audit-x-read-printed = Darlleniad X wedi’i argraffu
audit-z-read-reprinted = Argraffwyd darlleniad Z eto
audit-deposit-made = Gwnaed adneuad
audit-secret-reset = Rhoddwyd PIN neu gyfrinair newydd
audit-user-disabled = Analluogwyd defnyddiwr
audit-user-enabled = Gadawyd defnyddiwr i mewn eto
audit-till-enrolled = Cyflwynwyd i'r cyfriflyfr
audit-ledger-changed = Derbyniadau'n mynd i gyfriflyfr arall
audit-ledger-released = Caniatáu parhau i anfon i'r cyfriflyfr
audit-journal-restored = Adferwyd y dyddlyfr
audit-card-payment-intended = Taliad cerdyn wedi'i ddechrau
audit-card-reversal-intended = Gwrthdroi cerdyn wedi'i ddechrau
audit-card-payment-sent = Anfonwyd at y derfynell gardiau
audit-card-payment-settled = Ateb y derfynell gardiau
audit-card-payment-unresolved = Taliad cerdyn aneglur
audit-card-payment-resolved = Taliad cerdyn aneglur wedi'i ddatrys
audit-terminal-totals-read = Darllenwyd cyfansymiau'r derfynell gardiau ei hun
audit-card-signature-accepted = Llofnod wedi'i dderbyn

## Paying-in slips and cheque lists

slip-title = Slip talu i mewn, adneuad { $number }
cheque-list-title = Sieciau adneuad { $number }
slip-people = Gwnaed gan { $by }, cymeradwywyd gan { $approver }
slip-number = Rhif y slip
slip-sessions = Sesiynau a gaewyd
slip-notes = Papurau Banc Lloegr
slip-other-notes = Papurau’r Alban a Gogledd Iwerddon
slip-coin = Darnau arian
slip-total = Talwyd i mewn
slip-bags = Bagiau wedi’u selio
slip-denomination = Enwad
slip-pieces = Nifer
slip-full-bags = Bagiau
slip-value = Gwerth
slip-what = Beth
slip-count = Nifer
slip-cash = Arian parod
slip-cheques = Sieciau
slip-postal-orders = Archebion post
slip-paid-in = Cyfanswm a dalwyd i mewn
slip-bag = Bag
slip-seal = Sêl
slip-line = Rhif
slip-differs = Yn ôl y cyfrifon dylai fod { $expected } mewn arian parod; y gwahaniaeth yw { $difference }. { $reason }
slip-paid-in-by = Talwyd i mewn gan (llofnod)
slip-checked-by = Gwiriwyd gan (llofnod)
slip-bank-stamp = Stamp y banc a’r dyddiad

## The reports' screen

till-reports = Adroddiadau
till-banking = Bancio
till-users = Defnyddwyr
reports-title = Adroddiadau
report-period = Cyfnod
period-today = Heddiw
period-yesterday = Ddoe
period-this-week = Yr wythnos hon
period-this-month = Y mis hwn
period-days = O – hyd
report-from = O
report-to = Hyd
report-show = Dangos
report-more = Mae mwy nag a restrir yma. Mae allforiad yn eu cynnwys i gyd.
report-csv = Allforio CSV
report-pdf = Allforio PDF
report-folder = Ffolder ar gyfer allforion (gwag: un y til)
report-exported = { $form ->
    [zero] Ysgrifennwyd { $count } rhes i { $path }
    [one] Ysgrifennwyd 1 rhes i { $path }
    [two] Ysgrifennwyd 2 res i { $path }
    [few] Ysgrifennwyd { $count } rhes i { $path }
    [many] Ysgrifennwyd { $count } rhes i { $path }
   *[other] Ysgrifennwyd { $count } rhes i { $path }
  }
audit-kind = Math
audit-kind-all = Popeth
audit-kind-sign-ins = Mewngofnodi ac allgofnodi
audit-kind-payments = Taliadau
audit-kind-cards = Taliadau cerdyn
audit-kind-corrections = Dirymiadau, ad-daliadau, trosglwyddiadau
audit-kind-cash = Arian parod a’r drôr
audit-kind-sessions = Sesiynau
audit-kind-banking = Bancio
audit-kind-users = Defnyddwyr
audit-kind-till = Y til ei hun
audit-text = Rhif, cyfeirnod, swm neu eiriau
audit-find = Chwilio
audit-older = Cofnodion hŷn

## The banking screen

banking-title = Bancio
banking-lead = Sesiynau a gaewyd nad yw eu harian ar ei ffordd i’r banc. Dewiswch y rhai ar gyfer un adneuad.
banking-none = Mae arian pob sesiwn a gaewyd ar ei ffordd i’r banc.
banking-session = Sesiwn { $number } gan { $code }, caewyd { $when }
banking-begin = Gwneud adneuad
banking-deposits = Adneuon a wnaed
banking-deposit = Adneuad { $number } · slip { $slip } · { $day } · { $total }
banking-difference = gwahaniaeth { $amount }
banking-kept-back = Wedi’i gyfrif ar gyfer adneuon cynharach a heb ei fancio eto: { $amount }
banking-papers = Slip talu i mewn a rhestr sieciau
banking-bags-of = bagiau o { $amount }
banking-agrees = Fel y cyfrifwyd
banking-differs = Cyfrifwyd { $expected }; y gwahaniaeth yw { $amount }
banking-cheques = Sieciau ac archebion post { $amount }
banking-bag-amount = Yn dal (gwag yn yr unig fag: popeth)
banking-another-bag = Bag arall
banking-why = Pam mae’n wahanol
banking-text = Mwy amdano
banking-make = Gwneud yr adneuad
banking-what = Adneuad gyda slip { $slip }
banking-made = Gwnaed adneuad { $number }, slip { $slip }
banking-made-total = Talwyd { $total } i mewn, cymeradwywyd gan { $code }

## The users' screen

users-title = Defnyddwyr
users-disabled = ni chaiff fewngofnodi
users-locked = wedi’i gloi gan fethiannau
users-own-secret = mae ganddo PIN neu gyfrinair newydd o’r til hwn
users-new-pin = PIN newydd
users-new-password = Cyfrinair newydd
users-again = Unwaith eto
users-reason = Pam (dewisol)
users-reset = Ei roi
users-disable = Analluogi wrth y til hwn
users-enable = Gadael i mewn eto
users-history = Mewngofnodi ac allgofnodi
users-event-signed-in = Mewngofnodwyd
users-event-signed-out = Allgofnodwyd
users-event-failed = PIN neu gyfrinair anghywir
users-event-locked = Clowyd gan fethiannau
users-event-released = Rhyddhawyd
users-event-secret-reset = Rhoddwyd PIN neu gyfrinair newydd
users-event-disabled = Analluogwyd
users-event-enabled = Gadawyd i mewn eto
users-event-by = gan { $code }
users-what-reset = PIN neu gyfrinair newydd i { $name }
users-what-disable = Analluogi { $name }
users-what-enable = Gadael { $name } i mewn eto
users-reset-done = Mae gan { $name } PIN neu gyfrinair newydd.
users-disabled-done = Ni chaiff { $name } fewngofnodi wrth y til hwn mwyach.
users-enabled-done = Caiff { $name } fewngofnodi eto.
