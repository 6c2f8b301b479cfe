//! The counter's window: one entry into the table of commands, one event that tells what changed.

use crate::command_line::{NO_WEB_VIEW, say_error};
use crate::folders;
use crate::layers::layers;
use crate::machine::Window;
use counterfoil_till::{Opening, Till, TillError, bilingual_message, upgrade};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, PoisonError, RwLock};
use tauri::{AppHandle, Emitter, Manager, State, WebviewUrl, WebviewWindowBuilder};

/// The till, or why it couldn't be opened: then the window says so, and what to do.
struct Opened {
    till: RwLock<Result<Arc<Till>, TillError>>,
    data: PathBuf,
    window: AppHandle,
}

impl Opened {
    fn new(data: PathBuf, window: AppHandle) -> Opened {
        Opened { till: RwLock::new(Err(TillError::not_done("starting"))), data, window }
    }

    fn till(&self) -> Result<Arc<Till>, TillError> {
        self.till.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The till; one that couldn't be opened is tried again, because its trouble may be over: the other window is closed, the
    /// disk has room.
    fn till_after_all(&self) -> Result<Arc<Till>, TillError> {
        let mut till = self.till.write().unwrap_or_else(PoisonError::into_inner);
        if till.is_err() {
            *till = open(&self.data, &self.window);
        }
        till.clone()
    }
}

/// Opens the window and stays until it is closed. `quiet`: without a box that somebody must click away.
pub fn run(data: PathBuf, quiet: bool) -> ExitCode {
    if let Err(error) = tauri::webview_version() {
        return no_web_view(quiet, &error);
    }
    let builder = tauri::Builder::default();
    #[cfg(windows)]
    let builder = builder.plugin(crate::windows::one_counter()).plugin(crate::windows::calm_web_view());
    let app = builder
        .invoke_handler(tauri::generate_handler![rpc])
        .setup(move |app| {
            let opened = Arc::new(Opened::new(data, app.handle().clone()));
            app.manage(opened.clone());
            // While the web view starts. A store of an earlier version takes its time, and the window says so.
            std::thread::Builder::new().name("opening".into()).spawn(move || drop(opened.till_after_all()))?;
            WebviewWindowBuilder::new(app, "counter", WebviewUrl::default())
                .title("Counterfoil")
                .inner_size(1280.0, 800.0)
                .min_inner_size(1024.0, 700.0)
                .maximized(true)
                .disable_drag_drop_handler()
                .build()?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window can't be opened");
            ExitCode::FAILURE
        }
    }
}

/// The system has nothing to draw the window with: says so and what to do, in both languages, for nobody has chosen one yet.
fn no_web_view(quiet: bool, error: &impl std::fmt::Display) -> ExitCode {
    tracing::error!(%error, "there is no web view");
    let words = bilingual_message("webview-missing");
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
        // The window asks where the till stands when it begins, and when somebody presses "Try again".
        let till = if cmd == "start.show" { opened.till_after_all() } else { opened.till() };
        till?.call(&cmd, payload)
    });
    let answer = answer.await.unwrap_or_else(|error| Err(TillError::in_doubt("internal").because(error)));
    if let Err(error) = &answer {
        tracing::info!(command = %name, code = %error.code, detail = %error.detail, "refused");
    }
    answer
}
