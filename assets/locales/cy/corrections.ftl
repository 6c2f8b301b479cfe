### Drafted by machine. Not yet checked by a translator.
### Approvals, voids, refunds, transfers and suspense.

## A second person's approval

approval-title = Cymeradwyo
approval-lead = Mae { $name } yn gofyn am hyn. Rhaid i rywun arall ei gymeradwyo.
approval-button = Cymeradwyo
approve-void = Dirymu { $amount } o dderbynneb { $number }
approve-refund = Ad-dalu { $amount } o dderbynneb { $number }
approve-transfer = Trosglwyddo { $amount } o dderbynneb { $number }
approve-override = Cymryd { $amount } er gwaethaf ataliad

## Cywiriadau

kind-taken = Taliad
kind-void = Dirymiad
kind-refund = Ad-daliad
kind-transfer = Trosglwyddiad
kind-over-or-short = Dros ben neu’n brin
void-title = Dirymu derbynneb { $number }
refund-title = Ad-dalu derbynneb { $number }
transfer-title = Trosglwyddo o dderbynneb { $number }
void-which = Beth sy’n cael ei ddirymu?
refund-which = Beth sy’n cael ei ad-dalu?
transfer-which = Beth sy’n cael ei symud?
void-button = Dirymu
refund-button = Ad-dalu
transfer-button = Trosglwyddo
left-of = { $left } ar ôl o { $amount }
to-account = Y cyfrif y mae’n mynd iddo
to-account-hint = Sganiwch neu deipiwch gyfeirnod, yna Enter. Alt+S: cyfrif dros dro
to-fund = Cronfa
refund-method = Sut y caiff ei ad-dalu
refund-up-to = { $name } (hyd at { $maximum })
payee = Siec yn daladwy i
slip-of = Slip y derfynell { $amount }
hand-back-cash = Rhowch yn ôl mewn arian parod
hand-back-card = Yn mynd yn ôl i’r cerdyn
hand-back-cheque = Rhowch y siec yn ôl
hand-back-postal-order = Rhowch yr archeb bost yn ôl
hand-back-request = Gofynnir am siec, yn daladwy i { $payee }
moved = Symudwyd
moved-to = i { $fund } { $reference }
corrects = o dderbynneb { $number }
approved-by = cymeradwywyd gan { $code }
keydo-correct = Dirymu, ad-dalu, trosglwyddo derbynneb

## Arian na ŵyr neb i ble mae’n perthyn

into-suspense = Ni ŵyr neb i ble mae’n perthyn: i’r cyfrif dros dro
narrative-suspense = Yr hyn sy’n hysbys amdano
suspense-title = Cyfrif dros dro
suspense-label = Geiriau, rhif derbynneb neu swm
suspense-none = Nid oes dim yn y cyfrif dros dro.
suspense-left = Mae { $left } yn dal i’w osod.

## Wedi talu ddwywaith?

paid-already = Cymerwyd heddiw eisoes, am { $time }: { $number }
charged-perhaps = Efallai fod { $amount } wedi'i godi ar gerdyn am y cyfrif hwn eisoes, ar { $begun }: gofynnwch i oruchwyliwr
