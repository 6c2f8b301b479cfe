//! The counter's window is closed by its corner: the till ends as it should, and its log is whole. And a program that breaks off leaves word
//! of where.

use counterfoil_tests::journey::demonstration;
use counterfoil_tests::rpc::Rpc;
use counterfoil_tests::window::start_display;
use counterfoil_tests::{program, until};
use serde_json::json;
use std::path::Path;
use std::process::{Child, Command};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window};
use x11rb::rust_connection::RustConnection;

/// The window of that title, once it is shown.
fn window(display: &RustConnection, screen: usize, title: &str) -> Window {
    let root = display.setup().roots[screen].root;
    until("a window", || {
        let children = display.query_tree(root).expect("asked").reply().expect("windows").children;
        children.into_iter().find(|window| {
            let name = display.get_property(false, *window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64).expect("asked").reply();
            name.is_ok_and(|name| name.value == title.as_bytes())
        })
    })
}

/// What a window manager sends when somebody clicks on the cross.
fn close(display: &RustConnection, window: Window) {
    let atom = |name: &[u8]| display.intern_atom(false, name).expect("asked").reply().expect("an atom").atom;
    let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS"), [atom(b"WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0]);
    display.send_event(false, window, EventMask::NO_EVENT, message).expect("sent");
    display.flush().expect("sent");
}

fn log(data: &Path) -> String {
    let files = std::fs::read_dir(data.join("logs")).into_iter().flatten().flatten();
    files.map(|file| std::fs::read_to_string(file.path()).unwrap_or_default()).collect()
}

fn opened(data: &Path, display: &str) -> Child {
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    command.arg("--data").arg(data).env("DISPLAY", format!(":{display}")).env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    command.spawn().expect("the program")
}

#[test]
fn a_window_that_is_closed_lets_go_of_its_till_and_writes_its_log_to_the_end() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    demonstration(&data).expect("a till");
    let (_display, number) = start_display().expect("a display");
    let (display, screen) = RustConnection::connect(Some(&format!(":{number}"))).expect("the display");
    let mut program = opened(&data, &number);
    let window = window(&display, screen, "Counterfoil");
    until("the counter has the till", || Rpc::start(&data).ok()?.call("start.show", &json!({})).err());
    close(&display, window);
    let ended = until("the program ends", || program.try_wait().expect("its end"));
    assert!(ended.success(), "{ended}");
    assert!(log(&data).trim_end().ends_with("the counter is closed"), "{}", log(&data));
    Rpc::start(&data).expect("rpc").call("start.show", &json!({})).expect("the till is free");
}

#[test]
fn a_program_that_breaks_off_leaves_the_place_in_its_log_and_not_what_was_said_there() {
    let folder = tempfile::tempdir().expect("folder");
    let mut command = Command::new(program("COUNTERFOIL_PROGRAM", "counterfoil"));
    command.arg("--data").arg(folder.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    // The window's toolkit gives up without a display.
    let output = command.output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("Failed to initialize"), "{said}");
    let log = log(folder.path());
    assert!(log.contains("ERROR src-tauri/src/log.rs:") && log.contains(" place=tao-") && log.contains("/src/platform_impl/"), "{log}");
    assert!(!log.contains("Failed to initialize"), "{log}");
}
