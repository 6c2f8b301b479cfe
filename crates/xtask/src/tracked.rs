//! What may be tracked: nothing large, nothing that only one machine has.

use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use std::fs;
use std::path::Path;

/// The largest file that may be tracked.
const MOST_BYTES: usize = 1024 * 1024;

/// Where a lock file of npm's may say that its packages come from.
const NPM_REGISTRY: &str = "https://registry.npmjs.org/";

/// Looks at every tracked file.
///
/// # Errors
/// Each file that is too large, or names what only one machine has.
pub fn check(checkout: &Checkout) -> Result<(), Failure> {
    if !checkout.path(".git").exists() {
        println!("Not a git checkout: there is no list of tracked files to look at.");
        return Ok(());
    }
    // A checkout that another user made (CI, a container) is read all the same.
    let listed = shell::output(checkout.command("git").args(["-c", "safe.directory=*", "ls-files", "-z"]))?;
    let mut count = 0;
    let mut faults = Vec::new();
    for name in listed.split_terminator('\0') {
        let path = checkout.path(name);
        // One that has just been deleted is still listed; a link is the concern of what it points to.
        if !path.is_file() || path.is_symlink() {
            continue;
        }
        let bytes = fs::read(&path).map_err(|error| Failure::at(&path, &error))?;
        count += 1;
        faults.extend(faults_of(Path::new(name), &bytes));
    }
    if faults.is_empty() {
        println!("{count} tracked files: none too large, none that names what only one machine has.");
        return Ok(());
    }
    Err(Failure::new(format!("tracked files that may not be so:\n  {}", faults.join("\n  "))))
}

fn faults_of(name: &Path, bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    if bytes.len() > MOST_BYTES {
        faults.push(format!("{}: {} KiB, and {} KiB is the most", name.display(), bytes.len() / 1024, MOST_BYTES / 1024));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return faults };
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(what) = fault_in(line) {
            faults.push(format!("{}:{number}: {what}", name.display()));
        }
        if name.ends_with("package-lock.json") && is_from_elsewhere(line) {
            faults.push(format!("{}:{number}: a package from elsewhere than {NPM_REGISTRY}", name.display()));
        }
    }
    faults
}

/// The words are put together here, so that this file doesn't find itself.
fn fault_in(line: &str) -> Option<&'static str> {
    if line.contains(concat!("..", "/shared")) {
        return Some("names a folder beside the checkout");
    }
    let home = [concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("C:\\Us", "ers\\"), concat!("/ro", "ot/")];
    home.iter().any(|front| names_someone(line, front)).then_some("names somebody's home folder")
}

/// True when `front` starts a path in this line, and a name follows it rather than a placeholder.
fn names_someone(line: &str, front: &str) -> bool {
    line.match_indices(front).any(|(at, _)| {
        let starts_there = !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '*'));
        starts_there && line[at + front.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '.')
    })
}

fn is_from_elsewhere(line: &str) -> bool {
    line.trim().strip_prefix("\"resolved\": \"").is_some_and(|address| address.starts_with("http") && !address.starts_with(NPM_REGISTRY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, text: &str) -> Vec<String> {
        faults_of(Path::new(name), text.as_bytes())
    }

    #[test]
    fn a_folder_beside_the_checkout_is_found_with_its_line() {
        let text = format!("fine\nsee {}/design\n", concat!("..", "/shared"));
        assert_eq!(faults("README.md", &text), ["README.md:2: names a folder beside the checkout"]);
    }

    #[test]
    fn a_home_folder_is_found_and_an_address_or_a_placeholder_is_not() {
        for found in [concat!("cd /ho", "me/ann/till"), concat!("\"/Us", "ers/ann\""), concat!("C:\\Us", "ers\\ann")] {
            assert_eq!(faults("a.sh", found).len(), 1, "{found}");
        }
        for fine in [concat!("https://example.org/ho", "me/ann"), concat!("/ho", "me/<you>/"), concat!("$HOME/ro", "ot/x"), "/srv/x"] {
            assert_eq!(faults("a.sh", fine), Vec::<String>::new(), "{fine}");
        }
    }

    #[test]
    fn a_lock_file_may_name_only_the_public_registry() {
        let line = |host: &str| format!("      \"resolved\": \"https://{host}/svelte/-/svelte-5.0.0.tgz\",");
        assert_eq!(faults("ui/package-lock.json", &line("registry.npmjs.org")), Vec::<String>::new());
        assert_eq!(faults("ui/package-lock.json", &line("mirror.example")).len(), 1);
    }

    #[test]
    fn a_file_above_one_mebibyte_is_too_large() {
        assert_eq!(faults_of(Path::new("a.bin"), &vec![0xff; MOST_BYTES + 1]).len(), 1);
        assert_eq!(faults_of(Path::new("a.bin"), &vec![0xff; MOST_BYTES]), Vec::<String>::new());
    }
}
