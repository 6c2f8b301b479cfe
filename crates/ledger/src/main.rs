//! `counterfoil-ledger`: the hub and the commands of whoever runs it.

use clap::{Parser, Subcommand};
use counterfoil_ledger::enrolment::{Place, make_code, revoke};
use counterfoil_ledger::people::{self, Person, Role};
use counterfoil_ledger::reference::{put_extract, put_pack, read_pack};
use counterfoil_ledger::surroundings::{Machine, Surroundings};
use counterfoil_ledger::{Ledger, LedgerError, Settings, check, serve};
use std::io::{IsTerminal, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

/// The ledger at the centre that tills send their takings to.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Settings, as TOML. The environment goes over them.
    #[arg(long, global = true, env = "COUNTERFOIL_LEDGER_SETTINGS")]
    settings: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve tills and the page until SIGTERM or Ctrl+C.
    Serve,
    /// Bring the database up to date, as serve does too.
    Migrate,
    /// Make a one-time code for a till.
    EnrolCode {
        /// The office's code.
        #[arg(long)]
        office: String,
        /// The till's code.
        #[arg(long)]
        till: String,
        /// The id of a lost till whose place it takes.
        #[arg(long)]
        replaces: Option<String>,
    },
    /// A till's word no longer counts.
    Revoke {
        /// The till's id.
        till: String,
    },
    /// The people of the page.
    #[command(subcommand)]
    User(User),
    /// The council pack.
    #[command(subcommand)]
    Pack(Pack),
    /// The extract of account holders.
    #[command(subcommand)]
    Extract(Extract),
    /// Hold what is kept against what the tills sent.
    Check,
}

#[derive(Subcommand)]
enum User {
    /// Add somebody, or give them a new password.
    Add {
        /// What they type.
        code: String,
        /// What others call them.
        #[arg(long)]
        name: String,
        /// What they may do.
        #[arg(long)]
        role: Role,
        /// Take the password from standard input; otherwise one is made and printed.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Somebody who was locked may try again.
    Release {
        /// Who.
        code: String,
    },
    /// Somebody may no longer sign in.
    Disable {
        /// Who.
        code: String,
    },
}

#[derive(Subcommand)]
enum Pack {
    /// Make a pack the newest.
    Put {
        /// A pack's folder or bundle.
        pack: PathBuf,
    },
}

#[derive(Subcommand)]
enum Extract {
    /// Make an extract the newest.
    Put {
        /// A CSV file.
        csv: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let coloured = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(told()).with_ansi(coloured).with_writer(std::io::stderr).init();
    let arguments = Arguments::parse();
    let mut out = std::io::stdout().lock();
    match run(arguments, &mut out).await {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "counterfoil-ledger: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is logged: `RUST_LOG`, or what happens. PostgreSQL's own notices hold values of rows: they stay out whatever is asked for,
/// unless they are asked for by name.
fn told() -> EnvFilter {
    let asked = std::env::var("RUST_LOG").ok().filter(|asked| !asked.trim().is_empty()).unwrap_or_else(|| "info".into());
    EnvFilter::new(format!("tokio_postgres=warn,{asked}"))
}

async fn run(arguments: Arguments, out: &mut impl Write) -> Result<ExitCode, LedgerError> {
    let settings = Settings::read(arguments.settings.as_deref(), |name| std::env::var(name).ok())?;
    let surroundings: Arc<dyn Surroundings> = Arc::new(Machine);
    if matches!(arguments.command, Command::Serve) {
        let listener = TcpListener::bind(&settings.listen)?;
        serve(&settings, surroundings, listener, asked_to_stop()).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let ledger = Ledger::open(&settings, surroundings).await?;
    match arguments.command {
        Command::Serve | Command::Migrate => writeln!(out, "The database is up to date.")?,
        Command::EnrolCode { office, till, replaces } => {
            let code = make_code(&ledger, &Place { office_code: office, till_code: till, replaces }).await?;
            writeln!(out, "{code}")?;
        }
        Command::Revoke { till } => revoke(&ledger, &till).await?,
        Command::User(user) => self::user(&ledger, user, out).await?,
        Command::Pack(Pack::Put { pack }) => writeln!(out, "{}", put_pack(&ledger, &read_pack(&pack)?).await?)?,
        Command::Extract(Extract::Put { csv }) => {
            let (version, rows) = put_extract(&ledger, &csv).await?;
            writeln!(out, "version {version}, {rows} rows")?;
        }
        Command::Check => return checked(&ledger, out).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn user(ledger: &Ledger, user: User, out: &mut impl Write) -> Result<(), LedgerError> {
    match user {
        User::Add { code, name, role, password_stdin } => {
            let password = if password_stdin { from_stdin()? } else { people::made_password(ledger)? };
            people::add(ledger, &Person { code, name, role }, &password).await?;
            if !password_stdin {
                writeln!(out, "{password}")?;
            }
            Ok(())
        }
        User::Release { code } => people::release(ledger, &code).await,
        User::Disable { code } => people::disable(ledger, &code).await,
    }
}

fn from_stdin() -> Result<String, LedgerError> {
    let mut text = String::new();
    std::io::stdin().take(4096).read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

async fn checked(ledger: &Ledger, out: &mut impl Write) -> Result<ExitCode, LedgerError> {
    let checks = check::check(ledger).await?;
    for check in &checks {
        writeln!(out, "{} {}", if check.faults.is_empty() { "holds " } else { "BROKEN" }, check.name)?;
        for fault in &check.faults {
            writeln!(out, "       {fault}")?;
        }
    }
    Ok(if checks.iter().all(|check| check.faults.is_empty()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// SIGTERM, as a supervisor of processes sends it, or Ctrl+C.
async fn asked_to_stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! { () = interrupted => {}, () = terminated => {} }
}
