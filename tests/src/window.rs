//! Drives the real window: a display of its own, the real WebKit, the real program, by keys alone.

use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Whatever went wrong, for a test to print.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How long a step may take before the test says that it didn't happen. Nothing is timed by it.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often the page is asked whether it is so far.
const TICK: Duration = Duration::from_millis(30);

/// How many keys a hand presses at once, and the rest before the next: typed faster, a longer text would be a scanner's.
const HANDFUL: usize = 6;
const BETWEEN_HANDFULS: Duration = Duration::from_millis(45);

/// Has the page painted again and again, without a change that can be seen.
const KEEP_PAINTING: &str = "let odd = false;
    window.painting = setInterval(() => { odd = !odd; document.body.style.opacity = odd ? '0.9999' : '1'; }, 20);
    return 0";

/// The page changed between finding an element and using it. WebKit tells it in several ways.
fn vanished(error: &CmdError) -> bool {
    let words = error.to_string().to_lowercase();
    error.is_no_such_element() || error.is_stale_element_reference() || words.contains("stale") || words.contains("not found")
}

/// A process that ends with its owner.
pub struct Owned(Child);

impl Drop for Owned {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display and a driver, ready for a program to be started.
pub struct Stage {
    port: u16,
    // Dropped in this order: the driver before the display that it is on.
    _driver: Owned,
    _display: Owned,
    _profile: tempfile::TempDir,
}

impl Stage {
    /// Waits until the driver answers.
    ///
    /// # Errors
    /// Xvfb or WebKitWebDriver isn't there.
    pub async fn ready() -> Result<Stage, Failure> {
        let (display, number) = start_display()?;
        // What a web view keeps, such as the size of the text, is this window's own.
        let profile = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let driver = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("DISPLAY", format!(":{number}"))
            .envs(["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"].map(|home| (home, profile.path())))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let stage = Stage { port, _driver: Owned(driver), _display: display, _profile: profile };
        listening(port).await?;
        Ok(stage)
    }

    /// Starts the program on a data folder. Pictures go into `pictures`.
    ///
    /// # Errors
    /// The program isn't there.
    pub async fn open(self, program: &Path, data: &Path, pictures: &Path) -> Result<Counter, Failure> {
        std::fs::create_dir_all(pictures)?;
        let options = json!({ "binary": program, "args": ["--data", data] });
        let capabilities: Capabilities = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
        let url = format!("http://127.0.0.1:{}", self.port);
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&url).await?;
        let pictures = pictures.to_owned();
        Ok(Counter { client, pictures, taken: std::cell::Cell::new(0), keys: std::cell::Cell::new(0), _stage: self })
    }
}

/// The counter in its window, as a cashier has it.
pub struct Counter {
    client: Client,
    pictures: PathBuf,
    taken: std::cell::Cell<u32>,
    keys: std::cell::Cell<u32>,
    _stage: Stage,
}

impl Counter {
    /// Opens the program's window on a data folder. Pictures go into `pictures`.
    ///
    /// # Errors
    /// Xvfb, WebKitWebDriver or the program isn't there.
    pub async fn open(program: &Path, data: &Path, pictures: &Path) -> Result<Counter, Failure> {
        Stage::ready().await?.open(program, data, pictures).await
    }

    /// Types text where the focus is, as a hand does: never more at once than fingers can.
    ///
    /// # Errors
    /// The focus never came to rest; WebDriver's own.
    pub async fn types(&self, text: &str) -> Result<(), Failure> {
        let letters: Vec<char> = text.chars().collect();
        for handful in letters.chunks(HANDFUL) {
            self.sends(&handful.iter().collect::<String>()).await?;
            if handful.len() == HANDFUL {
                tokio::time::sleep(BETWEEN_HANDFULS).await;
            }
        }
        Ok(())
    }

    /// Sends keys where the focus is, as fast as they go.
    async fn sends(&self, text: &str) -> Result<(), Failure> {
        // A box can vanish between being asked for and being typed in, when the screen changes; then nothing was typed.
        let mut ticks = tokio::time::interval(TICK);
        let typed = async {
            loop {
                ticks.tick().await;
                match self.type_once(text).await {
                    Err(error) if vanished(&error) => {}
                    other => return other,
                }
            }
        };
        Ok(tokio::time::timeout(PATIENCE, typed).await.map_err(|_| "the focus never came to rest")??)
    }

    async fn type_once(&self, text: &str) -> Result<(), CmdError> {
        self.client.active_element().await?.send_keys(text).await
    }

    /// Presses one key where the focus is, and counts it.
    ///
    /// # Errors
    /// WebDriver's own.
    pub async fn presses(&self, key: Key) -> Result<(), Failure> {
        self.keys.set(self.keys.get() + 1);
        self.sends(&char::from(key).to_string()).await
    }

    /// Presses one key with others held down, and lets them go.
    ///
    /// # Errors
    /// WebDriver's own.
    pub async fn chord(&self, held: &[Key], key: &str) -> Result<(), Failure> {
        self.keys.set(self.keys.get() + 1);
        // WebDriver lets what is held go at the end of what is sent at once.
        let held: String = held.iter().map(|one| char::from(*one)).collect();
        self.sends(&format!("{held}{key}")).await
    }

    /// Selects what is in the box that has the focus, with the keys that people select it with, so that typing replaces it.
    ///
    /// # Errors
    /// WebDriver's own.
    pub async fn selects_all(&self) -> Result<(), Failure> {
        self.chord(&[Key::Control], "a").await
    }

    /// Types text and Enter at once: what a scanner does; one key press, the scanner's.
    ///
    /// # Errors
    /// WebDriver's own.
    pub async fn scans(&self, text: &str) -> Result<(), Failure> {
        self.keys.set(self.keys.get() + 1);
        self.sends(&format!("{text}{}", char::from(Key::Enter))).await
    }

    /// How many keys were pressed since it was last asked.
    pub fn counted_keys(&self) -> u32 {
        self.keys.replace(0)
    }

    /// Waits until the screen is the one named.
    ///
    /// # Errors
    /// It never came.
    pub async fn screen(&self, name: &str) -> Result<(), Failure> {
        self.sees(&format!("[data-screen='{name}']")).await
    }

    /// Waits until something is there.
    ///
    /// # Errors
    /// It never came.
    pub async fn sees(&self, css: &str) -> Result<(), Failure> {
        self.until(&format!("document.querySelector({css:?}) !== null")).await
    }

    /// Waits until the JavaScript condition holds.
    ///
    /// # Errors
    /// It never held.
    pub async fn until(&self, condition: &str) -> Result<(), Failure> {
        let script = format!("return Boolean({condition});");
        let mut ticks = tokio::time::interval(TICK);
        let holds = async {
            loop {
                ticks.tick().await;
                if self.client.execute(&script, Vec::new()).await? == json!(true) {
                    return Ok::<_, Failure>(());
                }
            }
        };
        tokio::time::timeout(PATIENCE, holds).await.map_err(|_| Failure::from(format!("never held: {condition}")))?
    }

    /// The text of an element, by its id.
    ///
    /// # Errors
    /// It isn't there.
    pub async fn text(&self, id: &str) -> Result<String, Failure> {
        self.sees(&format!("#{id}")).await?;
        let text = self.script(&format!("return document.getElementById({id:?})?.innerText ?? ''")).await?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// Waits until an element holds a text.
    ///
    /// # Errors
    /// It never did.
    pub async fn reads(&self, id: &str, text: &str) -> Result<(), Failure> {
        let waited = self.until(&format!("(document.getElementById({id:?})?.textContent ?? '').includes({text:?})")).await;
        if waited.is_ok() {
            return Ok(());
        }
        Err(format!("#{id} never read {text:?}; it reads {:?}", self.text(id).await.unwrap_or_default()).into())
    }

    /// Waits until the focus is on an element, by its id.
    ///
    /// # Errors
    /// It never was.
    pub async fn focus_on(&self, id: &str) -> Result<(), Failure> {
        self.until(&format!("document.activeElement?.id === {id:?}")).await
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// WebDriver's own.
    pub async fn script(&self, script: &str) -> Result<Value, Failure> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Takes a picture, numbered in the order of the journey, and answers where it is.
    ///
    /// # Errors
    /// It can't be taken or written.
    pub async fn picture(&self, name: &str) -> Result<PathBuf, Failure> {
        let number = self.taken.replace(self.taken.get() + 1) + 1;
        let path = self.pictures.join(format!("{number:02}-{name}.png"));
        // WebKit takes a picture at its next paint, which on a still screen is when the clock says another minute.
        self.script(KEEP_PAINTING).await?;
        let picture = self.client.screenshot().await;
        self.script("clearInterval(window.painting); document.body.style.removeProperty('opacity'); return 0").await?;
        std::fs::write(&path, picture?)?;
        Ok(path)
    }

    /// What axe finds wrong on the screen as it is now.
    ///
    /// # Errors
    /// axe isn't installed, or doesn't run.
    pub async fn axe(&self) -> Result<Vec<String>, Failure> {
        let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js"))?;
        self.client.execute(&format!("if (!window.axe) {{ {source} }}"), Vec::new()).await?;
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                (found) => done(found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', '))),
                (error) => done(['axe failed: ' + error]));";
        let found = self.client.execute_async(run, Vec::new()).await?;
        Ok(serde_json::from_value(found)?)
    }

    /// Keeps a picture of the screen as it is now, on which axe finds nothing.
    ///
    /// # Errors
    /// What axe finds.
    pub async fn clean(&self, name: &str) -> Result<(), Failure> {
        self.picture(name).await?;
        let found = self.axe().await?;
        if found.is_empty() { Ok(()) } else { Err(format!("axe on {name}: {}", found.join("; ")).into()) }
    }

    /// Makes the window so large, in pixels, and waits until the page is.
    ///
    /// # Errors
    /// It never became so.
    pub async fn resizes(&self, width: u32, height: u32) -> Result<(), Failure> {
        self.client.set_window_rect(0, 0, width, height).await?;
        self.until(&format!("window.innerWidth === {width} && window.innerHeight <= {height}")).await
    }

    /// Waits until no dialog is open.
    ///
    /// # Errors
    /// One stays.
    pub async fn no_dialog(&self) -> Result<(), Failure> {
        self.until("document.querySelector('[data-dialog]') === null").await
    }

    /// Closes the window.
    ///
    /// # Errors
    /// WebDriver's own.
    pub async fn close(self) -> Result<(), Failure> {
        Ok(self.client.close().await?)
    }
}

/// Starts a display that nobody sees, on a number that is free, and answers that number.
///
/// # Errors
/// Xvfb isn't there.
pub fn start_display() -> Result<(Owned, String), Failure> {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let out = child.stdout.take().ok_or("Xvfb has no output")?;
    let display = Owned(child);
    let mut number = String::new();
    BufReader::new(out).read_line(&mut number)?;
    Ok((display, number.trim().to_owned()))
}

/// Waits until something listens there.
async fn listening(port: u16) -> Result<(), Failure> {
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    let listening = async {
        loop {
            ticks.tick().await;
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return;
            }
        }
    };
    Ok(tokio::time::timeout(PATIENCE, listening).await?)
}
