//! What the MSI's tables and the program's imports must say, whatever happens when it is installed.

use super::package::Package;
use crate::checkout::Checkout;
use crate::shell::{self, Failure};

/// Never changed: Windows knows older versions by it.
const UPGRADE_CODE: &str = "{6E0C7A50-9D0C-4E0B-8E3A-5B1B7C1F6D11}";

/// Attributes of a component: for 64 bits; stays when the product is removed.
const WIDE: u32 = 256;
const STAYS: u32 = 16;

/// What the programs may ask of Windows: what every Windows 10 has, and WebView2's loader, which is installed beside them.
const DLLS: &[&str] = &[
    "advapi32.dll",
    "bcrypt.dll",
    "bcryptprimitives.dll",
    "cfgmgr32.dll",
    "combase.dll",
    "comctl32.dll",
    "comdlg32.dll",
    "crypt32.dll",
    "dwmapi.dll",
    "gdi32.dll",
    "imm32.dll",
    "kernel32.dll",
    "msvcrt.dll",
    "ntdll.dll",
    "ole32.dll",
    "oleaut32.dll",
    "propsys.dll",
    "secur32.dll",
    "setupapi.dll",
    "shell32.dll",
    "shlwapi.dll",
    "user32.dll",
    "userenv.dll",
    "uxtheme.dll",
    "version.dll",
    "webview2loader.dll",
    "winspool.drv",
    "ws2_32.dll",
];

/// The order in which things happen, and no other.
const ORDER: &[&str] = &[
    "FindRelatedProducts",
    "AppSearch",
    "KeepLedgerUrl",
    "LaunchConditions",
    "CostFinalize",
    "InstallValidate",
    "InstallInitialize",
    "RemoveExistingProducts",
    "ProcessComponents",
    "CreateFolders",
    "InstallFiles",
    "WriteRegistryValues",
    "InstallFinalize",
];

/// The same of what comes before it where somebody looks on.
const ORDER_WITH_A_WINDOW: &[&str] = &["FindRelatedProducts", "AppSearch", "KeepInstallDir", "CostFinalize", "ExecuteAction"];

/// Properties that an administrator gives, which must reach the elevated part of an installation.
const GIVEN: &[&str] =
    &["LEDGERURL", "ENROLCODE", "OFFICE", "TILL", "PACK", "LANGUAGE", "MIRRORDIR", "INSTALLDIR", "FORCEUNINSTALL", "TAKINGSUNSENT"];

/// Looks at the finished MSI.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(checkout: &Checkout, package: &Package) -> Result<(), Failure> {
    let table = |name: &str| Table::read(checkout, package, name);
    let mut faults = Vec::new();
    faults.extend(of_components(&table("Component")?));
    faults.extend(of_sequence(&table("InstallExecuteSequence")?, ORDER));
    faults.extend(of_sequence(&table("InstallUISequence")?, ORDER_WITH_A_WINDOW));
    faults.extend(of_files(&table("File")?));
    faults.extend(of_properties(&table("Property")?, &package.version));
    faults.extend(of_actions(&table("CustomAction")?));
    faults.extend(of_conditions(&table("LaunchCondition")?));
    faults.extend(of_rights(&table("MsiLockPermissionsEx")?));
    faults.extend(of_searches(&table("AppSearch")?, &[table("RegLocator")?, table("DrLocator")?]));
    faults.extend(of_summary(&package.info(checkout, &["suminfo"])?));
    for program in ["counterfoil.exe", "counterfoil.com"] {
        let said = shell::output(checkout.command("x86_64-w64-mingw32-objdump").arg("-p").arg(package.files.join(program)))?;
        faults.extend(of_imports(program, &said));
    }
    if faults.is_empty() {
        println!(
            "Components, sequence, files, properties, actions, conditions, rights, searches, summary and imported DLLs are as they should be."
        );
        return Ok(());
    }
    Err(Failure::new(format!("the MSI isn't as it should be:\n  {}", faults.join("\n  "))))
}

/// A table of the database.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(checkout: &Checkout, package: &Package, name: &str) -> Result<Table, Failure> {
        Ok(Table::of(&package.info(checkout, &["export", name])?))
    }

    /// Three lines of heading, then a row a line.
    fn of(text: &str) -> Table {
        let cells = |line: &str| line.trim_end_matches('\r').split('\t').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.lines();
        let columns = lines.next().map(cells).unwrap_or_default();
        Table { columns, rows: lines.skip(2).map(cells).collect() }
    }

    fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.get(at)).map(String::as_str).unwrap_or_default()
    }

    /// What `column` says where the first column is `key`.
    fn at(&self, key: &str, column: &str) -> Option<&str> {
        self.rows.iter().find(|row| row.first().is_some_and(|first| first == key)).map(|row| self.cell(row, column))
    }
}

fn of_components(table: &Table) -> Vec<String> {
    let mut faults = Vec::new();
    for row in &table.rows {
        let (name, attributes) = (table.cell(row, "Component"), table.cell(row, "Attributes").parse::<u32>().unwrap_or_default());
        if attributes & WIDE == 0 {
            faults.push(format!("component {name} isn't one of 64 bits"));
        }
        if (attributes & STAYS != 0) != (name == "Data") {
            faults.push(format!("component {name}: the data folder stays, and nothing else"));
        }
    }
    let given = ["LedgerUrl", "EnrolCode", "Office", "Till", "Pack", "Language", "MirrorDir", "Autostart", "DesktopShortcut"];
    faults.extend(
        given
            .iter()
            .filter(|name| table.at(name, "Condition").is_none_or(str::is_empty))
            .map(|name| format!("component {name} has no condition")),
    );
    faults
}

fn of_sequence(table: &Table, order: &[&str]) -> Vec<String> {
    let place = |action: &str| table.at(action, "Sequence").and_then(|text| text.parse::<u32>().ok());
    let missing = order.iter().filter(|action| place(action).is_none()).map(|action| format!("the sequence lacks {action}"));
    let wrong =
        order.windows(2).filter(|pair| place(pair[0]) >= place(pair[1])).map(|pair| format!("{} isn't before {}", pair[0], pair[1]));
    missing.chain(wrong).collect()
}

fn of_files(table: &Table) -> Vec<String> {
    let programs = table.rows.iter().filter(|row| ["exe", "com", "dll"].iter().any(|end| table.cell(row, "FileName").ends_with(end)));
    let version_of = |row: &&Vec<String>| table.cell(row, "Version").split('.').filter(|part| part.parse::<u16>().is_ok()).count();
    programs.filter(|row| version_of(row) != 4).map(|row| format!("file {} has no version", table.cell(row, "FileName"))).collect()
}

fn of_properties(table: &Table, version: &str) -> Vec<String> {
    let value = |name: &str| table.at(name, "Value").unwrap_or_default();
    let list = |name: &str| value(name).split(';').map(str::to_owned).collect::<Vec<_>>();
    let (secure, hidden) = (list("SecureCustomProperties"), list("MsiHiddenProperties"));
    let mut faults: Vec<String> =
        GIVEN.iter().filter(|name| !secure.iter().any(|it| it == *name)).map(|name| format!("{name} isn't a secure property")).collect();
    let fixed = [
        ("UpgradeCode", UPGRADE_CODE),
        ("ALLUSERS", "1"),
        ("ProductVersion", version),
        ("ProductLanguage", "2057"),
        // Otherwise a file in use would restart the computer before a customer.
        ("REBOOT", "ReallySuppress"),
    ];
    for (name, wanted) in fixed {
        if value(name) != wanted {
            faults.push(format!("{name} is `{}`, not `{wanted}`", value(name)));
        }
    }
    if ["ENROLCODE", "BEFOREENROLCODE"].iter().any(|code| !hidden.iter().any(|name| name == code)) {
        faults.push("a log would show the enrolment code".to_owned());
    }
    // The database's code page is 1252, which has no w or y with a roof.
    let outside = table.rows.iter().flatten().flat_map(|cell| cell.chars()).find(|letter| u32::from(*letter) > 0xff);
    faults.extend(outside.map(|letter| format!("`{letter}` isn't in the database's code page")));
    faults
}

/// Only those that set a property (51): a script or a program of ours would make transforms and roll-backs guesswork.
fn of_actions(table: &Table) -> Vec<String> {
    let others = table.rows.iter().filter(|row| table.cell(row, "Type") != "51");
    others.map(|row| format!("custom action {} does more than set a property", table.cell(row, "Action"))).collect()
}

/// What is installed can be repaired and removed, whatever the values are that it was installed with: only an older version and takings
/// that are unsent stand in the way of anything.
fn of_conditions(table: &Table) -> Vec<String> {
    let lets_through =
        |condition: &str| ["Installed OR ", "NOT WIX_DOWNGRADE_DETECTED", "NOT (REMOVE"].iter().any(|begin| condition.starts_with(begin));
    // Wine doesn't try this out: it tells no version that a newer one takes its place.
    let stops_an_upgrade = |condition: &str| condition.contains("TAKINGSUNSENT") && !condition.contains(" OR UPGRADINGPRODUCTCODE OR ");
    let fault = |condition: &str| match condition {
        condition if !lets_through(condition) => Some(format!("`{condition}` may stop a repair")),
        condition if stops_an_upgrade(condition) => Some(format!("`{condition}` stops an upgrade")),
        _ => None,
    };
    table.rows.iter().filter_map(|row| fault(table.cell(row, "Condition"))).collect()
}

/// The data folder takes nothing over from above; the computer's users may change what is in it, and give nobody rights.
fn of_rights(table: &Table) -> Vec<String> {
    let rights = table.at("Data", "SDDLText").unwrap_or_default();
    let is_right = table.at("Data", "LockObject") == Some("DATADIR")
        && rights.starts_with("D:P")
        && rights.split('(').skip(1).all(|ace| ["FA;;;SY)", "FA;;;BA)", "0x1301bf;;;BU)"].iter().any(|end| ace == format!("A;OICI;{end}")))
        && rights.contains(";BU)");
    if is_right { Vec::new() } else { vec![format!("the data folder's rights are `{rights}`")] }
}

/// Everything that is searched for is searched for somewhere.
fn of_searches(searches: &Table, places: &[Table]) -> Vec<String> {
    let found = |signature: &str| places.iter().any(|place| place.rows.iter().any(|row| row.first().is_some_and(|it| it == signature)));
    let lost = searches.rows.iter().filter(|row| !found(searches.cell(row, "Signature_")));
    lost.map(|row| format!("{} is searched for nowhere", searches.cell(row, "Property"))).collect()
}

fn of_summary(text: &str) -> Vec<String> {
    let wanted = ["Template: x64;2057", "Version: 500"];
    wanted.iter().filter(|line| !text.contains(**line)).map(|line| format!("the summary doesn't say `{line}`")).collect()
}

fn of_imports(program: &str, objdump: &str) -> Vec<String> {
    let names = objdump.lines().filter_map(|line| line.trim().strip_prefix("DLL Name: ")).map(str::to_lowercase);
    let known = |name: &String| DLLS.contains(&name.as_str()) || name.starts_with("api-ms-win-");
    names.filter(|name| !known(name)).map(|name| format!("{program} needs {name}, which not every Windows has")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_of_32_bits_is_found_and_so_is_one_that_would_stay() {
        let table =
            Table::of("Component\tAttributes\tCondition\r\ns72\ti2\tS255\r\nComponent\tComponent\r\nA\t0\t\r\nB\t272\t\r\nData\t272\t\r\n");
        let faults = of_components(&table);
        assert!(faults.iter().any(|fault| fault.contains("component A isn't one of 64 bits")), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.contains("component B: ")), "{faults:?}");
        assert!(!faults.iter().any(|fault| fault.contains("Data")), "{faults:?}");
    }

    #[test]
    fn an_old_version_that_leaves_too_early_is_found() {
        let rows: String = (1..)
            .zip(ORDER)
            .map(|(place, action)| format!("{action}\t\t{}\r\n", if *action == "RemoveExistingProducts" { 0 } else { place }))
            .collect();
        let faults = of_sequence(&Table::of(&format!("Action\tCondition\tSequence\r\ns72\tS255\tI2\r\nX\tAction\r\n{rows}")), ORDER);
        assert_eq!(faults, ["InstallInitialize isn't before RemoveExistingProducts"]);
    }

    #[test]
    fn an_installer_that_would_restart_the_computer_by_itself_is_found() {
        let of = |rows: &str| {
            let table = format!("Property\tValue\r\ns72\tl0\r\nProperty\tProperty\r\n{rows}");
            of_properties(&Table::of(&table), "1.2.0").into_iter().filter(|fault| fault.starts_with("REBOOT ")).count()
        };
        assert_eq!((of(""), of("REBOOT\tSuppress\r\n"), of("REBOOT\tReallySuppress\r\n")), (1, 1, 0));
    }

    #[test]
    fn a_condition_that_would_stop_a_repair_is_found() {
        let rows = "Installed OR NOT TILL\tx\r\nNOT LANGUAGE OR LANGUAGE = \"cy\"\tx\r\nNOT WIX_DOWNGRADE_DETECTED\tx\r\n";
        let table = Table::of(&format!("Condition\tDescription\r\ns255\tL255\r\nLaunchCondition\tCondition\r\n{rows}"));
        assert_eq!(of_conditions(&table).len(), 1);
    }

    #[test]
    fn takings_that_would_stop_an_upgrade_are_found() {
        let of = |condition: &str| {
            let rows = format!("NOT (REMOVE = \"ALL\") OR {condition}NOT TAKINGSUNSENT\tx\r\n");
            of_conditions(&Table::of(&format!("Condition\tDescription\r\ns255\tL255\r\nLaunchCondition\tCondition\r\n{rows}")))
        };
        assert_eq!((of("").len(), of("UPGRADINGPRODUCTCODE OR ").len()), (1, 0));
    }

    #[test]
    fn users_who_could_give_others_rights_are_found() {
        let of = |users: &str| {
            let rights = format!("D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;{users};;;BU)");
            let rows = format!("Data\tDATADIR\tCreateFolder\t{rights}\t\r\n");
            of_rights(&Table::of(&format!("MsiLockPermissionsEx\tLockObject\tTable\tSDDLText\tCondition\r\nx\r\nx\r\n{rows}"))).len()
        };
        assert_eq!((of("0x1301bf"), of("FA")), (0, 1));
    }

    #[test]
    fn a_dll_that_nobody_installs_is_found() {
        assert_eq!(of_imports("a.exe", "\tDLL Name: KERNEL32.dll\n\tDLL Name: libgcc_s_seh-1.dll\n").len(), 1);
    }
}
