//! Tauri's own preparations: checks the configuration and writes the permissions' schema. And the same sources make the same program.

fn main() {
    tauri_build::build();
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "windows" && target("ENV") == "gnu" {
        // mingw's linker writes the time of day into a program unless it is told not to.
        println!("cargo:rustc-link-arg-bins=-Wl,--no-insert-timestamp");
    }
}
