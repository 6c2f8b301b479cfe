### Drafted by machine. Not yet checked by a translator.
### What went wrong or was refused: what happened, then what to do next.

## Refused by the rules

error-amount-missing = Teipiwch swm.
error-amount-not-a-number = Nid swm yw hwnna. Teipiwch bunnoedd a cheiniogau, fel 12.50.
error-amount-signed = Teipiwch y swm heb arwydd plws na minws.
error-amount-too-precise = Teipiwch ddim mwy na dau ffigur ar ôl y pwynt.
error-amount-too-large = Mae'r swm hwnnw'n rhy fawr. Yr uchafswm yw £9,999,999.99.
error-amount-zero = Teipiwch swm sy'n fwy na sero.
error-amount-above-fund-maximum = Yr uchafswm y gellir ei dalu yma mewn un llinell yw { $maximum }.
error-amount-above-balance = Mae hynny'n fwy na'r hyn sy'n ddyledus ({ $owed }). Teipiwch swm llai.
error-reference-missing = Sganiwch neu teipiwch gyfeirnod.
error-reference-not-valid = Nid yw hwnnw'n gyfeirnod dilys. Cymharwch ef â'r bil a rhowch gynnig arall arni.
error-reference-not-valid-for-fund = Nid yw hwnnw'n gyfeirnod dilys ar gyfer y gronfa hon. Cymharwch ef â'r bil a rhowch gynnig arall arni.
error-reference-unreadable = Ni ellir darllen y cyfeirnod. Sganiwch ef eto, neu teipiwch ef.
error-card-number-typed = Mae hynny'n edrych fel rhif cerdyn, ac nid yw wedi'i gadw. Teipiwch y pedwar digid olaf yn unig, a dim ond lle gofynnir amdanynt.
error-fund-not-available = Nid yw'r gronfa hon ar gael wrth y cownter.
error-account-on-stop = Ni ellir derbyn taliad ar y cyfrif hwn. Darllenwch y neges a chyfeiriwch y cwsmer.
error-account-stops-cheques = Ni ellir derbyn siec ar gyfer cyfrif yn y fasged hon. Gofynnwch am ffordd arall o dalu.
error-vat-code-not-available = Nid yw'r cod TAW hwn ar gael. Dewiswch un arall.
error-vat-code-fixed = Ni ellir newid cod TAW y gronfa hon.
error-narrative-not-valid = Caiff y naratif hyd at { $maximum } o nodau cyffredin. Byrhewch ef.
error-narrative-missing = Teipiwch yr hyn sy’n hysbys am y taliad: pwy a dalodd, ac am beth.
error-payer-name-missing = Teipiwch enw'r talwr. Nid oes cyfrif sy'n ei ddangos.
error-payer-address-missing = Teipiwch gyfeiriad y talwr. Nid oes cyfrif sy'n ei ddangos.
error-payer-not-valid = Gall enw a chyfeiriad y talwr gynnwys hyd at { $maximum } o nodau cyffredin yr un. Talfyrrwch nhw.
error-ports-unknown = Nid yw'r peiriant hwn yn dweud pa byrth cyfresol sydd ganddo. Teipiwch enw'r porth.
error-printer-address = Dywedwch ble mae'r argraffydd: ei gyfeiriad, ei borth neu ei giw argraffu.
error-printer-baud = Rhif yw cyflymder llinell gyfresol, megis 38400.
error-scanner-settings = { $field ->
    [prefix] Cyn cod bar gall sganiwr deipio hyd at bum arwydd neu lythyren.
    [suffix] Ar ôl cod bar gall sganiwr deipio hyd at bum arwydd neu lythyren.
    [min_length] Rhowch rif o 6 i 30.
    [baud] Rhowch gyflymder y sganiwr mewn baud, megis 9600.
   *[other] Rhowch enw porth y sganiwr, megis COM4.
  }
error-port-taken = { $by ->
    [scanner] Mae'r sganiwr ar y porth hwnnw. Dewiswch un arall.
    [printer] Mae argraffydd y til ar y porth hwnnw. Dewiswch un arall.
   *[other] Mae'r argraffydd arall ar y porth hwnnw. Dewiswch un arall.
  }
error-scanner-missing = Nid yw'r sganiwr wedi'i gysylltu. Teipiwch y cyfeirnodau, neu ei gysylltu: caiff ei ganfod ohono'i hun.
error-barcode-unknown = Nid oes dim yn hysbys o dan y cod bar hwn. Sganiwch yr un ar y bil, neu teipiwch y cyfeirnod.
error-barcode-reference-not-valid = Nid yw'r cyfeirnod yn y cod bar hwn yn ddilys. Cymharwch ef â'r bil a theipiwch ef.
error-barcode-misread = Cafodd y cod bar ei gamddarllen. Sganiwch ef eto, neu teipiwch y cyfeirnod.
error-basket-empty = Mae'r fasged yn wag. Sganiwch neu teipiwch gyfeirnod yn gyntaf.
error-basket-too-long = Mae'r fasged yn llawn. Cymerwch y taliad hwn, yna ewch ymlaen â basged newydd.
error-mop-not-available = Nid yw'r ffordd hon o dalu ar gael wrth y cownter. Dewiswch un arall.
error-mop-of-another-kind = Mae'r manylion hyn yn perthyn i ffordd arall o dalu. Dewiswch y ffordd o dalu eto.
error-tender-above-mop-maximum = Yr uchafswm y gellir ei dalu fel hyn yw { $maximum }.
error-tender-below-mop-minimum = Yr isafswm y gellir ei dalu fel hyn yw { $minimum }.
error-tender-above-due = Mae hynny'n fwy na'r hyn sydd ar ôl i'w dalu ({ $due }). Teipiwch y swm hwnnw neu lai.
error-cash-not-needed = Nid oes dim ar ôl i'w dalu ag arian parod. Tynnwch yr arian parod, neu daliad arall.
error-cash-twice = Mae arian parod yn y rhestr eisoes. Tynnwch ef, a theipiwch yr arian parod fel un swm.
error-not-fully-paid = Mae { $due } ar ôl i'w dalu.
error-cash-not-accepted = Ni ellir talu cymaint â hyn ag arian parod yma. Gofynnwch am ffordd arall o dalu.
error-cheque-sort-code = Mae gan y cod didoli chwe digid.
error-cheque-account = Mae gan rif y cyfrif wyth digid.
error-cheque-number = Mae gan rif y siec chwe digid.
error-cheque-drawer = Teipiwch enw deiliad y cyfrif sydd ar y siec.
error-cheque-date-not-valid = Nid dyddiad yw hwnnw. Teipiwch ef fel 23/11/2026.
error-cheque-post-dated = Mae dyddiad y siec yn y dyfodol. Gofynnwch am ffordd arall o dalu.
error-cheque-out-of-date = Mae'r siec yn fwy na { $months } mis oed. Gofynnwch am ffordd arall o dalu.
error-card-amounts-differ = Mae'r ddau swm yn wahanol. Teipiwch y swm sydd ar y slip yn y ddau flwch.
error-card-last-four = Teipiwch bedwar digid olaf y cerdyn, fel ar y slip.
error-card-authorisation = Teipiwch y cod awdurdodi o'r slip: hyd at 12 o lythrennau a digidau.
error-card-terminal = Teipiwch rif y derfynell o'r slip: hyd at 16 o lythrennau a digidau.
error-postal-order-number = Teipiwch rif cyfresol yr archeb bost: hyd at 20 o lythrennau a digidau.
error-receipt-number-not-valid = Ni ellid rhifo'r dderbynneb. Ni chymerwyd dim. Rhowch wybod i'ch gweinyddwr.
error-count-not-valid = Nid yw un o'r cyfrifon yn nifer cyfan o ddarnau. Gwiriwch ef.
error-float-not-as-left = Gadawodd y sesiwn flaenorol { $left } yn y drôr; cyfrifoch chi { $counted }. Cyfrifwch eto. Os yw'n aros felly, dewiswch reswm a'i gael wedi'i gymeradwyo.
error-float-outside-policy = Nid yw'r fflôt fel y dylai fod. Cyfrwch ef eto, yna dywedwch wrth eich goruchwyliwr.
error-count-does-not-divide = Nid yw hynny'n nifer cyfan o { $value }. Cyfrwch eto, neu deipiwch y nifer.
error-approver-is-requester = Nid oes neb yn cymeradwyo ei gais ei hun. Gofynnwch i rywun arall.
error-approver-is-cashier = Nid oes neb yn cymeradwyo ei arian ei hun. Gofynnwch i rywun nad yw'r sesiwn yn eiddo iddo.
error-approver-may-not = Ni chaiff y person hwn gymeradwyo. Gofynnwch i oruchwyliwr.
error-approval-needed = Rhaid i ail berson gymeradwyo hyn.
error-reason-missing = Dewiswch reswm.
error-correction-empty = Dewiswch beth sydd i'w dynnu'n ôl.
error-correction-above-remainder = Mae hynny'n fwy nag sydd ar ôl o'r llinell hon ({ $left }).
error-correction-of-correction = Mae’r llinell hon ei hun yn cymryd arian yn ôl. Dewiswch y dderbynneb a dalwyd.
error-card-payment-not-approved = Nid yw’r taliad cerdyn hwn yn un a gymeradwywyd gan y derfynell ar gyfer y gwerthiant hwn, neu mae wedi’i ddefnyddio neu ei roi yn ôl. Tynnwch ef o’r rhestr.
error-card-reversal-needed = Talwyd { $amount } â cherdyn. Gwrthdrowch ef ar y derfynell yn gyntaf, yna teipiwch yr hyn sydd ar ei slip.
error-cheque-not-divisible = Dim ond yn gyfan y gellir rhoi siec yn ôl ({ $amount }). Dirymwch bopeth a dalodd, neu ad-dalwch ef yn ddiweddarach.
error-postal-order-not-divisible = Dim ond yn gyfan y gellir rhoi archeb bost yn ôl ({ $amount }). Dirymwch bopeth a dalodd, neu ad-dalwch hi yn ddiweddarach.
error-refund-method-not-allowed = Ni thelir ad-daliadau fel hyn yma. Dewiswch ffordd arall.
error-refund-above-maximum = Y mwyaf y gellir ei ad-dalu fel hyn yw { $maximum }. Dewiswch ffordd arall.
error-refund-above-paid-by-card = Y mwyaf y gellir ei roi’n ôl i’r cerdyn yw { $maximum }. Dewiswch ffordd arall ar gyfer y gweddill.
error-payee-missing = Teipiwch yr enw y mae’r siec i’w gwneud yn daladwy iddo.
error-transfer-to-itself = Mae'r arian ar y cyfrif hwn yn barod. Teipiwch un arall.
error-bag-number-not-valid = Teipiwch rif y bag: hyd at 20 o lythrennau, digidau, - a /.
error-nothing-moved = Ni chyfrifwyd dim.
error-above-drawer = Mae hynny’n fwy nag y gall y drôr ei ddal. Cyfrifwch eto.
error-exchange-uneven = Mae { $out } yn mynd allan a { $in } yn dod i mewn. Rhaid i’r ddau fod yr un faint.
error-tick-not-valid = Nid yw un o’r sieciau neu’r archebion post ar restr y sesiwn hon. Ewch yn ôl a’u ticio eto.
error-float-left-above-count = Ni ellir gadael mwy yn y drôr nag a gyfrifwyd.

## People and sessions

error-sign-in-failed = Nid yw'r cod neu'r PIN yn gywir. Rhowch gynnig arall arni.
error-user-locked = Bu gormod o ymgeisiau aflwyddiannus. Gofynnwch i oruchwyliwr eich rhyddhau.
error-right-missing = Ni chewch wneud hyn. Gofynnwch i rywun sydd â'r hawl.
error-session-needed = Agorwch sesiwn yn gyntaf.
error-session-of-another = Sesiwn rhywun arall sydd ar y til hwn. Rhaid iddyn nhw ei gorffen yn gyntaf.
error-session-open-already = Mae sesiwn ar agor ar y til hwn eisoes.
error-session-counted = Mae’r sesiwn hon wedi’i chyfrif: ni ellir cymryd dim mwy ynddi. Caewch hi, neu gofynnwch am wrthod y cyfrif.
error-session-closed = Mae’r sesiwn hon wedi’i chau’n barod.
error-count-needed = Nid yw’r cyfrif hwn yn sefyll mwyach. Cyfrifwch eto.
error-sales-parked = Rhaid cymryd neu roi’r gorau i { $count } gwerthiant wedi’u parcio yn gyntaf: mae F4 yn eu dangos.
error-id-with-other-content = Gwnaed hyn yn barod, gyda chynnwys arall. Edrychwch ar yr hyn sydd yno cyn ei wneud eto.
error-x-read-of-own-session = Caiff eich sesiwn chi ei chyfrif yn ddall. Caiff rhywun arall ddarllen ei chyfanswm.
error-z-unknown = Nid oes darlleniad Z o’r fath ar y til hwn.
error-signed-out = Rydych wedi allgofnodi. Mewngofnodwch i fynd ymlaen.
error-screen-locked = Mae'r sgrin wedi'i chloi. Datglowch hi i fynd ymlaen.

## The till and its pack

error-council-missing = Nid oes gan y til hwn becyn cyngor eto. Gosodwch y til yn gyntaf.
error-till-not-set-up = Nid yw'r til hwn wedi'i osod eto. Gosodwch ef yn gyntaf.
error-till-set-up-already = Mae'r til hwn wedi'i osod eisoes. Ni newidiwyd dim.
error-pack-unreadable = Ni all y fersiwn hon o Counterfoil ddefnyddio pecyn cyngor y til hwn. Nid oes dim wedi'i golli: gosodwch y til eto gyda phecyn cywir.
error-pack-changes-mop = Mae'r pecyn hwn yn dileu dull talu { $mop } neu'n newid ei fath, ac nid yw arian a gymerwyd ag ef yn y banc eto. Caewch a bancio'r sesiynau hynny yn gyntaf.
error-pack-problems = Mae gwallau ym mhecyn y cyngor ac ni chafodd ei ddefnyddio. Fe'u rhestrir isod.
error-request-unreadable = Ni ddeallodd y rhaglen y cais hwnnw. Ni wnaed dim. Rhowch gynnig arall arni, yna rhowch wybod i'ch gweinyddwr.

## Taliadau cerdyn wrth y derfynell

error-card-terminal-missing = Nid oes terfynell gardiau wedi'i gosod wrth y til hwn. Cymerwch y cerdyn ar y derfynell annibynnol a theipiwch yr hyn sydd ar ei slip.
error-card-terminal-simulator = Efelychydd yr arddangosiad yw terfynell gardiau'r til hwn, ac nid oes arian yn symud yno. Ni ddechreuwyd dim. Cymerwch y cerdyn ar y derfynell annibynnol a theipiwch yr hyn sydd ar ei slip (Shift+F6). Gall gweinyddwr ddad-baru'r efelychydd o dan F9, Dyfeisiau.
error-card-reference-missing = Dywedodd goruchwyliwr yn ôl ei slip beth ddaeth o'r taliad hwn, felly nid yw cyfeirnod y derfynell ei hun ar ei gyfer yn hysbys, ac ni all y til ei roi yn ôl yno. Ni anfonwyd dim. Rhowch ef yn ôl wrth y derfynell â llaw, a theipiwch ei slip gyda'r dirymu neu'r ad-daliad; os nad yw'r taliad mewn derbynneb, mae goruchwyliwr yn dweud hynny o dan F9, Taliadau cerdyn.
error-card-terminal-busy = Mae'r derfynell gardiau'n dal yn brysur â thaliad arall. Arhoswch nes bod hwnnw drosodd.
error-card-terminal-changed = Anfonwyd y taliad i derfynell wahanol i'r un sydd gan y til hwn nawr. Rhaid i oruchwyliwr ddweud beth ddaeth ohono.
error-card-payment-unknown = Nid oes taliad cerdyn o'r fath wrth y til hwn.
error-card-payment-in-progress = Mae taliad cerdyn o { $amount } ar gyfer y gwerthiant hwn yn dal ar y gweill. Arhoswch nes ei fod drosodd.
error-card-payment-unresolved = Efallai fod { $amount } wedi'i godi ar gerdyn y cwsmer am y gwerthiant hwn eisoes, ac nid oes neb yn gwybod eto. Gofynnwch i oruchwyliwr cyn mynd ymlaen ag ef.
error-card-payment-unresolved-no-card = Efallai fod { $amount } wedi'i godi ar gerdyn y cwsmer am y gwerthiant hwn eisoes. Ni chodir ar unrhyw gerdyn amdano cyn bod hynny'n glir.
error-card-account-unresolved = Nid yw taliad cerdyn o { $amount } ar gyfer yr un cyfrif, a ddechreuwyd ar { $begun }, drosodd: efallai fod y cwsmer hwn wedi talu eisoes. Mae goruchwyliwr yn edrych ar F9, Taliadau cerdyn, cyn codi ar gerdyn arall amdano.
error-card-payment-not-used = Cymeradwywyd taliad cerdyn o { $amount } ar gyfer y gwerthiant hwn. Cymerwch ef gyda'r gwerthiant, neu rhowch ef yn ôl wrth y derfynell yn gyntaf.
error-card-payment-not-at-terminal = Nid yw'r derfynell yn brysur â'r taliad hwn mwyach.
error-card-payment-not-unresolved = Mae'r taliad cerdyn hwn yn glir eisoes. Edrychwch ar y rhestr eto.
error-card-reversal-begun = Rhoddir { $amount } yn ôl i'r cerdyn wrth y derfynell.
error-card-reversal-failed = Ni roddodd y derfynell yr arian yn ôl. Ni wnaed dim arall. Rhowch gynnig arall arni, neu dewiswch ffordd arall.
error-card-reversal-in-progress = Mae { $amount } o'r dderbynneb hon yn dal ar ei ffordd yn ôl i'r cerdyn. Arhoswch nes bod hynny drosodd.
error-card-reversal-unresolved = Nid oes neb yn gwybod eto a yw'r derfynell wedi rhoi { $amount } o'r dderbynneb hon yn ôl. Nid â dim arall yn ôl amdani cyn i oruchwyliwr ddweud hynny: F9, yna Taliadau cerdyn.
error-card-given-back-already = Mae { $left } ar ôl i'w roi yn ôl: aeth y gweddill yn ôl i'r cerdyn wrth y derfynell eisoes. Ni roddwyd dim yn ôl nawr.
error-card-reversal-not-used = Mae'r derfynell eisoes wedi rhoi { $amount } o'r dderbynneb hon yn ôl i'r cerdyn. Yn gyntaf dirymwch neu ad-dalwch yr union swm hwnnw i'r cerdyn, sy'n ei gofnodi; gall goruchwyliwr ei setlo fel arall â F9, Taliadau cerdyn.
error-card-terminal-in-use = Nid yw taliadau cerdyn wrth derfynell y til hwn yn glir eto ({ $count }), a dim ond y derfynell honno all ddweud beth ddaeth ohonynt. Datryswch nhw yn gyntaf: F9, yna Taliadau cerdyn.
error-card-payments-open = Nid yw taliadau cerdyn drosodd eto ({ $count }). Rhaid datrys pob un yn gyntaf: mae F9, yna Taliadau cerdyn, yn eu dangos.
error-finding-missing = Teipiwch yr hyn yr edrychoch arno, megis slip y derfynell neu ei rhestr o daliadau.
error-terminal-unreachable = Ni ellir cyrraedd y derfynell gardiau. A yw hi ymlaen, ac a yw ei chebl i mewn?
error-terminal-not-trusted = Nid y derfynell y mae'r til hwn yn ei hadnabod sy'n ateb lle dylai'r derfynell gardiau fod. Dywedwch wrth eich gweinyddwr.
error-terminal-dropped = Torrodd y llinell i'r derfynell gardiau.
error-terminal-timed-out = Ni atebodd y derfynell gardiau mewn pryd.
error-terminal-garbled = Ni ellir deall ateb y derfynell gardiau.
error-terminal-not-authentic = Ni wnaed ateb y derfynell gardiau â'r allwedd y cytunwyd arni. Dywedwch wrth eich gweinyddwr.
error-terminal-not-now = Mae'r derfynell gardiau'n ateb, ond ni all ddweud nawr beth ddaeth o'r taliad. Efallai ei bod yn brysur, neu'n methu cyrraedd ei banc.
error-terminal-not-supported = Ni all y derfynell gardiau wneud hyn.
error-terminal-bad-settings = Ni ellir defnyddio gosodiadau'r derfynell gardiau. Dywedwch wrth eich gweinyddwr.
error-terminal-pairing = { $field ->
    [host] Rhowch enw neu gyfeiriad y derfynell ar y rhwydwaith.
    [port] Rhowch rif porth, megis 8443.
    [poi_id] Rhowch fodel a rhif cyfresol y derfynell â chysylltnod rhyngddynt, megis P400Plus-275479597.
    [sale_id] Rhowch enw i'r til hwn, o hyd at 64 nod, nad oes gan unrhyw dil arall.
    [key_identifier] Rhowch enw'r allwedd y cytunwyd arni gyda'r derfynell.
    [key_version] Rhowch fersiwn yr allwedd, rhif cyfan.
    [authority] Nid oes ffeil o'r fath. Rhowch y ffeil â thystysgrif wraidd gwneuthurwr y derfynell.
   *[passphrase] Rhowch gyfrinymadrodd yr allwedd.
  }

## Sales, receipts, accounts

error-sale-id-with-other-content = Cymerwyd y gwerthiant hwn eisoes, gyda chynnwys arall. Edrychwch o dan F3 Derbynebau cyn cymryd arian eto.
error-receipt-unknown = Nid oes derbynneb o'r fath ar y til hwn.
error-correction-id-with-other-content = Gwnaed y cywiriad hwn eisoes, â chynnwys arall. Edrychwch dan F3 Derbynebau cyn mynd ymlaen.
error-correction-of-over-short = Gwahaniaeth sesiwn yw hwn. Mae’n aros fel y’i cyfrifwyd.
error-correction-nothing-left = Nid oes dim ar ôl o’r dderbynneb hon i’w gymryd yn ôl.
error-void-of-transfer = Ni ellir dirymu trosglwyddiad. Trosglwyddwch yr arian yn ôl yn lle hynny.
error-void-other-session = Fe’i cymerwyd mewn sesiwn arall. Rhowch ad-daliad yn lle hynny.
error-refund-transferred-same-session = Fe'i cymerwyd yn y sesiwn hon a'i drosglwyddo wedyn. Gellir ei ad-dalu o'r sesiwn nesaf ymlaen.
error-not-enough-cash = Nid oes digon o arian parod yn y drôr ar gyfer hyn. Ychwanegwch at y fflôt yn gyntaf, neu dewiswch ffordd arall.
error-refund-same-session = Fe’i cymerwyd yn y sesiwn hon. Dirymwch hi yn lle hynny.
error-parked-sale-unknown = Nid yw'r gwerthiant hwn a neilltuwyd yno bellach. Fe'i gorffennwyd neu ei ollwng.
error-account-unknown = Nid yw'r cyfrif hwn yn y detholiad.
error-import-running = Mae mewnforio ar waith eisoes. Arhoswch amdano, neu canslwch ef.
error-extract-refused = Mae gormod o resi'n anghywir. Mae'r cyfrifon a oedd yma gynt yn dal mewn defnydd.
error-file-not-found = Nid oes ffeil o'r fath. Gwiriwch y llwybr a rhowch gynnig arall arni.

## This machine

error-store-in-use = Mae Counterfoil yn rhedeg ar y til hwn eisoes. Caewch y ffenestr arall, neu defnyddiwch honno.
error-webview-broken = Ni all Counterfoil agor ei ffenestr: mae Microsoft Edge WebView2 ar y cyfrifiadur hwn, ac nid yw'n cychwyn. Ailgychwynnwch y cyfrifiadur; os nad yw hynny'n helpu, gofynnwch i TG drwsio'r WebView2 Runtime. Nid oes dim wedi'i golli; mae'r hyn a gymerwyd yn dal ar y til hwn.
error-webview-missing = Ni all Counterfoil agor ei ffenestr: mae Microsoft Edge WebView2 ar goll o'r cyfrifiadur hwn. Gofynnwch i TG osod y WebView2 Runtime. Nid oes dim wedi'i golli; mae'r hyn a gymerwyd yn dal ar y til hwn.
error-store-newer = Ysgrifennwyd data'r til gan fersiwn mwy newydd o Counterfoil. Gosodwch y fersiwn hwnnw. Ni newidiwyd dim.
error-accounts-unreadable = Ni ellir darllen deiliaid y cyfrifon, felly dim ond ffurf cyfeirnodau a gaiff ei gwirio. Dywedwch wrth eich gweinyddwr am eu mewnforio eto.
error-store-damaged = Mae data'r til wedi'i ddifrodi. Peidiwch â chymryd arian ar y til hwn. Rhowch wybod i'ch gweinyddwr.
error-store-read-only = Ni ellir ysgrifennu i ddata'r til. Ni chymerwyd dim. Rhowch wybod i'ch gweinyddwr.
error-disk-full = Mae'r ddisg yn llawn. Ni chymerwyd dim. Rhowch wybod i'ch gweinyddwr.
error-store-in-doubt = Nid yw'n sicr bod hyn wedi'i gadw. Rhowch gynnig arall arni: ni chymerir dim ddwywaith.
error-store-failed = Ni ellid darllen nac ysgrifennu data'r til. Rhowch gynnig arall arni, yna rhowch wybod i'ch gweinyddwr.
error-store-locked = Mae rhaglen arall yn dal ffeil data'r til: un sy'n ei chopïo, neu'n chwilio am firysau. Ni wnaed dim. Rhowch gynnig arall arni; os yw'n parhau, dywedwch wrth eich gweinyddwr.
error-internal = Aeth rhywbeth o'i le yn y rhaglen. Rhowch gynnig arall arni, yna rhowch wybod i'ch gweinyddwr.

## The printer

error-paper-out = Nid oes papur yn yr argraffydd derbynebau. Rhowch rolyn newydd i mewn, yna pwyswch F11.
error-cover-open = Mae clawr yr argraffydd ar agor. Caewch ef, yna pwyswch F11.
error-printer-offline = Mae'r argraffydd all-lein. Gwiriwch ei fod ymlaen, bod ganddo bapur a bod ei glawr ar gau, pwyswch ei fotwm Feed, yna pwyswch F11.
error-printer-unreachable = Nid yw'r argraffydd yn ateb. Gwiriwch ei fod ymlaen a bod ei gebl i mewn, yna pwyswch F11.
error-printer-timed-out = Cymerodd yr argraffydd ormod o amser neu nid yw'n ateb. Gwiriwch ei fod ymlaen, yna pwyswch F11. Caiff un sy'n argraffu a byth yn ateb ei osod felly dan Dyfeisiau.
error-printer-trouble = Mae trafferth gyda'r argraffydd. Gwiriwch ef, yna pwyswch F11.

## Why a row of an extract was refused

bad-row = Llinell { $line }: { $reason } ({ $column })
bad-row-whole = Llinell { $line }: { $reason }
row-wrong-number-of-columns = gormod neu rhy ychydig o golofnau
row-text-not-plain = nodau na ellir eu cadw
row-reference-length = dim cyfeirnod, neu un rhy hir
row-fund-code = dim cronfa, neu un amhosibl
row-fund-unknown = cronfa nad yw ym mhecyn y cyngor
row-balance-not-an-amount = nid swm yw'r balans
row-message-not-a-number = nid rhif yw'r neges
row-message-unknown = neges nad yw ym mhecyn y cyngor
row-date-not-readable = ni ellir darllen y dyddiad
row-account-twice = mae'r cyfrif yn y ffeil ddwywaith
row-quote-torn = mae dyfynnod ar goll
error-user-is-oneself = Nid oes neb yn newid ei gyfrif ei hun. Gofynnwch i rywun arall.
error-secrets-differ = Nid yw'r ddau yr un fath. Teipiwch nhw eto.

## Why an extract was refused as a whole

error-extract-empty = Nid oes cyfrifon yn y ffeil hon. Gwiriwch mai'r un gywir yw hi.
error-extract-columns-missing = Nid oes gan y ffeil hon y colofnau sydd gan ddetholiad o gyfrifon. Gwiriwch mai'r un gywir yw hi.
error-extract-too-many-bad-rows = Mae gormod o resi'n anghywir. Gofynnwch am ddetholiad wedi'i gywiro.
error-quote-torn = Mae dyfynnod ar goll yn y ffeil hon. Gofynnwch am ddetholiad wedi'i gywiro.

## Banking and reports

error-slip-number-not-valid = Teipiwch rif y slip talu i mewn: 1 i 20 o lythrennau, digidau, cysylltnodau neu flaenslaesau.
error-bag-twice = Mae bag { $bag } yno ddwywaith.
error-bag-not-full = Dim ond bagiau llawn o ddarnau arian y mae’r banc yn eu derbyn: mae bag o’r rhain yn dal { $bag }. Gadewch allan yr hyn nad yw’n llenwi bag.
error-bags-do-not-add-up = Mae’r bagiau’n dal { $held }, ond cyfanswm yr arian parod yw { $cash }. Cywirwch y symiau.
error-deposit-empty = Nid oes dim yma i fynd i’r banc.
error-session-not-closed = Nid yw’r sesiwn hon wedi cau eto. Dim ond sesiynau sydd wedi cau sy’n mynd i’r banc.
error-session-banked-already = Mae arian y sesiwn hon mewn adneuad arall yn barod. Edrychwch ar y rhestr eto.
error-slip-used = Defnyddiwyd slip talu i mewn { $slip } ar gyfer adneuad arall. Gwiriwch ei rif.
error-deposit-unknown = Nid oes adneuad o’r fath.
error-period-not-valid = Ni all y dyddiadau hyn fod yn gyfnod. Teipiwch nhw fel 23/11/2026, yr un cynharaf yn gyntaf.
error-report-too-long = Mae mwy o resi nag y gellir eu darllen mewn PDF ({ $most }). Dewiswch gyfnod byrrach, neu allforiwch CSV.
error-folder-missing = Nid oes ffolder o’r fath. Teipiwch lwybr llawn un sy’n bod, neu gadewch yn wag.
error-export-not-written = Ni ellir ysgrifennu’r ffeil. Gwiriwch y ffolder ac nad yw’r ffeil ar agor mewn rhaglen arall.

## The ledger

error-ledger-differs = Mae { $count } rhes yn wahanol rhwng y til hwn a'r cyfriflyfr.
error-ledger-not-quarantined = Nid yw'r dderbynneb hon yn aros am neb. Edrychwch ar y rhestr eto.
error-ledger-no-ims = Nid oes LocalGov IMS wedi'i osod ar y til hwn.
error-ledger-ims-not-usable = Ni ellir defnyddio'r IMS fel y mae wedi'i osod: { $reason }.
error-ledger-ims-secret-missing = Mae'r IMS yn gofyn am docyn, allwedd neu dystysgrif nad yw gan y til hwn. Gosodwch ef â "counterfoil ledger ims".
error-ledger-ims-trouble = Ni ellir holi'r IMS: { $reason }.
error-ledger-ims-differs = { $count } gwahaniaeth rhwng pecyn cyngor y til hwn a'r IMS.
error-ledger-nothing-to-settle = Nid oes dim o'r dderbynneb hon yn hysbys yn y cyfriflyfr, felly ni ellir ei derbyn fel y mae yno. Cywirwch yr achos a gadewch iddi gael ei hanfon eto.
error-ledger-none = Nid oes cyfriflyfr wedi'i osod ar y til hwn.
error-ledger-not-enrolled = Nid yw'r cyfriflyfr yn adnabod y til hwn eto. Cofrestrwch ef â chod gan eich gweinyddwr.
error-ledger-address = Nid cyfeiriad cyfriflyfr yw hwnnw. Mae'n dechrau â https://.
error-ledger-certificate = Ni ellir darllen ffeil awdurdod tystysgrifau'r cyngor, neu nid oes tystysgrif ynddi.
error-ledger-not-trusted = Nid oes ymddiriedaeth yn nhystysgrif yr hyn sy'n ateb yn y cyfeiriad hwnnw, felly ni anfonwyd dim. Os oes gan y cyngor ei awdurdod tystysgrifau ei hun, enwch ei ffeil; fel arall gwiriwch gloc y peiriant hwn.
error-ledger-in-the-clear = Mae'r cyfeiriad hwnnw'n dechrau â http://, felly mae derbyniadau, enwau a chyfeirnodau'n mynd dros y rhwydwaith heb eu hamgryptio, a gall pwy bynnag sydd arno eu darllen a'u newid. Mae cyfeiriad sy'n dechrau â https:// yn ddiogel.
error-ledger-take-name = Mae'r cyfriflyfr yn adnabod y til hwn fel til { $till } yn swyddfa { $office }, ac mae ganddo enw arall yma. Ni dderbyniwyd dim arno eto, felly gall gymryd yr enw hwnnw: rhifir y derbynebau wrtho o'r gyntaf ymlaen.
error-ledger-till-known = Mae'r cyfriflyfr eisoes yn adnabod y til hwn, wrth allwedd neu enw arall. Gofynnwch i bwy bynnag sy'n ei redeg am god sy'n disodli'r til hwn.
error-ledger-unreachable = Ni ellir cyrraedd y cyfriflyfr. Gwiriwch y cyfeiriad a'r cysylltiad, yna ceisiwch eto. Cedwir y derbyniadau ar y til hwn.
error-ledger-not-understood = Nid y cyfriflyfr a atebodd yn y cyfeiriad hwnnw. Gwiriwch y cyfeiriad.
error-ledger-code-wrong = Nid yw'r cyfriflyfr yn adnabod y cod hwnnw. Mae codau'n gweithio unwaith ac am gyfnod; gofynnwch am un newydd.
error-ledger-till-unknown = Nid yw'r cyfriflyfr yn adnabod y til hwn. Cofrestrwch ef â chod gan eich gweinyddwr.
error-ledger-till-revoked = Nid yw'r cyfriflyfr yn derbyn dim gan y til hwn mwyach. Dywedwch wrth eich gweinyddwr.
error-ledger-signature-wrong = Nid yw'r cyfriflyfr yn derbyn llofnod y til hwn. Dywedwch wrth eich gweinyddwr.
error-ledger-date-wrong = Mae cloc y til hwn yn rhy bell o gloc y cyfriflyfr. Cywirwch ef, yna ceisiwch eto.
error-ledger-batch-unreadable = Ni all y cyfriflyfr ddarllen yr hyn y mae'r til hwn yn ei anfon. Dywedwch wrth eich gweinyddwr.
error-ledger-busy = Mae'r cyfriflyfr yn brysur. Ceisiwch eto mewn eiliad.
error-ledger-other-till = Mae'r cod hwnnw ar gyfer til { $till } yn swyddfa { $office }, nid hwn.
error-ledger-replaces-another = Mae'r cod hwnnw ar gyfer disodli til coll. Defnyddiwch "counterfoil journal restore" ar dil newydd.
error-ledger-release-text = Dywedwch beth a ganfuwyd: hyd at 200 nod.
error-ledger-no-alarm = Nid oes larwm.
error-ledger-not-usable = Ni ellir anfon derbyniadau fel y mae'r til hwn wedi'i osod. Dywedwch wrth eich gweinyddwr.
error-ledger-pack-refused = Ni ellir defnyddio pecyn cyngor o'r cyfriflyfr; mae'r un cynt yn aros. Dywedwch wrth eich gweinyddwr.
error-ledger-extract-refused = Ni ellir defnyddio deiliaid cyfrifon o'r cyfriflyfr; mae'r rhai cynt yn aros. Dywedwch wrth eich gweinyddwr.
error-secrets-unreadable = Ni ellir darllen na chadw allwedd, tocyn na chyfrinymadrodd y til. Dywedwch wrth eich gweinyddwr: lle gosodwyd Windows o'r newydd, cofrestrwch y til â chod sy'n ei ddisodli, gosodwch docyn y cyfriflyfr eto, a pharwch y derfynell gardiau eto.
error-mirror-unreachable = Ni ellir ysgrifennu ail gopi dyddlyfr y til hwn. Gellir cymryd arian. Dywedwch wrth eich gweinyddwr.
error-mirror-full = Nid oes lle i ail gopi dyddlyfr y til hwn. Gellir cymryd arian. Dywedwch wrth eich gweinyddwr.
error-mirror-other-entries = Mae til arall yn ysgrifennu o dan enw'r til hwn yn ail gopi'r dyddlyfr. Dywedwch wrth eich gweinyddwr nawr.
error-mirror-damaged = Mae rhan o ail gopi dyddlyfr y til hwn ar goll. Gellir cymryd arian. Dywedwch wrth eich gweinyddwr.
error-restore-not-fresh = Mae data til yn y ffolder hon eisoes. Adferwch i ffolder ddata heb ddim ynddi.
error-restore-from-what = Dywedwch o ble i adfer: --mirror, neu --url gyda --code, neu'r ddau.
error-restore-mirror-none = Nid oes dyddlyfr unrhyw dil yn { $folder }.
error-restore-mirror-several = Mae sawl til yn { $folder }. Enwch ffolder un ohonynt: { $tills }.
error-restore-mirror-unreadable = Ni ellir darllen { $path }. Ni adferwyd dim.
error-restore-mirror-broken = Nid yw cofnod { $seq } o'r copi yn dal, er bod eraill yn ei ddilyn ({ $path }). Ni adferwyd dim.
error-restore-ledger-broken = Nid yw cofnod { $seq } o'r hyn a anfonodd y cyfriflyfr yn dal. Ni adferwyd dim.
error-restore-disagree = Mae gan y copi a'r cyfriflyfr gofnodion gwahanol o dan rif { $seq }. Ni adferwyd dim. Dywedwch wrth eich gweinyddwr.
error-restore-other-till = Copi til { $mirror } yw hwn, ac mae'r cod yn disodli til { $ledger }. Ni adferwyd dim.
error-restore-not-a-replacement = Mae'r cod hwnnw ar gyfer til newydd, nid i ddisodli un coll. Gofynnwch am god sy'n ei ddisodli.
error-restore-nothing = Nid oes cofnod i'w adfer.
error-restore-last-receipt = Ni all { $given } fod y dderbynneb olaf: yr un olaf y gwyddys amdani yw { $known }.
