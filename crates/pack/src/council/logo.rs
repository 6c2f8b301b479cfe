//! The council's logo: an SVG for the screen, held to plain shapes, and a PNG turned into the printer's dots.

use crate::problem::{PackProblem, Report, codes};
use counterfoil_domain::council::Bitmap;
use roxmltree::{Document, Node, ParsingOptions};

/// The most bytes of logo.svg.
const MAX_SVG_BYTES: usize = 64 * 1024;
/// The most elements and texts of logo.svg.
const MAX_SVG_NODES: u32 = 5_000;
/// How deep elements may stand in each other.
const MAX_SVG_DEPTH: usize = 32;
/// The widest logo in dots: what the narrowest common printer (58 mm paper) can print, and a little more.
const MAX_DOTS_WIDE: u32 = 512;
/// The highest logo in dots.
const MAX_DOTS_HIGH: u32 = 512;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// What a drawing needs. Everything else (scripts, styles, links, foreign content, images, animation) stays out.
const ELEMENTS: [&str; 21] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "title",
    "desc",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "text",
    "tspan",
    "clipPath",
    "mask",
    "use",
    "symbol",
];

/// The drawing's text, if it is nothing but a drawing.
pub(super) fn svg(bytes: &[u8], report: &mut Report) -> Option<String> {
    let mut problem = |line: u32, reason: String| {
        let place = if line == 0 { String::new() } else { format!("line {line}") };
        report.push(PackProblem { file: "logo.svg".into(), place, code: codes::PICTURE, reason });
    };
    if bytes.len() > MAX_SVG_BYTES {
        problem(0, "is larger than 64 KiB".into());
        return None;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        problem(0, "isn't UTF-8 text".into());
        return None;
    };
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_SVG_NODES, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => {
            problem(error.pos().row, "isn't an SVG that this program can read".into());
            return None;
        }
    };
    let mut safe = true;
    for node in document.root().descendants() {
        if let Some(reason) = unfit(node) {
            safe = false;
            problem(document.text_pos_at(node.range().start).row, reason);
        }
    }
    if document.root_element().tag_name().name() != "svg" {
        safe = false;
        problem(1, "isn't an SVG: its first element isn't svg".into());
    }
    safe.then(|| text.to_owned())
}

/// Why a part of the drawing can't stay, if it can't.
fn unfit(node: Node<'_, '_>) -> Option<String> {
    if node.is_pi() {
        return Some("has an instruction to programs (<?…?>)".into());
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name();
    if name.namespace() != Some(SVG) || !ELEMENTS.contains(&name.name()) {
        return Some(format!("has the element {}, which isn't a plain shape", shortened(name.name())));
    }
    if node.ancestors().nth(MAX_SVG_DEPTH).is_some() {
        return Some("has elements too deep in each other".into());
    }
    node.attributes().find_map(|attribute| {
        let refused = attribute.name().to_ascii_lowercase().starts_with("on")
            || attribute.name() == "style"
            || attribute.namespace().is_some_and(|space| space != XLINK && space != "http://www.w3.org/XML/1998/namespace")
            || points_outside(attribute.name(), attribute.value());
        refused.then(|| format!("has the attribute {}, which runs something or points outside the picture", shortened(attribute.name())))
    })
}

/// Links may point into the drawing only: `#name` and `url(#name)`.
fn points_outside(name: &str, value: &str) -> bool {
    let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_ascii_lowercase();
    let url_outside = value.match_indices("url(").any(|(at, _)| !value[at + 4..].trim_start_matches(['"', '\'']).starts_with('#'));
    // A backslash can hide `url(` from a reader of text, and no drawing needs one.
    (name == "href" && !value.starts_with('#')) || url_outside || value.contains("script:") || value.contains('\\')
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}

/// The printer's dots: what is darker than the middle is black; what is see-through is paper.
pub(super) fn bitmap(bytes: &[u8]) -> Result<Bitmap, String> {
    let not_png = || "isn't a PNG that this program can read".to_owned();
    let limits = png::Limits { bytes: 16 * 1024 * 1024 };
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| not_png())?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width > MAX_DOTS_WIDE || height > MAX_DOTS_HIGH {
        return Err(format!("is {width} by {height} dots; at most {MAX_DOTS_WIDE} by {MAX_DOTS_HIGH} can be printed"));
    }
    let mut buffer = vec![0; reader.output_buffer_size().ok_or_else(not_png)?];
    let frame = reader.next_frame(&mut buffer).map_err(|_| not_png())?;
    let samples = frame.color_type.samples();
    let mut rows = Vec::new();
    for line in buffer.chunks_exact(frame.line_size).take(usize::try_from(height).unwrap_or_default()) {
        let dots: Vec<bool> = line.chunks_exact(samples).map(is_black).collect();
        rows.extend(
            dots.chunks(8).map(|eight| eight.iter().enumerate().fold(0u8, |byte, (at, black)| byte | (u8::from(*black) << (7 - at)))),
        );
    }
    Ok(Bitmap { width, height, rows })
}

/// One dot of 8-bit samples: grey, grey and alpha, RGB, or RGB and alpha.
fn is_black(samples: &[u8]) -> bool {
    let (grey, alpha) = match samples {
        [grey] => (u32::from(*grey), 255),
        [grey, alpha] => (u32::from(*grey), u32::from(*alpha)),
        [red, green, blue, rest @ ..] => {
            // The weights of ITU-R BT.601, in thousandths.
            let grey = (299 * u32::from(*red) + 587 * u32::from(*green) + 114 * u32::from(*blue)) / 1000;
            (grey, rest.first().map_or(255, |alpha| u32::from(*alpha)))
        }
        [] => return false,
    };
    // On white paper.
    (grey * alpha + 255 * (255 - alpha)) / 255 < 128
}
