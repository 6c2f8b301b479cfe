# Drafted by machine; to be signed by a translator.
### Looking after a till: check-up, support bundle, backup, upgrade.

## Check-up

upkeep-title = Archwiliad a chopi wrth gefn
doctor-lead = Mae'n edrych ar y peiriant hwn: disg, data, cyfriflyfr, argraffydd, terfynell gardiau, sganiwr. Ni newidir dim, a gellir cymryd arian yn y cyfamser.
doctor-begin = Dechrau'r archwiliad
doctor-stop = Stopio
doctor-progress = Edrychwyd ar { $done } o { $of }
doctor-good = Mae popeth fel y dylai fod.
doctor-to-look-at = { $form ->
    [one] Gellir cymryd arian. Dylai rhywun edrych ar un peth.
   *[other] Gellir cymryd arian. Dylai rhywun edrych ar { $count } o bethau.
  }
doctor-bad = { $form ->
    [one] Rhaid cywiro un peth. Rhowch wybod i'ch gweinyddwr.
   *[other] Rhaid cywiro { $count } o bethau. Rhowch wybod i'ch gweinyddwr.
  }
doctor-copy = Copïo
doctor-print = Argraffu
doctor-printing = Mae'n cael ei argraffu.
check-up-title = Archwiliad
doctor-copied = Copïwyd.
doctor-not-copied = Ni ellid ei gopïo. Defnyddiwch y bwndel cymorth.
doctor-finding-ok = Iawn
doctor-finding-look-at-this = Edrychwch ar hyn
doctor-finding-wrong = Anghywir

doctor-check-disk = Disg
doctor-check-rights = Ffolder data
doctor-check-settings = Gosodiadau
doctor-check-store = Data'r til
doctor-check-chain = Dyddlyfr
doctor-check-versions = Fersiynau
doctor-check-backup = Copi wrth gefn
doctor-check-mirror = Ail gopi
doctor-check-ledger = Cyfriflyfr
doctor-check-certificate = Tystysgrif y cyfriflyfr
doctor-check-clock = Cloc
doctor-check-printer = Argraffydd
doctor-check-terminal = Terfynell gardiau
doctor-check-scanner = Sganiwr
doctor-check-web-view = Ffenestr

doctor-disk-room = Mae { $free } MB yn rhydd.
doctor-disk-little = Dim ond { $free } MB sy'n rhydd. Gwnewch le ar y ddisg hon yn fuan.
doctor-disk-full = Dim ond { $free } MB sy'n rhydd. Gwnewch le ar y ddisg hon nawr: heb le ni ellir cymryd taliad.
doctor-disk-unknown = Ni ellir dweud faint o le sydd. Edrychwch ar ddisg y ffolder data.
doctor-rights = Gellir ysgrifennu i'r ffolder data.
doctor-rights-none = Ni ellir ysgrifennu i'r ffolder data. Rhowch hawl i'r bobl sy'n defnyddio'r til hwn ei newid, a'r hyn sydd ynddo.
doctor-rights-no-folder = Nid yw'r ffolder data yno. Fe'i gwneir pan agorir Counterfoil; os oedd yno o'r blaen, darganfyddwch i ble yr aeth.
doctor-settings = Gellir defnyddio'r gosodiadau.
doctor-settings-file = Ni ellir defnyddio settings.json, ac nid yw'r til yn agor. Cywirwch ef: { $reason }
doctor-settings-refused = Ni ellir defnyddio gosodiad, a'r lle nesaf sy'n cyfrif. Cywirwch ef yn { $place }: { $reason }
doctor-settings-unknown = Nid yw'r fersiwn hon yn adnabod gosodiad yn { $place }: { $reason }. Gall fersiwn ddiweddarach.
doctor-store = Mae data'r til yn gyfan ({ $size } MB).
doctor-store-none = Nid oes data eto: nid yw'r til hwn wedi'i osod. Os oedd, mae ei ddata wedi mynd: adferwch gopi wrth gefn, neu ei ail gopi.
doctor-store-mode = Nid yw data'r til yn y modd y dylai fod, ond { $mode }. Agorwch a chaewch Counterfoil unwaith; edrychwch eto.
doctor-store-newer = Mae data'r til yn perthyn i Counterfoil diweddarach (sgema { $found }; mae hwn yn adnabod { $known }). Gosodwch y fersiwn ddiweddarach. Ni newidiwyd dim.
doctor-store-damaged = Mae data'r til wedi'i ddifrodi. Peidiwch â chymryd arian ar y til hwn. Copïwch y ffolder data cyn dim arall, yna dilynwch “When a till's data is damaged”.
doctor-store-unreadable = Ni ellir darllen data'r til ({ $code }). Edrychwch ar hawliau'r ffolder data, ac ar y ddisg.
doctor-chain-tail = Mae { $count } cofnod olaf y dyddlyfr fel yr ysgrifennwyd hwy.
doctor-chain-whole = Mae pob un o { $count } cofnod y dyddlyfr fel yr ysgrifennwyd hwy.
doctor-chain-broken = Nid yw'r dyddlyfr fel yr ysgrifennwyd ef, o gofnod { $seq } ymlaen. Peidiwch â chymryd arian ar y til hwn. Copïwch y ffolder data cyn dim arall.
doctor-versions = Counterfoil { $program }, sgema { $known }.
doctor-versions-older = Counterfoil { $program }. Mae'r data ar sgema { $found } ac yn dod yn { $known } pan agorir y cownter; cedwir copi ohono.
doctor-versions-newer = Mae Counterfoil { $program } yn adnabod sgema { $known }, ac mae'r data ar { $found }. Gosodwch y fersiwn ddiweddarach.
doctor-backup = Oed y copi wrth gefn diweddaraf mewn diwrnodau: { $days }. Copïau a gedwir: { $kept }.
doctor-backup-old = Mae'r copi wrth gefn diweddaraf yn { $days } diwrnod oed. Gwelwch a ellir cyrraedd ei ffolder, a gwnewch un nawr.
doctor-backup-ahead = Mae dyddiad pob copi wrth gefn yn hwyrach na heddiw: mae cloc y peiriant hwn yn anghywir, neu bu felly. Gosodwch ef, a gwnewch gopi wrth gefn nawr.
doctor-backup-none = Nid oes copi wrth gefn o'r til hwn eto. Gwnewch un nawr.
doctor-backup-nowhere = Ni wneir copi wrth gefn: nid yw'r gosodiadau'n enwi ffolder. Gosodwch backup_folder.
doctor-backup-folder = Ni ellir darllen y ffolder ar gyfer copïau wrth gefn. Cysylltwch ef, neu enwch un arall.
doctor-backup-unknown = Ni ellir dweud copïau pwy i chwilio amdanynt, oherwydd ni ellir darllen data'r til.
doctor-mirror = Mae ail gopi'r dyddlyfr yn gyflawn.
doctor-mirror-behind = Nid yw { $count } cofnod o'r dyddlyfr yn yr ail gopi eto. Fe'i hysgrifennir tra bo'r cownter ar agor; edrychwch eto'n nes ymlaen.
doctor-mirror-nowhere = Nid oes ail gopi o'r dyddlyfr: nid yw'r gosodiadau'n enwi ffolder. Gosodwch mirror_folder.
doctor-mirror-folder = Ni ellir darllen ffolder yr ail gopi. Cysylltwch ef, neu enwch un arall.
doctor-mirror-unknown = Ni ellir dweud a yw'r ail gopi'n gyflawn, oherwydd ni ellir darllen data'r til.
doctor-ledger = Mae'r cyfriflyfr yn ateb.
doctor-ledger-none = Nid oes cyfriflyfr: mae'r derbyniadau'n aros ar y til hwn.
doctor-ledger-not-enrolled = Mae'r cyfriflyfr yn ateb ac nid yw'n adnabod y til hwn eto. Cofrestrwch ef â chod untro.
doctor-ledger-key = Mae'r cyfriflyfr yn ateb, ac nid yw allwedd y til hwn lle y'i cedwir. Cofrestrwch y til eto, â chod sy'n ei ddisodli.
doctor-ledger-address = Nid yw cyfeiriad y cyfriflyfr yn gyfeiriad. Cywirwch ef: mae'n dechrau â https://.
doctor-ledger-authority = Ni ellir darllen y ffeil â thystysgrifau'r cyngor ei hun. Gwelwch ei bod lle mae'r gosodiadau'n dweud.
doctor-ledger-machine = Nid oes gan y peiriant hwn restr o dystysgrifau y mae'n ymddiried ynddynt, felly ni ellir siarad â'r cyfriflyfr. Gofynnwch i TG drwsio storfa dystysgrifau'r system, neu enwch awdurdod y cyngor ei hun.
doctor-ledger-not-trusted = Nid ymddiriedir yn nhystysgrif y cyfriflyfr, neu mae wedi dod i ben. Trefnwch ei hadnewyddu, neu enwch awdurdod y cyngor ei hun. Cedwir y derbyniadau ar y til hwn.
doctor-ledger-not-let-in = Mae'r cyfriflyfr yn ateb ac nid yw'n gadael y til hwn i mewn: mae'n gofyn am dystysgrif nad yw gan y til hwn, neu nad yw'n ei derbyn. Gofynnwch i TG roi un ddilys i'r til hwn. Cedwir y derbyniadau ar y til hwn.
doctor-ledger-client-certificate = Nid yw'r dystysgrif y mae'r til hwn yn ei dangos i'r cyfriflyfr lle y'i cedwir, neu ni ellir ei darllen. Rhowch hi eto â counterfoil ledger ims. Cedwir y derbyniadau ar y til hwn.
doctor-ledger-unreachable = Nid yw'r cyfriflyfr yn ateb. Edrychwch ar y rhwydwaith. Cedwir y derbyniadau ar y til hwn, ac fe'u hanfonir pan fydd yn ateb.
doctor-ledger-unknown = Mae'r cyfriflyfr yn ateb. Ni ellir dweud a yw'n adnabod y til hwn, oherwydd ni ellir darllen data'r til.
doctor-certificate = Mae tystysgrif y cyfriflyfr yn dal am { $days } diwrnod arall.
doctor-certificate-soon = Dim ond am { $days } diwrnod arall y mae tystysgrif y cyfriflyfr yn dal. Trefnwch ei hadnewyddu.
doctor-certificate-none = Cyrhaeddir y cyfriflyfr heb dystysgrif. Dylai ei gyfeiriad ddechrau â https://.
doctor-clock = Mae cloc y peiriant hwn a chloc y cyfriflyfr yn cytuno.
doctor-clock-apart = Mae cloc y peiriant hwn { $seconds } eiliad i ffwrdd o gloc y cyfriflyfr. Gadewch i Windows ei osod o'r rhwydwaith.
doctor-clock-wrong = Mae cloc y peiriant hwn { $seconds } eiliad i ffwrdd o gloc y cyfriflyfr: mae'r amser ar dderbynebau'n anghywir, ac nid yw'r cyfriflyfr yn derbyn dim gan y til hwn nes ei osod. Gosodwch ef.
doctor-clock-unknown = Nid oes cyfriflyfr i gymharu'r cloc ag ef.
doctor-printer = Mae'r argraffydd yn ateb.
doctor-printer-screen = Argreffir derbynebau ar y sgrin.
doctor-printer-none = Nid oes argraffydd: daw derbynebau'n ffeiliau PDF.
doctor-printer-paper-low = Mae papur yr argraffydd bron ar ben. Cadwch rôl yn barod.
doctor-printer-serial = Ni ellir agor porth yr argraffydd. Tra bo'r cownter ar agor mae hynny fel y dylai fod; fel arall edrychwch ar ei gebl ac enw ei borth.
doctor-printer-fault = Nid yw'r argraffydd yn gwneud ei waith ({ $fault }). Edrychwch ar ei bŵer, ei gebl a'i glawr.
doctor-printer-silent = Cyrhaeddir yr argraffydd. Nid yw'n dweud sut y mae: gwelwch a ddaw ei dudalen brawf allan.
doctor-printer-queue = Mae'r ciw argraffu yno. Nid yw'n dweud sut y mae ei argraffydd: gwelwch a ddaw'r dudalen brawf allan.
doctor-printer-queue-unlisted = Nid yw'r ciw argraffu ymhlith rhai'r cyfrifiadur hwn. Edrychwch ar ei enw; os yw'n eiddo i gyfrifiadur arall, gwelwch a ddaw'r dudalen brawf allan.
doctor-terminal = Mae'r derfynell gardiau'n ateb.
doctor-terminal-none = Nid yw'r til yn gyrru terfynell gardiau: teipir yr hyn a ddywed slip terfynell.
doctor-terminal-simulator = Terfynell yr arddangosiad yw'r derfynell gardiau: nid oes arian yn symud. Gall gweinyddwr baru un go iawn: F9, yna Dyfeisiau.
doctor-terminal-tests = Terfynell ar gyfer profion yw'r derfynell gardiau: nid oes arian yn symud. Parwch yr un go iawn.
doctor-terminal-no-host = Mae'r derfynell gardiau'n ateb ac nid yw'n cyrraedd ei banc. Edrychwch ar rwydwaith y derfynell ei hun.
doctor-terminal-not-asked = Ni ellir darllen data'r til. Gall taliad cerdyn fod ar y gweill, felly ni ofynnwyd i'r derfynell gardiau. Cywirwch ddata'r til yn gyntaf.
doctor-terminal-busy = Mae taliad cerdyn ar y gweill neu heb fod yn glir, felly ni ofynnwyd i'r derfynell gardiau. Edrychwch eto pan fydd drosodd.
doctor-terminal-key = Nid yw cyfrinymadrodd y derfynell gardiau lle y'i cedwir. Parwch y derfynell eto.
doctor-terminal-fault = Nid yw'r derfynell gardiau'n ateb fel y dylai ({ $fault }). Edrychwch ar ei phŵer, ei rhwydwaith a'i chyfeiriad. Gellir cymryd cardiau wrth derfynell ar ei phen ei hun yn y cyfamser.
doctor-terminal-unknown = Ni ellir dweud pa derfynell gardiau sydd, oherwydd ni ellir defnyddio'r gosodiadau.
doctor-scanner-keyboard = Mae'r sganiwr yn teipio fel bysellfwrdd. I weld a yw yno, rhowch gynnig ar sgan o dan Dyfeisiau.
doctor-scanner-port = Mae porth y sganiwr yno. I weld a yw'n darllen, rhowch gynnig ar sgan o dan Dyfeisiau.
doctor-scanner-missing = Nid oes dim wrth borth y sganiwr { $port }. Edrychwch ar ei gebl ac ar enw'r porth. Gellir teipio cyfeirnodau yn y cyfamser.
doctor-scanner-unknown = Ni ellir dweud pa sganiwr sydd, oherwydd ni ellir defnyddio'r gosodiadau.
doctor-printer-unknown = Ni ellir dweud pa argraffydd sydd, oherwydd ni ellir defnyddio'r gosodiadau.
doctor-web-view = Tynnir y ffenestr gan olwg gwe { $version }.
doctor-web-view-none = Nid yw'r olwg gwe sy'n tynnu'r ffenestr yno. Gosodwch Microsoft Edge WebView2, neu WebKitGTK.

## Support bundle

support-write = Ysgrifennu bwndel cymorth
support-lead = Un ffeil â'r logiau, yr archwiliad hwn, gosodiadau a chyfrifon. Dim enwau, dim cyfeirnodau, dim symiau, dim allweddi.
support-written = Y bwndel cymorth yw { $path }
error-support-not-written = Ni ellid ysgrifennu'r bwndel cymorth. Edrychwch ar y lle ar y ddisg a hawliau'r ffolder.

## Backup

backup-title = Copi wrth gefn
backup-none-set = Ni wneir copi wrth gefn bob dydd: nid yw gosodiadau'r peiriant yn enwi ffolder (backup_folder).
backup-daily = Bob dydd i { $folder }
backup-latest = Mae'r diweddaraf o { $when }; cedwir { $count }.
backup-latest-none = Nid oes un yno eto.
backup-folder = Ffolder
backup-folder-hint = Ar ddisg arall neu gyfran. Rhaid iddo fod yno.
backup-begin = Gwneud copi wrth gefn nawr
backup-stop = Stopio
backup-progress = Ysgrifennwyd { $percent } %
backup-stage-done = Gwnaed y copi wrth gefn ac edrychwyd arno: { $file }
backup-stage-cancelled = Stopiwyd y copi wrth gefn. Mae'r rhai o'i flaen yno o hyd.
backup-stage-failed = Ni wnaed copi wrth gefn.
error-backup-failed = Ni ellid gwneud copi wrth gefn heddiw. Gellir cymryd arian. Rhowch wybod i'ch gweinyddwr.
error-backup-where = Dywedwch i ba ffolder, neu gosodwch backup_folder.
error-backup-running = Mae copi wrth gefn yn cael ei wneud eisoes.
error-backup-folder-missing = Nid yw'r ffolder ar gyfer y copi wrth gefn yno. Cysylltwch ef, neu dewiswch un arall.
error-backup-folder-read-only = Ni ellir ysgrifennu i'r ffolder ar gyfer y copi wrth gefn.
error-backup-disk-full = Nid oes lle i'r copi wrth gefn. Gwnewch le, neu dewiswch ffolder arall.
error-backup-not-whole = Nid yw'r ffeil hon yn gopi wrth gefn cyfan: { $reason }. Ni newidiwyd dim. Cymerwch un arall.
error-backup-other-till = Copi wrth gefn til arall yw hwn. Ni newidiwyd dim.
error-backup-other-entries = Mae gan y copi wrth gefn a data'r til hwn ill dau rywbeth nad yw gan y llall: adferwyd copi wrth gefn yn y cyfamser, neu roedd gan ddau beiriant un hunaniaeth. Byddai { $entries } cofnod o ddata'r til yn cael eu gadael allan, gyda { $receipts } derbynneb o { $value } i gyd; mae { $delivered } o'r derbynebau hyn gan y cyfriflyfr. Ni newidiwyd dim. Penderfynwch gydag archwilwyr pa un sy'n gywir. I'w wneud er hynny ychwanegwch --leave-out { $entries }: yna chwiliwch am bob derbynneb yn y cyfriflyfr yn ôl ei rhif, ei chyfrif a'i swm, a rhowch i mewn â llaw yr hyn nad yw yno yn unig. Cedwir y data a ddisodlir wrth ei ymyl.
error-backup-older = Mae'r copi wrth gefn yn hŷn na data'r til hwn: byddai { $entries } cofnod yn cael eu gadael allan, gyda { $receipts } derbynneb o { $value } i gyd; mae { $delivered } o'r derbynebau hyn gan y cyfriflyfr. Ni newidiwyd dim. Lle mae ail gopi neu'r cyfriflyfr canolog, nid yw “journal restore” yn colli dim. I'w wneud er hynny ychwanegwch --leave-out { $entries }: yna chwiliwch am bob derbynneb yn y cyfriflyfr yn ôl ei rhif, a rhowch i mewn â llaw yr hyn nad yw yno yn unig. Cedwir y data a ddisodlir wrth ei ymyl.
error-backup-older-unknown = Mae data'r til hwn wedi'i ddifrodi gormod i ddweud beth sydd ganddo nad yw yn y copi wrth gefn, neu dim ond ei log sydd ar ôl. Ni newidiwyd dim. I adfer y copi wrth gefn er hynny ychwanegwch --leave-out unknown: cedwir yr hyn sydd yno wrth ei ymyl, a gall fod ynddo daliadau nad ydynt yn y copi wrth gefn. Chwiliwch am bob un yn y cyfriflyfr cyn ei roi i mewn â llaw.
error-restore-decided = Penderfynwyd ar yr adfer, ac ni ellir symud { $path } eto: mae rhaglen arall yn ei ddal, un sy'n ei gopïo neu'n chwilio am firysau. Peidiwch ag agor data hŷn nac adfer dim arall. Caewch y rhaglen honno; bydd Counterfoil yn cwblhau'r adfer pan agorir ef nesaf, neu pan roddir y gorchymyn hwn eto, ac nid oes angen gwneud dim arall.
error-restore-other-first = Penderfynwyd ar adfer arall yn gynharach, ac mae wedi'i gwblhau nawr: data'r til bellach yw'r hyn a ddaeth yn ôl gyda'r adfer hwnnw, a'r hyn a oedd yn ei le, os oedd rhywbeth, yw { $aside }. Ni ddaethpwyd â'r hyn y mae'r gorchymyn hwn yn ei enwi yn ôl. Os dyna a fynnwch o hyd, rhowch y gorchymyn eto.
error-doctor-cancelled = Stopiwyd yr archwiliad cyn ei ddiwedd. Dechreuwch ef eto, a gadewch iddo ddod i ben.
error-doctor-running = Mae archwiliad ar y gweill eisoes.
error-doctor-wrong = Rhaid cywiro'r hyn sydd wedi'i nodi'n anghywir ({ $count }).
error-cancelled = Fe'i stopiwyd.

## Upgrade

upgrade-copying = Fersiwn newydd: gwneir copi o ddata'r til yn gyntaf, { $percent } %
upgrade-changing = Fersiwn newydd: mae data'r til yn cael ei ddiweddaru
