//! The MSI tried out from end to end in a Windows of its own: refused, installed, used, upgraded, repaired, removed. A store with takings
//! is made by the program itself and, for want of a window there, by the tests' own caller of the table of commands.

use super::build;
use super::package::Package;
use super::wine::Wine;
use crate::checkout::Checkout;
use crate::programs::Programs;
use crate::progress::Progress;
use crate::shell::{self, Failure};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const EDGE_UPDATE: &str = r"HKLM\SOFTWARE\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
const SETTINGS: &str = r"SOFTWARE\Counterfoil\Install";
/// Nobody answers there, and no name is looked up.
const LEDGER: &str = "https://127.0.0.1:1";
const INSTALLED: &str = "Program Files/Counterfoil";
const DATA: &str = "ProgramData/Counterfoil";
/// The note that a till keeps for the installer, in its data folder.
const UNSENT: &str = "takings-unsent.txt";
/// What msiexec says of a refusal.
const REFUSED: u32 = 1603;
/// And of an upgrade that is done once the computer has been restarted.
const RESTART: u32 = 3010;
/// What the program ends with where another holds its data folder.
const IN_USE: i32 = 4;
/// How long a program may take to open the till, and how often that is looked at.
const PATIENCE: Duration = Duration::from_secs(60);
const TICK: Duration = Duration::from_millis(20);
/// How long the installed program may take from its start until `doctor` is done.
const DOCTOR_MAY_TAKE: Duration = Duration::from_secs(5);

/// Everything, in order; each step needs those before it.
///
/// # Errors
/// The first step that fails.
pub fn verify(checkout: &Checkout, package: &Package, progress: &mut Progress) -> Result<(), Failure> {
    let mut wine = None;
    progress.step("Wine: a Windows of our own", || {
        shell::run(&mut checkout.cargo([
            "build",
            "--package",
            "counterfoil-testkit",
            "--bin",
            "rpc",
            "--package",
            "counterfoil-synthetic",
            "--bin",
            "accounts",
        ]))?;
        wine = Some(Wine::fresh(checkout)?);
        Ok(())
    })?;
    let Some(wine) = wine else { return Err(Failure::new("there is no Wine")) };
    let newer = package.as_version(checkout, &next(&package.version));
    newer.make(checkout, None)?;
    let trial = Trial { checkout, wine: &wine, package, newer };
    progress.step("Wine: refused without WebView2", || trial.refused_without_web_view())?;
    progress.step("Wine: wrong values are refused", || trial.wrong_values_are_refused())?;
    progress.step("Wine: silent install with properties", || trial.installs())?;
    progress.step("Wine: without WebView2 the window says so", || trial.window_without_web_view())?;
    progress.step("Wine: with a WebView2 that doesn't start the window says so", || trial.window_with_broken_web_view())?;
    progress.step("Wine: set up, pack check, 10,000 account holders, the journal", || trial.program_works())?;
    progress.step("Wine: doctor", || trial.doctor())?;
    progress.step("Wine: takings", || trial.takes_money())?;
    progress.step("Wine: what a console started ends with it", || trial.ends_with_its_console())?;
    progress.step("Wine: upgraded while a program runs", || trial.upgraded_while_running())?;
    progress.step("Wine: a downgrade is refused", || trial.downgrade_is_refused())?;
    progress.step("Wine: repair", || trial.repairs())?;
    progress.step("Wine: removed only when told twice, and the takings stay", || trial.removed())?;
    progress.step("Wine: a code is kept by a repair, a folder of one's own by an upgrade; removed once all is sent", || trial.kept())
}

/// The unit tests of the crates that hold money and bytes, as Windows programs.
///
/// # Errors
/// One fails, or doesn't compile.
pub fn core_tests(checkout: &Checkout) -> Result<(), Failure> {
    let wine = Wine::fresh(checkout)?;
    let prints_to = wine.add_queue("Counter receipts")?;
    let mut cargo = build::cargo(checkout, "test", "std,panic_unwind,test");
    for name in ["domain", "wire", "pack", "store", "devices"] {
        cargo.args(["--package", &format!("counterfoil-{name}")]);
    }
    cargo.arg("--lib").env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "wine").env("COUNTERFOIL_QUEUE_FILE", prints_to);
    cargo.args(["--", "--include-ignored"]);
    shell::run(wine.surround(&mut cargo))
}

/// The next version after one: what it is upgraded to.
fn next(version: &str) -> String {
    let (front, last) = version.rsplit_once('.').unwrap_or(("0.0", version));
    format!("{front}.{}", last.parse::<u32>().unwrap_or_default() + 1)
}

struct Trial<'a> {
    checkout: &'a Checkout,
    wine: &'a Wine<'a>,
    package: &'a Package,
    newer: Package,
}

impl Trial<'_> {
    fn install(&self, package: &Package, properties: &str) -> Result<u32, Failure> {
        // Drive Z: is this machine's root.
        let file = package.file.display().to_string().replace('/', "\\");
        self.wine.msiexec(&format!("/i \"Z:{file}\" {properties}"))
    }

    /// To the newer version. Windows tells the version that gives way so (`UPGRADINGPRODUCTCODE`), and it goes though takings are unsent.
    /// Wine doesn't tell it: the note of them is out of the way meanwhile.
    fn upgrade(&self, properties: &str) -> Result<u32, Failure> {
        let (note, aside) = (self.wine.path(DATA).join(UNSENT), self.wine.path(UNSENT));
        fs::rename(&note, &aside).map_err(|error| Failure::at(&note, &error))?;
        let code = self.install(&self.newer, properties);
        fs::rename(&aside, &note).map_err(|error| Failure::at(&note, &error))?;
        code
    }

    fn is_installed(&self) -> bool {
        self.wine.path(INSTALLED).join("counterfoil.exe").exists()
    }

    fn refused(&self, what: &str, code: u32) -> Result<(), Failure> {
        expect(&format!("{what}: msiexec's answer"), code, REFUSED)
    }

    fn refused_without_web_view(&self) -> Result<(), Failure> {
        self.refused("without WebView2", self.install(self.package, "")?)?;
        expect("installed", self.is_installed(), false)?;
        // WebView2's own installer is a 32-bit program.
        let mut add = self.wine.command("reg");
        shell::output(add.args(["add", EDGE_UPDATE, "/v", "pv", "/d", "130.0.2849.80", "/reg:32", "/f"])).map(drop)
    }

    fn wrong_values_are_refused(&self) -> Result<(), Failure> {
        for wrong in ["LANGUAGE=fr", "LEDGERURL=http://ledger.example", "TILL=\"A 1\"", "PACK=pack", "MIRRORDIR=mirror"] {
            self.refused(wrong, self.install(self.package, wrong)?)?;
            expect(&format!("{wrong}: installed"), self.is_installed(), false)?;
        }
        Ok(())
    }

    fn installs(&self) -> Result<(), Failure> {
        let properties = format!(
            "LEDGERURL={LEDGER} ENROLCODE=ABCD-EFGH OFFICE=CH TILL=07 LANGUAGE=cy MIRRORDIR=\"C:\\second copy\" DESKTOPSHORTCUT=1 AUTOSTART=1"
        );
        expect("msiexec's answer", self.install(self.package, &properties)?, 0)?;
        for name in super::package::installed(&self.package.files)? {
            expect(&name, self.wine.path(INSTALLED).join(&name).exists(), true)?;
        }
        expect("the data folder", self.wine.path(DATA).is_dir(), true)?;
        self.settings_are(Some("ABCD-EFGH"))
    }

    /// What was said at the first installation is still so; the code is used once, and not carried on.
    fn settings_are(&self, code: Option<&str>) -> Result<(), Failure> {
        let said = [("ledger_url", LEDGER), ("office", "CH"), ("till", "07"), ("language", "cy"), ("mirror_folder", r"C:\second copy")];
        for (name, value) in said {
            expect(name, self.wine.value(SETTINGS, name)?.as_deref(), Some(value))?;
        }
        expect("enrol_code", self.wine.value(SETTINGS, "enrol_code")?.as_deref(), code)?;
        expect("a pack, which nobody named", self.wine.value(SETTINGS, "pack")?, None)?;
        let run = self.wine.value(r"SOFTWARE\Microsoft\Windows\CurrentVersion\Run", "Counterfoil")?;
        expect("starts by itself", run.is_some_and(|run| run.contains("counterfoil.exe")), true)?;
        // Wine keeps shortcuts with the one person it has, and the desktop in their home.
        expect("in the Start menu", self.wine.somebody_has("AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Counterfoil.lnk"), true)?;
        expect("on the desktop", self.wine.somebody_has("Desktop/Counterfoil.lnk"), true)
    }

    /// The installed program, by the name that somebody at a console types, and its answer.
    fn program(&self, words: &[&str]) -> Result<(i32, String), Failure> {
        self.program_named("counterfoil.com", words)
    }

    fn program_named(&self, name: &str, words: &[&str]) -> Result<(i32, String), Failure> {
        println!("$ {name} {}", words.join(" "));
        let output = self.wine.ask(self.wine.command(self.wine.path(INSTALLED).join(name)).args(words))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        Ok((output.status.code().unwrap_or(-1), said))
    }

    fn program_does(&self, words: &[&str], says: &str) -> Result<String, Failure> {
        let (code, said) = self.program(words)?;
        if code == 0 && said.contains(says) {
            Ok(said)
        } else {
            Err(Failure::new(format!("`{}` ended with {code}: {said}", words.join(" "))))
        }
    }

    fn window_without_web_view(&self) -> Result<(), Failure> {
        let (code, said) = self.program_named("counterfoil.exe", &["--quiet"])?;
        expect("exit code", code, 5)?;
        expect("names WebView2 in both languages", said.contains("WebView2 is missing") && said.contains("ar goll"), true)
    }

    /// A folder that passes for the runtime until it is to draw. Nothing is drawn here at all without a display, and Wine's themes trip over
    /// that.
    fn window_with_broken_web_view(&self) -> Result<(), Failure> {
        let library = self.wine.path("broken/EBWebView/x64/EmbeddedBrowserWebView.dll");
        build::copy(&self.package.files.join("WebView2Loader.dll"), &library)?;
        build::copy(&self.package.files.join("counterfoil.com"), &self.wine.path("broken/msedgewebview2.exe"))?;
        let mut command = self.wine.command(self.wine.path(INSTALLED).join("counterfoil.exe"));
        command.env("WEBVIEW2_BROWSER_EXECUTABLE_FOLDER", r"C:\broken").env("WINEDLLOVERRIDES", "mscoree,mshtml,uxtheme=");
        let output = self.wine.ask(command.args(["--quiet", "--data", r"C:\broken\data"]))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        expect(&format!("exit code ({said})"), output.status.code(), Some(5))?;
        expect("names WebView2 in both languages", said.contains("doesn't start") && said.contains("ac nid yw'n cychwyn"), true)
    }

    fn program_works(&self) -> Result<(), Failure> {
        let pack = r"C:\Program Files\Counterfoil\assets\packs\barnsley-demo";
        fs::create_dir_all(self.wine.path("second copy")).map_err(|error| Failure::new(error.to_string()))?;
        self.program_does(&["--version"], &self.package.version)?;
        self.program_does(&["pack", "check", pack], "Nothing is wrong")?;
        self.program_does(&["setup", "--pack", pack, "--office", "CH", "--till", "07", "--printer", "none"], "set up")?;
        let extract = self.wine.path("accounts.csv");
        let accounts = Programs::of(self.checkout, "debug");
        shell::output(
            accounts.command(self.checkout, "accounts").args(["10000", "--pack", "assets/packs/barnsley-demo", "--out"]).arg(&extract),
        )?;
        self.program_does(&["accounts", "import", r"C:\accounts.csv"], "10000 taken, 0 refused")?;
        self.program_does(&["journal", "verify"], "the chain holds")?;
        let (code, said) = self.program(&["pack", "check", r"C:\nowhere"])?;
        expect(&format!("a pack that isn't there: exit code ({said})"), code, 1)
    }

    /// What it finds is the doctor's affair: a ledger that is nowhere, for one. That it answers, and soon, is ours.
    #[allow(clippy::disallowed_methods, reason = "a time is measured, and held against its bound")]
    fn doctor(&self) -> Result<(), Failure> {
        let started = Instant::now();
        let (code, said) = self.program(&["doctor"])?;
        let took = started.elapsed();
        println!("{said}\ndoctor: exit code {code} after {} ms", took.as_millis());
        expect("the doctor answers", matches!(code, 0 | 1) && said.lines().count() > 3, true)?;
        expect("the doctor is done in time", took <= DOCTOR_MAY_TAKE, true)
    }

    /// Two takings, by the same commands that the window sends.
    fn takes_money(&self) -> Result<(), Failure> {
        let rpc = Programs::of(self.checkout, "debug");
        let mut command = rpc.command(self.checkout, "rpc");
        let running =
            command.arg("--without-printing").arg("--data").arg(self.wine.path(DATA)).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut counter = Counter::start(running)?;
        counter.call("user.sign_in", json!({ "user_code": "12", "secret": "1212" }))?;
        counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }))?;
        for pounds in ["12.34", "56.78"] {
            let begun = counter.call("sale.begin", json!({}))?;
            let line = json!({ "fund_code": "11", "reference": "BJ12345673", "amount": pounds });
            let tender = json!({ "kind": "cash", "mop_code": "1", "tendered": pounds });
            counter.call("sale.take", json!({ "sale_id": begun["sale_id"], "lines": [line], "tenders": [tender] }))?;
        }
        counter.end()?;
        expect("the note of unsent takings", self.wine.path(DATA).join(UNSENT).exists(), true)?;
        self.program_does(&["receipt", "show", "CH07-0000002"], "56.78").map(drop)
    }

    /// Ended from outside, as by Ctrl+C: the program that it had started ends there and then. Had it only lost its input, it would have written
    /// that nobody gave it the secret.
    fn ends_with_its_console(&self) -> Result<(), Failure> {
        let before = self.program_does(&["journal", "verify"], "the chain holds")?;
        let mut running = self.program_that_holds_the_store("counterfoil.com")?;
        running.kill().and_then(|()| running.wait()).map_err(|error| Failure::new(error.to_string()))?;
        for _ in 0..PATIENCE.as_millis() / TICK.as_millis() {
            if self.rebuild()? != IN_USE {
                let after = self.program_does(&["journal", "verify"], "the chain holds")?;
                return expect("entries of the journal", entries(&after), entries(&before));
            }
        }
        Err(Failure::new("the program goes on without its console"))
    }

    fn rebuild(&self) -> Result<i32, Failure> {
        self.wine.code(self.wine.command(self.wine.path(INSTALLED).join("counterfoil.com")).args(["journal", "rebuild"]))
    }

    fn upgraded_while_running(&self) -> Result<(), Failure> {
        let before = self.program_does(&["journal", "verify"], "the chain holds")?;
        let mut running = self.program_that_holds_the_store("counterfoil.exe")?;
        let code = self.upgrade("");
        println!("msiexec's answer while the program runs: {code:?}");
        drop(running.stdin.take());
        let ended = running.wait().map_err(|error| Failure::new(error.to_string()))?;
        expect("the program that ran was let finish", ended.code().is_some(), true)?;
        let code = code?;
        expect(&format!("upgraded, or once restarted ({code})"), code == 0 || code == RESTART, true)?;
        self.settings_are(None)?;
        let after = self.program_does(&["journal", "verify"], "the chain holds")?;
        // Nobody gave the program that ran the secret that it waited for: that is an entry of its own.
        expect("entries of the journal", entries(&after), entries(&before).map(|count| count + 1))?;
        for (number, amount) in [("CH07-0000001", "12.34"), ("CH07-0000002", "56.78")] {
            self.program_does(&["receipt", "show", number], amount)?;
        }
        Ok(())
    }

    /// A program that waits for a secret on its standard input, and holds the store and its own file meanwhile. It has opened the till once
    /// it has written the note of unsent takings.
    fn program_that_holds_the_store(&self, name: &str) -> Result<Child, Failure> {
        let note = self.wine.path(DATA).join(UNSENT);
        fs::remove_file(&note).map_err(|error| Failure::at(&note, &error))?;
        let mut running = self.wine.command(self.wine.path(INSTALLED).join(name));
        running.args(["reference", "check", "BJ12345673", "--user", "12"]);
        let running = running.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let running = running.map_err(|error| Failure::new(error.to_string()))?;
        for _ in 0..PATIENCE.as_millis() / TICK.as_millis() {
            if note.exists() {
                expect("what others hear meanwhile", self.rebuild()?, IN_USE)?;
                return Ok(running);
            }
            std::thread::park_timeout(TICK);
        }
        Err(Failure::new("the program that runs never opens the till"))
    }

    fn downgrade_is_refused(&self) -> Result<(), Failure> {
        self.refused("an older version", self.install(self.package, "")?)?;
        expect("still installed", self.is_installed(), true)?;
        self.settings_are(None)
    }

    fn repairs(&self) -> Result<(), Failure> {
        let loader = self.wine.path(INSTALLED).join("WebView2Loader.dll");
        fs::remove_file(&loader).map_err(|error| Failure::at(&loader, &error))?;
        self.repair(&self.newer)?;
        expect("the file that was missing", loader.exists(), true)?;
        self.settings_are(None)?;
        self.program_does(&["journal", "verify"], "the chain holds").map(drop)
    }

    /// What `/famus` means on Windows; Wine's msiexec doesn't take it.
    fn repair(&self, package: &Package) -> Result<(), Failure> {
        let code = self.wine.msiexec(&format!("/i {{{}}} REINSTALL=ALL REINSTALLMODE=amus", package.product_code()))?;
        expect("msiexec's answer to a repair", code, 0)
    }

    /// The code is only good for the first start, which a repair may come before. A wrong value that somebody wrote into the registry stops
    /// no repair.
    fn kept(&self) -> Result<(), Failure> {
        let properties = r#"INSTALLDIR="C:\Counter programs" ENROLCODE=WXYZ-2345 LANGUAGE=cy"#;
        expect("msiexec's answer", self.install(self.package, properties)?, 0)?;
        let there = |folder: &str| self.wine.path(folder).join("counterfoil.exe").exists();
        expect("in its own folder, and in the usual one", (there("Counter programs"), there(INSTALLED)), (true, false))?;
        let mut wrong = self.wine.command("reg");
        shell::output(wrong.args(["add", &format!("HKLM\\{SETTINGS}"), "/v", "language", "/d", "fr", "/reg:64", "/f"]))?;
        self.repair(self.package)?;
        expect("the code after a repair", self.wine.value(SETTINGS, "enrol_code")?.as_deref(), Some("WXYZ-2345"))?;
        expect("msiexec's answer to the upgrade", self.upgrade("")?, 0)?;
        expect("the wrong value after an upgrade", self.wine.value(SETTINGS, "language")?, None)?;
        expect("in its own folder, and in the usual one", (there("Counter programs"), there(INSTALLED)), (true, false))?;
        expect("the code after an upgrade", self.wine.value(SETTINGS, "enrol_code")?, None)?;
        let note = self.wine.path(DATA).join(UNSENT);
        fs::remove_file(&note).map_err(|error| Failure::at(&note, &error))?;
        let remove = format!("/x {{{}}}", self.newer.product_code());
        expect("msiexec's answer to removing once everything is sent", self.wine.msiexec(&remove)?, 0)?;
        expect("still in its own folder", there("Counter programs"), false)
    }

    fn removed(&self) -> Result<(), Failure> {
        let remove = format!("/x {{{}}}", self.newer.product_code());
        self.refused("removing while takings are unsent", self.wine.msiexec(&remove)?)?;
        expect("still installed", self.is_installed(), true)?;
        expect("msiexec's answer with FORCEUNINSTALL=1", self.wine.msiexec(&format!("{remove} FORCEUNINSTALL=1"))?, 0)?;
        expect("still installed", self.is_installed(), false)?;
        expect("still in the registry", self.wine.value(SETTINGS, "ledger_url")?, None)?;
        expect("the takings", self.wine.path(DATA).join("till.db").exists(), true)
    }
}

/// How many entries of the journal `journal verify` has seen.
fn entries(said: &str) -> Option<u64> {
    said.split(' ').next().and_then(|count| count.parse().ok())
}

/// The table of commands, a line at a time.
struct Counter {
    child: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Counter {
    fn start(command: &mut std::process::Command) -> Result<Counter, Failure> {
        let mut child = command.spawn().map_err(|error| Failure::new(format!("could not start rpc: {error}")))?;
        let answers = child.stdout.take().ok_or_else(|| Failure::new("rpc has no output"))?;
        Ok(Counter { child, answers: BufReader::new(answers) })
    }

    fn call(&mut self, name: &str, payload: Value) -> Result<Value, Failure> {
        let failed = |error: std::io::Error| Failure::new(format!("{name}: {error}"));
        let line = json!({ "id": 1, "cmd": name, "payload": payload }).to_string() + "\n";
        self.child.stdin.as_mut().ok_or_else(|| Failure::new("rpc has no input"))?.write_all(line.as_bytes()).map_err(failed)?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer).map_err(failed)?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| Failure::new(format!("{name}: {error}")))?;
        if answer["err"].is_null() { Ok(answer["ok"].clone()) } else { Err(Failure::new(format!("{name}: {}", answer["err"]))) }
    }

    fn end(mut self) -> Result<(), Failure> {
        drop(self.child.stdin.take());
        self.child.wait().map(drop).map_err(|error| Failure::new(error.to_string()))
    }
}

/// Says what was found where it isn't as it should be.
fn expect<T: PartialEq + std::fmt::Debug>(what: &str, found: T, wanted: T) -> Result<(), Failure> {
    if found == wanted { Ok(()) } else { Err(Failure::new(format!("{what}: {found:?}, not {wanted:?}"))) }
}
