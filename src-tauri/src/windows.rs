//! What only Windows has: secrets that it protects, a message without a window of our own, one counter at a time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use counterfoil_till::secrets::{NoSecret, Secrets, SecretsFile};
use std::path::Path;
use tauri::plugin::TauriPlugin;
use tauri::{Manager, Runtime};
use windows_dpapi::{Scope, decrypt_data, encrypt_data};

/// Beside what Windows adds itself, so that what another program had protected can't be slipped in.
const ENTROPY: &[u8] = b"Counterfoil till secrets";

/// `secrets.json` with every secret protected by Windows for this machine (DPAPI). Cashiers with Windows accounts of their own share
/// a till, so what one of them enrolled the others must be able to read: a person's Credential Manager would keep it from them. Who
/// may read the file at all is the data folder's rights; a copy of it on another machine is worth nothing.
pub struct Protected(SecretsFile);

impl Protected {
    /// Of a till's data folder.
    pub fn of(folder: &Path) -> Protected {
        Protected(SecretsFile::of(folder))
    }
}

/// What Windows answers when another key protected something, or it isn't what was protected: NTE_BAD_KEY_STATE, NTE_BAD_KEY,
/// NTE_BAD_DATA and ERROR_INVALID_DATA.
const ANOTHER_KEY: [u32; 4] = [0x8009_000B, 0x8009_0003, 0x8009_0005, 13];

/// A Windows that was installed anew, or is another machine's, has another key for good. Anything else, such as a service that hasn't
/// started yet, may be over the next time, and costs nobody their key.
fn why_not(code: Option<i32>, words: String) -> NoSecret {
    match code {
        Some(code) if ANOTHER_KEY.contains(&code.cast_unsigned()) => NoSecret::ProtectedElsewhere(words),
        _ => NoSecret::Unreadable(words),
    }
}

impl Secrets for Protected {
    fn get(&self, name: &str) -> Result<Option<String>, NoSecret> {
        let Some(text) = self.0.get(name)? else { return Ok(None) };
        let not_ours = || NoSecret::Unreadable("secrets.json can't be read".to_owned());
        let bytes = STANDARD.decode(text).map_err(|_| not_ours())?;
        let plain = decrypt_data(&bytes, Scope::Machine, Some(ENTROPY)).map_err(|error| {
            let code = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::raw_os_error);
            why_not(code, format!("{error:#}"))
        })?;
        String::from_utf8(plain).map(Some).map_err(|_| not_ours())
    }

    fn set(&self, name: &str, value: &str) -> Result<(), String> {
        let bytes = encrypt_data(value.as_bytes(), Scope::Machine, Some(ENTROPY)).map_err(|error| format!("{error:#}"))?;
        self.0.set(name, &STANDARD.encode(bytes))
    }

    fn remove(&self, name: &str) -> Result<(), String> {
        self.0.remove(name)
    }
}

/// Says something where no window can be opened, and waits until it is read.
pub fn message_box(words: &str) {
    rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("Counterfoil").set_description(words).show();
}

/// A second start brings the counter that is open to the front, and ends. (Another person's, in another Windows session, is found by
/// the lock of the data folder.)
pub fn one_counter<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_single_instance::init(|app, _, _| {
        for window in app.webview_windows().values() {
            let shown = window.unminimize().and_then(|()| window.set_focus());
            if let Err(error) = shown {
                tracing::warn!(%error, "the window can't be brought to the front");
            }
        }
    })
}

/// WebView2 is a browser until it is told otherwise: F3 would find on the page, F5 load it anew and forget the basket, Ctrl+P
/// print it; and it would remember what is typed into its boxes. The keys are the counter's own, and what is typed is a
/// customer's.
pub fn calm_web_view<R: Runtime>() -> TauriPlugin<R> {
    use tauri_plugin_prevent_default::{Builder, Flags, PlatformOptions};
    let options = PlatformOptions::new().browser_accelerator_keys(false).general_autofill(false).password_autosave(false);
    // Only WebView2's settings: the page takes its keys itself, on every system, so no script is put into it.
    Builder::new().with_flags(Flags::empty()).platform(options).build_with_manual_injection()
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_till::secrets::LEDGER_KEY;

    #[test]
    fn a_secret_is_read_again_and_its_file_does_not_show_it() {
        let folder = std::env::temp_dir().join(format!("counterfoil-protected-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let secrets = Protected::of(&folder);
        // A client certificate with its key is about this long.
        let secret = "0123456789abcdef".repeat(400);
        assert_eq!(secrets.get(LEDGER_KEY), Ok(None));
        secrets.set(LEDGER_KEY, &secret).unwrap();
        assert_eq!(secrets.get(LEDGER_KEY), Ok(Some(secret)));
        let file = std::fs::read_to_string(folder.join("secrets.json")).unwrap();
        assert!(!file.contains("0123456789abcdef"), "{file}");
        // Protected by another machine's key: here, by one that nobody has.
        SecretsFile::of(&folder).set(LEDGER_KEY, &STANDARD.encode([7_u8; 200])).unwrap();
        assert!(matches!(secrets.get(LEDGER_KEY), Err(NoSecret::ProtectedElsewhere(_))));
        secrets.remove(LEDGER_KEY).unwrap();
        assert_eq!(secrets.get(LEDGER_KEY), Ok(None));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_secret_that_cannot_be_had_just_now_is_not_taken_for_one_that_is_lost() {
        // NTE_BAD_KEY_STATE; RPC_S_SERVER_UNAVAILABLE and ERROR_NOT_ENOUGH_MEMORY.
        assert!(matches!(why_not(Some(0x8009_000B_u32.cast_signed()), String::new()), NoSecret::ProtectedElsewhere(_)));
        for code in [Some(1722), Some(8), None] {
            assert!(matches!(why_not(code, String::new()), NoSecret::Unreadable(_)), "{code:?}");
        }
    }
}
