//! Every field of every file of both packs, wrong in turn: it is found, in its file, at its line, and nothing breaks.

use crate::delivered::{BOTH, lines, loose, problems_of};
use counterfoil_pack::{PackProblem, codes};
use std::collections::BTreeMap;
use toml::Value;

type Files = BTreeMap<String, Vec<u8>>;

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

fn with(files: &Files, name: &str, text: String) -> Vec<PackProblem> {
    let mut files = files.clone();
    files.insert(name.to_owned(), text.into_bytes());
    problems_of(files)
}

/// One step from a table or list to what is in it.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// How many fields are made wrong at once: each is still to be found at its own place, and the tests take seconds.
const AT_ONCE: usize = 40;

/// The path of everything in `value`: values, lists and tables.
fn all_paths(value: &Value, path: &[Step], found: &mut Vec<Vec<Step>>) {
    let mut below = |step: Step, value: &Value| {
        let path = [path, &[step]].concat();
        found.push(path.clone());
        all_paths(value, &path, found);
    };
    match value {
        Value::Table(table) => table.iter().for_each(|(key, value)| below(Step::Key(key.clone()), value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| below(Step::Index(index), value)),
        _ => {}
    }
}

/// The paths in groups of which none lies within another.
fn groups(value: &Value) -> Vec<Vec<Vec<Step>>> {
    let mut paths = Vec::new();
    all_paths(value, &[], &mut paths);
    // A wrong format may be a newer one, which is said alone.
    let (format, mut paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| shown(path) == "format");
    paths.sort_by_key(Vec::len);
    let by_depth = paths.chunk_by(|one, next| one.len() == next.len());
    by_depth.flat_map(|same| same.chunks(AT_ONCE)).map(<[_]>::to_vec).chain(format.into_iter().map(|path| vec![path])).collect()
}

fn at<'a>(value: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()).unwrap(),
        Step::Index(index) => value.get_mut(*index).unwrap(),
    })
}

/// `funds[3].vat_code`, as problems say it.
fn shown(path: &[Step]) -> String {
    path.iter().fold(String::new(), |shown, step| match step {
        Step::Key(key) if shown.is_empty() => key.clone(),
        Step::Key(key) => format!("{shown}.{key}"),
        Step::Index(index) => format!("{shown}[{index}]"),
    })
}

/// What no field takes: values of another type, text nobody can print, text without end.
fn never_right(value: &Value) -> [Value; 7] {
    let other_type = if value.is_bool() { Value::from("true") } else { Value::from(true) };
    let for_text = |wrong: Value| if value.is_str() { wrong } else { other_type.clone() };
    [
        other_type.clone(),
        Value::from(1.5),
        Value::from(i64::MAX),
        for_text("\u{7}".into()),
        for_text("a\u{202e}b".into()),
        for_text("x".repeat(10_000).into()),
        for_text(Value::Array(Vec::new())),
    ]
}

#[test]
fn every_value_of_every_toml_file_is_found_when_it_is_wrong() {
    let mut tried = 0;
    for pack in BOTH {
        let files = loose(pack);
        for name in files.keys().filter(|name| name.ends_with(".toml")) {
            let whole: Value = toml::from_str(&text(&files, name)).unwrap();
            for (group, kind) in groups(&whole).iter().flat_map(|group| (0..7).map(move |kind| (group, kind))) {
                let mut changed = whole.clone();
                for path in group {
                    let value = at(&mut changed, path);
                    *value = never_right(value)[kind].clone();
                }
                let problems = with(&files, name, toml::to_string(&changed).unwrap());
                for place in group.iter().map(|path| shown(path)) {
                    let found = problems.iter().any(|problem| {
                        problem.file == *name && problem.place.starts_with("line ") && problem.place.ends_with(&format!(", {place}"))
                    });
                    assert!(found, "{pack}/{name}: {place} wrong in way {kind}:\n{}", lines(&problems));
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
}

#[test]
fn every_field_under_another_name_is_named_as_unknown() {
    for pack in BOTH {
        let files = loose(pack);
        for name in files.keys().filter(|name| name.ends_with(".toml")) {
            let whole: Value = toml::from_str(&text(&files, name)).unwrap();
            for group in groups(&whole) {
                let mut changed = whole.clone();
                let mut places = Vec::new();
                for path in &group {
                    let Some((Step::Key(key), parent)) = path.split_last() else { continue };
                    let table = at(&mut changed, parent).as_table_mut().unwrap();
                    let value = table.remove(key).unwrap();
                    table.insert(format!("{key}-of-old"), value);
                    places.push(format!("{}-of-old", shown(path)));
                }
                let problems = with(&files, name, toml::to_string(&changed).unwrap());
                for place in places {
                    let found = problems.iter().any(|problem| problem.code == codes::FIELD_UNKNOWN && problem.place.ends_with(&place));
                    assert!(found, "{pack}/{name}: {place}:\n{}", lines(&problems));
                }
            }
        }
    }
}

#[test]
fn a_field_left_out_is_missed_or_has_its_default_and_breaks_nothing() {
    for pack in BOTH {
        let files = loose(pack);
        for name in files.keys().filter(|name| name.ends_with(".toml")) {
            let whole: Value = toml::from_str(&text(&files, name)).unwrap();
            let mut paths = Vec::new();
            all_paths(&whole, &[], &mut paths);
            // The entries of a list are all alike: the first stands for the others.
            let first = |path: &Vec<Step>| path.iter().all(|step| !matches!(step, Step::Index(1..)));
            for path in paths.iter().filter(|path| first(path)) {
                let Some((Step::Key(key), parent)) = path.split_last() else { continue };
                let mut changed = whole.clone();
                at(&mut changed, parent).as_table_mut().unwrap().remove(key);
                let problems = with(&files, name, toml::to_string(&changed).unwrap());
                let unknown = problems.iter().find(|problem| problem.code == codes::FIELD_UNKNOWN || problem.code == codes::SYNTAX);
                assert!(unknown.is_none(), "{pack}/{name} without {}:\n{}", shown(path), lines(&problems));
            }
        }
    }
}

/// A CSV file as rows of cells.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn written(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// What no cell takes; the `x` is written ten thousand times.
const WRONG_CELLS: [&str; 6] = ["\u{7}", "a\u{202e}b", " ", "x", "£$%^ ", "a\tb"];

#[test]
fn every_cell_of_every_csv_file_is_found_when_it_is_wrong() {
    let mut tried = 0;
    for pack in BOTH {
        let files = loose(pack);
        for name in files.keys().filter(|name| name.ends_with(".csv")) {
            let rows = cells(&text(&files, name));
            let all: Vec<(usize, usize)> = (1..rows.len()).flat_map(|row| (0..rows[0].len()).map(move |column| (row, column))).collect();
            for (group, wrong) in all.chunks(AT_ONCE).flat_map(|group| WRONG_CELLS.map(|wrong| (group, wrong))) {
                let mut changed = rows.clone();
                group.iter().for_each(|(row, column)| changed[*row][*column] = wrong.repeat(if wrong == "x" { 10_000 } else { 1 }));
                let problems = with(&files, name, written(&changed));
                for (row, column) in group {
                    let place = format!("line {}, {}", row + 1, rows[0][*column]);
                    let found = problems.iter().any(|problem| problem.file == *name && problem.place == place);
                    assert!(found, "{pack}/{name}: {place} {wrong:?}:\n{}", lines(&problems));
                    tried += 1;
                }
            }
            for row in 1..rows.len() {
                let mut changed = rows.clone();
                changed[row][1] = "a\nb".into();
                let problems = with(&files, name, written(&changed));
                let line = format!("line {}", row + 1);
                assert!(problems.iter().any(|problem| problem.place == line && problem.code == codes::SYNTAX), "{name} {line}");
                changed[row][1] = String::new();
                with(&files, name, written(&changed));
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

#[test]
fn a_file_cut_short_anywhere_breaks_nothing() {
    for pack in BOTH {
        let files = loose(pack);
        for (name, bytes) in &files {
            for share in 0..10 {
                let mut files = files.clone();
                files.insert(name.clone(), bytes[..bytes.len() * share / 10].to_vec());
                problems_of(files);
            }
        }
    }
}

#[test]
fn a_picture_with_any_byte_changed_breaks_nothing() {
    let mut files = loose(BOTH[0]);
    let bytes = files["logo.png"].clone();
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 0x55;
        files.insert("logo.png".into(), changed);
        problems_of(files.clone());
    }
}

#[test]
fn nesting_without_end_is_refused_and_breaks_nothing() {
    let deep = 100_000;
    for text in [
        format!("a = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}1{}", "{ a = ".repeat(deep), " }".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]\nb = 1", "a.".repeat(deep)),
        format!("[[{}a]]\nb = 1", "a.".repeat(deep)),
    ] {
        let problems = with(&loose(BOTH[0]), "funds.toml", text.clone());
        assert!(problems.iter().any(|problem| problem.file == "funds.toml"), "{text:.20}: {}", lines(&problems));
    }
}
