//! What characters the bytes above 7F are, on the code pages that are used.

#[derive(Clone, Copy)]
pub(super) enum Page {
    Wpc1252,
    Pc858,
}

impl Page {
    /// The page with this number of `ESC t`.
    pub fn numbered(number: u8) -> Option<Page> {
        match number {
            16 => Some(Page::Wpc1252),
            19 => Some(Page::Pc858),
            _ => None,
        }
    }

    /// The character of a byte above 7F.
    pub fn character(self, byte: u8) -> Option<char> {
        match self {
            Page::Wpc1252 => wpc1252(byte),
            Page::Pc858 => PC858.iter().flat_map(|part| part.chars()).nth(usize::from(byte).checked_sub(0x80)?),
        }
    }
}

fn wpc1252(byte: u8) -> Option<char> {
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    // The encoding standard of the web gives the page's five empty places to control characters.
    text.chars().next().filter(|c| !c.is_control())
}

/// 80 to FF of code page 858.
const PC858: [&str; 4] = [
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ",
    "áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀",
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_character_for_every_byte() {
        assert_eq!(PC858.iter().map(|part| part.chars().count()).sum::<usize>(), 128);
    }
}
