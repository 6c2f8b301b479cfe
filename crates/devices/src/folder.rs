//! A printer for tests and demonstrations: each job becomes a file.

use crate::{MAX_JOB_BYTES, PrintError, PrintFault, Printer, PrinterStatus};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes jobs as `0001.bin`, `0002.bin`… Only one may write to a folder at a time; a file is whole or isn't there.
pub(crate) struct FolderPrinter {
    folder: PathBuf,
}

impl FolderPrinter {
    pub(crate) fn new(folder: &Path) -> FolderPrinter {
        FolderPrinter { folder: folder.to_owned() }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let number = self.highest_number()?.checked_add(1).ok_or(io::ErrorKind::StorageFull)?;
        let unfinished = self.folder.join(format!("{number:04}.part"));
        let mut file = fs::File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(unfinished, self.folder.join(format!("{number:04}.bin")))
    }

    fn highest_number(&self) -> io::Result<u32> {
        let mut highest = 0;
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let number = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            if path.extension().is_some_and(|extension| extension == "bin") {
                highest = highest.max(number.unwrap_or(0));
            }
        }
        Ok(highest)
    }
}

impl Printer for FolderPrinter {
    fn print(&mut self, bytes: &[u8]) -> Result<PrinterStatus, PrintError> {
        if bytes.len() > MAX_JOB_BYTES {
            return Err(PrintError::before(PrintFault::JobTooLarge, bytes.len()));
        }
        self.write(bytes).map_err(|error| PrintError::before(PrintFault::FolderNotWritable, error))?;
        Ok(PrinterStatus::UNKNOWN)
    }

    fn status(&mut self) -> Result<PrinterStatus, PrintError> {
        Ok(PrinterStatus::UNKNOWN)
    }
}
