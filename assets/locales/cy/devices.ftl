# Dyfeisiau til: eu dewis a rhoi cynnig arnynt.
devices-title = Dyfeisiau
devices-look-only = Gall gweinyddwr newid y rhain. Gall unrhyw un roi cynnig ar y sganiwr.
devices-fixed = Mae rhai o'r rhain wedi'u gosod i'r cyngor cyfan, ac ni ellir eu newid yma.
devices-where = Ble mae
devices-find-ports = Chwilio am byrth cyfresol eto (wedi canfod { $count })
devices-printer = Argraffydd derbynebau
devices-printer-ready = Nid yw'n dweud bod dim o'i le arno.
devices-columns = Nodau mewn llinell
devices-use-printer = Defnyddio'r argraffydd hwn
devices-printer-chosen = Defnyddir yr argraffydd hwn o hyn ymlaen. Ailargraffwch dderbynneb (F3), a gwnewch yn siŵr ei bod yn dod allan.
devices-before = Cofir yr argraffydd blaenorol nes i chi ddweud bod hwn yn argraffu fel y dylai.
devices-keep = Mae'n argraffu: cadw hwn
devices-kept = Cedwir yr argraffydd hwn.
devices-back = Mynd yn ôl at yr un blaenorol
devices-back-again = Defnyddir yr argraffydd blaenorol eto.
devices-scanner = Sganiwr codau bar
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
devices-terminal-none = Nid yw'r til hwn yn gyrru un: cymerir cardiau ar derfynell ar wahân, a theipir ei slip. Mae gweinyddwr yn paru un â'r gorchymyn “counterfoil terminal pair”.
