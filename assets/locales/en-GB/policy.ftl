### The Group Policy templates: what an administrator reads in the policy editor.

policy-category = Counterfoil
policy-description = Settings of the machines that Counterfoil runs on
policy-backup-folder = Folder for daily backups
policy-backup-folder-help = A copy of the till's data is made here each day. The folder must be there: another disk or a share that the people who use the till can write to, such as \\files\tills.
policy-backup-keep = How many daily backups are kept
policy-backup-keep-help = The newest of each till are kept, older ones are taken away. 14 unless set.
policy-card-terminal = Card terminal (JSON)
policy-card-terminal-help = The card terminal that the till drives, as in settings.json. The passphrase that was agreed with it is kept with the till's secrets, never in a policy.
policy-language = Language before anybody signs in
policy-language-help = What the window speaks while nobody is signed in. Whoever signs in is spoken to in their own language.
policy-language-en-GB = English
policy-language-cy = Welsh
policy-ledger = Ledger, in full (JSON)
policy-ledger-help = Where takings go, as in settings.json: {"{"}"kind":"hub","url":"https://ledger.example.gov.uk"{"}"}. Where the address is all there is to say, set the ledger's address instead.
policy-ledger-url = Ledger's address
policy-ledger-url-help = The hub that takings are sent to, such as https://ledger.example.gov.uk. Each till is made known to it with a one-time code.
policy-mirror-folder = Folder for the second copy of the journal
policy-mirror-folder-help = Each entry of the journal is written here as well, as it is taken. The folder must be there, on another disk or a share. It holds payers' names: give it the rights of the till's own data.
policy-other-printer = Other printer (JSON)
policy-other-printer-help = The printer that “print on the other printer” means, as in settings.json: {"{"}"kind":"tcp","host":"192.0.2.8"{"}"}.
policy-printer = Printer (JSON)
policy-printer-help = Where the till's printer is, as in settings.json: {"{"}"kind":"tcp","host":"192.0.2.7"{"}"} or {"{"}"kind":"serial","path":"COM3"{"}"}.
policy-profile = What the printer can do (JSON)
policy-profile-help = As in settings.json: {"{"}"columns":48,"dots":576{"}"}. What isn't said is as by default; the file's profile counts for nothing then.
policy-scanner = Barcode scanner (JSON)
policy-scanner-help = The till's barcode scanner, as in settings.json.
