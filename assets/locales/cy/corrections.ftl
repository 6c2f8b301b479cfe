### Drafted by machine. Not yet checked by a translator.
### Approvals, voids, refunds, transfers and suspense.

## A second person's approval

approval-title = Cymeradwyo
approval-lead = Mae { $name } yn gofyn am hyn. Rhaid i rywun arall ei gymeradwyo.
approval-button = Cymeradwyo
