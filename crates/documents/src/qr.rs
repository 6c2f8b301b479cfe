//! QR codes. Source: ISO/IEC 18004.

use counterfoil_domain::council::Bitmap;
use qrcodegen::{QrCode, QrCodeEcc};

/// White modules around a code that scanners need.
pub(crate) const QUIET_ZONE: u32 = 4;

/// The code of a text, a dot a module; `None` for one too long for a code. Its level mends a seventh of what is smudged.
pub(crate) fn code(text: &str) -> Option<Bitmap> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    drawn(u32::try_from(code.size()).ok()?, |x, y| match (i32::try_from(x), i32::try_from(y)) {
        (Ok(x), Ok(y)) => code.get_module(x, y),
        _ => false,
    })
}

/// A code with the white around it, each module so many dots wide.
pub(crate) fn enlarged(side: u32, dots: &[u8], module: u32) -> Option<Bitmap> {
    let stride = usize::try_from(side.div_ceil(8)).ok()?;
    let black = |x: u32, y: u32| {
        let at = usize::try_from(y).ok()?.checked_mul(stride)?.checked_add(usize::try_from(x / 8).ok()?)?;
        dots.get(at).map(|byte| byte & (0x80 >> (x % 8)) != 0)
    };
    drawn((side + 2 * QUIET_ZONE) * module, |x, y| {
        let place = |dot: u32| (dot / module).checked_sub(QUIET_ZONE).filter(|place| *place < side);
        place(x).zip(place(y)).and_then(|(x, y)| black(x, y)) == Some(true)
    })
}

fn drawn(side: u32, black: impl Fn(u32, u32) -> bool) -> Option<Bitmap> {
    let stride = usize::try_from(side.div_ceil(8)).ok()?;
    let mut rows = vec![0u8; stride.checked_mul(usize::try_from(side).ok()?)?];
    for (y, row) in (0..side).zip(rows.chunks_mut(stride.max(1))) {
        for (x, byte) in (0..side).map(|x| (x, x / 8)) {
            if black(x, y)
                && let Some(byte) = row.get_mut(usize::try_from(byte).ok()?)
            {
                *byte |= 0x80 >> (x % 8);
            }
        }
    }
    Some(Bitmap { width: side, height: side, rows })
}
