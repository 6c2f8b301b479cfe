# Machine-drafted Welsh: to be signed by a translator before a council relies on it.
# Drafftiwyd gan beiriant: i'w lofnodi gan gyfieithydd.
receipt-title = Derbynneb { $number }
receipt-copy = COPI
receipt-number = Rhif y dderbynneb
receipt-date = Dyddiad
receipt-office = Swyddfa
receipt-till = Til { $till }, sesiwn { $session }
receipt-cashier = Ariannwr { $code }
receipt-reference = Cyfeirnod
receipt-total = Cyfanswm
receipt-tendered = Swm a roddwyd
receipt-change = Newid
receipt-cheque-number = Rhif y siec
receipt-card-number = Rhif y cerdyn
receipt-authorisation = Cod awdurdodi
receipt-postal-order-number = Rhif yr archeb bost
receipt-vat-number = Rhif TAW
receipt-vat-gross = Cyfanswm gan gynnwys TAW ar { $rate }
receipt-vat-net = Cyn TAW
receipt-vat-amount = TAW
receipt-demonstration = Arddangosiad – nid derbynneb yw hon
receipt-void = WEDI’I DDIRYMU
receipt-refund = AD-DALIAD
receipt-transfer = TROSGLWYDDIAD
receipt-corrects = O’r dderbynneb
receipt-reason = Rheswm
receipt-payee = Yn daladwy i
