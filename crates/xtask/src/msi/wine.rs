//! A Windows of our own, as far as Wine is one: fresh each time, without a display, without WebView2.

use super::build;
use crate::checkout::Checkout;
use crate::shell::{self, Failure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// One Wine prefix.
pub struct Wine<'a> {
    checkout: &'a Checkout,
    prefix: PathBuf,
}

impl<'a> Wine<'a> {
    /// Makes a new one, and gives it the one library that Wine 8 lacks.
    ///
    /// # Errors
    /// Wine isn't there or can't begin; the library can't be built.
    pub fn fresh(checkout: &'a Checkout) -> Result<Wine<'a>, Failure> {
        let prefix = build::target_folder(checkout).join("wine");
        build::remove(&prefix)?;
        let wine = Wine { checkout, prefix };
        let home = wine.prefix.join("home");
        fs::create_dir_all(&home).map_err(|error| Failure::at(&home, &error))?;
        shell::output(wine.command("wineboot").arg("--init"))?;
        shell::output(wine.command("winecfg").args(["-v", "win10"]))?;
        let library = wine.path("windows/system32/bcryptprimitives.dll");
        let source = checkout.path("crates/xtask/src/msi/bcryptprimitives.c");
        let mut gcc = checkout.command("x86_64-w64-mingw32-gcc");
        shell::output(gcc.args(["-shared", "-O2", "-o"]).arg(library).arg(source).arg("-ladvapi32"))?;
        Ok(wine)
    }

    /// A path on its drive C:, written with `/`.
    pub fn path(&self, below: &str) -> PathBuf {
        self.prefix.join("drive_c").join(below)
    }

    /// A Windows program, by its name or by its path on this machine.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = self.checkout.command("wine");
        self.surround(&mut command).arg(program.as_ref()).stdin(Stdio::null());
        command
    }

    /// Tells a command of this Wine.
    pub fn surround<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("WINEPREFIX", &self.prefix).env("WINEARCH", "win64").env("WINEDEBUG", "-all");
        // Neither a browser nor .NET is asked for, nobody is there to be asked, and the desktop isn't that of whoever runs this.
        command
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
            .env("COUNTERFOIL_QUIET", "1")
            .env_remove("DISPLAY")
            .env("HOME", self.prefix.join("home"))
    }

    /// Runs a program to its end, whatever that is.
    pub fn ask(&self, command: &mut Command) -> Result<Output, Failure> {
        command.output().map_err(|error| Failure::new(format!("could not start wine: {error}")))
    }

    /// The same where nobody listens to what it says. Whichever program is the first starts Windows' services, which hold its streams for as
    /// long as anything runs: where another one does, whoever reads these streams would wait for that.
    pub fn code(&self, command: &mut Command) -> Result<i32, Failure> {
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        Ok(status.map_err(|error| Failure::new(format!("could not start wine: {error}")))?.code().unwrap_or(-1))
    }

    /// `msiexec …` with Windows' own exit code, which is too large for one of Linux. Written into a batch file, where a value may have
    /// spaces.
    ///
    /// # Errors
    /// Wine says no exit code.
    pub fn msiexec(&self, words: &str) -> Result<u32, Failure> {
        let (batch, answer) = (self.path("run.bat"), self.path("code.txt"));
        let text = format!("@echo off\r\nstart /wait msiexec {words} /qn\r\necho code %ERRORLEVEL%.>C:\\code.txt\r\n");
        fs::write(&batch, text).map_err(|error| Failure::at(&batch, &error))?;
        let _ = fs::remove_file(&answer);
        println!("$ msiexec {words} /qn");
        self.code(self.command("cmd").args(["/c", "C:\\run.bat"]))?;
        let code = fs::read_to_string(&answer).map_err(|error| Failure::at(&answer, &error))?;
        let number = code.trim().trim_start_matches("code ").trim_end_matches('.');
        number.parse().map_err(|_| Failure::new(format!("msiexec ended with `{}`", code.trim())))
    }

    /// A value of the registry below HKLM, as 64-bit programs see it.
    pub fn value(&self, key: &str, name: &str) -> Result<Option<String>, Failure> {
        let output = self.ask(self.command("reg").args(["query", &format!("HKLM\\{key}"), "/v", name, "/reg:64"]))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(text.lines().find_map(|line| line.split_once("REG_SZ")).map(|(_, value)| value.trim().to_owned()))
    }

    /// Adds a print queue whose printer is a file, and gives its path as Windows programs see it. Wine's spooler takes a path of this
    /// machine as a port.
    pub fn add_queue(&self, name: &str) -> Result<String, Failure> {
        let file = self.path("printed");
        let key = format!(r"HKLM\SYSTEM\CurrentControlSet\Control\Print\Printers\{name}");
        let port = file.display().to_string();
        let texts =
            [("Name", name), ("Port", port.as_str()), ("Print Processor", "WinPrint"), ("Printer Driver", "Generic"), ("Datatype", "RAW")];
        for (value, text) in texts {
            shell::output(self.command("reg").args(["add", &key, "/v", value, "/d", text, "/f"]))?;
        }
        Ok(r"C:\printed".to_owned())
    }

    /// Is this file in anybody's own folder?
    pub fn somebody_has(&self, below: &str) -> bool {
        let people = fs::read_dir(self.path("users")).into_iter().flatten().flatten();
        people.into_iter().any(|person| person.path().join(below).exists())
    }
}

impl Drop for Wine<'_> {
    /// Ends everything that still runs in it.
    fn drop(&mut self) {
        if let Err(error) = shell::output(self.surround(&mut self.checkout.command("wineserver")).arg("--kill")) {
            println!("Wine's server isn't ended: {error}");
        }
    }
}
