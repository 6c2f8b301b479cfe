//! The published JSON Schemas, and files held against them.

use crate::problem::{Report, codes};
use crate::raw::text::pattern_in_words;
use crate::raw::{
    BarcodesFile, BrandFile, CouncilFile, DenominationsFile, FundsFile, LocalgovImsFile, MessageRow, MopRow, OfficeRow, PoliciesFile,
    ReasonsFile, ReceiptFile, RolesFile, UserRow, ValidatorsFile, VatRow,
};
use crate::source::{ROWS, Source, field};
use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationError, ValidationErrorKind};
use jsonschema::paths::{Location, LocationSegment};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The published schemas: file name (`funds.schema.json`) and content. A TOML file's schema describes the file; a CSV
/// file's describes one row as an object of text, empty cells left out.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("barcodes.schema.json", schema::<BarcodesFile>()),
        ("brand.schema.json", schema::<BrandFile>()),
        ("council.schema.json", schema::<CouncilFile>()),
        ("denominations.schema.json", schema::<DenominationsFile>()),
        ("funds.schema.json", schema::<FundsFile>()),
        ("localgov_ims.schema.json", schema::<LocalgovImsFile>()),
        ("messages.schema.json", schema::<MessageRow>()),
        ("mops.schema.json", schema::<MopRow>()),
        ("offices.schema.json", schema::<OfficeRow>()),
        ("policies.schema.json", schema::<PoliciesFile>()),
        ("reasons.schema.json", schema::<ReasonsFile>()),
        ("receipt.schema.json", schema::<ReceiptFile>()),
        ("roles.schema.json", schema::<RolesFile>()),
        ("users.schema.json", schema::<UserRow>()),
        ("validators.schema.json", schema::<ValidatorsFile>()),
        ("vat.schema.json", schema::<VatRow>()),
    ]
}

/// A file type's schema, ready to hold files against: made once, since a till reads its pack at each start.
pub(crate) struct FileSchema {
    /// The columns that a CSV file of it can have.
    pub(crate) columns: Vec<String>,
    /// The columns that it must have.
    pub(crate) required: Vec<String>,
    validator: Option<Validator>,
}

/// The schema of `funds.toml`, `mops.csv`…, by the file's name.
pub(crate) fn of_file(file: &str) -> Option<&'static FileSchema> {
    static ALL: OnceLock<BTreeMap<&'static str, FileSchema>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let ready = |(name, schema): (&'static str, Value)| Some((name.strip_suffix(".schema.json")?, FileSchema::of(&schema)));
        schemas().into_iter().filter_map(ready).collect()
    });
    all.get(file.rsplit_once('.')?.0)
}

impl FileSchema {
    fn of(schema: &Value) -> FileSchema {
        let columns = schema["properties"].as_object().map(|fields| fields.keys().cloned().collect());
        let required = schema["required"].as_array().map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        FileSchema {
            columns: columns.unwrap_or_default(),
            required: required.unwrap_or_default(),
            validator: jsonschema::draft202012::new(schema).ok(),
        }
    }

    /// Holds a file's value, or each of its rows, against the schema.
    pub(crate) fn validate(&self, source: &Source, report: &mut Report) {
        let Some(validator) = &self.validator else {
            report.at(source, "", codes::NOT_VALID, "the program's own schema of this file is damaged");
            return;
        };
        match &source.value {
            Value::Array(rows) => rows.iter().enumerate().for_each(|(index, row)| {
                validator.iter_errors(row).for_each(|error| tell(source, &format!("{ROWS}[{index}]"), &error, report));
            }),
            whole => validator.iter_errors(whole).for_each(|error| tell(source, "", &error, report)),
        }
    }
}

fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    SchemaGenerator::new(settings).into_root_schema_for::<T>().to_value()
}

/// Neither TOML nor CSV can say "null": a field that may be missing is missing, and its schema says only what it is.
fn without_null(schema: &mut schemars::Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".into(), only);
        }
    }
    let real = match object.get("anyOf") {
        Some(Value::Array(choices)) => match choices.iter().filter(|choice| choice["type"] != "null").collect::<Vec<_>>().as_slice() {
            [Value::Object(only)] => Some(only.clone()),
            _ => None,
        },
        _ => None,
    };
    if let Some(real) = real {
        object.remove("anyOf");
        object.extend(real);
    }
    if object.get("default") == Some(&Value::Null) {
        object.remove("default");
    }
}

fn path(root: &str, location: &Location) -> String {
    location.iter().fold(root.to_owned(), |path, segment| match segment {
        LocationSegment::Property(name) => field(&path, &name),
        LocationSegment::Index(index) => format!("{path}[{index}]"),
    })
}

/// What a value breaks of a schema.
struct Violation {
    path: String,
    code: &'static str,
    reason: String,
}

/// The schema of a JSON file that isn't a pack's, such as a machine's settings; in the same form as a pack's files have it.
pub fn schema_of<T: JsonSchema>() -> Value {
    schema::<T>()
}

/// What a value breaks of a schema, each as `printer.port: must be at most 65535`; nothing when it holds.
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let Ok(validator) = jsonschema::draft202012::new(schema) else {
        return vec!["the program's own schema of this file is damaged".into()];
    };
    let said = |violation: Violation| match violation.path.is_empty() {
        true => violation.reason,
        false => format!("{}: {}", violation.path, violation.reason),
    };
    validator.iter_errors(value).flat_map(|error| broken("", &error)).map(said).collect()
}

fn tell(source: &Source, root: &str, error: &ValidationError<'_>, report: &mut Report) {
    for violation in broken(root, error) {
        report.at(source, &violation.path, violation.code, violation.reason);
    }
}

/// Says one violation in plain English. Never the value itself: it may be a person's, or a hash.
fn broken(root: &str, error: &ValidationError<'_>) -> Vec<Violation> {
    let path = path(root, error.instance_path());
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let unknown =
                |name| Violation { path: field(&path, name), code: codes::FIELD_UNKNOWN, reason: "there is no such field".into() };
            unexpected.iter().map(|name| unknown(name)).collect()
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![Violation { path: field(&path, name), code: codes::FIELD_MISSING, reason: "is missing".into() }]
        }
        ValidationErrorKind::OneOfNotValid { context } => of_the_kind_meant(root, &path, context),
        kind => {
            let (code, reason) = in_words(kind);
            vec![Violation { path, code, reason }]
        }
    }
}

/// Where a value can be of several kinds, each told by a constant, what is wrong is what is wrong with the kind that was
/// named; if none was, the names of all.
fn of_the_kind_meant(root: &str, path: &str, kinds: &[Vec<ValidationError<'_>>]) -> Vec<Violation> {
    let constant = |error: &ValidationError<'_>| match error.kind() {
        ValidationErrorKind::Constant { expected_value } => {
            expected_value.as_str().map(|name| (error.instance_path().clone(), name.to_owned()))
        }
        _ => None,
    };
    if let Some(meant) = kinds.iter().find(|errors| !errors.iter().any(|error| constant(error).is_some())) {
        return meant.iter().flat_map(|error| broken(root, error)).collect();
    }
    let named: Vec<_> = kinds.iter().flatten().filter_map(constant).collect();
    let place = named.first().map_or_else(|| path.to_owned(), |(place, _)| self::path(root, place));
    let names: Vec<String> = named.into_iter().map(|(_, name)| name).collect();
    vec![Violation { path: place, code: codes::NOT_VALID, reason: format!("must be one of {}", names.join(", ")) }]
}

fn in_words(kind: &ValidationErrorKind) -> (&'static str, String) {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Type { kind } => (codes::WRONG_TYPE, format!("must be {}", type_in_words(kind))),
        Kind::Enum { options } => (codes::NOT_VALID, format!("must be one of {}", options_in_words(options))),
        Kind::Constant { expected_value } => (codes::NOT_VALID, format!("must be {expected_value}")),
        Kind::Pattern { pattern } => (codes::NOT_VALID, pattern_in_words(pattern).to_owned()),
        Kind::MinLength { limit: 1 } | Kind::MinItems { limit: 1 } => (codes::OUT_OF_BOUNDS, "is empty".into()),
        Kind::MinLength { limit } => (codes::OUT_OF_BOUNDS, format!("must have {limit} characters or more")),
        Kind::MaxLength { limit } => (codes::OUT_OF_BOUNDS, format!("must have at most {limit} characters")),
        Kind::MinItems { limit } => (codes::OUT_OF_BOUNDS, format!("must have {limit} entries or more")),
        Kind::MaxItems { limit } => (codes::OUT_OF_BOUNDS, format!("must have at most {limit} entries")),
        Kind::Minimum { limit } => (codes::OUT_OF_BOUNDS, format!("must be {limit} or more")),
        Kind::Maximum { limit } => (codes::OUT_OF_BOUNDS, format!("must be at most {limit}")),
        _ => (codes::NOT_VALID, "isn't of the form that this field takes".into()),
    }
}

fn type_in_words(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Single(name) => match name.as_str() {
            "string" => "text in quotes",
            "integer" => "a whole number",
            "boolean" => "true or false",
            "array" => "a list",
            "object" => "a table of fields",
            _ => "of another type",
        },
        TypeKind::Multiple(_) => "of another type",
    }
}

fn options_in_words(options: &Value) -> String {
    let names = options.as_array().map(|names| names.iter().filter_map(Value::as_str).collect::<Vec<_>>());
    names.unwrap_or_default().join(", ")
}
