//! The program's commands, as whoever runs it types them.

use crate::common::{Centre, takings};
use counterfoil_testkit::till::demonstration_pack;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

fn program(centre: &Centre) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil-ledger"));
    command
        .env("COUNTERFOIL_LEDGER_DATABASE_URL", &centre.database_url)
        .env("COUNTERFOIL_LEDGER_SIGNING_KEY", centre.folder.path().join("ledger-signing.key"))
        .env("COUNTERFOIL_LEDGER_LISTEN", "127.0.0.1:0")
        .env_remove("RUST_LOG");
    command
}

fn run(centre: &Centre, arguments: &[&str]) -> Output {
    program(centre).args(arguments).output().unwrap()
}

fn printed(centre: &Centre, arguments: &[&str]) -> String {
    let output = run(centre, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_code_that_was_printed_enrols_a_till_and_a_revoked_till_is_refused() {
    let centre = Centre::new();
    let code = printed(&centre, &["enrol-code", "--office", "CH", "--till", "07"]);
    let till = centre.unknown_till().enrolled(&code);
    assert_eq!(till.try_send(&takings([1])).status, 200);
    printed(&centre, &["revoke", &till.id]);
    assert_eq!(till.try_send(&takings([2])).problem(), "till-revoked");
    assert!(!run(&centre, &["revoke", "nobody"]).status.success());
    assert!(!run(&centre, &["enrol-code", "--office", "CH", "--till", "07", "--replaces", "nobody"]).status.success());
}

#[test]
fn packs_extracts_and_people_are_put_by_commands() {
    let centre = Centre::new();
    let pack = demonstration_pack();
    assert_eq!(printed(&centre, &["pack", "put", pack.to_str().unwrap()]).len(), 64);
    let csv = centre.folder.path().join("extract.csv");
    std::fs::write(&csv, "FundCode,AccountReference\n23,1\n").unwrap();
    assert_eq!(printed(&centre, &["extract", "put", csv.to_str().unwrap()]), "version 1, 1 rows");
    let password = printed(&centre, &["user", "add", "ann", "--name", "Ann", "--role", "finance"]);
    assert_eq!(password.len(), 19);
    printed(&centre, &["user", "release", "ANN"]);
    printed(&centre, &["user", "disable", "ann"]);
    assert!(!run(&centre, &["user", "disable", "nobody"]).status.success());
    assert!(!run(&centre, &["pack", "put", centre.folder.path().to_str().unwrap()]).status.success());
}

#[test]
fn the_checks_end_well_when_they_hold() {
    let centre = Centre::new();
    centre.till().send(&takings(1..=3));
    assert_eq!(printed(&centre, &["check"]).lines().filter(|line| line.starts_with("holds")).count(), 3);
    centre.rows("UPDATE totals SET count = 9 RETURNING 1");
    assert!(!run(&centre, &["check"]).status.success());
}

/// The service, which doesn't outlive its test.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn sigterm_ends_the_service_well() {
    let centre = Centre::new();
    let mut service = Service(program(&centre).arg("serve").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap());
    let mut log = BufReader::new(service.0.stderr.take().unwrap()).lines();
    let listens = log.find_map(|line| line.ok().filter(|line| line.contains("the ledger listens"))).unwrap();
    let address = listens.split(['=', ' ']).find(|word| word.starts_with("127.0.0.1:")).unwrap();
    let mut till = centre.till().at(&format!("http://{address}"));
    till.send(&takings(1..=3));
    assert!(Command::new("kill").args(["-TERM", &service.0.id().to_string()]).status().unwrap().success());
    assert!(service.0.wait().unwrap().success());
    assert!(log.any(|line| line.is_ok_and(|line| line.contains("the ledger has stopped"))));
}
