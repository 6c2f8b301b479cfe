//! A card terminal to drive by hand: it speaks nexo, takes no money, and misbehaves as it is told. The first line that it writes is
//! JSON: what to put into a till's settings. Each line that it reads is JSON too, such as `{"expect": {"is-refused": "Refusal"}}`,
//! `{"misbehave": ["payment", "loses-the-reply"]}`, `"let-go"` or `"show"`. It ends when its input does.

#![allow(clippy::print_stdout, reason = "what it writes is what it is for")]

use clap::Parser;
use counterfoil_simulators::nexo::{Setup, SimulatedTerminal, Told};
use serde_json::json;
use std::error::Error;
use std::path::PathBuf;

/// A simulated card terminal.
#[derive(Parser)]
struct Arguments {
    /// Where the root of its certificate is written, `root.pem`.
    #[arg(long)]
    folder: PathBuf,
    /// The passphrase of the key.
    #[arg(long, default_value = "correct horse battery staple")]
    passphrase: String,
    /// Where it listens on 127.0.0.1; 0 for any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let Arguments { folder, passphrase, port } = Arguments::parse();
    let setup = Setup { passphrase, port, ..Setup::default() };
    let terminal = SimulatedTerminal::start(setup.clone())?;
    std::fs::create_dir_all(&folder)?;
    let authority = folder.canonicalize()?.join("root.pem");
    std::fs::write(&authority, terminal.authority_pem())?;
    println!(
        "{}",
        json!({
            "kind": "nexo", "host": "127.0.0.1", "port": terminal.port(), "poi_id": setup.poi_id, "sale_id": "till", "live": false,
            "key_identifier": setup.key_identifier, "key_version": setup.key_version, "authority": authority,
        })
    );
    for line in std::io::stdin().lines() {
        match serde_json::from_str(&line?) {
            Ok(Told::Expect(customer)) => terminal.expect(customer),
            Ok(Told::Misbehave(kind, manner)) => terminal.misbehave(kind, manner),
            Ok(Told::LetGo) => terminal.let_go(),
            Ok(Told::Show) => println!("{}", json!({ "charges": terminal.charges(), "heard": terminal.heard() })),
            Err(error) => eprintln!("not understood: {error}"),
        }
    }
    Ok(())
}
