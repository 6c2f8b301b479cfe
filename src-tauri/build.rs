//! Tauri's own preparations: checks the configuration and writes the permissions' schema.

fn main() {
    tauri_build::build();
}
