//! The text fields of every command's request, read from the types that the window is made of: a field that is new is here by itself.

use counterfoil_till::{commands_ts, types_ts};
use std::collections::{BTreeMap, BTreeSet};

/// The types that a request is made of, by name.
struct Shapes {
    declarations: BTreeMap<String, String>,
}

/// The paths of the text fields of each command's request, such as `lines[].narrative`.
pub fn text_fields() -> BTreeMap<String, BTreeSet<String>> {
    let shapes = Shapes { declarations: declarations(&without_comments(&types_ts())) };
    let mut fields = BTreeMap::new();
    for line in commands_ts().lines() {
        let Some((name, rest)) = line.trim().split_once(": { request: ") else { continue };
        let Some((request, _)) = rest.split_once("; response:") else { continue };
        let mut paths = BTreeSet::new();
        shapes.walk(request, "", &mut paths);
        fields.insert(name.trim_matches('"').to_owned(), paths);
    }
    fields
}

fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/**") {
        kept.push_str(before);
        rest = after.split_once("*/").expect("a comment ends").1;
    }
    kept + rest
}

fn declarations(types: &str) -> BTreeMap<String, String> {
    types
        .split("export type ")
        .skip(1)
        .map(|declaration| {
            let (name, body) = declaration.split_once('=').expect("a declaration");
            let body = body.split("\n\nexport").next().unwrap_or(body).trim().trim_end_matches(';').trim();
            (name.trim().to_owned(), body.to_owned())
        })
        .collect()
}

impl Shapes {
    fn walk(&self, shape: &str, path: &str, paths: &mut BTreeSet<String>) {
        let shape = shape.trim();
        let choices = parts(shape, '|');
        if choices.len() > 1 {
            choices.iter().for_each(|choice| self.walk(choice, path, paths));
        } else if let Some(fields) = shape.strip_prefix('{').and_then(|shape| shape.strip_suffix('}')) {
            for field in parts(fields, ',').into_iter().flat_map(|field| parts(field, ';')).filter(|field| !field.trim().is_empty()) {
                let (name, shape) = field.split_once(':').unwrap_or_else(|| panic!("{field} in {path}"));
                let name = name.trim().trim_end_matches('?').trim_matches('"');
                self.walk(shape, &if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }, paths);
            }
        } else if let Some(item) =
            shape.strip_prefix("Array<").and_then(|shape| shape.strip_suffix('>')).or_else(|| shape.strip_suffix("[]"))
        {
            self.walk(item, &format!("{path}[]"), paths);
        } else if shape == "string" {
            paths.insert(path.to_owned());
        } else if let Some(declared) = self.declarations.get(shape) {
            self.walk(declared, path, paths);
        } else {
            let plain = matches!(shape, "number" | "boolean" | "null" | "undefined" | "Nothing" | "Record<string, never>")
                || shape.starts_with('"');
            assert!(plain, "a shape that this test can't walk: {shape} at {path}");
        }
    }
}

/// Splits at a character that stands in no brackets.
fn parts(text: &str, at: char) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (place, c) in text.char_indices() {
        match c {
            '{' | '<' | '[' | '(' => depth += 1,
            '}' | '>' | ']' | ')' => depth -= 1,
            c if c == at && depth == 0 => {
                parts.push(&text[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}
