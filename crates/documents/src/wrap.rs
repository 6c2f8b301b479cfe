//! Breaking words into lines of so many characters.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Text as it can be laid out: composed characters (one a column), no control or invisible formatting characters, every
/// space an ordinary one, an ellipsis as three dots so that no code page changes the length of a line.
pub fn printable(text: &str) -> String {
    let composed: String = if is_nfc(text) { text.to_owned() } else { text.nfc().collect() };
    let mut clean = String::with_capacity(composed.len());
    for c in composed.chars() {
        match c {
            '\n' => clean.push('\n'),
            '…' => clean.push_str("..."),
            c if c.is_control() || c.is_whitespace() => clean.push(' '),
            c if is_invisible(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Soft hyphens, joiners and the marks that turn the direction of writing: they print as nothing or as rubbish.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Columns that `text` takes at single width. A mark that could not be composed with its letter takes none.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().filter(|c| !is_combining_mark(*c)).count() }
}

/// `text` in lines of at most `columns` (at least 1): broken between words, and inside a word only when it is longer than a
/// line. Nothing but spaces is lost. No words, no lines.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, columns, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut taken = 0;
    for word in paragraph.split_whitespace() {
        let wide = width(word);
        if taken > 0 && taken + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            taken += 1 + wide;
            continue;
        }
        if taken > 0 {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = pieces(word, columns);
        line = pieces.pop().unwrap_or_default();
        taken = width(&line);
        lines.append(&mut pieces);
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// A word in pieces that fit a line; usually one.
fn pieces(word: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut taken = 0;
    for c in word.chars() {
        let wide = usize::from(!is_combining_mark(c));
        if taken + wide > columns {
            pieces.push(String::new());
            taken = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        taken += wide;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_while_they_fit() {
        assert_eq!(wrapped("Barnsley Metropolitan Borough Council", 21), ["Barnsley Metropolitan", "Borough Council"]);
        assert_eq!(wrapped("  one \n\n two  three ", 9), ["one", "two three"]);
        assert_eq!(wrapped("", 10), Vec::<String>::new());
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_and_not_lost() {
        assert_eq!(wrapped("a ABCDEFGHIJ b", 4), ["a", "ABCD", "EFGH", "IJ b"]);
    }

    #[test]
    fn a_letter_and_its_mark_are_one_column() {
        assert_eq!(printable("tŵr tw\u{302}r"), "tŵr tŵr");
        assert_eq!(width("x\u{301}y"), 2);
        assert_eq!(wrapped("x\u{301}y\u{301}z", 2), ["x\u{301}y\u{301}", "z"]);
    }

    #[test]
    fn what_would_command_a_printer_is_taken_out() {
        assert_eq!(printable("a\u{1b}pb\u{202e}c\u{a0}d…"), "a pbc d...");
    }
}
