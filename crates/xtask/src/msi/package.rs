//! The MSI: compiled by wixl, then finished with what wixl leaves out.

use super::build::{self, Certificate};
use super::pe;
use super::source::{self, Source};
use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const SOURCE: &str = "installers/windows/counterfoil.wxs";

/// Old versions leave after this one has begun and before it copies anything, all in one transaction.
const REMOVE_OLD_AT: u32 = 1525;

/// One version's MSI and what lies beside it.
pub struct Package {
    /// Such as `1.2.0`.
    pub version: String,
    /// What is installed, laid out as it will be.
    pub files: PathBuf,
    /// The MSI.
    pub file: PathBuf,
    /// Its bill of materials.
    pub bill: PathBuf,
}

impl Package {
    /// Where a version's files are.
    pub fn of(checkout: &Checkout, version: &str) -> Package {
        let out = checkout.path("out/msi");
        let name = format!("counterfoil-{version}-x64");
        Package {
            version: version.to_owned(),
            files: build::target_folder(checkout).join("msi-files"),
            file: out.join(format!("{name}.msi")),
            bill: out.join(format!("{name}.cdx.json")),
        }
    }

    /// The same files as another version: what verifying upgrades to.
    pub fn as_version(&self, checkout: &Checkout, version: &str) -> Package {
        let file = build::target_folder(checkout).join(format!("counterfoil-{version}.msi"));
        Package { version: version.to_owned(), files: self.files.clone(), file, bill: self.bill.clone() }
    }

    /// Makes it, and signs it where there is a certificate.
    ///
    /// # Errors
    /// A file that should be in it isn't, or the other way round; wixl says anything at all; signing fails.
    pub fn make(&self, checkout: &Checkout, certificate: Option<&Certificate>) -> Result<(), Failure> {
        let path = checkout.path(SOURCE);
        let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, &error))?;
        let source = source::read(&text)?;
        self.same_files(&source)?;
        self.compile(checkout, &source)?;
        self.finish(checkout, &source, &text)?;
        certificate.map_or(Ok(()), |certificate| certificate.sign(checkout, &self.file))
    }

    /// The same product code for the same version, so that one version is never there twice.
    pub fn product_code(&self) -> String {
        guid(&[b"product", self.version.as_bytes()])
    }

    /// Every file that is laid out is named in the source, and every named one is there.
    fn same_files(&self, source: &Source) -> Result<(), Failure> {
        let mut there = below(&self.files)?;
        let mut named = source.files.clone();
        named.push("counterfoil.ico".to_owned());
        there.sort();
        named.sort();
        if there == named {
            return Ok(());
        }
        let only =
            |these: &[String], others: &[String]| these.iter().filter(|it| !others.contains(it)).cloned().collect::<Vec<_>>().join(", ");
        let (unnamed, missing) = (only(&there, &named), only(&named, &there));
        Err(Failure::new(format!("{SOURCE} doesn't name what is installed: not named [{unnamed}], not there [{missing}]")))
    }

    /// wixl says what it drops as a warning and goes on: here that is a failure.
    fn compile(&self, checkout: &Checkout, source: &Source) -> Result<(), Failure> {
        let work = build::target_folder(checkout);
        let compiled = work.join("counterfoil.wxs");
        fs::write(&compiled, &source.for_wixl).map_err(|error| Failure::at(&compiled, &error))?;
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
        }
        let mut wixl = checkout.command("wixl");
        // Paths in the source are taken from where wixl runs.
        wixl.current_dir(&work).args(["-a", "x64", "-D", &format!("Version={}", self.version)]);
        wixl.args(["-D", &format!("ProductCode={}", self.product_code()), "-D", "Files=msi-files", "-o"])
            .arg(&self.file)
            .arg("counterfoil.wxs");
        let output = wixl.output().map_err(|error| Failure::new(format!("could not start wixl: {error}")))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        if output.status.success() && said.trim().is_empty() { Ok(()) } else { Err(Failure::new(format!("wixl: {}", said.trim()))) }
    }

    fn finish(&self, checkout: &Checkout, source: &Source, text: &str) -> Result<(), Failure> {
        let mut queries = vec![
            format!("UPDATE `InstallExecuteSequence` SET `Sequence` = {REMOVE_OLD_AT} WHERE `Action` = 'RemoveExistingProducts'"),
            format!(
                "UPDATE `Property` SET `Value` = 'WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED;{}' WHERE `Property` = 'SecureCustomProperties'",
                source.secure.join(";")
            ),
            format!("INSERT INTO `Property` (`Property`, `Value`) VALUES ('MsiHiddenProperties', '{}')", source.hidden.join(";")),
        ];
        for (component, condition) in &source.conditions {
            queries.push(format!("UPDATE `Component` SET `Condition` = '{condition}' WHERE `Component` = '{component}'"));
        }
        for component in &source.permanent {
            // 64 bits (256) and permanent (16).
            queries.push(format!("UPDATE `Component` SET `Attributes` = 272 WHERE `Component` = '{component}'"));
        }
        for name in ["counterfoil.exe", "counterfoil.com", "WebView2Loader.dll"] {
            let bytes = fs::read(self.files.join(name)).map_err(|error| Failure::at(&self.files.join(name), &error))?;
            let version = pe::version(&bytes).ok_or_else(|| Failure::new(format!("{name} has no version")))?;
            queries.push(format!("UPDATE `File` SET `Version` = '{version}', `Language` = '0' WHERE `FileName` = '{name}'"));
        }
        for (property, _, _) in &source.file_searches {
            queries.push(format!("INSERT INTO `AppSearch` (`Property`, `Signature_`) VALUES ('{property}', 'Find{property}')"));
        }
        for query in queries {
            shell::output(checkout.command("msibuild").arg(&self.file).args(["-q", &query]))?;
        }
        self.import_tables(checkout, source)?;
        let identity = guid(&[b"package", self.version.as_bytes(), text.as_bytes(), &digest_of(&self.files)?]);
        let summary = ["-s", "Counterfoil", "Counterfoil", "x64;2057", &format!("{{{identity}}}")];
        shell::output(checkout.command("msibuild").arg(&self.file).args(summary)).map(drop)
    }

    /// Tables that wixl doesn't make.
    fn import_tables(&self, checkout: &Checkout, source: &Source) -> Result<(), Failure> {
        let mut signatures = "Signature\tFileName\tMinVersion\tMaxVersion\tMinSize\tMaxSize\tMinDate\tMaxDate\tLanguages\r\n\
                              s72\ts255\tS20\tS20\tI4\tI4\tI4\tI4\tS255\r\nSignature\tSignature\r\n"
            .to_owned();
        let mut places = "Signature_\tParent\tPath\tDepth\r\ns72\tS72\tS255\tI2\r\nDrLocator\tSignature_\tParent\tPath\r\n".to_owned();
        for (property, folder, name) in &source.file_searches {
            signatures.push_str(&format!("Find{property}\t{name}\t\t\t\t\t\t\t\r\n"));
            places.push_str(&format!("Find{property}\t\t{folder}\t0\r\n"));
        }
        let mut rights = "MsiLockPermissionsEx\tLockObject\tTable\tSDDLText\tCondition\r\ns72\ts72\ts32\ts0\tS255\r\n\
                          MsiLockPermissionsEx\tMsiLockPermissionsEx\r\n"
            .to_owned();
        for (name, folder, sddl) in &source.rights {
            rights.push_str(&format!("{name}\t{folder}\tCreateFolder\t{sddl}\t\r\n"));
        }
        for (table, text) in [("Signature", signatures), ("DrLocator", places), ("MsiLockPermissionsEx", rights)] {
            let file = build::target_folder(checkout).join(format!("{table}.idt"));
            fs::write(&file, text).map_err(|error| Failure::at(&file, &error))?;
            shell::output(checkout.command("msibuild").arg(&self.file).arg("-i").arg(&file))?;
        }
        Ok(())
    }

    /// Makes it once more, and compares. Two moments are all that may differ: when it was made, and when it was last changed. A signed one
    /// isn't compared: a signature has a moment of its own.
    ///
    /// # Errors
    /// Something else differs.
    pub fn is_reproducible(&self, checkout: &Checkout, signed: bool) -> Result<(), Failure> {
        if signed {
            println!("Signed, and so not compared.");
            return Ok(());
        }
        let again = Package {
            file: self.file.with_extension("again.msi"),
            bill: self.bill.clone(),
            files: self.files.clone(),
            version: self.version.clone(),
        };
        again.make(checkout, None)?;
        let (one, other) = (self.contents(checkout)?, again.contents(checkout)?);
        fs::remove_file(&again.file).map_err(|error| Failure::at(&again.file, &error))?;
        if let Some(((name, _), _)) = one.iter().zip(&other).find(|(one, other)| one != other) {
            return Err(Failure::new(format!("built twice, the two differ in {name}")));
        }
        println!("{} tables and streams are the same.", one.len());
        if one.len() == other.len() { Ok(()) } else { Err(Failure::new("built twice, the two have different tables")) }
    }

    /// Everything in it, by name.
    fn contents(&self, checkout: &Checkout) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let mut contents = Vec::new();
        for table in self.info(checkout, &["tables"])?.lines() {
            let text =
                if table == "_SummaryInformation" { self.info(checkout, &["suminfo"])? } else { self.info(checkout, &["export", table])? };
            let steady = text.lines().filter(|line| !line.starts_with("Created:") && !line.starts_with("Last saved:"));
            contents.push((table.to_owned(), steady.collect::<Vec<_>>().join("\n").into_bytes()));
        }
        for stream in self.info(checkout, &["streams"])?.lines().filter(|name| !name.contains("SummaryInformation")) {
            let mut command = checkout.command("msiinfo");
            command.arg("extract").arg(&self.file).arg(stream);
            let output = command.output().map_err(|error| Failure::new(format!("could not start msiinfo: {error}")))?;
            contents.push((stream.to_owned(), output.stdout));
        }
        Ok(contents)
    }

    /// What msiinfo says of it.
    pub fn info(&self, checkout: &Checkout, question: &[&str]) -> Result<String, Failure> {
        let (task, rest) = question.split_first().unwrap_or((&"suminfo", &[]));
        // A table with streams is laid out where msiinfo runs.
        shell::output(checkout.command("msiinfo").current_dir(build::target_folder(checkout)).arg(task).arg(&self.file).args(rest))
    }

    /// Holds the MSI's size against the bound.
    ///
    /// # Errors
    /// It is larger.
    pub fn check_size(&self, most: u64) -> Result<(), Failure> {
        let bytes = fs::metadata(&self.file).map_err(|error| Failure::at(&self.file, &error))?.len();
        println!("{bytes} bytes; {most} are the most.");
        if bytes <= most { Ok(()) } else { Err(Failure::new("the MSI is too large")) }
    }
}

/// What is installed, by path below the program's folder: all but the icon, which Windows keeps in a place of its own.
///
/// # Errors
/// The folder can't be read.
pub fn installed(files: &Path) -> Result<Vec<String>, Failure> {
    Ok(below(files)?.into_iter().filter(|name| name != "counterfoil.ico").collect())
}

/// The names of all files below a folder, with `/` between folders.
fn below(folder: &Path) -> Result<Vec<String>, Failure> {
    let (mut names, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).map_err(|error| Failure::at(&next, &error))?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(name) = path.strip_prefix(folder) {
                names.push(name.display().to_string());
            }
        }
    }
    names.sort();
    Ok(names)
}

/// One digest over the names and the contents of all files below a folder.
fn digest_of(folder: &Path) -> Result<Vec<u8>, Failure> {
    let mut digest = Sha256::new();
    for name in below(folder)? {
        let path = folder.join(&name);
        digest.update(name.as_bytes());
        digest.update(Sha256::digest(fs::read(&path).map_err(|error| Failure::at(&path, &error))?));
    }
    Ok(digest.finalize().to_vec())
}

/// A GUID worked out from bytes (version 8 of RFC 9562), in capitals as Windows Installer wants it.
fn guid(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    let mut bytes: Vec<u8> = digest.finalize().into_iter().take(16).collect();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_make_the_same_guid_and_others_another() {
        let one = guid(&[b"product", b"1.2.0"]);
        assert_eq!(one, guid(&[b"product", b"1.2.0"]));
        assert_ne!(one, guid(&[b"product", b"1.2.1"]));
        assert_ne!(one, guid(&[b"product1", b".2.0"]));
        assert_eq!((one.len(), &one[14..15]), (36, "8"));
    }
}
