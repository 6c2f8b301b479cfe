//! What IT types to look after a till: check-up, support bundle, backup, restore, and what an older program says to a newer one's data.

use counterfoil_testkit::till::cash_sale;
use counterfoil_tests::journey::demonstration;
use counterfoil_tests::program;
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

struct Run {
    code: i32,
    out: String,
    said: String,
}

fn on(data: &Path, words: &[&str]) -> Run {
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    let output = command.arg("--data").arg(data).args(words).output().expect("the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Run { code: output.status.code().expect("a code"), out: text(output.stdout), said: text(output.stderr) }
}

fn a_till() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    demonstration(&data).expect("a till");
    (folder, data)
}

fn a_counter(data: &Path) -> Rpc {
    let mut rpc = Rpc::start(data).expect("rpc");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    rpc
}

fn takes(rpc: &mut Rpc) {
    rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", "12.34")).expect("taken");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn a_check_up_beside_the_open_counter_says_each_thing_and_its_exit_code_says_whether_one_is_wrong() {
    let (_folder, data) = a_till();
    let mut rpc = a_counter(&data);
    takes(&mut rpc);
    let all = on(&data, &["doctor", "--json"]);
    let said: Value = serde_json::from_str(&all.out).expect("JSON");
    assert_eq!((all.code, &said["wrong"]), (0, &json!(0)), "{}", all.out);
    let checks = said["checks"].as_array().expect("checks");
    assert!(checks.iter().all(|check| check["words"].as_str().is_some_and(|words| words.ends_with('.') && !words.starts_with("doctor-"))));
    let some = on(&data, &["doctor", "chain", "web-view", "--full", "--cymraeg"]);
    assert_eq!((some.code, some.out.lines().count()), (0, 2), "{}", some.out);
    assert!(some.out.contains("cofnod y dyddlyfr"), "{}", some.out);
    takes(&mut rpc);
    rpc.close().expect("closed");
    std::fs::write(data.join("settings.json"), "{ \"printr\": {} }").expect("written");
    let wrong = on(&data, &["doctor", "settings", "store"]);
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.out.contains("WRONG  settings") && wrong.out.contains("ok     store") && wrong.said.contains("doctor-wrong"),
        "{}",
        wrong.out
    );
    assert_eq!(on(&data, &["doctor", "no-such-check"]).code, 2);
}

#[test]
fn a_support_bundle_is_written_though_the_data_is_damaged() {
    let (folder, data) = a_till();
    std::fs::write(data.join("till.db"), b"this was once a store ".repeat(400)).expect("damaged");
    let written = on(&data, &["support", "--to", text(folder.path())]);
    assert_eq!(written.code, 0, "{}", written.said);
    assert!(written.said.contains("WRONG  store") && written.said.contains("follow"), "it says what it finds: {}", written.said);
    let path = PathBuf::from(written.out.trim());
    assert!(path.starts_with(folder.path()) && std::fs::read(path).expect("the bundle").starts_with(b"PK"), "{}", written.out);
}

#[test]
fn a_backup_is_made_beside_the_open_counter_and_comes_back_once_it_is_closed() {
    let (folder, data) = a_till();
    let copies = folder.path().join("copies");
    assert_eq!(on(&data, &["backup", "--to", text(&copies)]).code, 1, "the folder isn't made");
    std::fs::create_dir(&copies).expect("folder");
    let mut rpc = a_counter(&data);
    takes(&mut rpc);
    let made = on(&data, &["backup", "--to", text(&copies)]);
    assert_eq!((made.code, made.said.as_str()), (0, ""), "{}", made.out);
    takes(&mut rpc);
    let file = std::fs::read_dir(&copies).expect("copies").map(|item| item.expect("item").path());
    let file = file.filter(|path| path.extension().is_some_and(|ending| ending == "db")).last().expect("a backup");
    assert_eq!(on(&data, &["restore", "--from", text(&file)]).code, 4, "the counter is open");
    rpc.close().expect("closed");
    let refused = on(&data, &["restore", "--from", text(&file)]);
    assert!(refused.code == 1 && refused.said.contains("£12.34") && refused.said.contains("--leave-out 1"), "{}", refused.said);
    let back = on(&data, &["restore", "--from", text(&file), "--leave-out", "1"]);
    assert_eq!((back.code, back.said.as_str()), (0, ""));
    assert!(back.out.contains("till.replaced-") && back.out.contains("The next receipt is CH07-0000003"), "{}", back.out);
    assert_eq!(on(&data, &["journal", "verify"]).code, 0);
    // A restore that another program keeps from being carried through isn't told as one that changed nothing.
    let (store, built, in_the_way) = (data.join("till.db"), data.join("restoring"), data.join("till.replaced-now.db"));
    let replaced = || {
        let files = std::fs::read_dir(&data).expect("data").map(|item| item.expect("item").path());
        files
            .filter(|path| path.to_string_lossy().contains("till.replaced-") && path.extension().is_some_and(|ending| ending == "db"))
            .collect::<Vec<_>>()
    };
    let [aside] = replaced().try_into().expect("one file");
    let before = std::fs::read(&aside).expect("aside");
    std::fs::create_dir(&built).expect("folder");
    std::fs::rename(&store, built.join("till.db")).expect("built");
    std::fs::rename(&aside, &store).expect("not yet replaced");
    std::fs::write(built.join("decided"), "till.replaced-now.db").expect("decided");
    std::fs::write(&in_the_way, "another program's").expect("in the way");
    let again = ["restore", "--from", text(&file), "--leave-out", "1"];
    let decided = on(&data, &again);
    assert!(
        decided.code == 3 && decided.said.contains("till.replaced-now.db") && decided.said.contains("restore-decided"),
        "{}",
        decided.said
    );
    // The program that held it is closed: the same command carries it through, and once.
    std::fs::remove_file(&in_the_way).expect("closed");
    let through = on(&data, &again);
    assert_eq!((through.code, through.said.as_str()), (0, ""));
    assert!(through.out.contains("decided earlier") && through.out.contains("till.replaced-now.db"), "{}", through.out);
    assert_eq!((replaced(), std::fs::read(&in_the_way).expect("aside")), (vec![in_the_way.clone()], before));
    assert_eq!(on(&data, &["journal", "verify"]).code, 0);
}

#[test]
fn an_older_program_says_that_the_data_is_newer_and_changes_nothing() {
    let (_folder, data) = a_till();
    let file = data.join("till.db");
    rusqlite::Connection::open(&file).expect("open").pragma_update(None, "user_version", 9999).expect("newer");
    let before = std::fs::read(&file).expect("store");
    let refused = on(&data, &["journal", "rebuild"]);
    assert!(refused.code == 1 && refused.said.contains("store-newer") && refused.said.contains("newer version"), "{}", refused.said);
    let looked = on(&data, &["doctor", "store", "versions"]);
    assert!(looked.code == 1 && looked.out.matches("Install the later version").count() == 2, "{}", looked.out);
    assert_eq!(std::fs::read(&file).expect("store"), before);
}
