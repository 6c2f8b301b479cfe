### Drafted by machine. Not yet checked by a translator.
### Sending takings to the ledger: the status line, the ledger's dialog, what is shown of a receipt and of a session.

## Status line

sending-all-in = Mae'r holl dderbyniadau yn y cyfriflyfr
sending-to-send = { $form ->
    [zero] Dim derbynebau ({ $value }) i'w hanfon
    [one] 1 dderbynneb ({ $value }) i'w hanfon
    [two] 2 dderbynneb ({ $value }) i'w hanfon
    [few] { $count } derbynneb ({ $value }) i'w hanfon
    [many] { $count } derbynneb ({ $value }) i'w hanfon
   *[other] { $count } derbynneb ({ $value }) i'w hanfon
  }
sending-down = y llinell i lawr ers { $since }: { $why }
sending-halted = Mae'r anfon wedi stopio: { $why }. Dywedwch wrth eich goruchwyliwr. Mae'r derbyniadau'n ddiogel ar y til hwn.
sending-halted-look = Mae'r anfon wedi stopio: { $why }. Mae'r derbyniadau'n ddiogel ar y til hwn. Beth i'w wneud: F9, Cyfriflyfr.
sending-waits = { $form ->
    [zero] Nid oes derbynebau'n aros am berson.
    [one] Mae 1 dderbynneb yn aros am berson cyn y gellir ei hanfon – dywedwch wrth eich goruchwyliwr.
    [two] Mae 2 dderbynneb yn aros am berson cyn y gellir eu hanfon – dywedwch wrth eich goruchwyliwr.
    [few] Mae { $count } derbynneb yn aros am berson cyn y gellir eu hanfon – dywedwch wrth eich goruchwyliwr.
    [many] Mae { $count } derbynneb yn aros am berson cyn y gellir eu hanfon – dywedwch wrth eich goruchwyliwr.
   *[other] Mae { $count } derbynneb yn aros am berson cyn y gellir eu hanfon – dywedwch wrth eich goruchwyliwr.
  }
sending-waits-look = { $form ->
    [zero] Nid oes derbynebau'n aros am berson.
    [one] Mae 1 dderbynneb yn aros am berson cyn y gellir ei hanfon. I'w gweld: F9, Cyfriflyfr.
    [two] Mae 2 dderbynneb yn aros am berson cyn y gellir eu hanfon. I'w gweld: F9, Cyfriflyfr.
    [few] Mae { $count } derbynneb yn aros am berson cyn y gellir eu hanfon. I'w gweld: F9, Cyfriflyfr.
    [many] Mae { $count } derbynneb yn aros am berson cyn y gellir eu hanfon. I'w gweld: F9, Cyfriflyfr.
   *[other] Mae { $count } derbynneb yn aros am berson cyn y gellir eu hanfon. I'w gweld: F9, Cyfriflyfr.
  }
sending-differs = Nid yw sesiwn { $session } yr un peth yn y cyfriflyfr ag ar y til hwn – dywedwch wrth eich gweinyddwr.
sending-not-enrolled = Nid yw'r cyfriflyfr yn adnabod y til hwn eto; cedwir y derbyniadau yma. Dywedwch wrth eich gweinyddwr.
accounts-of = data cyfrifon { $date }
accounts-old = { $form ->
    [zero] Data cyfrifon heddiw
    [one] Mae'r data cyfrifon yn 1 diwrnod oed
    [two] Mae'r data cyfrifon yn 2 ddiwrnod oed
    [few] Mae'r data cyfrifon yn { $count } diwrnod oed
    [many] Mae'r data cyfrifon yn { $count } diwrnod oed
   *[other] Mae'r data cyfrifon yn { $count } diwrnod oed
  }

## Why nothing is sent, as the end of a sentence

why-not-reached = ni ellir cyrraedd y cyfriflyfr
why-no-answer = nid yw'r cyfriflyfr yn ateb
why-certificate = nid oes ymddiriedaeth yn nhystysgrif y cyfriflyfr
why-server-error = mae nam ar y cyfriflyfr ei hun
why-busy = mae'r cyfriflyfr yn brysur
why-not-the-ledger = nid y cyfriflyfr sy'n ateb
why-not-let-in = nid yw'r cyfriflyfr yn gadael y til hwn i mewn
why-clock = mae'r cyfriflyfr yn gwrthod cloc y til hwn
why-till-unknown = nid yw'r cyfriflyfr yn adnabod y til hwn
why-till-revoked = nid yw'r cyfriflyfr yn derbyn dim gan y til hwn mwyach
why-signature-wrong = nid yw'r cyfriflyfr yn derbyn llofnod y til hwn
why-refused = mae'r cyfriflyfr yn gwrthod yr hyn y mae'r til hwn yn ei anfon
why-till = ni all y til hwn ddarllen nac ysgrifennu ei ddata ei hun
why-not-usable = ni ellir defnyddio gosodiadau'r til hwn ar gyfer y cyfriflyfr
halted-conflict = mae gan y cyfriflyfr rywbeth arall yn enw'r til hwn
halted-refused = ni all y cyfriflyfr dderbyn un o gofnodion y til hwn
halted-head-not-ours = mae gan y cyfriflyfr rywbeth arall yn enw'r til hwn
halted-signature-wrong = ni all yr hyn sy'n ateb brofi mai'r cyfriflyfr ydyw
halted-till-revoked = nid yw'r cyfriflyfr yn derbyn dim gan y til hwn mwyach
halted-other = nid yw'r cyfriflyfr a'r til hwn yn cytuno

## What to do about it

what-to-do-not-reached = Dim byd wrth y cownter: cedwir yr hyn a dderbynnir yma a'i anfon pan ddaw'r llinell yn ôl. Os yw pethau eraill ar y peiriant hwn yn cyrraedd y rhwydwaith, rhowch y cyfeiriad isod i TG.
what-to-do-no-answer = Dim byd wrth y cownter: cedwir yr hyn a dderbynnir yma a'i anfon pan fydd y cyfriflyfr yn ateb. Os yw'n parhau, dywedwch wrth bwy bynnag sy'n rhedeg y cyfriflyfr.
what-to-do-certificate = Dywedwch wrth TG. Efallai fod tystysgrif y cyfriflyfr wedi dod i ben, bod cloc y peiriant hwn yn anghywir, neu fod ffeil awdurdod tystysgrifau'r cyngor ar goll o osodiadau'r til hwn. Ni anfonwyd dim at beth bynnag a atebodd.
what-to-do-server-error = Dywedwch wrth bwy bynnag sy'n rhedeg y cyfriflyfr. Cedwir yr hyn a dderbynnir yma a'i anfon pan fydd yn iawn.
what-to-do-busy = Dim byd wrth y cownter: mae'r til hwn yn ceisio eto ohono'i hun. Os yw'n parhau, dywedwch wrth bwy bynnag sy'n rhedeg y cyfriflyfr.
what-to-do-not-the-ledger = Dywedwch wrth TG: gwiriwch y cyfeiriad isod, ac a oes dirprwy neu dudalen fewngofnodi yn y ffordd.
what-to-do-not-let-in = Dywedwch wrth TG: mae porth o flaen y cyfriflyfr yn gofyn am docyn, allwedd neu dystysgrif nad yw gan y til hwn, neu sydd wedi dod i ben.
what-to-do-clock = Dywedwch wrth TG: cywirwch ddyddiad, amser a chylchfa amser y peiriant hwn.
what-to-do-till-unknown = Gofynnwch i bwy bynnag sy'n rhedeg y cyfriflyfr am god newydd; mae gweinyddwr yn cofrestru'r til hwn eto yma.
what-to-do-till-revoked = Dywedwch wrth bwy bynnag sy'n rhedeg y cyfriflyfr. Os camgymeriad ydyw, mae gweinyddwr yn cofrestru'r til hwn eto â chod newydd.
what-to-do-signature-wrong = Dywedwch wrth bwy bynnag sy'n rhedeg y cyfriflyfr: mae'n adnabod allwedd arall i'r til hwn. Mae gweinyddwr yn cofrestru'r til hwn eto â chod newydd.
what-to-do-refused = Dywedwch wrth bwy bynnag sy'n rhedeg y cyfriflyfr; mae'n cadw nodyn o'r hyn a wrthododd.
what-to-do-till = Dywedwch wrth TG: edrychwch ar ddisg y peiriant hwn ac ar log y til hwn.
what-to-do-not-usable = Dywedwch wrth TG: ni ellir darllen ffeil neu gyfrinach y mae'r gosodiadau'n ei henwi, neu nid yw'r cyfeiriad yn un dilys. Mae log y til hwn yn dweud pa un.

## The ledger's dialog

sending-title = Cyfriflyfr
sending-state = Anfon
sending-state-none = Dim cyfriflyfr: cedwir y derbyniadau ar y til hwn
sending-state-not-enrolled = Nid yw'r cyfriflyfr yn adnabod y til hwn eto
sending-state-starting = Yn gofyn i'r cyfriflyfr…
sending-state-up = Mae'r cyfriflyfr yn ateb
sending-state-down = Ni ellir anfon dim ers { $since }: { $why }
sending-state-halted = Wedi stopio, nes bod person wedi edrych
sending-what-to-do = Beth i'w wneud
sending-address = Cyfeiriad
sending-till-number = Y til hwn yn y cyfriflyfr
sending-unsent = I'w hanfon
sending-unsent-amount = { $form ->
    [zero] Dim derbynebau, { $value }
    [one] 1 dderbynneb, { $value }
    [two] 2 dderbynneb, { $value }
    [few] { $count } derbynneb, { $value }
    [many] { $count } derbynneb, { $value }
   *[other] { $count } derbynneb, { $value }
  }
sending-unsent-none = Dim
sending-heard = Cydnabuwyd ddiwethaf
sending-ask = Ceisio nawr
sending-asked = Gofynnir i'r cyfriflyfr.
sending-found = Beth a ganfuwyd
sending-found-hint = Cedwir hyn yn y dyddlyfr gyda'ch enw.
sending-supervisor = Gall goruchwyliwr adael iddo fynd ymlaen.

## Alarms

alarm-title = Pam mae'r anfon wedi stopio
alarm-raised = Ers { $when }
alarm-entry = cofnod { $seq } o'r dyddlyfr
alarm-conflict = Mae gan y cyfriflyfr rywbeth arall yn y lle hwn yn nyddlyfr y til. Efallai bod dau dil yn defnyddio un enw, neu fod data'r til wedi'i newid. Darganfyddwch pa un cyn mynd ymlaen.
alarm-refused = Ni all y cyfriflyfr dderbyn cofnod o ddyddlyfr y til hwn. Gofynnwch i bwy bynnag sy'n rhedeg y cyfriflyfr; mae'n cadw nodyn o'r hyn a wrthododd.
alarm-head-not-ours = Nid yr hyn a ysgrifennodd y til hwn sydd gan y cyfriflyfr o dan ei enw. Efallai bod dau dil yn defnyddio un enw, neu fod y cyfriflyfr wedi'i adfer o hen gopi.
alarm-signature-wrong = Ni all yr hyn a atebodd brofi mai cyfriflyfr y cyngor ydyw. Gwiriwch y cyfeiriad gyda phwy bynnag sy'n rhedeg y cyfriflyfr.
alarm-till-revoked = Nid yw'r cyfriflyfr yn derbyn dim gan y til hwn mwyach. Os camgymeriad yw hynny, gofynnwch i bwy bynnag sy'n rhedeg y cyfriflyfr am god newydd a chofrestrwch y til eto.
alarm-other = Nid yw'r cyfriflyfr a'r til hwn yn cytuno: { $code }.
alarm-release = Gadael i'r anfon fynd ymlaen
alarm-released = Mae'r anfon yn mynd ymlaen.

## Receipts that wait for a person

held-title = Derbynebau sy'n aros am berson
held-said = Yn fanwl: { $words }
held-look = Edrych ar { $number }
held-release = Ceisio'r dderbynneb hon eto
held-settle = Ei derbyn fel y mae yn y cyfriflyfr
held-settle-hint = Os yw'r hyn sydd gan y cyfriflyfr ohoni'n gywir, derbyniwch hi felly: ni anfonir dim mwy ohoni. Bydd ail berson yn cymeradwyo.
held-settle-approve = Derbyn derbynneb { $number } fel y mae yn y cyfriflyfr
held-settled = Derbyniwyd derbynneb { $number } fel y mae yn y cyfriflyfr.
held-released = Ceisir derbynneb { $number } eto.
fault-too-wide = Mae cod ynddi'n hirach nag y gall y cyfriflyfr ei gadw. Cywirwch becyn y cyngor.
fault-user-not-mapped = Nid oes gan y cyfriflyfr ddefnyddiwr ar gyfer yr ariannwr a'i cymerodd. Cywirwch becyn y cyngor.
fault-not-whole = Nid yw ei rhannau'n ffitio'i gilydd. Gofynnwch i TG wirio dyddlyfr y til hwn.
fault-refused = Gwrthododd y cyfriflyfr hi dro ar ôl tro wrth dderbyn rhai eraill. Efallai nad yw ei chronfa, ei dull talu neu ei swyddfa wedi'u gosod yno.
fault-never-answered = Ni atebodd y cyfriflyfr amdani erioed er iddo ateb am rai eraill.
fault-too-many = Mae gan y cyfriflyfr fwy ohoni nag a gymerwyd: mae rhywbeth yno ddwywaith. Trefnwch gywiro hynny yno'n gyntaf.
fault-differs = Mae gan y cyfriflyfr rywbeth arall o dan rif y dderbynneb hon. Trefnwch edrych ar hynny yno'n gyntaf.
fault-stored-but-not-shown = Dywedodd y cyfriflyfr ei bod ganddo, ac nid yw'n ei dangos. Gofynnwch a gaiff y til hwn weld y gronfa yno.
fault-cut-off = Dim ond rhan ohoni y mae'r cyfriflyfr yn ei dangos, felly ni all neb ddweud beth sydd ar goll.
fault-other = Ni all y cyfriflyfr ei derbyn fel y mae.

## Enrolling

enrol-title = Gwneud y til hwn yn hysbys i gyfriflyfr
enrol-again = Cofrestru'r til hwn eto
enrol-address = Cyfeiriad y cyfriflyfr
enrol-address-hint = Mae'n dechrau â https://
enrol-code = Cod untro
enrol-code-hint = Gan bwy bynnag sy'n rhedeg y cyfriflyfr; ar gyfer y swyddfa a'r til hwn
enrol-authority = Awdurdod tystysgrifau (gadewch yn wag os nad oes gan y cyngor ei un ei hun)
enrol-authority-hint = Ffeil (PEM) gan TG, wrth ei llwybr cyfan, fel C:\certs\council.pem. Gyda hi nid ymddiriedir mewn rhai eraill.
enrol-clear-question = A ddylai derbyniadau fynd heb eu hamgryptio serch hynny?
enrol-clear-yes = Dylent, anfonwch nhw heb eu hamgryptio
enrol-clear-no = Na, newidiwch y cyfeiriad
enrol-name-question = A ddylid galw'r til hwn yn { $till } yn swyddfa { $office } o hyn ymlaen?
enrol-name-yes = Dylid, galwch ef yn { $till }
enrol-name-no = Na, gofynnwch am god arall
enrol-code-again-hint = Gadewch yn wag os mai dim ond y cyfeiriad neu'r awdurdod tystysgrifau sy'n wahanol; fel arall gan bwy bynnag sy'n rhedeg y cyfriflyfr
enrol-button = Cofrestru'r til hwn
enrol-asking = Yn gofyn i'r cyfriflyfr…
enrol-done = Mae'r cyfriflyfr yn adnabod y til hwn nawr, fel rhif { $number }.
set-up-ledger = Cyfriflyfr (gadewch yn wag os yw'r derbyniadau'n aros ar y til hwn)
set-up-enrol-failed = Mae'r til hwn wedi'i osod, ond nid yw'r cyfriflyfr yn ei adnabod eto. Cywirwch hyn a cheisiwch eto, neu ewch ymlaen: gall gweinyddwr gofrestru'r til yn nes ymlaen, yn F9, Cyfriflyfr.
set-up-enrol-later = Mynd ymlaen heb y cyfriflyfr

## Proof

proof-kept = Cedwir ar y til hwn
proof-local = Ar y til hwn, heb ei hanfon eto
proof-sent = Anfonwyd; nid yw'r cyfriflyfr wedi ei chydnabod eto
proof-in-ledger = Yn y cyfriflyfr, cyfeirnod { $reference }
proof-in-ledger-plain = Yn y cyfriflyfr
proof-quarantined = Yn aros am berson cyn y gellir ei hanfon: F9, Cyfriflyfr
session-agrees = { $form ->
    [zero] Mae'r cownter a'r cyfriflyfr yn cytuno: dim derbynebau, { $value }
    [one] Mae'r cownter a'r cyfriflyfr yn cytuno: 1 dderbynneb, { $value }
    [two] Mae'r cownter a'r cyfriflyfr yn cytuno: 2 dderbynneb, { $value }
    [few] Mae'r cownter a'r cyfriflyfr yn cytuno: { $count } derbynneb, { $value }
    [many] Mae'r cownter a'r cyfriflyfr yn cytuno: { $count } derbynneb, { $value }
   *[other] Mae'r cownter a'r cyfriflyfr yn cytuno: { $count } derbynneb, { $value }
  }
session-to-send = { $form ->
    [zero] I'w hanfon o hyd: dim derbynebau, { $value }
    [one] I'w hanfon o hyd: 1 dderbynneb, { $value }
    [two] I'w hanfon o hyd: 2 dderbynneb, { $value }
    [few] I'w hanfon o hyd: { $count } derbynneb, { $value }
    [many] I'w hanfon o hyd: { $count } derbynneb, { $value }
   *[other] I'w hanfon o hyd: { $count } derbynneb, { $value }
  }
session-so-far = { $form ->
    [zero] Yn y cyfriflyfr hyd yma: { $sent } o ddim derbynebau, { $value }
    [one] Yn y cyfriflyfr hyd yma: { $sent } o 1 dderbynneb, { $value }
    [two] Yn y cyfriflyfr hyd yma: { $sent } o 2 dderbynneb, { $value }
    [few] Yn y cyfriflyfr hyd yma: { $sent } o { $count } derbynneb, { $value }
    [many] Yn y cyfriflyfr hyd yma: { $sent } o { $count } derbynneb, { $value }
   *[other] Yn y cyfriflyfr hyd yma: { $sent } o { $count } derbynneb, { $value }
  }
session-differs = Mae'r cownter a'r cyfriflyfr yn wahanol: nid cyfansymiau'r til hwn yw rhai'r cyfriflyfr o'r sesiwn hon. Dywedwch wrth eich gweinyddwr.
