//! What the data of codes say that a printer draws by itself.

/// The text of `GS k 73` data, and its symbols from start to stop: `{B` and `{C` choose the code set, `{{` is a brace; in C each
/// byte is a pair of digits. Source: ISO/IEC 15417.
pub(super) fn code128(data: &[u8]) -> Option<(String, Vec<usize>)> {
    let (mut text, mut symbols) = (String::new(), Vec::new());
    let mut set = None;
    let mut rest = data;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == b'{' {
            let (chosen, after) = rest.split_first()?;
            rest = after;
            match (chosen, set) {
                (b'B' | b'C', before) => {
                    symbols.push(match (chosen, before) {
                        (b'B', None) => 104,
                        (b'B', _) => 100,
                        (_, None) => 105,
                        (_, _) => 99,
                    });
                    set = Some(*chosen);
                }
                (b'{', Some(b'B')) => {
                    text.push('{');
                    symbols.push(usize::from(b'{' - b' '));
                }
                _ => return None,
            }
            continue;
        }
        match (set?, byte) {
            (b'B', 0x20..=0x7e) => {
                text.push(char::from(*byte));
                symbols.push(usize::from(*byte - b' '));
            }
            (b'C', 0..=99) => {
                text.push_str(&format!("{byte:02}"));
                symbols.push(usize::from(*byte));
            }
            _ => return None,
        }
    }
    let sum: usize = symbols.iter().enumerate().map(|(place, value)| place.max(1) * value).sum();
    symbols.extend([sum % 103, 106]);
    (!text.is_empty()).then_some((text, symbols))
}

/// What `GS ( k` has said of QR codes.
#[derive(Default)]
pub(super) struct QrSettings {
    module: Option<u8>,
    level: Option<u8>,
    model_2: bool,
    text: Option<String>,
}

impl QrSettings {
    /// Obeys one function: text and module of a code, when it is printed.
    pub fn obey(&mut self, data: &[u8]) -> Result<Option<(String, u8)>, String> {
        match *data {
            [b'1', b'A', b'2', 0] => self.model_2 = true,
            [b'1', b'C', module @ 1..=16] => self.module = Some(module),
            [b'1', b'E', level @ b'0'..=b'3'] => self.level = Some(level),
            [b'1', b'P', b'0', ref text @ ..] if !text.is_empty() && text.is_ascii() => {
                self.text = Some(text.iter().map(|byte| char::from(*byte)).collect());
            }
            [b'1', b'Q', b'0'] => {
                return match (self.model_2, self.level, self.module, &self.text) {
                    (true, Some(_), Some(module), Some(text)) => Ok(Some((text.clone(), module))),
                    _ => Err("a QR code of which something was left to the printer".to_owned()),
                };
            }
            _ => return Err(format!("GS ( k {:02x?} is unknown", &data[..data.len().min(4)])),
        }
        Ok(None)
    }
}
