//! What policy and installation say of this machine: Windows' registry, elsewhere two files in `/etc/counterfoil`.

use counterfoil_till::{Layer, Layers};

/// Reads both. What can't be read says so, and is no error.
#[cfg(not(windows))]
pub fn layers() -> Layers {
    use std::path::PathBuf;
    let folder = std::env::var_os("COUNTERFOIL_ETC").map_or_else(|| PathBuf::from("/etc/counterfoil"), PathBuf::from);
    Layers { policy: Layer::of_file(&folder.join("policy.json")), install: Layer::of_file(&folder.join("install.json")) }
}

/// See above.
#[cfg(windows)]
pub fn layers() -> Layers {
    Layers { policy: of_key(r"SOFTWARE\Policies\Counterfoil"), install: of_key(r"SOFTWARE\Counterfoil\Install") }
}

/// The texts and numbers of a key of the machine's; one that isn't there says nothing.
#[cfg(windows)]
fn of_key(path: &str) -> Layer {
    use serde_json::Value;
    use winreg::RegKey;
    use winreg::enums::{HKEY_LOCAL_MACHINE, REG_DWORD};
    let place = format!(r"HKLM\{path}");
    let key = match RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey(path) {
        Ok(key) => key,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Layer { place, ..Layer::default() },
        Err(error) => return Layer { place, trouble: Some(error.to_string()), ..Layer::default() },
    };
    let mut layer = Layer { place, ..Layer::default() };
    for value in key.enum_values() {
        let read = value.and_then(|(name, raw)| {
            let value = match raw.vtype {
                REG_DWORD => key.get_value::<u32, _>(&name).map(Value::from),
                _ => key.get_value::<String, _>(&name).map(Value::from),
            };
            Ok((name.to_lowercase(), value?))
        });
        match read {
            Ok((name, value)) => drop(layer.values.insert(name, value)),
            Err(error) => layer.trouble = Some(error.to_string()),
        }
    }
    layer
}
