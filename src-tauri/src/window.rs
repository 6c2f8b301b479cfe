//! The counter's window: one entry into the table of commands, one event that tells what changed.

use crate::command_line::{NO_WEB_VIEW, say_error};
use crate::folders;
use crate::layers::layers;
use crate::machine::Window;
use counterfoil_till::{Opening, Till, TillError, bilingual_message, is_to_be_upgraded, upgrade};
use serde_json::Value;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tauri::{App, AppHandle, Emitter, Manager, State, WebviewUrl, WebviewWindowBuilder};

/// How long a closing window waits for what was asked of the till to be answered.
const CLOSING: Duration = Duration::from_secs(10);
/// How long it waits between two looks.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Where the till stands.
enum Standing {
    /// Nobody has tried to open it yet, or nobody needs it any more.
    Closed,
    /// It is open.
    Open(Arc<Till>),
    /// It couldn't be opened, and whether the window has been told why.
    Refused { why: TillError, told: bool },
}

/// The till, or why it couldn't be opened: then the window says so, and what to do.
struct Opened {
    standing: RwLock<Standing>,
    data: PathBuf,
    window: AppHandle,
}

impl Opened {
    fn new(data: PathBuf, window: AppHandle) -> Opened {
        Opened { standing: RwLock::new(Standing::Closed), data, window }
    }

    fn till(&self) -> Result<Arc<Till>, TillError> {
        match &*self.standing.read().unwrap_or_else(PoisonError::into_inner) {
            Standing::Open(till) => Ok(till.clone()),
            Standing::Refused { why, .. } => Err(why.clone()),
            Standing::Closed => Err(TillError::not_done("starting")),
        }
    }

    /// Opens the till while the window appears: whoever asks meanwhile waits for it. A store of an earlier version waits for the window
    /// instead, which is to say how far it is.
    fn open_first(&self) {
        if is_to_be_upgraded(&self.data) {
            return;
        }
        let mut standing = self.standing.write().unwrap_or_else(PoisonError::into_inner);
        if matches!(*standing, Standing::Closed) {
            *standing = self.opened(false);
        }
    }

    /// The till, as the window asks for it when it begins and when somebody presses "Try again". One that couldn't be opened is tried
    /// again once the window has said so, because its trouble may be over: the other window is closed, the disk has room.
    fn till_after_all(&self) -> Result<Arc<Till>, TillError> {
        let mut standing = self.standing.write().unwrap_or_else(PoisonError::into_inner);
        match &mut *standing {
            Standing::Refused { told, .. } if !*told => *told = true,
            Standing::Open(_) => {}
            _ => *standing = self.opened(true),
        }
        drop(standing);
        self.till()
    }

    fn opened(&self, told: bool) -> Standing {
        match open(&self.data, &self.window) {
            Ok(till) => Standing::Open(till),
            Err(why) => Standing::Refused { why, told },
        }
    }

    /// The window is gone: the till ends as it should, with its last entries mirrored and its log whole. What was asked of it last is
    /// answered first, within reason.
    fn close(&self) {
        let before = std::mem::replace(&mut *self.standing.write().unwrap_or_else(PoisonError::into_inner), Standing::Closed);
        let Standing::Open(mut till) = before else { return };
        for _ in 0..CLOSING.as_millis() / BETWEEN_LOOKS.as_millis() {
            match Arc::try_unwrap(till) {
                Ok(till) => {
                    drop(till);
                    return tracing::info!("the counter is closed");
                }
                Err(shared) => till = shared,
            }
            std::thread::park_timeout(BETWEEN_LOOKS);
        }
        tracing::warn!("something that was asked of the till goes on; the window closes without it");
    }
}

/// Opens the window and stays until it is closed. `quiet`: without a box that somebody must click away.
pub fn run(data: PathBuf, quiet: bool) -> ExitCode {
    if let Err(error) = tauri::webview_version() {
        tracing::error!(%error, "there is no web view");
        return nothing_to_draw_with(quiet, "webview-missing");
    }
    let builder = tauri::Builder::default();
    #[cfg(windows)]
    let builder = builder.plugin(crate::windows::one_counter()).plugin(crate::windows::calm_web_view());
    let app = match builder.invoke_handler(tauri::generate_handler![rpc]).build(tauri::generate_context!()) {
        Ok(app) => app,
        Err(error) => {
            tracing::error!(%error, "the program can't begin");
            return ExitCode::FAILURE;
        }
    };
    let opened = Arc::new(Opened::new(data, app.handle().clone()));
    app.manage(opened.clone());
    // Before Tauri's own beginning: what fails in there ends the program on the spot, and nobody would learn why.
    if let Err(error) = begin(&app, opened.clone()) {
        tracing::error!(%error, "the window can't be opened");
        opened.close();
        return nothing_to_draw_with(quiet, "webview-broken");
    }
    // It comes back, where `run` would end the process with till and log as they are.
    let code = app.run_return(|_, _| {});
    opened.close();
    ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))
}

/// Opens the till while the web view starts, and the window.
fn begin(app: &App, opened: Arc<Opened>) -> Result<(), Box<dyn Error>> {
    std::thread::Builder::new().name("opening".into()).spawn(move || opened.open_first())?;
    WebviewWindowBuilder::new(app, "counter", WebviewUrl::default())
        .title("Counterfoil")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .maximized(true)
        .disable_drag_drop_handler()
        .build()?;
    Ok(())
}

/// The system has nothing to draw the window with: says so and what to do, in both languages, for nobody has chosen one yet.
fn nothing_to_draw_with(quiet: bool, code: &str) -> ExitCode {
    let words = bilingual_message(code);
    say_error(&words);
    #[cfg(windows)]
    if !quiet && std::env::var_os("COUNTERFOIL_QUIET").is_none() {
        crate::windows::message_box(&words);
    }
    #[cfg(not(windows))]
    let _ = quiet;
    ExitCode::from(NO_WEB_VIEW)
}

fn open(data: &Path, window: &AppHandle) -> Result<Arc<Till>, TillError> {
    let handle = window.clone();
    let upgraded = upgrade(data, &mut |now| {
        if let Err(error) = window.emit("upgrading", now) {
            tracing::warn!(%error, "the window wasn't told");
        }
    });
    let opening = Opening {
        folder: data.to_owned(),
        resources: folders::resources(),
        surroundings: Box::new(Window),
        listener: Box::new(move |changed| {
            if let Err(error) = handle.emit("changed", changed) {
                tracing::warn!(%error, "the window wasn't told");
            }
        }),
        prints: true,
        sends: true,
        secrets: folders::secrets(data),
        layers: layers(),
    };
    let till = upgraded.and_then(|()| Till::open(opening));
    if let Err(error) = &till {
        tracing::error!(code = %error.code, detail = %error.detail, "the till can't be opened");
    }
    let till = till.map(Arc::new)?;
    if let Err(error) = till.begin_first_start(layers().first_start()) {
        tracing::error!(code = %error.code, detail = %error.detail, "the first start can't begin");
    }
    Ok(till)
}

/// The one entry: a command of the table. It runs off the window's thread, so that the window never waits.
#[tauri::command]
async fn rpc(cmd: String, payload: Value, opened: State<'_, Arc<Opened>>) -> Result<Value, TillError> {
    let opened = opened.inner().clone();
    let name = cmd.clone();
    let answer = tauri::async_runtime::spawn_blocking(move || {
        let till = if cmd == "start.show" { opened.till_after_all() } else { opened.till() };
        till?.call(&cmd, payload)
    });
    let answer = answer.await.unwrap_or_else(|error| Err(TillError::in_doubt("internal").because(error)));
    if let Err(error) = &answer {
        tracing::info!(command = %name, code = %error.code, detail = %error.detail, "refused");
    }
    answer
}
