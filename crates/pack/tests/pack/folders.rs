//! Folders, limits, and the form that a till stores.

use crate::delivered;
use crate::delivered::{BARNSLEY, BOTH, files, lines, loose};
use counterfoil_pack::{FILE_NAMES, MAX_FILE_BYTES, MAX_FILES, PackFiles, PackProblem, check, codes};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn copy_of(pack: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    loose(pack).iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
    folder
}

fn read(folder: &Path) -> Vec<PackProblem> {
    PackFiles::read_dir(folder).err().unwrap_or_default()
}

#[test]
fn the_stored_form_gives_the_same_files_and_the_same_council() {
    for pack in BOTH {
        let files = files(pack);
        let bundle = files.to_bundle();
        let again = PackFiles::from_bundle(&bundle).expect("a bundle");
        assert_eq!(again, files);
        assert_eq!(again.sha256(), files.sha256());
        assert_eq!(again.to_bundle(), bundle);
        let council = check(&again).expect("without fault");
        assert_eq!(format!("{council:?}"), format!("{:?}", check(&files).unwrap()));
    }
    assert_ne!(files(BOTH[0]).sha256(), files(BOTH[1]).sha256());
    assert_eq!(files(BARNSLEY).sha256().len(), 64);
}

#[test]
fn one_changed_byte_of_any_file_is_another_hash() {
    let before = files(BARNSLEY).sha256();
    for name in loose(BARNSLEY).keys() {
        let mut files = loose(BARNSLEY);
        files.get_mut(name).unwrap().push(b'\n');
        assert_ne!(PackFiles::from_files(files).unwrap().sha256(), before, "{name}");
    }
}

#[test]
fn a_damaged_cut_or_newer_stored_form_is_refused() {
    let bundle = files(BARNSLEY).to_bundle();
    let newer = [b"CFPACK".as_slice(), &[0, 2], &bundle[8..]].concat();
    let problems = PackFiles::from_bundle(&newer).unwrap_err();
    assert!(lines(&problems).contains("newer program"), "{}", lines(&problems));
    let last = bundle.len() - 1;
    for damaged in [&bundle[..last], &bundle[1..], &[bundle.as_slice(), b"x"].concat(), &[bundle.as_slice(), &bundle[8..]].concat(), b""] {
        assert_eq!(PackFiles::from_bundle(damaged).unwrap_err()[0].code, codes::BUNDLE_NOT_VALID);
    }
    for length in 0..bundle.len().min(2_000) {
        // Cut anywhere it is refused, or holds whole files only.
        if let Ok(cut) = PackFiles::from_bundle(&bundle[..length]) {
            assert_eq!(cut.to_bundle(), &bundle[..length]);
        }
    }
}

#[test]
fn a_slip_in_a_file_s_name_is_found() {
    let folder = copy_of(BARNSLEY);
    fs::rename(folder.path().join("messages.csv"), folder.path().join("mesages.csv")).unwrap();
    fs::create_dir(folder.path().join("old")).unwrap();
    let problems = read(folder.path());
    let found: Vec<_> = problems.iter().map(|problem| (problem.file.as_str(), problem.code)).collect();
    assert_eq!(found, [("mesages.csv", codes::FILE_UNKNOWN), ("old", codes::FILE_UNKNOWN)]);
}

#[test]
fn notes_for_people_and_hidden_files_are_no_part_of_the_pack() {
    let folder = copy_of(BARNSLEY);
    let before = PackFiles::read_dir(folder.path()).unwrap();
    for name in ["README.md", "readme.txt", "LICENSE", ".gitignore", "desktop.ini"] {
        fs::write(folder.path().join(name), "notes").unwrap();
    }
    fs::create_dir(folder.path().join("demonstration")).unwrap();
    fs::write(folder.path().join("demonstration/accounts.csv"), "rows").unwrap();
    assert_eq!(PackFiles::read_dir(folder.path()).unwrap(), before);
    assert!(before.names().all(|name| FILE_NAMES.contains(&name)));
}

#[test]
fn a_folder_that_is_none_or_a_file_that_is_a_folder_is_said_so() {
    let folder = copy_of(BARNSLEY);
    assert_eq!(read(&folder.path().join("nowhere"))[0].code, codes::UNREADABLE);
    fs::remove_file(folder.path().join("funds.toml")).unwrap();
    fs::create_dir(folder.path().join("funds.toml")).unwrap();
    let problems = read(folder.path());
    assert_eq!((problems[0].file.as_str(), problems[0].code), ("funds.toml", codes::UNREADABLE));
}

#[test]
fn files_that_are_too_large_or_too_many_are_refused() {
    let folder = copy_of(BARNSLEY);
    fs::write(folder.path().join("funds.toml"), vec![b'#'; MAX_FILE_BYTES + 1]).unwrap();
    assert_eq!((read(folder.path())[0].file.as_str(), read(folder.path())[0].code), ("funds.toml", codes::TOO_LARGE));
    fs::write(folder.path().join("funds.toml"), vec![b'#'; MAX_FILE_BYTES]).unwrap();
    assert!(read(folder.path()).is_empty());

    let many = copy_of(BARNSLEY);
    (0..MAX_FILES).for_each(|number| fs::write(many.path().join(format!(".{number}")), "").unwrap());
    assert_eq!(read(many.path())[0].code, codes::TOO_LARGE);

    let all_large = FILE_NAMES.iter().map(|name| ((*name).to_owned(), vec![b'#'; MAX_FILE_BYTES]));
    assert!(PackFiles::from_files(all_large).unwrap_err().iter().all(|problem| problem.code == codes::TOO_LARGE));
}

#[test]
fn the_largest_file_that_is_taken_is_checked_in_full_and_its_problems_are_not_without_end() {
    let mut files = loose(BARNSLEY);
    let row = "1,99,,,perhaps,perhaps\n";
    let rows = format!("id,fund_code,text,text_cy,stops_payments,stops_cheques\n{}", row.repeat(20_000));
    files.insert("messages.csv".into(), rows.into_bytes());
    let problems = delivered::problems_of(files);
    assert_eq!(problems.len(), counterfoil_pack::problem::MAX_PROBLEMS + 1);
    assert_eq!(problems.last().map(|problem| problem.code), Some(codes::MANY));
}

#[test]
fn no_two_codes_of_problems_are_alike() {
    let mut codes = codes::ALL.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), codes::ALL.len());
}
