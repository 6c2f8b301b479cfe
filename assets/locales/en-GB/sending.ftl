### Sending takings to the ledger: the status line, the ledger's dialog, what is shown of a receipt and of a session.

## Status line

sending-all-in = All takings are in the ledger
sending-to-send = { $form ->
    [one] 1 receipt ({ $value }) to send
   *[other] { $count } receipts ({ $value }) to send
  }
sending-down = line down since { $since }
sending-halted = Sending has stopped – tell your supervisor. Takings are safe on this till.
sending-halted-look = Sending has stopped. Takings are safe on this till. See why: F9, Ledger.
sending-waits = { $form ->
    [one] 1 receipt waits for a person before it can be sent – tell your supervisor.
   *[other] { $count } receipts wait for a person before they can be sent – tell your supervisor.
  }
sending-waits-look = { $form ->
    [one] 1 receipt waits for a person before it can be sent. See it: F9, Ledger.
   *[other] { $count } receipts wait for a person before they can be sent. See them: F9, Ledger.
  }
sending-differs = Session { $session } isn't the same in the ledger as on this till – tell your administrator.
sending-not-enrolled = The ledger doesn't know this till yet; takings are kept here. Tell your administrator.
accounts-of = account data of { $date }
accounts-old = { $form ->
    [one] Account data is 1 day old
   *[other] Account data is { $count } days old
  }

## The ledger's dialog

sending-title = Ledger
sending-state = Sending
sending-state-none = No ledger: takings are kept on this till
sending-state-not-enrolled = The ledger doesn't know this till yet
sending-state-starting = Asking the ledger…
sending-state-up = The ledger answers
sending-state-down = The ledger hasn't answered since { $since }
sending-state-halted = Stopped, until a person has looked
sending-address = Address
sending-till-number = This till in the ledger
sending-unsent = To send
sending-unsent-amount = { $form ->
    [one] 1 receipt, { $value }
   *[other] { $count } receipts, { $value }
  }
sending-unsent-none = Nothing
sending-heard = Last acknowledged
sending-ask = Try now
sending-asked = The ledger is being asked.
sending-found = What was found
sending-found-hint = Kept in the journal with your name.
sending-supervisor = A supervisor can let it go on.

## Alarms

alarm-title = Why sending has stopped
alarm-raised = Since { $when }
alarm-entry = entry { $seq } of the journal
alarm-conflict = The ledger already has something else in this place of the till's journal. Two tills may be using one name, or the till's data was changed. Find out which before you go on.
alarm-refused = The ledger can't take an entry of this till's journal. Ask whoever runs the ledger; it keeps a note of what it refused.
alarm-head-not-ours = What the ledger has under this till's name isn't what this till wrote. Two tills may be using one name, or the ledger was restored from an old copy.
alarm-signature-wrong = What answered can't prove that it is the council's ledger. Check the address with whoever runs the ledger.
alarm-till-revoked = The ledger no longer takes anything from this till. If that is a mistake, ask whoever runs the ledger for a new code and enrol the till again.
alarm-other = The ledger and this till don't agree: { $code }.
alarm-release = Let sending go on
alarm-released = Sending goes on.

## Receipts that wait for a person

held-title = Receipts that wait for a person
held-said = In detail: { $words }
held-look = Look at { $number }
held-release = Try this receipt again
held-settle = Accept it as the ledger has it
held-settle-hint = If what the ledger has of it is right, accept it so: nothing more of it is sent. A second person approves.
held-settle-approve = Accept receipt { $number } as the ledger has it
held-settled = Receipt { $number } is accepted as the ledger has it.
held-released = Receipt { $number } is being tried again.
fault-too-wide = A code in it is longer than the ledger can keep. Put the council pack right.
fault-user-not-mapped = The ledger has no user for the cashier who took it. Put the council pack right.
fault-not-whole = Its parts don't fit together. Ask IT to check this till's journal.
fault-refused = The ledger refused it again and again while it took others. Its fund, method of payment or office may not be set up there.
fault-never-answered = The ledger never answered about it while it answered about others.
fault-too-many = The ledger has more of it than was taken: something is there twice. Have that put right there first.
fault-differs = The ledger has something else under this receipt's number. Have that looked at there first.
fault-stored-but-not-shown = The ledger said that it has it, and doesn't show it. Ask whether this till may see the fund there.
fault-cut-off = The ledger shows only a part of it, so nobody can tell what is missing.
fault-other = The ledger can't take it as it is.

## Enrolling

enrol-title = Make this till known to a ledger
enrol-again = Enrol this till again
enrol-address = Address of the ledger
enrol-address-hint = It begins with https://
enrol-code = One-time code
enrol-code-hint = From whoever runs the ledger; made for this office and till
enrol-button = Enrol this till
enrol-asking = Asking the ledger…
enrol-done = The ledger knows this till now, as number { $number }.
set-up-ledger = Ledger (leave empty if takings stay on this till)
set-up-enrol-failed = This till is set up, but the ledger doesn't know it yet. Put it right and try again, or go on: an administrator can enrol the till later, at F9, Ledger.
set-up-enrol-later = Go on without the ledger

## Proof

proof-kept = Kept on this till
proof-local = On this till, not sent yet
proof-sent = Sent; the ledger hasn't acknowledged it yet
proof-in-ledger = In the ledger, reference { $reference }
proof-in-ledger-plain = In the ledger
proof-quarantined = Waits for a person before it can be sent: F9, Ledger
session-agrees = { $form ->
    [one] Counter and ledger agree: 1 receipt, { $value }
   *[other] Counter and ledger agree: { $count } receipts, { $value }
  }
session-to-send = { $form ->
    [one] Still to send: 1 receipt, { $value }
   *[other] Still to send: { $count } receipts, { $value }
  }
session-so-far = { $form ->
    [one] In the ledger so far: { $sent } of 1 receipt, { $value }
   *[other] In the ledger so far: { $sent } of { $count } receipts, { $value }
  }
session-differs = Counter and ledger differ: the ledger's totals of this session aren't this till's. Tell your administrator.
