# Drafted by machine; to be signed by a translator.
# What IT, devices and the store have to say.

error-command-unknown = Nid yw'r rhaglen hon yn adnabod y gorchymyn hwnnw.
error-entry-unreadable = Ni ellir darllen cofnod yn y dyddlyfr. Ffoniwch TG.
error-extract-columns-missing = Nid echdyniad o ddeiliaid cyfrifon yw hwn: mae angen o leiaf y colofnau AccountReference, FundCode, CurrentBalance a Surname.
error-extract-empty = Nid oes deiliaid cyfrifon yn yr echdyniad. Mae'r un blaenorol yn dal mewn defnydd.
error-extract-not-utf8 = Mae'r echdyniad mewn amgodiad arall. Allforiwch ef fel UTF-8. Mae'r un blaenorol yn dal mewn defnydd.
error-extract-too-many-bad-rows = Mae gormod o resi gwael yn yr echdyniad. Mae'r un blaenorol yn dal mewn defnydd.
error-id-taken = Gwnaed hyn eisoes, gyda chynnwys arall. Ffoniwch oruchwyliwr.
error-input = Ni ellid darllen dim o'r mewnbwn safonol.
error-journal-chain-broken = Nid yw'r dyddlyfr fel yr ysgrifennwyd ef, o gofnod { $seq } ymlaen. Peidiwch â chymryd taliadau ar y til hwn; ffoniwch TG.
error-office-unknown = Nid oes swyddfa o'r fath yn y pecyn.
error-output = Ni ellid ysgrifennu'r ateb.
error-printer-columns = Mae gan argraffydd 16 i 96 colofn.
error-printer-cover-open = Mae clawr yr argraffydd ar agor. Caewch ef, yna pwyswch F11.
error-printer-dropped = Stopiodd yr argraffydd wrando. Gwiriwch ei gebl, yna pwyswch F11; bydd yr hyn a ddaw allan yn dweud COPI.
error-printer-error = Mae'r argraffydd yn nodi gwall. Diffoddwch ef a'i droi ymlaen eto, yna pwyswch F11.
error-printer-folder-not-writable = Ni ellir ysgrifennu i'r ffolder ar gyfer derbynebau.
error-printer-job-too-large = Mae hyn yn rhy hir i'w argraffu.
error-printer-not-valid = Argraffydd yw screen, none, tcp:HOST:PORT, serial:PATH:BAUD neu file:FOLDER.
error-printer-other-missing = Nid oes argraffydd arall. Enwch un yng ngosodiadau'r dyfeisiau, neu dewiswch PDF.
error-printer-paper-out = Nid oes papur yn yr argraffydd. Rhowch rôl i mewn, yna pwyswch F11.
error-printer-queue-refused = Nid yw ciw argraffu'r cyfrifiadur hwn yn derbyn y dderbynneb. Gwiriwch yng ngosodiadau argraffu'r system a yw'r ciw yno a heb ei oedi, yna pwyswch F11.
error-printer-slip-busy = Mae'r argraffydd yn dal wrth y slip diwethaf. Arhoswch nes iddo ddod allan, yna gofynnwch am hwn.
error-printer-slip-missing = Nid oes slip yn yr argraffydd. Rhowch ef i mewn cyn belled ag yr aiff, gyda'r ochr i'w hargraffu tuag at y pen argraffu, yna argraffwch eto.
error-printer-slip-none = Nid oes gorsaf slipiau gan argraffydd y til hwn.
error-slip-unknown = Nid oes gan y dderbynneb hon ddim byd o'r fath i'w argraffu ar slip.
error-receipt-unreadable = Ni ellir darllen derbynneb, felly ni ellir ei hargraffu. Rhowch wybod i'ch gweinyddwr.
error-secret-not-valid = Mae gan PIN neu gyfrinair o leiaf 4 nod.
error-setting-fixed = { $by ->
    [policy] Mae polisi'r cyngor yn pennu “{ $name }” ar y peiriant hwn. Newidiwch ef yno.
   *[other] Mae gosodiad y rhaglen ar y peiriant hwn yn pennu “{ $name }”. Gosodwch hi eto gyda gwerth arall, neu gosodwch bolisi.
  }
error-settings-newer = Mae gosodiadau'r peiriant hwn ar fformat { $found }, ac mae'r Counterfoil hwn yn adnabod hyd at { $known }. Gosodwch y fersiwn mwy newydd. Ni newidiwyd dim.
error-settings-refused = Ni ellir defnyddio rhai o osodiadau'r peiriant hwn, ac mae'r til yn gweithio hebddynt. Gellir cymryd arian. Rhowch wybod i'ch gweinyddwr: mae “counterfoil settings show” yn dweud pa rai.
error-settings-unreadable = Ni ellir defnyddio gosodiadau'r peiriant hwn: { $reason }
error-starting = Mae Counterfoil yn dal i gychwyn.
error-store-damaged-advice = I'ch gweinyddwr: { $file }: { $reason }. Gadawyd y ffeil yn union fel y mae. Copïwch hi i le diogel cyn gwneud dim arall. Mae “counterfoil store set-aside” yn ei rhoi o'r neilltu, fel y gellir gosod til newydd o dan enw newydd.
error-store-file = Ni ellir defnyddio ffeil yn y ffolder data. Ffoniwch TG.
error-store-migration-differs = Newidiwyd y storfa gan fersiwn arall o'r rhaglen hon. Ffoniwch TG.
error-store-place = Data'r til: { $file }
error-store-pragma = Nid yw disg y peiriant hwn yn cadw'r hyn sydd ei angen ar SQLite, felly nid yw'r til yn masnachu. Ffoniwch TG.
error-store-sound = Nid oes dim o'i le ar ddata'r til, felly ni chafodd ei roi o'r neilltu. Ni newidiwyd dim.
error-till-code-not-valid = Mae gan enw til 1 i 4 llythyren a digid.
error-till-has-taken-money = Mae'r til hwn wedi cymryd taliadau, felly mae'n cadw ei enw.
error-user-unknown = Nid oes neb â'r cod hwnnw.
