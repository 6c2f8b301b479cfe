# Drafted by machine; to be signed by a translator.
### The Group Policy templates: what an administrator reads in the policy editor.

policy-category = Counterfoil
policy-description = Gosodiadau'r peiriannau y mae Counterfoil yn rhedeg arnynt
policy-backup-folder = Ffolder ar gyfer copïau wrth gefn dyddiol
policy-backup-folder-help = Gwneir copi o ddata'r til yma bob dydd. Rhaid i'r ffolder fod yno: disg arall neu gyfran y gall y bobl sy'n defnyddio'r til ysgrifennu iddi, megis \\files\tills.
policy-backup-keep = Faint o gopïau dyddiol a gedwir
policy-backup-keep-help = Cedwir y rhai diweddaraf o bob til, a chymerir y rhai hŷn i ffwrdd. 14 oni osodir ef.
policy-card-terminal = Terfynell gardiau (JSON)
policy-card-terminal-help = Y derfynell gardiau y mae'r til yn ei gyrru, fel yn settings.json. Cedwir y frawddeg gyfrin y cytunwyd arni â hi gyda chyfrinachau'r til, byth mewn polisi.
policy-language = Iaith cyn i neb fewngofnodi
policy-language-help = Yr hyn y mae'r ffenestr yn ei siarad tra nad oes neb wedi mewngofnodi. Siaredir â phwy bynnag sy'n mewngofnodi yn eu hiaith eu hunain.
policy-language-en-GB = Saesneg
policy-language-cy = Cymraeg
policy-ledger = Cyfriflyfr, yn llawn (JSON)
policy-ledger-help = I ble mae'r derbyniadau'n mynd, fel yn settings.json: {"{"}"kind":"hub","url":"https://ledger.example.gov.uk"{"}"}. Lle mai'r cyfeiriad yw'r cyfan sydd i'w ddweud, gosodwch gyfeiriad y cyfriflyfr yn lle hynny.
policy-ledger-url = Cyfeiriad y cyfriflyfr
policy-ledger-url-help = Y canolbwynt yr anfonir derbyniadau iddo, megis https://ledger.example.gov.uk. Gwneir pob til yn hysbys iddo â chod untro.
policy-mirror-folder = Ffolder ar gyfer ail gopi'r dyddlyfr
policy-mirror-folder-help = Ysgrifennir pob cofnod o'r dyddlyfr yma hefyd, wrth iddo gael ei gymryd. Rhaid i'r ffolder fod yno, ar ddisg arall neu gyfran. Mae'n dal enwau talwyr: rhowch iddo hawliau data'r til ei hun.
policy-office = Cychwyn cyntaf: swyddfa
policy-office-help = Cod y swyddfa ym mhecyn y cyngor, megis CH. Darllenir ef nes bod y til wedi'i osod, ac nid yw'n newid dim wedyn.
policy-other-profile = Yr hyn y gall yr argraffydd arall ei wneud (JSON)
policy-other-profile-help = Fel y proffil, ar gyfer yr argraffydd arall. Hebddo mae'r argraffydd arall fel y cyntaf.
policy-other-printer = Argraffydd arall (JSON)
policy-other-printer-help = Yr argraffydd y mae “argraffu ar yr argraffydd arall” yn ei olygu, fel yn settings.json: {"{"}"kind":"tcp","host":"192.0.2.8"{"}"}.
policy-pack = Cychwyn cyntaf: pecyn y cyngor
policy-pack-help = Ffolder pecyn y cyngor, gyda'i lwybr cyfan, megis \\files\packs\council. Darllenir ef nes bod y til wedi'i osod, gan y sawl sy'n ei gychwyn. Daw fersiynau diweddarach o'r pecyn o'r cyfriflyfr neu fe'u gosodir ar y til.
policy-printer = Argraffydd (JSON)
policy-printer-help = Ble mae argraffydd y til, fel yn settings.json: {"{"}"kind":"tcp","host":"192.0.2.7"{"}"} neu {"{"}"kind":"serial","path":"COM3"{"}"}.
policy-profile = Yr hyn y gall yr argraffydd ei wneud (JSON)
policy-profile-help = Fel yn settings.json: {"{"}"columns":48,"dots":576{"}"}. Mae'r hyn na ddywedir fel y mae'n ddiofyn; nid yw proffil y ffeil yn cyfrif bryd hynny.
policy-scanner = Sganiwr codau bar (JSON)
policy-scanner-help = Sganiwr codau bar y til, fel yn settings.json.
policy-till = Cychwyn cyntaf: enw'r til
policy-till-help = Un i bedair llythyren a digid, megis 07. Mae gan bob til mewn swyddfa ei enw ei hun, felly gosodir hwn ar gyfer un peiriant. Darllenir ef nes bod y til wedi'i osod, ac nid yw'n newid dim wedyn.
