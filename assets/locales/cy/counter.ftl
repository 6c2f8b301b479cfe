### Drafted by machine. Not yet checked by a translator.
### The counter and its dialogs.

counter-title = Cownter
reference = Cyfeirnod
reference-hint = Sganio neu deipio, yna Enter
amount = Swm
narrative = Naratif
narrative-hint = dewisol
payer = Pwy sy'n talu
payer-name = Enw'r talwr
payer-address = Cyfeiriad y talwr
vat-code = TAW
vat-percent = { $code } ({ $percent } %)
override-stop = Ei dderbyn er gwaethaf yr ataliad
proposed-none = Ni chynigir swm. Teipiwch yr hyn y mae'r cwsmer yn ei dalu.
add-line = Enter: ychwanegu at y fasged
change-line = Enter: newid y llinell hon
another-fund = Cronfa arall
which-fund = Pa un ydyw?
which-fund-hint = Bysellau saeth neu ddigid, yna Enter
balance = Balans
balance-credit = Mewn credyd
as-at = ar { $date }
taken-since = Cymerwyd yma ers hynny
not-in-extract = Ddim yn y detholiad o gyfrifon
stops-payments = Dim taliadau
stops-cheques = Dim sieciau
scan-answer-first = Atebwch hwn yn gyntaf. Ni ddefnyddiwyd y cod bar; sganiwch ef eto wedyn.
scan-line-first = Gorffennwch y llinell hon yn gyntaf: mae Enter yn ei hychwanegu, Esc yn ei chlirio. Ni ddefnyddiwyd y cod bar.
scan-fund-first = Dewiswch pa gronfa ydyw yn gyntaf, neu ewch yn ôl gydag Esc. Ni ddefnyddiwyd y cod bar.
scan-payment-first = Gorffennwch y taliad hwn yn gyntaf, neu ewch yn ôl gydag Esc. Ni ddefnyddiwyd y cod bar.
scan-too-long = Anfonodd y sganiwr rywbeth rhy hir i fod yn god bar. Sganiwch eto.

## Basket

basket = Basged
basket-empty = Dim eto. Sganiwch y bil cyntaf.
basket-count = { $form ->
    [zero] Dim llinellau
    [one] 1 llinell
    [two] 2 linell
    [few] { $count } llinell
    [many] { $count } llinell
   *[other] { $count } llinell
  }
total = Cyfanswm
line-removed = Tynnwyd y llinell. Mae Ctrl+Z yn dod â hi'n ôl.
line-keys = Enter: newid · Delete: tynnu
vat-of-which = gan gynnwys TAW { $vat }

## Paying

to-pay = I'w dalu
due = Ar ôl i'w dalu
pay-hint = Enter mewn blwch cyfeirnod gwag, neu F5 i F8
cash = Arian
card = Cerdyn
cheque = Siec
other = Arall
tendered = Cyflwynwyd
tendered-hint = Gwag: { $due } yn union
exact = Union
notes = Papurau cyflym
change = Newid
take = Cymryd y taliad ac argraffu
next-tender = Ychwanegu'r taliad hwn
card-terminal = Terfynell
card-authorisation = Cod awdurdodi
card-last-four = Pedwar digid olaf
card-amount = Swm ar y slip
card-amount-again = Y swm eto
cheque-amount = Swm
cheque-sort-code = Cod didoli
cheque-account = Rhif y cyfrif
cheque-number = Rhif y siec
cheque-drawer = Enw ar y siec
cheque-dated = Dyddiad ar y siec
postal-order-amount = Swm
postal-order-number = Rhif cyfresol
remove-tender = Tynnu { $what }
in-doubt-title = Ddim yn sicr eto
in-doubt = Nid yw'r til yn gwybod eto a gadwyd y taliad hwn. Pwyswch Enter i ofyn eto: ni chaiff byth ei gymryd ddwywaith.
asking-again = Yn gofyn eto…
taking = Yn cymryd…

## Taken

taken = Cymerwyd
receipt = Derbynneb { $number }
next-customer = Sganiwch neu teipiwch i ddechrau'r cwsmer nesaf.
receipt-printing = Mae'r dderbynneb yn argraffu.
receipt-printed = Argraffwyd y dderbynneb.
receipt-failed = Nid argraffwyd y dderbynneb.

## Dialogs

keys-title = Bysellau'r sgrin hon
keys-everywhere = Ym mhobman
keys-counter = Wrth y cownter
keys-paying = Wrth dalu
keys-lists = Mewn rhestrau
keydo-recognise = Adnabod y cyfeirnod; eto: ychwanegu'r llinell
keydo-pay = Mewn blwch cyfeirnod gwag: mynd i dalu
keydo-exact = Mewn blwch cyflwynwyd gwag: arian parod union
keydo-tenders = Arian, cerdyn, siec, arall
keydo-notes = Papurau cyflym
keydo-up = O'r blwch cyfeirnod i'r fasged
keydo-delete = Tynnu'r llinell neu'r taliad
keydo-undo = Dod â llinell a dynnwyd yn ôl
keydo-escape = Clirio, mynd yn ôl, cau
keydo-size = Testun mwy neu lai
keydo-tab = Ymlaen i'r blwch nesaf
keydo-arrows = Dewis
keydo-enter = Cymryd yr hyn a ddewiswyd
keydo-reprint = Argraffu eto, wedi'i farcio'n gopi
keydo-slip = Argraffu'r taliad diwethaf ar fil neu siec
keydo-other-printer = Argraffu eto ar yr argraffydd arall

clear-title = Clirio'r fasged?
clear-lead = { $form ->
    [zero] Ni thynnir llinellau.
    [one] Tynnir 1 llinell.
    [two] Tynnir 2 linell.
    [few] Tynnir { $count } llinell.
    [many] Tynnir { $count } llinell.
   *[other] Tynnir { $count } llinell.
  }
clear-yes = Clirio'r fasged
clear-no = Ei chadw
clear-approved = Mae'r derfynell wedi cymeradwyo { $amount } ar gerdyn ar gyfer y gwerthiant hwn. Caiff ei roi yn ôl i'r cerdyn yn gyntaf; yna gellir clirio'r fasged.

find-title = Canfod cyfrif
find-label = Cyfeirnod, enw, cod post neu gyfeiriad
find-none = Ni chanfuwyd dim.
find-sounds = Nid oes dim wedi'i sillafu felly. Mae'r rhain yn swnio'n debyg.
find-more = Mae rhagor. Teipiwch fwy o eiriau.

receipts-title = Derbynebau
receipts-label = Rhif, cyfeirnod, swm, pedwar digid olaf neu amser
receipts-none = Ni chanfuwyd derbynebau.
receipts-more = Mae rhagor. Teipiwch fwy.
receipts-newest = Chwiliwyd am symiau a chardiau ymhlith y { $count } derbynneb ddiweddaraf.
receipts-by = ariannwr { $code }
reprint = R Argraffu eto (copi)
reprint-other = O Ar yr argraffydd arall
reprinted = Anfonwyd i'r argraffydd, wedi'i farcio'n gopi.
to-slip = Argraffu ar slip
to-endorse = Arnodi'r siec
station-title = Argraffu ar slip: { $number }
station-hint = Rhowch y bil neu'r siec yn yr argraffydd, gyda'r ochr i'w hargraffu tuag at y pen argraffu, a phwyswch Enter. Mae Esc yn mynd ymlaen hebddo.
station-cheque = Cefn siec { $number }, { $amount }
station-line = Llinell ar y bil: { $fund } { $reference }
station-printing = Wrthi'n argraffu. Arhoswch nes iddo ddod allan.
station-printed = Argraffwyd: { $what }
last-none = Nid oes gan y til hwn dderbynneb eto.

park-title = Neilltuo'r fasged hon
park-label = Beth i'w galw
park-label-hint = Gadewch yn wag i ddefnyddio'r cyfeirnod cyntaf
park-button = Neilltuo
parked-title = Gwerthiannau a neilltuwyd
parked-none = Nid oes dim wedi'i neilltuo.
parked-resume = Enter Ailgydio
parked-abandon = Delete Gollwng
parked-abandon-sure = Gollwng “{ $label }”? Bydd ei llinellau'n diflannu.
parked-abandon-yes = Ei gollwng

till-title = Til
till-import = Mewnforio cyfrifon
till-release = Rhyddhau defnyddiwr a glowyd
till-language = Iaith: { $language }
till-theme = Lliwiau: { $theme }
till-size = Maint testun: { $size } %
till-last = Derbynneb olaf
till-check = Gwirio cyfeirnod
till-sign-out = Allgofnodi
till-sign-out-busy = Gorffennwch, neilltuwch neu cliriwch y fasged yn gyntaf.
till-extract = { $form ->
    [zero] Dim cyfrifon, balansau ar { $date }
    [one] 1 cyfrif, balansau ar { $date }
    [two] 2 gyfrif, balansau ar { $date }
    [few] { $count } chyfrif, balansau ar { $date }
    [many] { $count } chyfrif, balansau ar { $date }
   *[other] { $count } cyfrif, balansau ar { $date }
  }
till-version = Counterfoil { $version }
theme-system = fel y PC hwn
theme-light = golau
theme-dark = tywyll
theme-contrast = cyferbyniad uchel
import-title = Mewnforio cyfrifon
import-path = Ffeil CSV ar y peiriant hwn
import-start = Dechrau
import-cancel = Canslo'r mewnforio
import-rows = { $rows } o resi wedi'u darllen, { $taken } yn dda, { $refused } yn anghywir
import-stage-reading = Yn darllen
import-stage-indexing = Yn gwneud y cyfrifon yn hawdd i'w canfod
import-stage-done = Wedi gorffen. Mae'r cyfrifon newydd mewn defnydd.
import-stage-refused = Gwrthodwyd. Mae'r cyfrifon a oedd yma gynt yn dal mewn defnydd.
import-stage-cancelled = Canslwyd. Mae'r cyfrifon a oedd yma gynt yn dal mewn defnydd.
import-stage-failed = Methodd. Mae'r cyfrifon a oedd yma gynt yn dal mewn defnydd.
import-bad-rows = Rhesi anghywir
import-refused-file = Rhestrir pob rhes a wrthodwyd, yn ôl ei llinell a’r rheswm, yn { $file }
release-title = Rhyddhau defnyddiwr a glowyd
release-none = Nid oes neb wedi'i gloi.
release-one = Rhyddhau { $name } ({ $code }), { $failures } ymgais aflwyddiannus
released = Rhyddhawyd. Gallant fewngofnodi eto.
check-title = Gwirio cyfeirnod
check-fits = yn ffitio
check-no = ddim yn ffitio: { $why }
misfit-length = hyd
misfit-characters = nodau
misfit-pattern = patrwm
misfit-mask = masg
misfit-check-digit = digid gwirio
misfit-account-unknown = y cyfrif ddim yn y detholiad
misfit-card-number = rhif cerdyn talu

paper-title = Argraffydd derbynebau ar y sgrin
paper-none = Dim wedi'i argraffu eto.
paper-drawer = Agorodd y drôr.
paper-barcode = Cod bar { $text }
paper-picture = Logo'r cyngor

## Taliadau cerdyn wrth y derfynell

terminal-amount = Swm i'r cerdyn
card-send = Anfon i'r derfynell
card-keyed = Teipio slip yn lle hynny
card-sending = Yn anfon i'r derfynell…
card-with-customer = Mae'r cwsmer wrth y derfynell.
card-giving-up = Rhoddir y gorau iddo cyn i ddim gael ei anfon…
card-giving-back = Yn rhoi'r taliad yn ôl…
card-amount-asked = Wrth y derfynell
card-back = Yn mynd yn ôl i'r cerdyn
card-payment = Taliad cerdyn
card-simulated = Terfynell ar gyfer profion yw hon: nid oes arian yn symud.
card-elapsed = { $seconds } e
card-abort = Rhoi'r gorau iddi
card-aborting = Gofynnwyd i'r derfynell roi'r gorau iddi. Efallai ei bod yn gynt.
card-not-aborted = Ni ddywedwyd wrth y derfynell am roi'r gorau iddi: rhowch gynnig arall arni. { $why }
card-fault-lead = Efallai fod y taliad wedi dechrau. Ni chaiff ei anfon ddwywaith byth: gofynnir i'r derfynell beth ddaeth ohono. Os yw'n dal yn dawel, gwasanaethwch y cwsmer nesaf; goruchwyliwr fydd yn penderfynu am y taliad hwn.
card-fault-back-lead = Efallai fod yr arian ar ei ffordd yn ôl eisoes. Ni chaiff ei roi yn ôl ddwywaith byth: gofynnir i'r derfynell beth ddaeth ohono. Os yw'n dal yn dawel, gwasanaethwch y cwsmer nesaf; goruchwyliwr fydd yn penderfynu am hyn.
card-ask-now = Gofyn i'r derfynell nawr
card-set-aside = Ei adael i oruchwyliwr
card-signature-title = A yw'r llofnod yn cyfateb?
card-signature-lead = Rhaid i'r cwsmer lofnodi slip y derfynell. Cymharwch ef â'r cerdyn.
card-signature-yes = Mae'n cyfateb: cymryd y taliad
card-signature-no = Nid yw'n cyfateb: ei roi yn ôl
card-unclear = Nid oes neb yn gwybod eto a godwyd { $amount } ar y cerdyn. Cadwch slip cerdyn y cwsmer os oes un, a gofynnwch i oruchwyliwr. Peidiwch â chodi ar gerdyn am y gwerthiant hwn eto.
card-unclear-clear = Efallai fod cerdyn y cwsmer wedi'i godi am y gwerthiant hwn eisoes. Mae'r taliad yn aros ar y rhestr o dan F9, Taliadau cerdyn, nes bod goruchwyliwr wedi'i ddatrys.
card-back-unclear-clear = Nid oes neb yn gwybod eto a aeth arian y gwerthiant hwn yn ôl i gerdyn y cwsmer. Mae'n aros ar y rhestr o dan F9, Taliadau cerdyn, nes bod goruchwyliwr wedi'i ddatrys.
card-given-back = Rhoddwyd { $amount } yn ôl i'r cerdyn.
card-back-unclear = Nid oes neb yn gwybod eto a aeth { $amount } yn ôl i'r cerdyn. Peidiwch â'i roi yn ôl mewn unrhyw ffordd arall. Mae goruchwyliwr yn edrych ar F9, Taliadau cerdyn.
card-not-given-back = Ni ellid rhoi { $amount } yn ôl. Mae'r taliad yn dal yno: rhowch gynnig arall arni, neu ewch ati o dan F9, Taliadau cerdyn.
card-part = Dim ond { $approved } o { $amount } a gymeradwywyd. Cymerwch y gweddill mewn ffordd arall.
card-approved = Cymeradwywyd { $amount }, ac nid oes derbynneb yn dweud hynny eto. Cymerwch y gwerthiant gydag ef, neu rhowch ef yn ôl: tynnwch ef o'r rhestr.
card-aborted = Rhoddwyd y gorau i'r taliad cerdyn o { $amount }. Ni chodwyd dim.
card-never-arrived = Ni chyrhaeddodd y taliad cerdyn o { $amount } y derfynell. Ni chodwyd dim: gallwch roi cynnig arall arni.
card-declined = Gwrthodwyd y taliad cerdyn o { $amount }: { $why }. Ni chodwyd dim.
card-not-begun = Ni ddechreuodd y taliad cerdyn o { $amount }. { $why }
card-not-charged = Ni chodwyd y taliad cerdyn o { $amount }. { $why }
cards-title = Taliadau cerdyn
cards-none = Mae pob taliad cerdyn yn glir.
card-standing-intended = heb ei anfon eto
card-standing-sent = wrth y derfynell
card-standing-unresolved = aneglur
card-standing-signature = llofnod i'w wirio
card-standing-approved = wedi'i gymeradwyo, heb dderbynneb
card-standing-reversing = yn cael ei roi yn ôl
card-standing-used = mewn derbynneb
card-standing-free = heb ei godi
card-standing-reversed = wedi'i roi yn ôl
card-standing-back = wedi'i roi yn ôl, heb dderbynneb
card-why = Mae'r derfynell yn dweud: { $why }
card-why-in-progress = Roedd y derfynell yn dal wrthi pan ofynnwyd iddi ddiwethaf.
card-why-set-aside = Aeth yr ariannwr ymlaen at y cwsmer nesaf tra oedd y derfynell yn ddistaw.
card-why-till-stopped = Stopiodd y til cyn anfon dim.
card-why-not-found = Mae'r derfynell yn dweud na chyrhaeddodd.
card-why-not-found-too-late = Nid yw'r derfynell yn gwybod dim amdano, ond mae'n hŷn na diwrnod, ac mae terfynellau'n anghofio.
card-why-aborted = Rhoddwyd y gorau iddo.
card-why-resolved = Goruchwyliwr a ddywedodd hynny.
card-why-taken-after-all = Roedd goruchwyliwr wedi dweud na chodwyd ef, ac yna dywedodd y derfynell iddo gael ei godi. Rhowch ef yn ôl, oni bai bod y gwerthiant i'w dalu ag ef.
card-why-OtherAmount = Mae'r derfynell yn enwi swm gwahanol i'r un y gofynnwyd amdano.
card-why-OtherReference = Mae ateb y derfynell am daliad arall.
card-why-OtherTransaction = Mae ateb y derfynell am daliad arall.
card-why-NothingRepeated = Mae'r derfynell yn gwybod amdano, ond nid yw'n dweud beth ddaeth ohono.
card-next-intended = Nid oes dim ohono wedi'i anfon i'r derfynell. Gofynnwch: lle nad oes dim yn gweithio arno mwyach, mae drosodd, ac ni chodwyd dim.
card-next-sent = Mae gan y derfynell ef, a gofynnir iddi beth ddaeth ohono. Os yw'n dal yn dawel, gadewch ef i oruchwyliwr.
card-next-unresolved = Gofynnwch eto i'r derfynell pan fydd yn ateb. Lle na all ddweud, goruchwyliwr sy'n dweud isod beth mae ei slip neu ei rhestr o daliadau yn ei ddangos.
card-next-signature = Cymeradwywyd y cerdyn ar yr amod bod y llofnod ar y slip yn cyfateb. Dywedwch a yw; lle na all neb ei gymharu mwyach, rhowch ef yn ôl.
card-next-approved = Cymerwyd yr arian, ac nid oes derbynneb yn dweud hynny. Os yw ei werthiant o'r neilltu, ailgydiwch ynddo gydag F4 a'i gymryd. Fel arall rhowch ef yn ôl.
card-next-reversing = Mae'n cael ei roi yn ôl. Mae'r hyn a ddaw o hynny ar linell ei hun yn y rhestr hon: ewch at honno.
card-next-back = Mae'r arian gan y cwsmer, ac nid oes derbynneb yn dweud hynny eto. Dewch o hyd i dderbynneb { $number } gydag F3 a'i dirymu neu ei had-dalu eto: ni ofynnir i'r derfynell eilwaith.
card-give-back = Ei roi yn ôl wrth y derfynell
card-by-hand-title = Neu fe'i rhoddwyd yn ôl â llaw
card-by-hand-lead = Lle na ellir gofyn i'r derfynell oddi yma: goruchwyliwr nad yw'n ariannwr y taliad sy'n dweud iddo gael ei roi yn ôl wrth y derfynell ei hun. Caiff ei gofnodi.
card-resolve-title = Ei ddatrys, â slip y derfynell mewn llaw
card-resolve-lead = Edrychwch ar slip y derfynell neu ei rhestr o daliadau. Goruchwyliwr nad yw'n ariannwr y taliad sy'n dweud beth ddaeth ohono; caiff ei gofnodi.
card-back-title = Ei gau heb ddirymu nac ad-dalu
card-back-lead = Mae'r arian yn ôl ar y cerdyn, ac nid oes derbynneb sy'n dweud hynny. Lle mae'n briodol, dirymwch neu ad-dalwch yr un swm o'i dderbynneb i'r cerdyn: nid anfonir dim eto. Fel arall, goruchwyliwr nad yw'n ariannwr y taliad sy'n ei gau yma, ac mae'r cyfrif yn rhoi rheswm dros y gwahaniaeth.
card-was-taken = A godwyd ar y cerdyn?
card-was-given-back = A aeth yr arian yn ôl i'r cerdyn?
card-taken-yes = Do, fel ar y slip
card-taken-no = Naddo
card-found = Beth yr edrychwyd arno
card-resolve = Datrys
card-resolved = Mae wedi'i gofnodi.
card-asked = Gofynnir i'r derfynell.
card-reversal-begun = Mae'r derfynell yn ei roi yn ôl.
approve-card-taken = Codwyd { $amount } ar y cerdyn
approve-card-not-taken = Ni chodwyd { $amount } ar y cerdyn
approve-card-back = Aeth { $amount } yn ôl i'r cerdyn, ac nid oes derbynneb sy'n dweud hynny
approve-card-by-hand = Rhoddwyd { $amount } yn ôl wrth y derfynell â llaw
approve-card-unclear = Efallai fod y cerdyn wedi'i godi eisoes: cymryd { $amount } mewn ffordd arall
approve-card-account = Efallai fod { $before } wedi'i godi ar gerdyn am y cyfrif hwn eisoes, ar { $begun }: F9, Taliadau cerdyn. Codi ar gerdyn eto serch hynny
approve-card-park = Efallai fod y cerdyn wedi'i godi eisoes: rhoi'r gwerthiant o'r neilltu
terminal-check = Gofyn i'r derfynell sut y mae
terminal-says = Terfynell { $name }: { $state }
terminal-simulated = Terfynell { $name }: { $state }. Un ar gyfer profion yw hi: nid oes arian yn symud.
terminal-host-not-reached = Nid yw'n cyrraedd y banc nawr: efallai y gwrthodir cardiau.
bar-terminal = Terfynell { $name }
bar-terminal-simulated = Terfynell { $name }: ar gyfer profion
bar-terminal-unreachable = Ni ellir cyrraedd y derfynell
bar-terminal-not-trusted = Nid y derfynell hysbys yw hon
bar-terminal-dropped = Terfynell: torrodd y llinell
bar-terminal-timed-out = Nid yw'r derfynell yn ateb
bar-terminal-garbled = Ni ellir deall ateb y derfynell
bar-terminal-not-now = Ni all y derfynell ateb nawr
bar-terminal-not-authentic = Nid yw allwedd y derfynell yn cyd-fynd
bar-terminal-not-supported = Ni all y derfynell wneud hynny
bar-terminal-bad-settings = Ni ellir defnyddio gosodiadau'r derfynell
bar-terminal-trouble = Mae rhywbeth o'i le ar y derfynell
bar-cards-unclear = { $form ->
    [zero] Mae pob taliad cerdyn yn glir
    [one] Mae 1 taliad cerdyn yn aneglur: F9, Taliadau cerdyn
    [two] Mae 2 daliad cerdyn yn aneglur: F9, Taliadau cerdyn
    [few] Mae { $count } thaliad cerdyn yn aneglur: F9, Taliadau cerdyn
    [many] Mae { $count } thaliad cerdyn yn aneglur: F9, Taliadau cerdyn
   *[other] Mae { $count } taliad cerdyn yn aneglur: F9, Taliadau cerdyn
  }
keydo-keyed = Cerdyn, wedi'i deipio o slip
