//! Writes the window's TypeScript types from the table of commands.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/generated");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("types.ts"), counterfoil_till::types_ts())?;
    std::fs::write(folder.join("commands.ts"), counterfoil_till::commands_ts())
}
