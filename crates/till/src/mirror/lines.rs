//! The form of a mirror: its files' names and their lines.

use counterfoil_wire::Hash;
use std::io;
use std::path::{Path, PathBuf};

/// One entry as a mirror has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub seq: u64,
    pub hash: Hash,
    pub body: &'a [u8],
}

impl Line<'_> {
    /// Adds the line to a file's bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("{} {} ", self.seq, self.hash).as_bytes());
        out.extend_from_slice(self.body);
        out.push(b'\n');
    }

    /// A line's bytes, without its end; none when they can't have been an entry.
    pub fn read(bytes: &[u8]) -> Option<Line<'_>> {
        let mut fields = bytes.splitn(3, |byte| *byte == b' ');
        let (seq, hash, body) = (fields.next()?, fields.next()?, fields.next()?);
        let seq: u64 = std::str::from_utf8(seq).ok()?.parse().ok().filter(|seq| *seq > 0)?;
        let hash = Hash::from_hex(std::str::from_utf8(hash).ok()?)?;
        serde_json::from_slice::<serde::de::IgnoredAny>(body).ok()?;
        Some(Line { seq, hash, body })
    }
}

/// The file that begins with an entry.
pub(super) fn journal_file(first_seq: u64) -> String {
    format!("journal-{first_seq:09}.lines")
}

/// The file of a pack.
pub(crate) fn pack_file(sha256: &str) -> String {
    format!("pack-{sha256}.bin")
}

fn first_seq(name: &str) -> Option<u64> {
    name.strip_prefix("journal-")?.strip_suffix(".lines")?.parse().ok()
}

/// A mirror's files of lines with the number of the entry that each begins with, in order.
pub(super) fn journal_files(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let mut files = Vec::new();
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        if let Some(first) = item.file_name().to_str().and_then(first_seq) {
            files.push((first, item.path()));
        }
    }
    files.sort();
    Ok(files)
}

/// The last whole entry in a till's mirror; 0 where there is none. What comes before it isn't looked at.
pub(crate) fn last_entry(root: &Path, till_id: &str) -> io::Result<u64> {
    let folder = root.join(till_id);
    if !std::fs::metadata(root)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    if !folder.exists() {
        return Ok(0);
    }
    let Some((first, newest)) = journal_files(&folder)?.pop() else { return Ok(0) };
    let bytes = std::fs::read(newest)?;
    let whole = bytes.split_inclusive(|byte| *byte == b'\n').filter_map(|line| Line::read(line.strip_suffix(b"\n")?)).next_back();
    Ok(whole.map_or(first.saturating_sub(1), |line| line.seq))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_line_read_is_the_line_written(seq in 1u64.., hash: [u8; 32], text in "[a-z £,:]{0,40}") {
            let body = serde_json::to_vec(&serde_json::json!({ "text": text })).unwrap();
            let line = Line { seq, hash: Hash(hash), body: &body };
            let mut bytes = Vec::new();
            line.write(&mut bytes);
            prop_assert_eq!(bytes.pop(), Some(b'\n'));
            prop_assert_eq!(Line::read(&bytes), Some(line));
        }

        #[test]
        fn a_line_cut_short_anywhere_is_no_line(hash: [u8; 32], cut in 0usize..100) {
            let mut bytes = Vec::new();
            Line { seq: 12, hash: Hash(hash), body: b"{\"v\":1,\"fact\":\"signed_in\",\"by\":12}" }.write(&mut bytes);
            bytes.pop();
            prop_assert_eq!(Line::read(&bytes[..cut.min(bytes.len() - 1)]), None);
        }
    }

    #[test]
    fn files_are_in_the_order_of_their_entries_and_nothing_else_is_one() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["journal-1000000000.lines", &journal_file(7), &journal_file(1), "journal-x.lines", &pack_file("00"), "notes.txt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let files = journal_files(folder.path()).unwrap();
        assert_eq!(files.iter().map(|(first, _)| *first).collect::<Vec<_>>(), [1, 7, 1_000_000_000]);
    }
}
