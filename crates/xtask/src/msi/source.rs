//! The installer's source, as wixl understands it. What WiX knows and wixl doesn't is taken out here and kept, to be put into the
//! finished database ([`super::package`]). So there is one source for both, and nothing is dropped unseen.

use crate::shell::Failure;
use roxmltree::{Document, Node};
use std::ops::Range;

/// Attributes that wixl passes over, and on which element.
const NOT_KNOWN: &[(&str, &str)] = &[
    ("Property", "Secure"),
    ("Property", "Hidden"),
    ("Component", "Permanent"),
    ("Component", "KeyPath"),
    ("MajorUpgrade", "Schedule"),
    ("Package", "Platform"),
    ("Package", "Languages"),
];

/// The source in two parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What wixl compiles.
    pub for_wixl: String,
    /// Properties that reach the elevated part of an installation.
    pub secure: Vec<String>,
    /// Properties that a log must not show.
    pub hidden: Vec<String>,
    /// Components that stay when the product is removed.
    pub permanent: Vec<String>,
    /// Components with the condition under which they are installed.
    pub conditions: Vec<(String, String)>,
    /// A property, and the folder and the name of the file whose presence sets it.
    pub file_searches: Vec<(String, String, String)>,
    /// Rights by their name: the folder that is made with them, and what they are (SDDL).
    pub rights: Vec<(String, String, String)>,
    /// Files that can be installed, by their path below the folder of all.
    pub files: Vec<String>,
}

/// Takes the source apart.
///
/// # Errors
/// It isn't well-formed.
pub fn read(text: &str) -> Result<Source, Failure> {
    let document = Document::parse(text).map_err(|error| Failure::new(format!("counterfoil.wxs: {error}")))?;
    let mut source = Source::default();
    let mut taken_out: Vec<Range<usize>> = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let (element, id) = (node.tag_name().name(), node.attribute("Id").unwrap_or_default().to_owned());
        for attribute in node.attributes().filter(|attribute| NOT_KNOWN.contains(&(element, attribute.name()))) {
            taken_out.push(attribute.range());
            match attribute.name() {
                "Secure" => source.secure.push(id.clone()),
                "Hidden" => source.hidden.push(id.clone()),
                "Permanent" => source.permanent.push(id.clone()),
                _ => {}
            }
        }
        let inside = node.parent_element().map(|parent| (parent.tag_name().name(), parent.attribute("Id").unwrap_or_default().to_owned()));
        match (element, inside) {
            ("Condition", Some(("Component", component))) => {
                source.conditions.push((component, node.text().unwrap_or_default().trim().to_owned()));
                taken_out.push(node.range());
            }
            ("DirectorySearch", Some(("Property", property))) => {
                let name = node.children().find_map(|child| child.attribute("Name")).unwrap_or_default();
                source.file_searches.push((property, node.attribute("Path").unwrap_or_default().to_owned(), name.to_owned()));
                taken_out.push(node.range());
            }
            ("PermissionEx", Some(("CreateFolder", _))) => {
                let folder = node.ancestors().find(|above| above.tag_name().name() == "Directory").and_then(|above| above.attribute("Id"));
                source.rights.push((id, folder.unwrap_or_default().to_owned(), node.attribute("Sddl").unwrap_or_default().to_owned()));
                taken_out.push(node.range());
            }
            ("File", _) => source.files.extend(node.attribute("Source").map(|path| path.replace("$(var.Files)/", ""))),
            _ => {}
        }
    }
    source.for_wixl = without(text, taken_out);
    Ok(source)
}

fn without(text: &str, mut ranges: Vec<Range<usize>>) -> String {
    ranges.sort_by_key(|range| range.start);
    let (mut kept, mut at) = (String::new(), 0);
    for range in ranges {
        kept.push_str(text.get(at..range.start).unwrap_or_default());
        at = range.end;
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wixl_does_not_know_is_taken_out_and_kept() {
        let text = r#"<Wix><Property Id="TILL" Secure="yes" Hidden="yes" /><Property Id="SEEN"><DirectorySearch Path="[X]A"><FileSearch Name="b.txt" /></DirectorySearch></Property>
            <Component Id="C" Permanent="yes" Win64="yes"><Condition> TILL </Condition><File Source="$(var.Files)/a/b" /></Component>
            <Directory Id="D"><Component><CreateFolder><PermissionEx Id="P" Sddl="D:P" /></CreateFolder></Component></Directory></Wix>"#;
        let source = read(text).unwrap();
        assert_eq!(source.secure, ["TILL"]);
        assert_eq!(source.hidden, ["TILL"]);
        assert_eq!(source.permanent, ["C"]);
        assert_eq!(source.conditions, [("C".to_owned(), "TILL".to_owned())]);
        assert_eq!(source.file_searches, [("SEEN".to_owned(), "[X]A".to_owned(), "b.txt".to_owned())]);
        assert_eq!(source.rights, [("P".to_owned(), "D".to_owned(), "D:P".to_owned())]);
        assert_eq!(source.files, ["a/b"]);
        let left = Document::parse(&source.for_wixl).unwrap();
        assert_eq!(
            left.descendants().flat_map(|node| node.attributes().map(|it| it.name().to_owned()).collect::<Vec<_>>()).collect::<Vec<_>>(),
            ["Id", "Id", "Id", "Win64", "Source", "Id"]
        );
        assert!(!source.for_wixl.contains("Condition") && !source.for_wixl.contains("Search"));
    }
}
