### Looking after a till: check-up, support bundle, backup, upgrade.

## Check-up

upkeep-title = Check-up and backup
doctor-lead = Looks at this machine: disk, data, ledger, printer, card terminal, scanner. Nothing is changed, and money can be taken meanwhile.
doctor-begin = Begin the check-up
doctor-stop = Stop
doctor-progress = { $done } of { $of } looked at
doctor-good = Everything is as it should be.
doctor-to-look-at = { $form ->
    [one] Money can be taken. Somebody should look at one thing.
   *[other] Money can be taken. Somebody should look at { $count } things.
  }
doctor-bad = { $form ->
    [one] One thing must be put right. Tell your administrator.
   *[other] { $count } things must be put right. Tell your administrator.
  }
doctor-copy = Copy
doctor-print = Print
doctor-printing = It is being printed.
check-up-title = Check-up
doctor-copied = Copied.
doctor-not-copied = It couldn't be copied. Use the support bundle.
doctor-finding-ok = OK
doctor-finding-look-at-this = Look at this
doctor-finding-wrong = Wrong

doctor-check-disk = Disk
doctor-check-rights = Data folder
doctor-check-settings = Settings
doctor-check-store = Till's data
doctor-check-chain = Journal
doctor-check-versions = Versions
doctor-check-backup = Backup
doctor-check-mirror = Second copy
doctor-check-ledger = Ledger
doctor-check-certificate = Ledger's certificate
doctor-check-clock = Clock
doctor-check-printer = Printer
doctor-check-terminal = Card terminal
doctor-check-scanner = Scanner
doctor-check-web-view = Window

doctor-disk-room = { $free } MB are free.
doctor-disk-little = Only { $free } MB are free. Make room on this disk soon.
doctor-disk-full = Only { $free } MB are free. Make room on this disk now: without room no payment can be taken.
doctor-disk-unknown = How much room there is can't be told. Look at the disk of the data folder.
doctor-rights = The data folder can be written to.
doctor-rights-none = The data folder can't be written to. Give the people who use this till the right to change it and what is in it.
doctor-rights-no-folder = The data folder isn't there. It is made when Counterfoil is opened; if it was there before, find out where it went.
doctor-settings = The settings can be used.
doctor-settings-file = settings.json can't be used, and the till doesn't open. Put it right: { $reason }
doctor-settings-refused = A setting can't be used, and the next place counts. Put it right in { $place }: { $reason }
doctor-settings-unknown = This version doesn't know a setting of { $place }: { $reason }. A later version may.
doctor-store = The till's data is sound ({ $size } MB).
doctor-store-none = There is no data yet: this till isn't set up. If it was, its data is gone: restore a backup, or its second copy.
doctor-store-mode = The till's data isn't in the mode that it should be in, but { $mode }. Open and close Counterfoil once; look again.
doctor-store-newer = The till's data is of a later Counterfoil (schema { $found }; this one knows { $known }). Install the later version. Nothing was changed.
doctor-store-damaged = The till's data is damaged. Take no money on this till. Copy the data folder before anything else, then follow “When a till's data is damaged”.
doctor-store-unreadable = The till's data can't be read ({ $code }). Look at the rights of the data folder, and at the disk.
doctor-chain-tail = The last { $count } entries of the journal are as they were written.
doctor-chain-whole = All { $count } entries of the journal are as they were written.
doctor-chain-broken = The journal isn't as it was written, from entry { $seq } on. Take no money on this till. Copy the data folder before anything else.
doctor-versions = Counterfoil { $program }, schema { $known }.
doctor-versions-older = Counterfoil { $program }. The data is of schema { $found } and becomes { $known } when the counter is opened; a copy of it is kept.
doctor-versions-newer = Counterfoil { $program } knows schema { $known }, and the data is of { $found }. Install the later version.
doctor-backup = Age of the newest backup in days: { $days }. Backups kept: { $kept }.
doctor-backup-old = The newest backup is { $days } days old. See whether its folder can be reached, and make one now.
doctor-backup-ahead = Every backup is dated later than today: this machine's clock is wrong, or was. Set it, and make a backup now.
doctor-backup-none = There is no backup of this till yet. Make one now.
doctor-backup-nowhere = No backup is made: the settings name no folder. Set backup_folder.
doctor-backup-folder = The folder for backups can't be read. Connect it, or name another.
doctor-backup-unknown = Whose backups to look for can't be told, for the till's data can't be read.
doctor-mirror = The second copy of the journal is complete.
doctor-mirror-behind = { $count } entries of the journal aren't in the second copy yet. It is written while the counter is open; look again later.
doctor-mirror-nowhere = There is no second copy of the journal: the settings name no folder. Set mirror_folder.
doctor-mirror-folder = The folder of the second copy can't be read. Connect it, or name another.
doctor-mirror-unknown = Whether the second copy is complete can't be told, for the till's data can't be read.
doctor-ledger = The ledger answers.
doctor-ledger-none = There is no ledger: takings stay on this till.
doctor-ledger-not-enrolled = The ledger answers and doesn't know this till yet. Enrol it with a one-time code.
doctor-ledger-key = The ledger answers, and this till's key isn't where it is kept. Enrol the till again, with a code that replaces it.
doctor-ledger-address = The ledger's address isn't one. Put it right: it begins with https://.
doctor-ledger-authority = The file with the council's own certificates can't be read. See that it is where the settings say.
doctor-ledger-machine = This machine has no list of certificates that it trusts, so the ledger can't be spoken to. Have IT repair the system's certificate store, or name the council's own authority.
doctor-ledger-not-trusted = The ledger's certificate isn't trusted, or has ended. Have it renewed, or name the council's own authority. Takings are kept on this till.
doctor-ledger-not-let-in = The ledger answers and doesn't let this till in: it asks for a certificate that this till doesn't have, or that it doesn't take. Have IT give this till one that holds. Takings are kept on this till.
doctor-ledger-client-certificate = The certificate that this till shows to the ledger isn't where it is kept, or can't be read. Give it again with counterfoil ledger ims. Takings are kept on this till.
doctor-ledger-unreachable = The ledger doesn't answer. Look at the network. Takings are kept on this till, and are sent when it does.
doctor-ledger-unknown = The ledger answers. Whether it knows this till can't be told, for the till's data can't be read.
doctor-certificate = The ledger's certificate holds for { $days } more days.
doctor-certificate-soon = The ledger's certificate holds for { $days } more days only. Have it renewed.
doctor-certificate-none = The ledger is reached without a certificate. Its address should begin with https://.
doctor-clock = This machine's clock and the ledger's agree.
doctor-clock-apart = This machine's clock is { $seconds } seconds off the ledger's. Have Windows set it from the network.
doctor-clock-wrong = This machine's clock is { $seconds } seconds off the ledger's: receipts have the wrong time, and the ledger takes nothing from this till until it is set. Set it.
doctor-clock-unknown = There is no ledger to hold the clock against.
doctor-printer = The printer answers.
doctor-printer-screen = Receipts are printed on the screen.
doctor-printer-none = There is no printer: receipts become PDF files.
doctor-printer-paper-low = The printer's paper is nearly at its end. Have a roll ready.
doctor-printer-serial = The printer's port can't be opened. While the counter is open that is as it should be; otherwise look at its cable and its port's name.
doctor-printer-fault = The printer doesn't do its work ({ $fault }). Look at its power, its cable and its cover.
doctor-printer-silent = The printer is reached. It doesn't say how it is: see whether its test page comes out.
doctor-printer-queue = The print queue is there. How its printer is it doesn't say: see whether the test page comes out.
doctor-printer-queue-unlisted = The print queue isn't among those of this computer. Look at its name; if it is another computer's, see whether the test page comes out.
doctor-printer-unknown = Which printer there is can't be told, for the settings can't be used.
doctor-terminal = The card terminal answers.
doctor-terminal-none = The till drives no card terminal: what the slip of one says is typed.
doctor-terminal-simulator = The card terminal is the demonstration's: no money moves. An administrator can pair a real one: F9, then Devices.
doctor-terminal-tests = The card terminal is one for tests: no money moves. Pair the real one.
doctor-terminal-no-host = The card terminal answers and doesn't reach its bank. Look at the terminal's own network.
doctor-terminal-not-asked = The till's data can't be read, and a card payment may be under way: the card terminal wasn't asked. Put the till's data right first.
doctor-terminal-busy = A card payment is under way or not clear, so the card terminal wasn't asked. Look again when it is over.
doctor-terminal-key = The card terminal's passphrase isn't where it is kept. Pair the terminal again.
doctor-terminal-fault = The card terminal doesn't answer as it should ({ $fault }). Look at its power, its network and its address. Cards can be taken at a stand-alone terminal meanwhile.
doctor-terminal-unknown = Which card terminal there is can't be told, for the settings can't be used.
doctor-scanner-keyboard = The scanner types like a keyboard. To see whether it is there, try a scan under Devices.
doctor-scanner-port = The scanner's port is there. To see whether it reads, try a scan under Devices.
doctor-scanner-missing = Nothing is at the scanner's port { $port }. Look at its cable and at the port's name. References can be typed meanwhile.
doctor-scanner-unknown = Which scanner there is can't be told, for the settings can't be used.
doctor-web-view = The window is drawn by web view { $version }.
doctor-web-view-none = The web view that draws the window isn't there. Install Microsoft Edge WebView2, or WebKitGTK.

## Support bundle

support-write = Write a support bundle
support-lead = One file with the logs, this check-up, settings and counts. No names, no references, no amounts, no keys.
support-written = The support bundle is { $path }
error-support-not-written = The support bundle couldn't be written. Look at the room on the disk and the rights of the folder.

## Backup

backup-title = Backup
backup-none-set = No backup is made each day: the machine's settings name no folder (backup_folder).
backup-daily = Each day into { $folder }
backup-latest = The newest is of { $when }; { $count } are kept.
backup-latest-none = There is none there yet.
backup-folder = Folder
backup-folder-hint = On another disk or a share. It must be there.
backup-begin = Make a backup now
backup-stop = Stop
backup-progress = { $percent } % written
backup-stage-done = The backup is made and was looked at: { $file }
backup-stage-cancelled = The backup was stopped. Those before it are still there.
backup-stage-failed = No backup was made.
error-backup-failed = Today's backup couldn't be made. Money can be taken. Tell your administrator.
error-backup-where = Say into which folder, or set backup_folder.
error-backup-running = A backup is being made already.
error-backup-folder-missing = The folder for the backup isn't there. Connect it, or choose another.
error-backup-folder-read-only = The folder for the backup can't be written to.
error-backup-disk-full = There is no room for the backup. Make room, or choose another folder.
error-backup-not-whole = This file isn't a whole backup: { $reason }. Nothing was changed. Take another.
error-backup-other-till = This is the backup of another till. Nothing was changed.
error-backup-other-entries = The backup and this till's data have each what the other hasn't: a backup was brought back in between, or two machines had one identity. { $entries } entries of the till's data would be left out, with { $receipts } receipts of { $value } in all; the ledger has { $delivered } of these receipts. Nothing was changed. Decide with audit which is right. To do it all the same add --leave-out { $entries }: then look each receipt up at the ledger by its number, account and amount, and enter by hand only what isn't there. The data that is replaced is kept beside it.
error-backup-older = The backup is older than this till's data: { $entries } entries would be left out, with { $receipts } receipts of { $value } in all; the ledger has { $delivered } of these receipts. Nothing was changed. Where there is a second copy or the central ledger, “journal restore” loses nothing. To do it all the same add --leave-out { $entries }: then look each receipt up at the ledger by its number, and enter by hand only what isn't there. The data that is replaced is kept beside it.
error-backup-older-unknown = This till's data is too damaged to tell what it has that the backup hasn't, or only its log is left. Nothing was changed. To restore the backup all the same add --leave-out unknown: what is there is kept beside it, and may have payments that the backup hasn't. Look each up at the ledger before it is entered by hand.
error-restore-decided = The restore is decided, and { $path } can't be moved yet: another program holds it, one that copies it or looks for viruses. Open no older data and restore nothing else. Close that program; the next start of Counterfoil, or this command once more, carries it through, and nothing more has to be done.
error-restore-other-first = Another restore was decided earlier, and is carried through now: the till's data is what that one brought back, and what was in its place, if there was anything, is { $aside }. What this command names wasn't brought back. If you still mean it, give the command again.
error-doctor-cancelled = The check-up was stopped before its end. Begin it again, and let it come to its end.
error-doctor-running = A check-up is under way already.
error-doctor-wrong = What is marked as wrong must be put right ({ $count }).
error-cancelled = It was stopped.

## Upgrade

upgrade-copying = A new version: a copy of the till's data is made first, { $percent } %
upgrade-changing = A new version: the till's data is brought up to date
