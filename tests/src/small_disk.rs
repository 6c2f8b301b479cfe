//! A disk that is soon full, for the tests of what happens then.

use crate::rpc::Rpc;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A disk of 12 MB in memory, that only the programs started in it see. Mounting it needs root, or namespaces of one's own, as
/// Linux usually grants them.
pub struct SmallDisk {
    holder: Child,
    at: PathBuf,
    root: bool,
}

#[allow(clippy::expect_used, clippy::panic, reason = "it serves tests, and fails them")]
impl SmallDisk {
    /// Mounts one there.
    ///
    /// # Panics
    /// It can't be mounted here.
    pub fn mounted(at: &Path) -> SmallDisk {
        std::fs::create_dir_all(at).expect("folder");
        let who = Command::new("id").arg("-u").output().expect("id");
        let root = who.stdout.trim_ascii() == b"0";
        let script = "mount -t tmpfs -o size=12m tmpfs \"$0\" && echo mounted && exec cat";
        let mut holder = Command::new("unshare")
            .arg(if root { "-m" } else { "-rm" })
            .args(["--", "sh", "-c", script])
            .arg(at)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare");
        let mut said = String::new();
        BufReader::new(holder.stdout.take().expect("output")).read_line(&mut said).expect("an answer");
        assert_eq!(said.trim(), "mounted", "a small disk can't be mounted here: run this as root");
        SmallDisk { holder, at: at.to_owned(), root }
    }

    /// A path on the disk, as it is reached from outside.
    pub fn path(&self, name: &str) -> PathBuf {
        Path::new("/proc").join(self.holder.id().to_string()).join("root").join(self.at.strip_prefix("/").expect("absolute")).join(name)
    }

    /// Starts `rpc` on the disk.
    ///
    /// # Panics
    /// It doesn't start.
    pub fn till(&self) -> Rpc {
        self.till_at(&self.at.join("data"))
    }

    /// Starts `rpc`, which sees the disk, on any data folder.
    ///
    /// # Panics
    /// It doesn't start.
    pub fn till_at(&self, data: &Path) -> Rpc {
        let mut command = Command::new("nsenter");
        let namespaces: &[&str] = if self.root { &["-m"] } else { &["-U", "--preserve-credentials", "-m"] };
        command.arg("-t").arg(self.holder.id().to_string()).args(namespaces).arg("--").arg(Rpc::program());
        Rpc::start_as(command, data).expect("rpc")
    }

    /// Fills the disk up, but for so many bytes.
    ///
    /// # Panics
    /// It can't be written.
    pub fn fill(&self, but_for: u64) {
        let mut ballast = File::create(self.path("ballast")).expect("ballast");
        let block = [7; 4096];
        loop {
            match ballast.write_all(&block) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                Err(error) => panic!("{error}"),
            }
        }
        let length = ballast.metadata().expect("length").len();
        ballast.set_len(length - but_for).expect("a little space");
    }

    /// Takes away what fills it.
    ///
    /// # Panics
    /// It isn't there.
    pub fn give_space(&self) {
        std::fs::remove_file(self.path("ballast")).expect("ballast");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
