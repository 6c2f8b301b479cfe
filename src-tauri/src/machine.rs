//! The machine as the till is given it: clock, ids, and the web view that draws its window.

use counterfoil_till::surroundings::{Machine, Surroundings};

/// This machine, with its window.
pub struct Window;

impl Surroundings for Window {
    fn now_ms(&self) -> i64 {
        Machine.now_ms()
    }

    fn new_id(&self) -> String {
        Machine.new_id()
    }

    fn random(&self) -> [u8; 32] {
        Machine.random()
    }

    fn web_view(&self) -> Option<String> {
        tauri::webview_version().ok()
    }
}
