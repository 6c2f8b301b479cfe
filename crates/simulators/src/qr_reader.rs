//! A reader of QR codes in pictures: what a phone does with them.

/// The text of the one code in a picture of so many dots across, whose rows are bytes, most significant bit left, 1 is black; `None`
/// when there is none, or more than one.
pub fn read(width: usize, dots: &[u8]) -> Option<String> {
    let stride = width.div_ceil(8);
    let black = |x: usize, y: usize| dots.get(y * stride + x / 8).is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0);
    let mut picture = rqrr::PreparedImage::prepare_from_bitmap(width, dots.len() / stride.max(1), black);
    match &picture.detect_grids()[..] {
        [code] => code.decode().ok().map(|(_, text)| text),
        _ => None,
    }
}
