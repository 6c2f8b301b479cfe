//! What comes out of the printer, as pictures that are kept in `tests/pictures/receipts`: paper of both widths, in both languages.
//!
//! The bytes are those that the printer was sent, drawn by a reader that shares nothing with their writer. A picture must be the one
//! that is kept, dot for dot. `COUNTERFOIL_KEEP_PICTURES=1 cargo test -p counterfoil-till --test till pictures::` keeps what is drawn now: look
//! at every one that changed before it is committed. A picture that differs is left in `out/pictures`.

use crate::common::day::pieces;
use crate::common::{Counter, PATIENCE, cheque, copy_pack};
use counterfoil_simulators::escpos_reader::{Line, Piece, read};
use counterfoil_simulators::paper::{Picture, draw};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

const KEEP: &str = "COUNTERFOIL_KEEP_PICTURES";

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A paper's width: a model that prints it, its columns and its dots.
const WIDTHS: [(&str, u32, usize); 2] = [("tm-t20", 48, 576), ("generic-58mm", 32, 384)];

/// A counter whose papers speak one language, and their printer.
struct Counterside {
    counter: Counter,
    printer: SimulatedPrinter,
    name: String,
    dots: usize,
    has_slip_station: bool,
    differ: Vec<String>,
}

impl Counterside {
    fn open(language: &str, (model, columns, dots): (&str, u32, usize)) -> Counterside {
        let printer = SimulatedPrinter::start(Manner::Answers(State::Ready)).expect("a printer");
        let mut counter = Counter::fresh();
        let target = json!({ "kind": "tcp", "host": printer.address().ip(), "port": printer.address().port() });
        let pack = counter.folder.path().join("pack");
        pack_in(language, &pack);
        counter.sign_in("90", "9090");
        counter.call("start.set_up", json!({ "folder": pack, "office_code": "CH", "till_code": "07", "printer": target }));
        let has_slip_station = model == "tm-t20";
        let profile = if has_slip_station { json!({ "model": model, "slip_columns": 45 }) } else { json!({ "model": model }) };
        let settings = json!({ "printer": target, "profile": profile });
        fs::write(counter.folder.path().join("data/settings.json"), settings.to_string()).expect("written");
        counter.prints = true;
        counter.restart();
        Counterside { counter, printer, name: format!("{columns}-{language}"), dots, has_slip_station, differ: Vec::new() }
    }

    /// The next thing that was printed is as it is kept.
    fn looks_like(&mut self, what: &str) {
        let job = self.printer.next_job(PATIENCE).unwrap_or_else(|| panic!("no {what}"));
        let mut printout = read(&job).expect("only what the reference describes");
        printout.pieces.iter_mut().for_each(without_hash);
        let picture = draw(&printout, self.dots).expect("the fonts");
        let file = format!("{what}-{}.png", self.name);
        let kept = checkout().join("tests/pictures/receipts").join(&file);
        if std::env::var_os(KEEP).is_some() {
            return picture.write(&kept).expect("kept");
        }
        if Picture::read(&kept).ok().as_ref() != Some(&picture) {
            let differs = checkout().join("out/pictures");
            fs::create_dir_all(&differs).expect("a folder");
            picture.write(&differs.join(&file)).expect("written");
            self.differ.push(file);
        }
    }
}

/// A Z read's hash of the journal is another one with whatever changes in the demonstration's pack: it is drawn as zeros.
fn without_hash(piece: &mut Piece) {
    if let Piece::Line(Line { text, .. }) = piece
        && text.split_whitespace().all(|group| group.len() == 8 && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        *text = text.chars().map(|c| if c == ' ' { c } else { '0' }).collect();
    }
}

/// The demonstration's pack with QR codes, whose people all speak this language.
fn pack_in(language: &str, folder: &Path) {
    copy_pack(folder);
    let change = |name: &str, change: &dyn Fn(&str) -> String| {
        let file = folder.join(name);
        let text = fs::read_to_string(&file).expect(name);
        fs::write(file, change(&text)).expect(name);
    };
    change("receipt.toml", &|text| format!("qr = true\n{text}"));
    change("users.csv", &|text| text.replace(",en-GB,", &format!(",{language},")).replace(",cy,", &format!(",{language},")));
}

fn a_day_on_paper(language: &str, width: (&str, u32, usize)) {
    let mut side = Counterside::open(language, width);
    side.counter.sign_in("90", "9090");
    side.counter.call("print.test", json!({}));
    side.looks_like("test-page");
    side.counter.call("user.sign_out", json!({}));
    side.counter.sign_in("12", "1212");
    side.counter.call("session.open", json!({ "counts": [{ "denomination": "20", "pieces": 5 }] }));
    let lines = json!([
        { "fund_code": "23", "reference": "501234566", "amount": "184.50" },
        { "fund_code": "13", "reference": "72104021624", "amount": "120.00", "narrative": "Skip permit, Tŷ Newydd" },
    ]);
    let mut sale = side.counter.sale(lines, json!([cheque("184.50"), { "kind": "cash", "mop_code": "1", "tendered": "140.00" }]));
    sale["language"] = json!(language);
    let taken = side.counter.call("sale.take", sale);
    side.looks_like("receipt");
    side.counter.call("receipt.reprint", json!({ "number": taken["receipt"]["number"] }));
    side.looks_like("copy");
    if side.has_slip_station {
        for kind in ["endorsement", "validation"] {
            side.printer.put_slip();
            side.counter.call("slip.print", json!({ "number": taken["receipt"]["number"], "kind": kind, "place": 0 }));
            side.looks_like(kind);
        }
    }
    side.counter.close_session(pieces(&[("20", 11)]), "100.00");
    side.looks_like("z-read");
    assert!(side.differ.is_empty(), "not as they are kept in tests/pictures/receipts; see out/pictures: {:?}", side.differ);
}

#[test]
fn papers_of_a_wide_roll_in_english_look_as_they_are_kept() {
    a_day_on_paper("en-GB", WIDTHS[0]);
}

#[test]
fn papers_of_a_wide_roll_in_welsh_look_as_they_are_kept() {
    a_day_on_paper("cy", WIDTHS[0]);
}

#[test]
fn papers_of_a_narrow_roll_in_english_look_as_they_are_kept() {
    a_day_on_paper("en-GB", WIDTHS[1]);
}

#[test]
fn papers_of_a_narrow_roll_in_welsh_look_as_they_are_kept() {
    a_day_on_paper("cy", WIDTHS[1]);
}
