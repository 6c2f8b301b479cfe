### Approvals, voids, refunds, transfers and suspense.

## A second person's approval

approval-title = Approval
approval-lead = { $name } asks for this. Somebody else has to approve it.
approval-button = Approve
