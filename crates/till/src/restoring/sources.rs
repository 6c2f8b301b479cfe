//! Mirror and ledger side by side, entry by entry: where both have one they must have the same, and the longer one goes on.

use super::RestoreProgress;
use super::ledger::LedgerJournal;
use crate::error::TillError;
use crate::mirror::{MirrorReader, pack_file};
use counterfoil_store::{Opening as Place, Restoring};
use counterfoil_wire::Hash;
use counterfoil_wire::enrolment::Enrolled;
use counterfoil_wire::signing::SignedHead;
use std::collections::BTreeSet;

/// Entries that are written at a time.
pub(super) const AT_A_TIME: usize = 500;

/// Where the journal comes from: at least one of the two.
pub(super) struct Sources<'a> {
    pub mirror: Option<MirrorReader>,
    pub ledger: Option<LedgerJournal<'a>>,
}

/// What came.
#[derive(Default)]
pub(super) struct Brought {
    pub entries: u64,
    pub only_mirror: u64,
    pub only_ledger: u64,
    /// Who was given a secret at the lost till.
    pub given_secrets: BTreeSet<String>,
    /// What the ledger said of this till, and the head that it signed.
    pub enrolled: Option<(Enrolled, SignedHead)>,
}

impl Sources<'_> {
    /// Builds the store of the lost till from what both have.
    ///
    /// # Errors
    /// `restore-other-till`, `restore-disagree`, `restore-nothing`; what is wrong with either.
    pub fn bring(mut self, place: &Place, tell: &mut dyn FnMut(RestoreProgress)) -> Result<Brought, TillError> {
        let mut restoring = Restoring::begin(place, &self.till_id()?)?;
        let (mut brought, mut batch) = (Brought::default(), Vec::with_capacity(AT_A_TIME));
        while let Some(body) = self.next(&mut brought)? {
            batch.push(body);
            if batch.len() == AT_A_TIME {
                restoring.append(&std::mem::take(&mut batch))?;
                tell(RestoreProgress::Brought(brought.entries));
            }
        }
        restoring.append(&batch)?;
        tell(RestoreProgress::Brought(brought.entries));
        if brought.entries == 0 {
            return Err(TillError::not_done("restore-nothing"));
        }
        self.bring_packs(&restoring, place)?;
        brought.given_secrets = restoring.given_secrets().clone();
        brought.enrolled = self.ledger.as_ref().and_then(|ledger| Some((ledger.enrolled().clone(), ledger.signed_head()?.clone())));
        Ok(brought)
    }

    fn till_id(&self) -> Result<String, TillError> {
        let mirror = self.mirror.as_ref().map(|mirror| mirror.till_id().to_owned());
        let ledger = self.ledger.as_ref().map(|ledger| ledger.enrolled().till_id.clone());
        match (mirror, ledger) {
            (Some(mirror), Some(ledger)) if mirror != ledger => {
                Err(TillError::not_done("restore-other-till").with("mirror", mirror).with("ledger", ledger))
            }
            (mirror, ledger) => ledger.or(mirror).ok_or_else(|| TillError::not_done("restore-from-what")),
        }
    }

    /// The next entry of either.
    fn next(&mut self, brought: &mut Brought) -> Result<Option<Vec<u8>>, TillError> {
        let mirror = self.mirror.as_mut().map_or(Ok(None), MirrorReader::next)?;
        let ledger = self.ledger.as_mut().map_or(Ok(None), LedgerJournal::next)?;
        match (&mirror, &ledger) {
            (None, None) => return Ok(None),
            (Some(mirror), Some(ledger)) if mirror != ledger => {
                return Err(TillError::not_done("restore-disagree").with("seq", brought.entries + 1));
            }
            (Some(_), Some(_)) => {}
            (Some(_), None) => brought.only_mirror += 1,
            (None, Some(_)) => brought.only_ledger += 1,
        }
        brought.entries += 1;
        Ok(mirror.or(ledger))
    }

    /// The packs that the journal names, from the mirror or else the ledger. Takings don't depend on one that neither has: it
    /// can be applied again from its folder.
    fn bring_packs(&self, restoring: &Restoring, place: &Place) -> Result<(), TillError> {
        for sha256 in restoring.packs() {
            let Some(hash) = Hash::from_hex(sha256) else { continue };
            let mirrored = self.mirror.as_ref().and_then(|mirror| std::fs::read(mirror.folder().join(pack_file(sha256))).ok());
            let bundle = mirrored
                .filter(|bundle| Hash::of(bundle) == hash)
                .or_else(|| self.ledger.as_ref().and_then(|ledger| ledger.pack(hash, &place.folder)));
            match bundle {
                Some(bundle) => restoring.keep_pack(sha256, &bundle)?,
                None => tracing::warn!(sha256, "neither mirror nor ledger has a pack that the journal names"),
            }
        }
        Ok(())
    }
}
