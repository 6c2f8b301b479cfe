//! The window's TypeScript, made from the table of commands.

use crate::api::Changed;
use crate::table::COMMANDS;
use counterfoil_domain::refusal::Code;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str = "// Made from the Rust types by `cargo xtask generate`. Don't edit.\n\n";

/// Declarations by name.
#[derive(Default)]
pub(crate) struct Types {
    declarations: BTreeMap<String, String>,
}

impl Types {
    pub fn add<T: TS + 'static + ?Sized>(&mut self) {
        let config = Config::new();
        // Types without a file of their own (numbers, options, lists) have no declaration, only the types within them.
        if T::output_path().is_some() {
            let name = T::ident(&config);
            if self.declarations.contains_key(&name) {
                return;
            }
            self.declarations.insert(name, T::decl(&config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

pub(crate) fn name<T: TS + 'static>() -> String {
    T::name(&Config::new())
}

fn all() -> Types {
    let mut types = Types::default();
    for command in COMMANDS {
        (command.collect)(&mut types);
    }
    types.add::<Changed>();
    types.add::<Code>();
    types
}

/// `ui/src/generated/types.ts`.
pub fn types_ts() -> String {
    all().declarations.values().fold(HEAD.to_owned(), |mut text, declaration| {
        let _ = writeln!(text, "export {declaration}\n");
        text
    })
}

/// `ui/src/generated/commands.ts`.
pub fn commands_ts() -> String {
    let names: Vec<String> = all().declarations.into_keys().collect();
    let used = |text: &str, name: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == name);
    let body = COMMANDS.iter().fold(String::new(), |mut text, command| {
        let (request, response) = ((command.request)(), (command.response)());
        let _ = writeln!(text, "  /** {} */\n  \"{}\": {{ request: {request}; response: {response} }};", command.says, command.name);
        text
    });
    let imports: Vec<&str> = names.iter().map(String::as_str).filter(|name| used(&body, name)).collect();
    format!("{HEAD}import type {{\n  {},\n}} from \"./types\";\n\nexport interface Commands {{\n{body}}}\n", imports.join(",\n  "))
}
