//! Lines of text as pictures, in the fonts of the PDFs: for letters that a printer's code page doesn't have.
#![allow(clippy::float_arithmetic, reason = "how black a dot is; no amount of money is reckoned here")]

use crate::document::Style;
use crate::pdf::{BOLD, REGULAR};
use crate::profile::CodePage;
use counterfoil_domain::council::Bitmap;
use fontdue::{Font, FontSettings};
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// Dots of a character of font A, down.
const CELL_DOTS: u32 = 24;
/// The font's size with which a character is as wide as 12 dots and its accents stay within the cell.
const SIZE: f32 = 20.0;
/// Where letters stand in their cell, in dots from its top.
const BASELINE: i32 = 19;
/// White under a line of plain text, so that lines are as far apart as the printer's own.
const GAP_DOTS: u32 = 6;
/// A dot is black when it is covered so much, of 255.
const BLACK_FROM: u8 = 110;

static FACES: LazyLock<[Option<Font>; 2]> =
    LazyLock::new(|| [REGULAR, BOLD].map(|bytes| Font::from_bytes(bytes, FontSettings::default()).ok()));

/// Would any letter lose its accent on this code page, although the fonts have it?
pub(crate) fn loses_an_accent(text: &str, page: CodePage) -> bool {
    let Some(font) = &FACES[0] else { return false };
    !text.is_ascii() && text.chars().any(|c| c.is_alphabetic() && page.byte(c).is_none() && font.has_glyph(c))
}

/// The line in cells of `cell` dots across, in the size and weight of its style; `None` when the fonts can't be read.
pub(crate) fn line(text: &str, style: Style, cell: u32) -> Option<Bitmap> {
    let font = FACES[usize::from(style.bold)].as_ref()?;
    let characters: Vec<char> = text.chars().filter(|c| !is_combining_mark(*c)).collect();
    let (across, down) = (1 + u32::from(style.wide), 1 + u32::from(style.tall));
    let width = u32::try_from(characters.len()).ok()?.checked_mul(cell * across)?;
    let height = CELL_DOTS * down + if style.tall { 0 } else { GAP_DOTS };
    let stride = usize::try_from(width.div_ceil(8)).ok()?;
    let mut rows = vec![0u8; stride * usize::try_from(height).ok()?];
    for (place, c) in (0u32..).zip(characters) {
        for (x, y) in black_dots(font, c, cell) {
            for (step_x, step_y) in (0..down).flat_map(|step_y| (0..across).map(move |step_x| (step_x, step_y))) {
                let (x, y) = ((place * cell + x) * across + step_x, y * down + step_y);
                let at = usize::try_from(y).ok()? * stride + usize::try_from(x / 8).ok()?;
                if let Some(byte) = rows.get_mut(at) {
                    *byte |= 0x80 >> (x % 8);
                }
            }
        }
    }
    Some(Bitmap { width, height, rows })
}

/// The black dots of a character within its cell.
fn black_dots(font: &Font, c: char, cell: u32) -> Vec<(u32, u32)> {
    let (metrics, coverage) = font.rasterize(c, SIZE);
    let top = BASELINE - metrics.ymin - i32::try_from(metrics.height).unwrap_or_default();
    let black = coverage.iter().enumerate().filter(|(_, covered)| **covered >= BLACK_FROM);
    let width = metrics.width.max(1);
    black
        .filter_map(|(place, _)| {
            let x = metrics.xmin + i32::try_from(place % width).ok()?;
            let y = top + i32::try_from(place / width).ok()?;
            Some((u32::try_from(x).ok()?, u32::try_from(y).ok()?))
        })
        .filter(|(x, y)| *x < cell && *y < CELL_DOTS)
        .collect()
}
