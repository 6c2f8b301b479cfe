### Sending takings to the ledger: the status line, the ledger's dialog, what is shown of a receipt and of a session.

## Status line

sending-all-in = All takings are in the ledger
sending-to-send = { $form ->
    [one] 1 receipt ({ $value }) to send
   *[other] { $count } receipts ({ $value }) to send
  }
sending-down = line down since { $since }: { $why }
sending-halted = Sending has stopped: { $why }. Tell your supervisor. Takings are safe on this till.
sending-halted-look = Sending has stopped: { $why }. Takings are safe on this till. What to do: F9, Ledger.
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

## Why nothing is sent, as the end of a sentence

why-not-reached = the ledger can't be reached
why-no-answer = the ledger doesn't answer
why-certificate = the ledger's certificate isn't trusted
why-server-error = the ledger has a fault of its own
why-busy = the ledger is busy
why-not-the-ledger = what answers isn't the ledger
why-not-let-in = the ledger doesn't let this till in
why-clock = the ledger refuses this till's clock
why-till-unknown = the ledger doesn't know this till
why-till-revoked = the ledger takes nothing from this till any more
why-signature-wrong = the ledger doesn't take this till's signature
why-refused = the ledger refuses what this till sends
why-till = this till can't read or write its own data
why-not-usable = this till's settings for the ledger can't be used
halted-conflict = the ledger has something else in this till's name
halted-refused = the ledger can't take an entry of this till's
halted-head-not-ours = the ledger has something else in this till's name
halted-signature-wrong = what answers can't prove that it is the ledger
halted-till-revoked = the ledger takes nothing from this till any more
halted-other = the ledger and this till don't agree

## What to do about it

what-to-do-not-reached = Nothing at the counter: what is taken is kept here and sent once the line is back. If other things on this machine reach the network, tell IT the address below.
what-to-do-no-answer = Nothing at the counter: what is taken is kept here and sent once the ledger answers. If it lasts, tell whoever runs the ledger.
what-to-do-certificate = Tell IT. The ledger's certificate may have run out, this machine's clock may be wrong, or the file of the council's certificate authority may be missing from this till's settings. Nothing was sent to whatever answered.
what-to-do-server-error = Tell whoever runs the ledger. What is taken is kept here and sent once it is well.
what-to-do-busy = Nothing at the counter: this till tries again by itself. If it lasts, tell whoever runs the ledger.
what-to-do-not-the-ledger = Tell IT: check the address below, and whether a proxy or a sign-in page stands in the way.
what-to-do-not-let-in = Tell IT: a gateway before the ledger asks for a token, key or certificate that this till doesn't have, or that has run out.
what-to-do-clock = Tell IT: put this machine's date, time and time zone right.
what-to-do-till-unknown = Ask whoever runs the ledger for a new code; an administrator enrols this till again here.
what-to-do-till-revoked = Tell whoever runs the ledger. If that is a mistake, an administrator enrols this till again with a new code.
what-to-do-signature-wrong = Tell whoever runs the ledger: it knows another key for this till. An administrator enrols this till again with a new code.
what-to-do-refused = Tell whoever runs the ledger; it keeps a note of what it refused.
what-to-do-till = Tell IT: look at this machine's disk and at this till's log.
what-to-do-not-usable = Tell IT: a file or a secret that the settings name can't be read, or the address is none. This till's log says which.

## The ledger's dialog

sending-title = Ledger
sending-state = Sending
sending-state-none = No ledger: takings are kept on this till
sending-state-not-enrolled = The ledger doesn't know this till yet
sending-state-starting = Asking the ledger…
sending-state-up = The ledger answers
sending-state-down = Nothing can be sent since { $since }: { $why }
sending-state-halted = Stopped, until a person has looked
sending-what-to-do = What to do
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
enrol-authority = Certificate authority (leave empty if the council has none of its own)
enrol-authority-hint = A file (PEM) from IT, by its whole path, such as C:\certs\council.pem. With it no others are trusted.
enrol-code-again-hint = Leave it empty if only the address or the certificate authority is another; otherwise from whoever runs the ledger
enrol-button = Enrol this till
enrol-clear-question = Shall takings go unencrypted all the same?
enrol-clear-yes = Yes, send them unencrypted
enrol-clear-no = No, change the address
enrol-name-question = Shall this till be called { $till } at office { $office } from now on?
enrol-name-yes = Yes, call it { $till }
enrol-name-no = No, ask for another code
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
