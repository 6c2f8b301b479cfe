# The devices of a till: chosen and tried.
devices-title = Devices
devices-look-only = An administrator can change these. Anybody may try the scanner.
devices-fixed = Some of these are set for the whole council, and can't be changed here.
devices-where = Where it is
devices-find-ports = Look for serial ports again ({ $count } found)
devices-printer = Receipt printer
devices-printer-ready = Nothing is wrong with it that it tells.
devices-columns = Characters in a line
devices-use-printer = Use this printer
devices-printer-chosen = This printer is used from now on. Reprint a receipt (F3), and see that it comes out.
devices-before = The printer before this one is remembered until you say that this one prints as it should.
devices-keep = It prints: keep this one
devices-kept = This printer is kept.
devices-back = Go back to the one before
devices-back-again = The printer before is used again.
devices-scanner = Barcode scanner
devices-scanner-kind-keyboard = It types like a keyboard
devices-scanner-kind-serial = On a serial port
devices-scanner-types = It types like a keyboard.
devices-scanner-ready = It is connected.
devices-scanner-missing = It isn't connected. It is looked for all the time.
devices-baud = Speed, in baud
devices-prefix = Typed before each barcode
devices-prefix-hint = Nothing, unless you have set the scanner so
devices-suffix = Typed after each barcode
devices-suffix-hint = Nothing, where it is Enter or Tab
devices-shortest = Fewest characters
devices-shortest-hint = Of a barcode known by its speed, 6 to 30
devices-by-pause = It types nothing after a barcode, not even Enter
devices-use-scanner = Use this scanner
devices-scanner-chosen = This scanner is used from now on. Try a scan.
devices-try = Try a scan
devices-trying = Stop trying
devices-try-hint = Scan any barcode. Nothing is taken for it.
devices-tried-text = What was read
devices-tried-symbology = Kind of barcode
devices-tried-none-sent = The scanner doesn't say
devices-tried-layout = Layout in the council's pack
devices-tried-no-layout = None: taken as a typed reference
devices-tried-speed = Longest time between two characters
devices-tried-ms = { $form ->
    [one] { $count } millisecond
   *[other] { $count } milliseconds
}
devices-terminal = Card terminal
devices-terminal-none = This till drives none: cards are taken on a stand-alone terminal, and its slip is typed. An administrator pairs one with the command “counterfoil terminal pair”.
