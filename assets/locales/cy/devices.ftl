# Dyfeisiau til: eu dewis a rhoi cynnig arnynt.
devices-title = Dyfeisiau
devices-look-only = Gall gweinyddwr newid y rhain. Gall unrhyw un roi cynnig ar y sganiwr.
devices-fixed = Mae rhai o'r rhain wedi'u gosod i'r cyngor cyfan, ac ni ellir eu newid yma.
devices-find-ports = Chwilio amdanynt eto
devices-printer = Argraffydd derbynebau
devices-printer-at = Ble mae
devices-printer-ready = Mae'n barod.
devices-printer-unknown = Nid yw'n dweud sut y mae.
devices-printer-tcp = Cyfeiriad yr argraffydd
devices-printer-tcp-hint = Enw neu rif, gyda'r porth ar ôl colon os nad 9100 ydyw
devices-printer-serial = Porth cyfresol
devices-printer-queue = Ciw argraffu
devices-printer-queue-hint = Ei enw, neu ar Windows \\gweinydd\enw.
devices-printer-file = Ffolder
devices-printer-baud-hint = Fel y dywed hunan-brawf yr argraffydd
devices-flow = Rheoli llif (ysgwyd llaw)
devices-flow-none = Dim
devices-flow-hardware = Gwifrau: RTS a CTS
devices-flow-software = Nodau: XON a XOFF
devices-silent = Nid yw byth yn ateb pan ofynnir iddo sut y mae
devices-model = Model
devices-paper-near-end = Mae ei bapur bron ar ben.
devices-drawer-open = Mae'r drôr ar agor.
devices-drawer-shut = Mae'r drôr ar gau.
devices-drawer-level = { $level ->
    [high] Mae switsh y drôr ar ei lefel uchel. Nid oes neb wedi dweud eto pa lefel sy'n golygu ar agor.
   *[low] Mae switsh y drôr ar ei lefel isel. Nid oes neb wedi dweud eto pa lefel sy'n golygu ar agor.
  }
devices-drawer-ask = A yw'r drôr ar agor nawr? Edrychwch arno cyn ateb.
devices-drawer-is-open = Mae ar agor
devices-drawer-is-shut = Mae ar gau
devices-drawer-learnt = O hyn ymlaen mae'r til yn dweud pan fydd y drôr ar agor.
devices-drawer-wrong = Mae'r hyn a ddywedir am y drôr yn anghywir
devices-heard = (Clywyd ddiwethaf am { $time }.)
devices-test = Argraffu tudalen brawf
devices-tested = Mae'r dudalen brawf ar ei ffordd.
devices-drawer-test = Agor y drôr
devices-drawer-tested = Dywedwyd wrth y drôr am agor. Caewch ef eto.
devices-other = Yr argraffydd arall
devices-other-none = Nid oes un. Gydag un, daw'r hyn na all argraffydd y til ei argraffu allan yno gyda Shift+F11.
devices-other-is-none = Nid oes un
devices-use-other = Defnyddio hwn fel yr argraffydd arall
devices-other-chosen = Hwn yw'r argraffydd arall o hyn ymlaen. Argraffwch dudalen brawf arno, a gwnewch yn siŵr ei bod yn dod allan fel y dylai.
devices-other-gone = Nid oes argraffydd arall mwyach.
devices-columns = Nodau mewn llinell
devices-use-printer = Defnyddio'r argraffydd hwn
devices-printer-chosen = Defnyddir yr argraffydd hwn o hyn ymlaen. Argraffwch dudalen brawf, a gwnewch yn siŵr ei bod yn dod allan fel y dylai.
devices-before = Cofir yr argraffydd blaenorol nes i chi ddweud bod hwn yn argraffu fel y dylai.
devices-keep = Mae'n argraffu: cadw hwn
devices-kept = Cedwir yr argraffydd hwn.
devices-back = Mynd yn ôl at yr un blaenorol
devices-back-again = Defnyddir yr argraffydd blaenorol eto.
devices-scanner = Sganiwr codau bar
devices-scanner-how = Sut y mae wedi'i gysylltu
devices-scanner-kind-keyboard = Mae'n teipio fel bysellfwrdd
devices-scanner-kind-serial = Ar borth cyfresol
devices-scanner-types = Mae'n teipio fel bysellfwrdd.
devices-scanner-ready = Mae wedi'i gysylltu.
devices-scanner-missing = Nid yw wedi'i gysylltu. Chwilir amdano drwy'r amser.
devices-baud = Cyflymder, mewn baud
devices-prefix = Yr hyn a deipir cyn pob cod bar
devices-prefix-hint = Dim, oni bai eich bod wedi gosod y sganiwr felly
devices-suffix = Yr hyn a deipir ar ôl pob cod bar
devices-suffix-hint = Dim, os Enter neu Tab yw
devices-shortest = Lleiafswm nodau
devices-shortest-hint = Mewn cod bar a adnabyddir wrth ei gyflymder, 6 i 30
devices-by-pause = Nid yw'n teipio dim ar ôl cod bar, dim hyd yn oed Enter
devices-use-scanner = Defnyddio'r sganiwr hwn
devices-scanner-chosen = Defnyddir y sganiwr hwn o hyn ymlaen. Rhowch gynnig ar sgan.
devices-try = Rhoi cynnig ar sgan
devices-trying = Rhoi'r gorau iddi
devices-try-hint = Sganiwch unrhyw god bar. Ni chymerir dim amdano.
devices-tried-text = Yr hyn a ddarllenwyd
devices-tried-symbology = Math o god bar
devices-tried-none-sent = Nid yw'r sganiwr yn dweud
devices-tried-layout = Cynllun ym mhecyn y cyngor
devices-tried-no-layout = Dim: fe'i cymerir fel cyfeirnod a deipiwyd
devices-tried-speed = Yr amser hiraf rhwng dau nod
devices-tried-ms = { $form ->
    [zero] { $count } milieiliadau
    [one] { $count } milieiliad
    [two] { $count } filieiliad
    [few] { $count } milieiliad
    [many] { $count } milieiliad
   *[other] { $count } milieiliad
}
devices-terminal = Terfynell gardiau
devices-terminal-none = Nid yw'r til hwn yn gyrru un: cymerir cardiau ar derfynell ar wahân, a theipir ei slip. Mae gweinyddwr yn paru un yma.
devices-terminal-well = Ni wyddys bod dim o'i le arni.
devices-terminal-host = Enw neu gyfeiriad ar y rhwydwaith
devices-terminal-port = Porth
devices-terminal-poi-id = Model a rhif cyfresol
devices-terminal-poi-id-hint = Fel yn P400Plus-275479597
devices-terminal-sale-id = Enw'r til hwn yno
devices-terminal-sale-id-hint = Dim dau dil â'r un enw
devices-terminal-key-identifier = Enw'r allwedd
devices-terminal-key-version = Fersiwn yr allwedd
devices-terminal-authority = Ffeil â thystysgrif wraidd ei gwneuthurwr
devices-terminal-authority-hint = Ar y cyfrifiadur hwn, fel yn C:\certs\root.pem
devices-terminal-passphrase = Cyfrinymadrodd yr allwedd
devices-terminal-passphrase-hint = Fe'i cedwir yn ddiogel, ac ni chaiff ei ddangos eto
devices-terminal-live = Mae'n cymryd arian go iawn
devices-pair = Paru'r derfynell hon
devices-terminal-asking = Gofynnir i'r derfynell…
devices-paired = Mae'r til hwn yn gyrru'r derfynell o hyn ymlaen.
devices-unpair = Dad-baru'r derfynell hon
devices-unpair-ask = Dad-baru'r derfynell hon? O hyn ymlaen telir â cherdyn ar derfynell ar wahân, a theipir ei slip. Dilëir yr hyn y mae'r til hwn yn ei gadw am y derfynell, gan gynnwys ei chyfrinymadrodd: i'w pharu eto, rhaid teipio'r cyfan o'r newydd.
devices-unpair-yes = Ie, ei dad-baru
devices-unpair-no = Na, ei chadw
devices-unpaired = Nid yw'r til hwn yn gyrru terfynell mwyach. Cymerwch gardiau ar derfynell ar wahân, a theipiwch yr hyn a ddywed ei slip.
pair-terminal-garbled = Mae rhywbeth yn ateb yno, ond nid â'r allwedd hon. Gwiriwch enw'r allwedd, ei fersiwn a'r cyfrinymadrodd.
pair-terminal-not-authentic = Ni wnaed ateb y derfynell â'r allwedd hon. Gwiriwch enw'r allwedd, ei fersiwn a'r cyfrinymadrodd.
devices-ports = Pyrth cyfresol y cyfrifiadur hwn
devices-offering = Wrthi'n chwilio am giwiau argraffu'r cyfrifiadur hwn.
devices-found = Wedi'u canfod ar y cyfrifiadur hwn: { $names }.
devices-found-none = Ni chanfuwyd yr un ar y cyfrifiadur hwn.
