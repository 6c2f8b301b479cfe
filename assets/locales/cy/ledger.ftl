### Tudalen y cyfriflyfr i oruchwylwyr a chyllid. DRAFFT: heb ei wirio eto gan siaradwr Cymraeg.

## Ym mhobman

ledger-name = Cyfriflyfr Counterfoil
ledger-skip = Neidio i’r cynnwys
ledger-views = Golygon
ledger-fleet = Tiliau
ledger-takings = Derbyniadau
ledger-suspense = Cyfrif dros dro
ledger-reconciliation = Cysoni
ledger-export = Allforio
ledger-sign-in = Mewngofnodi
ledger-sign-out = Allgofnodi
ledger-code = Eich cod
ledger-password = Cyfrinair
ledger-sign-in-wrong = Mae’r cod neu’r cyfrinair yn anghywir.
ledger-sign-in-locked = Gormod o gyfrineiriau anghywir. Gall gweinyddwr eich gadael i mewn eto.
ledger-refused = Ni ellir gwneud hyn
ledger-exposed-plain-http = Mae’r dudalen hon a derbyniadau’r tiliau yn mynd dros y rhwydwaith mewn HTTP plaen, a gellir eu darllen ar y ffordd. Gall pwy bynnag sy’n rhedeg y cyfriflyfr roi tystysgrif iddo.
ledger-exposed-plain-database = Gellir darllen ar y ffordd yr hyn y mae’r cyfriflyfr yn ei ddweud wrth ei gronfa ddata: mae ar beiriant arall, ac nid yw’r cysylltiad wedi’i amgryptio.

## Tiliau a larymau

ledger-tills = Pob til
ledger-no-tills = Nid oes til wedi’i gofrestru eto.
ledger-office = Swyddfa
ledger-till = Til
ledger-last-heard = Clywyd ddiwethaf
ledger-never = byth
ledger-unsent = I’w hanfon
ledger-unsent-value = Gwerth i’w anfon
ledger-open-session = Sesiwn agored
ledger-entries = Cofnodion
ledger-version = Fersiwn
ledger-pack = Pecyn y cyngor
ledger-extract = Cyfrifon
ledger-revoked = wedi’i ddirymu
ledger-alarms = Larymau
ledger-no-alarms = Dim larymau.
ledger-alarm-conflict = Nid yw’r dyddlyfr yn cyfateb i’r hyn sydd gan y cyfriflyfr, o gofnod { $seq } ymlaen.
ledger-alarm-refused = Nid yw cofnod { $seq } yn gofnod, ac fe’i gwrthodwyd.
ledger-alarm-replaced-till = Mae til a gafodd ei ddisodli yn dal i anfon.
ledger-alarm-of = Swyddfa { $office }, til { $till } · { $when } · sawl gwaith: { $times }
ledger-settle = Setlo
ledger-settle-why = Pam y mae wedi’i setlo

## Derbyniadau

ledger-search = Chwilio
ledger-show = Dangos
ledger-receipt-number = Rhif y dderbynneb
ledger-reference = Cyfeirnod y cyfrif
ledger-amount = Swm
ledger-from = O
ledger-to = Hyd at
ledger-fund = Cronfa
ledger-till-number = Rhif y til yn y cyfriflyfr
ledger-day = Diwrnod
ledger-kind = Math
ledger-kind-taking = Taliad
ledger-kind-void = Dirymiad
ledger-kind-refund = Ad-daliad
ledger-kind-transfer = Trosglwyddiad
ledger-kind-over-short = Dros ben neu’n brin
ledger-mop = Talwyd â
ledger-cashier = Ariannwr
ledger-in-the-ledger = Yn y cyfriflyfr
ledger-total = Cyfanswm
ledger-count = Postiadau
ledger-session = Sesiwn
ledger-nothing-found = Nid oes dim yn cyfateb.
ledger-more = Dim ond y { $count } cyntaf a ddangosir. Gofynnwch am lai.
ledger-not-readable = Ni ellir darllen “{ $name }”.

## Cyfrif dros dro

ledger-suspense-empty = Nid oes dim yn y cyfrif dros dro.
ledger-allocate = Dyrannu
ledger-allocated = Wedi’i ddyrannu
ledger-allocated-to = { $amount } wedi’i ddyrannu i { $fund }, { $reference }
ledger-left = { $amount } yn dal yn y cyfrif dros dro
ledger-decisions = Yr hyn a benderfynwyd
ledger-decided = { $amount } i { $fund }, { $reference }
ledger-decided-back = { $amount } wedi’i gymryd yn ôl o { $fund }, { $reference }
ledger-decided-already = Mae rhywun wedi penderfynu am hyn yn y cyfamser. Edrychwch arno eto.
ledger-amount-wrong = Mae’r swm yn fwy na’r hyn sydd ar ôl yn y cyfrif dros dro, neu ni ellir ei ddarllen.
ledger-undo = Cymryd yn ôl
ledger-undo-why = Pam y mae’n cael ei gymryd yn ôl
ledger-undone = wedi’i gymryd yn ôl
ledger-why = Pam y mae’n perthyn yno
ledger-fund-unknown = Nid oes cronfa o’r fath, neu hi yw’r gronfa dros dro.
ledger-incomplete = Mae angen cyfeirnod a rheswm.
ledger-held-fund-unknown = cronfa anhysbys
ledger-held-mop-unknown = dull talu anhysbys
ledger-held-mop-disabled = dull talu nad yw’n cael ei ddefnyddio mwyach
ledger-held-office-unknown = swyddfa anhysbys

## Cysoni ac allforio

ledger-still-at-tills = Yn dal wrth y tiliau
ledger-all-sent = Mae pob til yn dweud bod ei holl dderbyniadau yn y cyfriflyfr.
ledger-till-unsent = Swyddfa { $office }, til { $till }: derbynebau i’w hanfon: { $count }, { $amount }
ledger-export-what = Pob postiad o’r dyddiau hyn fel CSV, gyda chod y cyfriflyfr cyffredinol ar gyfer ei gronfa. Mae arian a adawodd y cyfrif dros dro ar y diwrnod y penderfynwyd hynny.
ledger-export-button = Lawrlwytho
ledger-export-finance = Mae’r allforio ar gyfer cyllid.
