//! The mirror: a second copy of the journal, on another disk or a share, written as the journal is written.
//!
//! Below the folder that the machine's settings name lies a folder for each till, named by its id. In it are files of lines,
//! each `{seq} {hash} {the entry's exact bytes}`, named by their first entry (`journal-000000001.lines`), and the packs that
//! the journal names (`pack-{sha256}.bin`). Nothing in it is ever overwritten but an end that was torn.
//!
//! No payment waits for it: a commit only wakes the worker ([`mirroring`]), which reads the journal and writes to the folder
//! ([`folder`]). What a lost till's mirror holds is read back by [`reading`].

mod folder;
mod lines;
mod mirroring;
mod reading;
mod signal;

pub(crate) use lines::{last_entry, pack_file};
pub(crate) use mirroring::Mirroring;
pub(crate) use reading::{MirrorReader, till_folder};
pub(crate) use signal::Signal;
