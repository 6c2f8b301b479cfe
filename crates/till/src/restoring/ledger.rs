//! The ledger's side of a restore: the code that says whose place this machine takes, and the journal coming back.

use crate::error::TillError;
use crate::ledger::{hub_at, key_for_enrolling, key_was_accepted, whole_path};
use crate::secrets::Secrets;
use crate::settings::LedgerSettings;
use crate::surroundings::Surroundings;
use counterfoil_ledger_client::hub::{Credentials, Hub};
use counterfoil_ledger_client::reference::named_pack;
use counterfoil_wire::enrolment::{Enrol, Enrolled, plain_code};
use counterfoil_wire::signing::{PublicKey, SignedHead};
use counterfoil_wire::{Hash, Head};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use tokio::runtime::{Builder, Runtime};

/// The ledger to restore from.
#[derive(Clone, Debug)]
pub struct RestoreLedger {
    /// Its address, such as `https://ledger.example.gov.uk`.
    pub url: String,
    /// The one-time code for the replacement of the lost till.
    pub code: String,
    /// The council's own certificate authorities (PEM). With them no others are trusted.
    pub authority: Option<PathBuf>,
}

impl RestoreLedger {
    /// As the machine's settings name it.
    pub(super) fn settings(&self) -> LedgerSettings {
        let authority = self.authority.as_deref().map(whole_path);
        LedgerSettings::Hub { url: self.url.trim().to_owned(), authority }
    }
}

/// The lost till's journal at the ledger, page by page.
pub(super) struct LedgerJournal<'a> {
    surroundings: &'a dyn Surroundings,
    runtime: Runtime,
    hub: Hub,
    who: Credentials,
    enrolled: Enrolled,
    page: VecDeque<Vec<u8>>,
    signed: Option<SignedHead>,
    head: Head,
}

impl<'a> LedgerJournal<'a> {
    /// Takes the lost till's place at the ledger, which refuses the lost till from now on. The key is kept before it is sent, so
    /// that the same code can be used again when the answer is lost or the restore fails.
    pub fn take_place(
        from: &RestoreLedger,
        secrets: &dyn Secrets,
        surroundings: &'a dyn Surroundings,
    ) -> Result<LedgerJournal<'a>, TillError> {
        let code = plain_code(&from.code);
        if code.is_empty() {
            return Err(TillError::not_done("ledger-code-wrong"));
        }
        let hub = hub_at(&from.url, from.authority.as_deref())?;
        let key = key_for_enrolling(secrets, surroundings)?;
        let public_key = PublicKey::of(&key);
        // A name for the asking only, the same at each try because the key is.
        let asking = Hash::of(public_key.0.as_bytes()).to_string();
        let enrol = Enrol { code, till_id: asking, public_key, program_version: env!("CARGO_PKG_VERSION").to_owned() };
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| TillError::not_done("internal").because(error))?;
        let enrolled = runtime.block_on(hub.enrol(&enrol))?;
        if !enrolled.replaces {
            return Err(TillError::not_done("restore-not-a-replacement"));
        }
        key_was_accepted(secrets, &key)?;
        let who = Credentials { till_id: enrolled.till_id.clone(), key };
        Ok(LedgerJournal { surroundings, runtime, hub, who, enrolled, page: VecDeque::new(), signed: None, head: Head::EMPTY })
    }

    /// What the ledger said of this till.
    pub fn enrolled(&self) -> &Enrolled {
        &self.enrolled
    }

    /// The head that the ledger signed, once all has come.
    pub fn signed_head(&self) -> Option<&SignedHead> {
        self.signed.as_ref()
    }

    /// The next entry's exact bytes; none at the head that the ledger signed.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>, TillError> {
        if self.page.is_empty() && !self.fetch()? {
            return Ok(None);
        }
        let Some(body) = self.page.pop_front() else { return Err(self.broken()) };
        self.head = self.head.after(&self.who.till_id, &body);
        let at_end = self.signed.as_ref().is_some_and(|signed| signed.head.seq == self.head.seq && signed.head.hash != self.head.hash);
        if at_end { Err(self.broken()) } else { Ok(Some(body)) }
    }

    /// The next page; false at the end.
    fn fetch(&mut self) -> Result<bool, TillError> {
        if self.signed.as_ref().is_some_and(|signed| signed.head.seq == self.head.seq) {
            return Ok(false);
        }
        let (page, bodies) = self.runtime.block_on(self.hub.entries(&self.who, self.surroundings.now_ms(), self.head.seq))?;
        let is_theirs = page.head.till_id == self.who.till_id && page.head.is_signed_by(&self.enrolled.ledger_key);
        let goes_on = page.first_seq == self.head.seq + 1 && page.head.head.seq >= self.head.seq + bodies.len() as u64;
        if !is_theirs || !goes_on {
            return Err(self.broken());
        }
        let is_end = page.head.head == self.head;
        if bodies.is_empty() != is_end {
            return Err(self.broken());
        }
        (self.signed, self.page) = (Some(page.head), bodies.into());
        Ok(!is_end)
    }

    fn broken(&self) -> TillError {
        TillError::not_done("restore-ledger-broken").with("seq", self.head.seq + 1)
    }

    /// A pack's bundle; none where the ledger doesn't have it. `folder` is where it arrives.
    pub fn pack(&self, sha256: Hash, folder: &Path) -> Option<Vec<u8>> {
        let arriving = folder.join("pack.part");
        match self.runtime.block_on(named_pack(&self.hub, &self.who, self.surroundings.now_ms(), sha256, &arriving)) {
            Ok(bundle) => bundle,
            Err(error) => {
                tracing::error!(%error, %sha256, "a pack didn't come from the ledger");
                None
            }
        }
    }
}
