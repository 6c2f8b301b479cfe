//! What IT types, as the program answers it: what is done, what is said, and the exit codes; and what `rpc` says of itself.

use counterfoil_testkit::till::{assets, cash_sale, demonstration_pack};
use counterfoil_tests::journey::demonstration;
use counterfoil_tests::program;
use counterfoil_tests::rpc::Rpc;
use counterfoil_till::surroundings::{Machine, Surroundings};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program came to.
struct Run {
    code: i32,
    out: String,
    said: String,
}

/// Runs the program to its end; `secret` is typed where it asks for one.
fn run(secret: &str, words: &[&OsStr]) -> Run {
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    command.args(words).env_remove("COUNTERFOIL_SECRET").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    // One that asks for nothing may have ended before it is told.
    let _ = writeln!(child.stdin.take().expect("input"), "{secret}");
    let output = child.wait_with_output().expect("its end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Run { code: output.status.code().expect("a code"), out: text(output.stdout), said: text(output.stderr) }
}

/// On a data folder, named before the command.
fn on(data: &Path, secret: &str, words: &[&str]) -> Run {
    let words: Vec<&OsStr> = [OsStr::new("--data"), data.as_os_str()].into_iter().chain(words.iter().map(OsStr::new)).collect();
    run(secret, &words)
}

/// A till of the demonstration council in a folder of its own.
fn a_till() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    demonstration(&data).expect("a till");
    (folder, data)
}

/// The demonstration's pack, with a mistake.
fn bad_pack(to: &Path) -> PathBuf {
    std::fs::create_dir_all(to).expect("folder");
    for entry in std::fs::read_dir(demonstration_pack()).expect("pack").map(|entry| entry.expect("entry")) {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
    std::fs::write(to.join("vat.csv"), "code,rate\n\"torn,0.2\n").expect("written");
    to.to_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn a_pack_is_checked_and_applied_whole_or_named_by_file_and_reason_and_left() {
    let (folder, data) = a_till();
    let (good, bad) = (demonstration_pack(), bad_pack(&folder.path().join("bad")));
    for task in ["check", "apply"] {
        let found = on(&data, "", &["pack", task, text(&bad)]);
        assert_eq!(found.code, 1, "{task}");
        assert!(found.said.contains("vat.csv") && found.said.contains("pack-problems"), "{}", found.said);
        let done = on(&data, "", &["pack", task, text(&good)]);
        assert_eq!((done.code, done.said.as_str()), (0, ""), "{task}");
        assert!(done.out.contains("Nothing is wrong."), "{}", done.out);
    }
    let till = counterfoil_testkit::till::open(&data, false).expect("till");
    assert_eq!(till.call("start.show", json!({})).expect("start")["council"]["code"], "BARNSLEYDEMO");
}

#[test]
fn a_reference_is_checked_for_an_administrator_and_for_nobody_else() {
    let (_folder, data) = a_till();
    let check = ["reference", "check", "501234566", "--user", "90"];
    let answer = on(&data, "9090", &check);
    assert_eq!((answer.code, answer.said.as_str()), (0, ""));
    let funds: Value = serde_json::from_str(&answer.out).expect("JSON");
    let tax = funds["funds"].as_array().expect("funds").iter().find(|fund| fund["fund_code"] == "23").expect("Council Tax");
    assert_eq!((&tax["fits"], &tax["strength"]), (&json!(true), &json!("account")));
    for (user, secret, code) in [("90", "1212", "sign-in-failed"), ("12", "1212", "right-missing"), ("nobody", "9090", "sign-in-failed")] {
        let refused = on(&data, secret, &["reference", "check", "501234566", "--user", user]);
        assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{user}");
        assert!(refused.said.contains(code) && !refused.said.contains(secret), "{}", refused.said);
    }
}

#[test]
fn the_journal_is_rebuilt_and_postings_come_out_as_one_json_object_a_line() {
    let (_folder, data) = a_till();
    let mut rpc = Rpc::start(&data).expect("rpc");
    rpc.call("user.sign_in", &json!({ "user_code": "12", "secret": "1212" })).expect("sign in");
    rpc.call("session.open", &json!({ "counts": [{ "denomination": "20", "pieces": 5 }] })).expect("session");
    for pounds in ["12.34", "5"] {
        rpc.call("sale.take", &cash_sale(&Machine.new_id(), "BJ12345673", pounds)).expect("taken");
    }
    rpc.close().expect("closed");
    let rebuilt = on(&data, "", &["journal", "rebuild"]);
    assert_eq!((rebuilt.code, rebuilt.out.trim()), (0, "Rebuilt; nothing differed."));
    let days = ["--from", "2000-01-01", "--to", "2099-12-31"];
    let export = [&["postings", "export", "--format", "json", "--user", "90"], days.as_slice()].concat();
    let exported = on(&data, "9090", &export);
    assert_eq!((exported.code, exported.said.as_str()), (0, ""));
    let postings: Vec<Value> = exported.out.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    let kept: Vec<(&Value, &Value)> = postings.iter().map(|posting| (&posting["AccountReference"], &posting["Amount"])).collect();
    assert_eq!(kept, [(&json!("BJ12345673"), &json!("12.34")), (&json!("BJ12345673"), &json!("5.00"))]);
    let refused = on(&data, "1212", &[&["postings", "export", "--user", "12"], days.as_slice()].concat());
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
}

#[test]
fn the_data_folder_is_named_before_or_after_the_command() {
    let (_folder, data) = a_till();
    let before = on(&data, "", &["journal", "verify"]);
    let after = run("", &["journal", "verify", "--data", text(&data)].map(OsStr::new));
    assert_eq!((before.code, after.code, before.out.as_str()), (0, 0, after.out.as_str()));
    assert!(before.out.contains("the chain holds"), "{}", before.out);
}

#[test]
fn the_exit_code_tells_a_line_that_is_not_understood_from_a_folder_in_use() {
    let (_folder, data) = a_till();
    for words in [&["no-such-task"][..], &["pack"], &["postings", "export", "--from", "soon", "--to", "later", "--user", "90"]] {
        assert_eq!(on(&data, "", words).code, 2, "{words:?}");
    }
    let mut rpc = Rpc::start(&data).expect("rpc");
    rpc.call("start.show", &json!({})).expect("it holds the folder");
    let in_use = on(&data, "", &["pack", "apply", text(&assets().join("packs/barnsley-demo"))]);
    assert_eq!(in_use.code, 4);
    assert!(in_use.said.contains("store-in-use"), "{}", in_use.said);
    rpc.close().expect("closed");
    assert_eq!(on(&data, "", &["pack", "apply", text(&demonstration_pack())]).code, 0);
}

#[test]
fn rpc_explains_itself_and_answers_each_line_that_it_does_not_understand() {
    let folder = tempfile::tempdir().expect("folder");
    let mut command = Command::new(Rpc::program());
    command.arg("--data").arg(folder.path().join("data")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("rpc");
    let lines = [
        "{\"id\":1,\"cmd\":\"help\"}",
        "this is no JSON",
        "{\"id\":3}",
        "{\"id\":4,\"cmd\":\"no.such.command\"}",
        "{\"id\":5,\"cmd\":\"start.show\"}",
    ];
    writeln!(child.stdin.take().expect("input"), "{}", lines.join("\n")).expect("asked");
    let output = child.wait_with_output().expect("its end");
    let said = String::from_utf8(output.stdout).expect("text");
    let answers: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), lines.len());
    let commands = answers[0]["ok"]["commands"].as_array().expect("commands");
    assert!(commands.iter().any(|command| command["cmd"] == "sale.take" && command["request"] == "TakeSale"));
    assert!(answers[0]["ok"]["types"].as_str().is_some_and(|types| types.contains("export type TakeSale")));
    let refusal = |answer: &Value| (answer["id"].clone(), answer["err"]["code"].clone(), answer["err"]["args"]["reason"].clone());
    assert_eq!(refusal(&answers[1]), (Value::Null, json!("request-unreadable"), json!("json")));
    assert_eq!(refusal(&answers[2]), (json!(3), json!("request-unreadable"), json!("cmd")));
    assert_eq!(refusal(&answers[3]), (json!(4), json!("command-unknown"), Value::Null));
    assert_eq!((&answers[4]["id"], &answers[4]["ok"]["council"]), (&json!(5), &Value::Null));
}

#[test]
fn a_terminal_is_unpaired_once_and_by_nobody_while_the_counter_is_open() {
    let (_folder, data) = a_till();
    let settings = || std::fs::read_to_string(data.join("settings.json")).expect("settings");
    assert!(settings().contains("card_terminal"));
    let mut rpc = Rpc::start(&data).expect("rpc");
    rpc.call("start.show", &json!({})).expect("it holds the folder");
    assert_eq!(on(&data, "", &["terminal", "unpair"]).code, 4);
    rpc.close().expect("closed");
    let done = on(&data, "", &["terminal", "unpair"]);
    assert_eq!(
        (done.code, done.out.trim(), settings().contains("card_terminal")),
        (0, "This till drives no card terminal any more.", false)
    );
    let again = on(&data, "", &["terminal", "unpair"]);
    assert_eq!((again.code, again.out.trim()), (0, "This till drives no card terminal."));
}

/// The settings as the program shows them, with what lies above the file in a folder of the test's own.
fn shown(data: &Path, etc: &Path) -> (i32, Value) {
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    command.arg("--data").arg(data).args(["settings", "show", "--json"]).env("COUNTERFOIL_ETC", etc);
    let output = command.output().expect("the program");
    (output.status.code().expect("a code"), serde_json::from_slice(&output.stdout).expect("JSON"))
}

#[test]
fn settings_show_says_what_holds_and_where_it_comes_from_though_the_counter_is_open_and_the_file_is_refused() {
    let (folder, data) = a_till();
    let mut rpc = Rpc::start(&data).expect("rpc");
    rpc.call("start.show", &json!({})).expect("it holds the folder");
    let etc = folder.path().join("etc");
    std::fs::create_dir(&etc).expect("folder");
    std::fs::write(etc.join("policy.json"), r#"{ "mirror_folder": "/mnt/tills", "language": "fr" }"#).expect("written");
    std::fs::write(etc.join("install.json"), r#"{ "ledger_url": "https://ledger.example", "language": "cy" }"#).expect("written");
    let origin = |shown: &Value, name: &str| {
        let settings = shown["settings"].as_array().expect("settings");
        settings.iter().find(|setting| setting["name"] == name).expect("the setting")["origin"].clone()
    };
    let (code, found) = shown(&data, &etc);
    assert_eq!(code, 1, "a policy that can't be used is told");
    let names = ["mirror_folder", "language", "ledger", "printer", "other_printer"];
    assert_eq!(names.map(|name| origin(&found, name)), ["policy", "install", "install", "file", "default"].map(|origin| json!(origin)));
    assert!(found["wrong"][0]["place"].as_str().is_some_and(|place| place.ends_with("policy.json")), "{found}");
    std::fs::write(data.join("settings.json"), "{ \"printr\": {} }").expect("written");
    std::fs::write(etc.join("policy.json"), "{}").expect("written");
    let (code, found) = shown(&data, &etc);
    assert_eq!((code, origin(&found, "printer")), (1, json!("default")));
    assert!(found["file_trouble"].as_str().is_some_and(|trouble| trouble.contains("printr")), "{found}");
    rpc.close().expect("closed");
}
