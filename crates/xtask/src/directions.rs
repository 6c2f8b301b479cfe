//! Which crate of ours may depend on which. The table is here and nowhere else.
//!
//! Arrows run one way, from the shell to the rules: `counterfoil → till → {pack, store, documents, devices} → domain`. What
//! is never shipped may use everything, and nothing that is shipped may use it.

use crate::checkout::Checkout;
use crate::shell::Failure;
use serde_json::Value;

const RULES: &str = "counterfoil-domain";
const WIRE: &str = "counterfoil-wire";
const LEDGER_CLIENT: &str = "counterfoil-ledger-client";
const LEDGER: &str = "counterfoil-ledger";
const PACK: &str = "counterfoil-pack";
const STORE: &str = "counterfoil-store";
const DOCUMENTS: &str = "counterfoil-documents";
const DEVICES: &str = "counterfoil-devices";
const TERMINALS: &str = "counterfoil-terminals";
const TILL: &str = "counterfoil-till";
const SYNTHETIC: &str = "counterfoil-synthetic";
const SIMULATORS: &str = "counterfoil-simulators";
const TESTKIT: &str = "counterfoil-testkit";
/// The desktop program in `src-tauri`, the one crate that knows of a window.
const SHELL: &str = "counterfoil";

/// Each crate with those of ours that it may be built from. Tests of a crate (its dev-dependencies) may reach further.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    (RULES, &[]),
    (PACK, &[RULES]),
    (WIRE, &[RULES]),
    (STORE, &[RULES, WIRE]),
    (DOCUMENTS, &[RULES]),
    (DEVICES, &[RULES]),
    (TERMINALS, &[RULES]),
    (LEDGER_CLIENT, &[RULES, WIRE]),
    (TILL, &[RULES, WIRE, PACK, STORE, DOCUMENTS, DEVICES, TERMINALS, LEDGER_CLIENT]),
    // The hub at the centre: what it knows of tills is what they send.
    (LEDGER, &[RULES, WIRE, PACK]),
    (SHELL, &[RULES, WIRE, PACK, STORE, TILL, DEVICES, TERMINALS, LEDGER_CLIENT]),
    // Never shipped:
    ("xtask", &[]),
    (SIMULATORS, &[]),
    (SYNTHETIC, &[RULES, PACK]),
    (TESTKIT, &[RULES, WIRE, PACK, STORE, DOCUMENTS, DEVICES, TERMINALS, LEDGER_CLIENT, TILL, LEDGER, SYNTHETIC, SIMULATORS]),
    (
        "counterfoil-tests",
        &[RULES, WIRE, PACK, STORE, DOCUMENTS, DEVICES, TERMINALS, LEDGER_CLIENT, TILL, LEDGER, SYNTHETIC, SIMULATORS, TESTKIT],
    ),
];

/// Holds the workspace against the table.
///
/// # Errors
/// Each dependency that runs the wrong way, and each crate that the table doesn't know.
pub fn check(checkout: &Checkout) -> Result<(), Failure> {
    let faults = faults(&checkout.metadata);
    if faults.is_empty() {
        println!("The dependencies of {} crates run the right way.", MAY_DEPEND_ON.len());
        return Ok(());
    }
    Err(Failure::new(format!("dependencies run the wrong way:\n  {}", faults.join("\n  "))))
}

/// `metadata` is what `cargo metadata --no-deps` says.
fn faults(metadata: &Value) -> Vec<String> {
    let packages = entries(&metadata["packages"]);
    let ours: Vec<&str> = packages.iter().map(name_of).collect();
    let mut faults = Vec::new();
    for package in packages {
        let name = name_of(package);
        let Some((_, may)) = MAY_DEPEND_ON.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name} has no row in the table in crates/xtask/src/directions.rs"));
            continue;
        };
        for dependency in entries(&package["dependencies"]) {
            let on = name_of(dependency);
            let for_tests = dependency["kind"] == "dev";
            if ours.contains(&on) && !for_tests && !may.contains(&on) {
                faults.push(format!("{name} may not depend on {on}"));
            }
            if is_tauri(on) && name != SHELL {
                faults.push(format!("{name} may not depend on {on}: only {SHELL} knows of a window"));
            }
        }
    }
    faults
}

fn is_tauri(name: &str) -> bool {
    name == "tauri" || name.starts_with("tauri-")
}

fn entries(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn name_of(entry: &Value) -> &str {
    entry["name"].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A workspace of the crates named, the first with one dependency.
    fn workspace(on: &str, kind: Value, names: &[&str]) -> Value {
        let packages: Vec<Value> = names
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let dependencies = if at == 0 { json!([{"name": on, "kind": kind}]) } else { json!([]) };
                json!({"name": name, "dependencies": dependencies})
            })
            .collect();
        json!({ "packages": packages })
    }

    #[test]
    fn the_rules_may_not_know_the_store() {
        let faults = faults(&workspace(STORE, Value::Null, &[RULES, STORE]));
        assert_eq!(faults, ["counterfoil-domain may not depend on counterfoil-store"]);
    }

    #[test]
    fn the_store_may_know_the_rules() {
        assert_eq!(faults(&workspace(RULES, Value::Null, &[STORE, RULES])), Vec::<String>::new());
    }

    #[test]
    fn a_crate_s_tests_may_reach_further_but_its_build_script_may_not() {
        assert_eq!(faults(&workspace(TESTKIT, json!("dev"), &[STORE, TESTKIT])), Vec::<String>::new());
        assert_eq!(faults(&workspace(TESTKIT, json!("build"), &[STORE, TESTKIT])).len(), 1);
    }

    #[test]
    fn what_is_never_shipped_is_no_part_of_what_is() {
        for (shipped, _) in MAY_DEPEND_ON.iter().take_while(|(name, _)| *name != "xtask") {
            for never in ["xtask", SIMULATORS, SYNTHETIC, TESTKIT, "counterfoil-tests"] {
                assert_eq!(faults(&workspace(never, Value::Null, &[shipped, never])).len(), 1, "{shipped} on {never}");
            }
        }
    }

    #[test]
    fn only_the_shell_knows_of_a_window_even_in_tests() {
        assert_eq!(faults(&workspace("tauri", json!("dev"), &[TILL])).len(), 1);
        assert_eq!(faults(&workspace("tauri-plugin-single-instance", Value::Null, &[TILL])).len(), 1);
        assert_eq!(faults(&workspace("tauri", Value::Null, &[SHELL])), Vec::<String>::new());
    }

    #[test]
    fn a_crate_that_the_table_does_not_know_is_a_fault() {
        assert!(faults(&workspace("serde", Value::Null, &["counterfoil-new"]))[0].contains("no row"));
    }

    #[test]
    fn no_two_crates_may_depend_on_each_other() {
        for (name, may) in MAY_DEPEND_ON {
            for on in *may {
                let back = MAY_DEPEND_ON.iter().find(|(known, _)| known == on).map(|(_, may)| may).unwrap();
                assert!(!back.contains(name), "{name} and {on}");
            }
        }
    }
}
