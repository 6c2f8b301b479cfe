//! A reader of Code 128 bars: what a scanner does with them. Source: ISO/IEC 15417, annex with the symbol patterns.

/// Widths of bars and spaces of the symbols 0 to 105, and of stop without its closing bar.
#[rustfmt::skip]
pub(crate) const PATTERNS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "233111",
];
const CODE_C: usize = 99;
const CODE_B: usize = 100;
const START_B: usize = 104;
const START_C: usize = 105;
const STOP: usize = 106;

/// The text of the bars along one line of dots, true is black; whatever is white at both ends is passed over. `None` when
/// they are no Code 128 in sets B and C, or their check symbol is wrong.
pub fn read(line: &[bool]) -> Option<String> {
    let first = line.iter().position(|black| *black)?;
    let last = line.iter().rposition(|black| *black)?;
    let runs = runs(&line[first..=last]);
    // Every symbol is three bars and three spaces; stop has one bar more.
    let (closing, symbols) = runs.split_last()?;
    if symbols.len() % 6 != 0 || *closing == 0 {
        return None;
    }
    let values: Option<Vec<usize>> = symbols.chunks(6).map(value).collect();
    text(&values?)
}

fn runs(line: &[bool]) -> Vec<usize> {
    line.chunk_by(|a, b| a == b).map(<[bool]>::len).collect()
}

/// The symbol of six widths in dots: each in modules, of which there are eleven.
fn value(widths: &[usize]) -> Option<usize> {
    let total: usize = widths.iter().sum();
    let digits: String = widths.iter().map(|width| ((width * 22 / total).div_ceil(2)).to_string()).collect();
    PATTERNS.iter().position(|pattern| *pattern == digits)
}

fn text(values: &[usize]) -> Option<String> {
    let [start, data @ .., check, STOP] = values else { return None };
    let sum: usize = start + data.iter().enumerate().map(|(place, value)| (place + 1) * value).sum::<usize>();
    if sum % 103 != *check {
        return None;
    }
    let mut pairs = match *start {
        START_B => false,
        START_C => true,
        _ => return None,
    };
    let mut text = String::new();
    for value in data {
        match (pairs, *value) {
            (false, CODE_C) => pairs = true,
            (true, CODE_B) => pairs = false,
            (false, value) if value < 95 => text.push(char::from_u32(u32::try_from(value).ok()? + 32)?),
            (true, value) if value < 100 => text.push_str(&format!("{value:02}")),
            _ => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_eleven_modules_and_its_own() {
        let widths = |pattern: &str| pattern.bytes().map(|digit| usize::from(digit - b'0')).collect::<Vec<_>>();
        for (place, pattern) in PATTERNS.iter().enumerate() {
            let modules: usize = widths(pattern).iter().sum();
            assert_eq!(modules, 11, "{pattern}");
            assert_eq!(PATTERNS.iter().position(|other| other == pattern), Some(place));
            // The bars of a symbol are an even number of modules together.
            let bars: usize = widths(pattern).iter().step_by(2).sum();
            assert_eq!(bars % 2, 0, "{pattern}");
        }
    }

    #[test]
    fn a_published_code_is_read() {
        // "PJJ123C" begun in set A (103) has the check symbol 54 in every textbook; begun in set B it has one more.
        let symbols = [104, 48, 42, 42, 17, 18, 19, 35, 55, 106];
        let mut line = vec![false; 7];
        for symbol in symbols {
            for (place, digit) in PATTERNS[symbol].bytes().enumerate() {
                line.extend(std::iter::repeat_n(place % 2 == 0, usize::from(digit - b'0') * 3));
            }
        }
        line.extend([true; 6]);
        assert_eq!(read(&line).as_deref(), Some("PJJ123C"));
        line.remove(40);
        line.splice(7..7, [true; 30]);
        assert_eq!(read(&line), None);
    }
}
