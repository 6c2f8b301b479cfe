### Drafted by machine. Not yet checked by a translator.
### Lifts and cash movements, cash-up, Z reads.

## Counting

count-hint = Mewn blwch: mae N yn cyfrif darnau, V eu gwerth mewn punnoedd, B fagiau llawn. Mae Enter yn mynd ymlaen.
count-note = Papurau
count-other-note = Papurau banciau eraill
count-coin = Darnau arian
count-by-number = darnau
count-by-value = gwerth
count-by-bags = bagiau
count-way = { $way }: cyfrif { $name } mewn ffordd arall
reason-label = Rheswm
reason-optional = Rheswm, os oes un
reason-choose = Dewiswch reswm
reason-text = Manylion

## Cash between drawer and safe

cash-lift = Codi arian i’r sêff
cash-top-up = Ychwanegu at y fflôt
cash-exchange = Cyfnewid newid
cash-bag = Rhif y bag
cash-out = Allan o’r drôr
cash-in = I mewn i’r drôr
cash-total = Cyfanswm
cash-lift-button = Cofnodi’r codiad
cash-top-up-button = Cofnodi’r ychwanegiad
cash-exchange-button = Cofnodi’r cyfnewid
cash-lift-approve = Codi { $amount } o’r drôr i’r sêff
cash-top-up-approve = Ychwanegu { $amount } at y fflôt
cash-exchange-approve = Cyfnewid { $amount } â’r sêff
cash-lift-done = Mae { $amount } ym mag { $bag } wedi’i godi. Mae’r slip yn mynd i’r bag.
cash-top-up-done = Mae { $amount } wedi’i ychwanegu at y drôr.
cash-exchange-done = Mae { $amount } wedi’i gyfnewid.
lift-due = Mae mwy o arian yn y drôr nag y dylai ei ddal. Codwch arian i’r sêff: F9.
no-sale-title = Agor y drôr
no-sale-lead = Cedwir yr agoriad gyda’ch enw, yr amser a’r rheswm.
no-sale-button = Agor y drôr
no-sale-approve = Agor y drôr heb werthiant
x-read-print = Ei argraffu
x-read-printed = Mae’r darlleniad X yn cael ei argraffu.
x-read-title = Darlleniad X

## Cash-up

cash-up-title = Cyfrif y til
cash-up-session = Sesiwn { $number } · ariannwr { $code } · agorwyd { $when }
cash-up-parked = { $form ->
    [one] Mae un gwerthiant wedi’i barcio o hyd. Gollyngwch ef yma, neu ewch yn ôl a’i gymryd: Esc, yna F4.
    [two] Mae { $count } werthiant wedi’u parcio o hyd. Gollyngwch nhw yma, neu ewch yn ôl a’u cymryd: Esc, yna F4.
   *[other] Mae { $count } gwerthiant wedi’u parcio o hyd. Gollyngwch nhw yma, neu ewch yn ôl a’u cymryd: Esc, yna F4.
  }
cash-up-driven = Mae terfynell { $name } yn dweud { $says }, mae'r til yn gwybod am { $known }
cash-up-terminal-not-compared = Ni chymharwyd terfynell { $name }
cash-up-not-compared = Ni chymharwyd terfynell { $name }: ni ddywedodd ei chyfansymiau ar ôl ei thaliad olaf. Mae'r til yn gwybod am { $known }: cymharwch hynny â rhestr y derfynell ei hun. Mae angen rheswm ac ail berson i gau. Os yw'r derfynell yno eto, gofynnwch am wrthod y cyfrif hwn a chyfrwch eto.
cash-up-cards = Nid yw taliadau cerdyn drosodd eto ({ $count }). Datryswch bob un yn gyntaf: F9, yna Taliadau cerdyn.
cash-up-unprinted = { $form ->
    [one] Nid yw un ddogfen wedi dod o’r argraffydd eto. Gallwch gyfrif y til yr un fath; mae F11 yn argraffu eto.
    [two] Nid yw { $count } ddogfen wedi dod o’r argraffydd eto. Gallwch gyfrif y til yr un fath; mae F11 yn argraffu eto.
   *[other] Nid yw { $count } dogfen wedi dod o’r argraffydd eto. Gallwch gyfrif y til yr un fath; mae F11 yn argraffu eto.
  }
cash-up-unprinted-receipt = Derbynneb { $number }
cash-up-unprinted-void = Dirymiad { $number }
cash-up-unprinted-refund = Ad-daliad { $number }
cash-up-unprinted-transfer = Trosglwyddiad { $number }
cash-up-unprinted-lift = Slip y codiad ym mag { $number }
cash-up-unprinted-top-up = Slip ychwanegiad at y fflôt
cash-up-unprinted-exchange = Slip cyfnewid newid mân
cash-up-unprinted-x-read = Darlleniad X sesiwn { $number }
cash-up-unprinted-z-read = Darlleniad Z { $number }
cash-up-unprinted-card-slip = Slip y derfynell gardiau
cash-up-unprinted-drawer = Roedd y drôr i agor
cash-up-unprinted-test-page = Tudalen brawf argraffydd
cash-up-unprinted-check-up = Archwiliad
cash-up-unprinted-failed = rhoddwyd y gorau iddo
cash-up-cash = Arian parod
cash-up-cheques = Sieciau ac archebion post
cash-up-cheques-hint = Mae’r bylchwr yn ticio pob un sydd yn y drôr.
cash-up-ticked = { $ticked } o { $all }
cash-up-terminals = Terfynellau cardiau
cash-up-terminal = Cyfanswm ar y derfynell: { $name }
cash-up-give = Rhoi’r cyfrif hwn
cash-up-sure = Rhoi’r cyfrif hwn?
cash-up-sure-lead = Daw’r arian parod i { $amount }. Ar ôl ei roi ni ellir ei newid, ac ni ellir cymryd dim mwy yn y sesiwn hon.
cash-up-sure-yes = Ie, ei roi
cash-up-given = Cyfrif { $attempt }, a roddwyd gan { $code } ar { $when }
column-mop = Dull talu
column-expected = Disgwyliwyd
column-counted = Cyfrifwyd
column-difference = Gwahaniaeth
difference-none = Yn cytuno
difference-over = { $amount } dros ben
difference-short = { $amount } yn brin
clues-title = O ble y gall ddod
clues-none = Nid oes un dderbynneb sy’n ei esbonio ar ei phen ei hun.
clues-hint = Os dewch o hyd i’r camgymeriad, gofynnwch am wrthod y cyfrif hwn a chyfrifwch eto. Os na, caewch gyda rheswm.
clue-same-amount = Mae gan dderbynneb { $number } yr union swm hwn: { $amount }.
clue-half-amount = Mae gan dderbynneb { $number } ei hanner, { $amount }: gall arian fod wedi mynd y ffordd arall.
clue-change = Newid derbynneb { $number } yw { $amount }: gall fod wedi’i roi ddwywaith, neu ddim o gwbl.
clue-transposed = Teipiwyd derbynneb { $number } fel { $amount }: gall fod yn { $meant }.
clue-wrong-mop = Teipiwyd derbynneb { $number } am { $amount } fel { $keyed }: gall fod wedi’i thalu trwy { $other }.
clue-lift-not-recorded = { $amount } mewn papurau cyfan: efallai na chofnodwyd codiad i’r sêff.
cash-up-beyond = Mae’r gwahaniaeth yn fwy nag y mae’r cyngor yn ei oddef: mae angen rheswm ac ail berson i gau.
cash-up-float-left = Fflôt a adewir yn y drôr
cash-up-float-left-hint = Gwag yw { $amount }
cash-up-close = Cau’r sesiwn
cash-up-close-approve = Cau sesiwn { $number }: { $difference }
cash-up-reject = Gofyn am wrthod y cyfrif hwn
cash-up-reject-approve = Gwrthod cyfrif { $attempt } o sesiwn { $number }
cash-up-closed = Mae sesiwn { $session } wedi’i chau gyda darlleniad Z { $number }
cash-up-closed-lead = Mae’r darlleniad Z yn cael ei argraffu.
cash-up-done = Gorffen

## Z reads

z-list = Darlleniadau Z
z-none = Nid oes sesiwn wedi’i chau ar y til hwn eto.
z-title = Darlleniad Z { $number }
z-session = sesiwn { $session }, ariannwr { $code }
z-reprint = Argraffu copi
z-reprinted = Mae copi’n cael ei argraffu.
