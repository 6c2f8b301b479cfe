# What IT, devices and the store have to say.

error-command-unknown = This program doesn't know that command.
error-entry-unreadable = An entry of the journal can't be read. Please call IT.
error-extract-columns-missing = This isn't an extract of account holders: it needs at least the columns AccountReference, FundCode, CurrentBalance and Surname.
error-extract-empty = The extract has no account holders in it. The one before it stays in use.
error-extract-not-utf8 = The extract is in another encoding. Please export it as UTF-8. The one before it stays in use.
error-extract-too-many-bad-rows = Too many rows of the extract are bad. The one before it stays in use.
error-id-taken = This was done already, with other content. Please call a supervisor.
error-input = Nothing could be read from standard input.
error-journal-chain-broken = The journal isn't as it was written, from entry { $seq } on. Don't take payments on this till; call IT.
error-office-unknown = The pack has no such office.
error-output = The answer couldn't be written.
error-printer-columns = A printer has 16 to 96 columns.
error-printer-cover-open = The printer's cover is open. Close it, then press F11.
error-printer-dropped = The printer stopped listening. Check its cable, then press F11; what comes out says COPY.
error-printer-error = The printer reports an error. Switch it off and on, then press F11.
error-printer-folder-not-writable = The folder for printed receipts can't be written.
error-printer-job-too-large = This is too long to print.
error-printer-not-valid = A printer is screen, none, tcp:HOST:PORT, serial:PATH:BAUD or file:FOLDER.
error-printer-other-missing = There is no other printer. Name one in the device settings, or choose PDF.
error-printer-paper-out = The printer is out of paper. Put a roll in, then press F11.
error-printer-queue-refused = This computer's print queue doesn't take the receipt. See in the system's printer settings whether the queue is there and not paused, then press F11.
error-printer-slip-busy = The printer is still at the last slip. Wait until it is out, then ask for this one.
error-printer-slip-missing = No slip is in the printer. Put it in as far as it goes, with the side to be printed on towards the print head, then print again.
error-printer-slip-none = This till's printer has no slip station.
error-slip-unknown = This receipt has nothing of that kind to print on a slip.
error-receipt-unreadable = A receipt can't be read, so it can't be printed. Tell your administrator.
error-secret-not-valid = A PIN or password has at least 4 characters.
error-setting-fixed = { $by ->
    [policy] A policy of the council decides “{ $name }” on this machine. Change it there.
   *[other] The installation of this machine decides “{ $name }”. Install it anew with another value, or set a policy.
  }
error-settings-newer = The settings of this machine are of format { $found }, and this Counterfoil knows up to { $known }. Install the newer version. Nothing was changed.
error-settings-refused = Some of this machine's settings can't be used, and the till works without them. Money can be taken. Tell your administrator: “counterfoil settings show” says which.
error-settings-unreadable = The settings of this machine can't be used: { $reason }
error-starting = Counterfoil is still starting.
error-store-damaged-advice = For your administrator: { $file }: { $reason }. The file has been left exactly as it is. Copy it to a safe place before anything else. “counterfoil store set-aside” puts it aside, so that a fresh till can be set up under a new name.
error-store-file = A file of the data folder can't be used. Please call IT.
error-store-migration-differs = The store was changed by another build of this program. Please call IT.
error-store-place = The till's data: { $file }
error-store-pragma = This machine's disk doesn't keep what SQLite needs, so the till doesn't trade. Please call IT.
error-store-sound = Nothing is wrong with the till's data, so it wasn't set aside. Nothing was changed.
error-till-code-not-valid = A till's name has 1 to 4 letters and digits.
error-till-has-taken-money = This till has taken payments, so it keeps its name.
error-user-unknown = There is nobody with that code.
