### Drafted by machine. Not yet checked by a translator.
### The window: bars, keys, first run, signing in, opening a session.

program = Counterfoil
draft-translation = Drafft: heb ei wirio gan gyfieithydd

## Keys under the screen

key-keys = Bysellau
key-find = Canfod cyfrif
key-receipts = Derbynebau
key-park = Neilltuo
key-parked = Neilltuwyd ({ $count })
key-till = Til
key-last = Derbynneb olaf
key-print-again = Argraffu eto
key-print-other = Ar yr argraffydd arall
key-print-pdf = Fel PDF
key-paper = Papur
key-clear = Clirio
key-back = Yn ôl
key-lock = Cloi
key-language = English
key-close = Cau
keys-of-screen = Bysellau'r sgrin hon

## Top bar

bar-till = Til { $till }
bar-session = Sesiwn { $number }
bar-cashier = { $name } ({ $code })
status-none-kept = Dim derbynebau ar y til hwn
status-kept = { $form ->
    [zero] Dim derbynebau ar y til hwn
    [one] 1 dderbynneb ({ $value }) ar y til hwn
    [two] 2 dderbynneb ({ $value }) ar y til hwn
    [few] { $count } derbynneb ({ $value }) ar y til hwn
    [many] { $count } derbynneb ({ $value }) ar y til hwn
   *[other] { $count } derbynneb ({ $value }) ar y til hwn
  }
status-import = Yn mewnforio cyfrifon: { $rows } o resi
status-imported = { $stage ->
    [done] Deiliaid cyfrifon: cymerwyd { $taken }, gwrthodwyd { $refused }
    [cancelled] Deiliaid cyfrifon: canslwyd y mewnforio; mae'r rhai blaenorol yn dal mewn defnydd
    [refused] Deiliaid cyfrifon: gwrthodwyd y detholiad; mae'r rhai blaenorol yn dal mewn defnydd
   *[failed] Deiliaid cyfrifon: methodd y mewnforio; mae'r rhai blaenorol yn dal mewn defnydd
  }
starting = Yn cychwyn…

months = Ion Chwef Maw Ebr Mai Meh Gorff Awst Medi Hyd Tach Rhag
weekdays = Sul Llun Maw Mer Iau Gwe Sad

## First run

first-run-title = Croeso i Counterfoil
first-run-lead = Nid yw'r til hwn wedi'i osod eto.
first-run-try = Rhoi cynnig ar y cyngor arddangos
first-run-try-hint = Un wasgiad i gownter sy'n gweithio. Argreffir derbynebau ar y sgrin, ac ni chymerir dim go iawn.
first-run-set-up = Gosod y til hwn
first-run-set-up-hint = Mae angen y ffolder sydd â phecyn eich cyngor, a chyfeiriad y cyfriflyfr a chod untro os yw'r derbyniadau'n mynd i un.
first-start-working = Yn paratoi'r til hwn gyda'r hyn a ddywedwyd wrth ei osod…
first-start-failed = Ni allai'r til hwn ei baratoi ei hun gyda'r hyn a ddywedwyd wrth ei osod.
first-start-again = Rhoddir cynnig arall arni'n awtomatig.
first-start-by-hand = Paratowch ef yma, neu dywedwch wrth eich gweinyddwr.
set-up-folder = Ffolder pecyn y cyngor
set-up-folder-hint = Ei lwybr llawn ar y peiriant hwn
set-up-look = Gwirio'r pecyn
set-up-pack-of = Pecyn { $council }
set-up-problems = Ni ellir defnyddio'r pecyn eto
set-up-office = Swyddfa
set-up-till = Cod y til
set-up-till-hint = 1 i 4 o lythrennau a digidau, nad yw til arall yn y swyddfa'n eu defnyddio
set-up-printer = Argraffydd derbynebau
set-up-printer-screen = Ar y sgrin
set-up-printer-tcp = Ar y rhwydwaith
set-up-printer-serial = Ar borth cyfresol
set-up-printer-queue = Ar giw argraffu
set-up-printer-none = Dim: derbynebau i PDF
set-up-printer-file = Mewn ffolder
set-up-printer-port = Porth cyfresol
set-up-finish = Gosod y til hwn

## Signing in

sign-in-title = Mewngofnodi
sign-in-code = Cod defnyddiwr
sign-in-secret = PIN neu gyfrinair
sign-in-button = Mewngofnodi
sign-in-demonstration = Arddangosiad
locked-title = Mae'r sgrin wedi'i chloi
locked-by = Clowyd gan { $name }
locked-pin = PIN
locked-password = Cyfrinair
locked-unlock = Datgloi
locked-other = Mewngofnodi fel rhywun arall
locked-other-warning = Bydd y fasged ar y sgrin hon yn cael ei chlirio. Pwyswch eto i fynd ymlaen.

## Opening a session

open-title = Agor sesiwn
open-lead = Cyfrwch y fflôt yn y drôr.
open-expected = Dylai'r fflôt fod yn { $amount }
open-total = Cyfrifwyd
open-button = Agor y sesiwn
open-piece-label = Sawl { $name }
open-differs = { $amount } yn { $side ->
    [more] fwy na'r disgwyl
   *[less] llai na'r disgwyl
  }
open-agrees = Fel y disgwyl
open-astray-approve = Agor sesiwn â fflôt o { $amount } nad yw’r hyn a adawyd
open-other-title = Sesiwn rhywun arall sydd ar y til hwn
open-other-lead = Agorwyd sesiwn { $number } gan ariannwr { $code } ar { $when }. Rhaid iddyn nhw ei gorffen cyn y gellir agor un arall.
open-no-right = Ni chewch agor sesiwn. Mae F9 yn dangos beth y cewch ei wneud yma.
sign-out = Allgofnodi

## Trouble at the start

trouble-title = Ni all Counterfoil gychwyn ar y til hwn
trouble-again = Rhoi cynnig arall arni
trouble-code = Cod i'ch gweinyddwr: { $code }

## While a payment is being written

take-slow = Wrthi'n ysgrifennu'r taliad hwn o hyd… Peidiwch â chymryd yr arian eto.
take-unanswered = Nid yw'r til wedi ateb. Peidiwch â chymryd yr arian eto, a gofynnwch i'r cwsmer aros. Os na fydd yn ateb ar ôl i chi ofyn eto, caewch y rhaglen a'i chychwyn eto: mae F3 Derbynebau yn dangos a gadwyd y taliad hwn.
