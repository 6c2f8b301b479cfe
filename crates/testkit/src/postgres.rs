//! A PostgreSQL of the tests' own: a fresh cluster in a temporary folder, with a socket and a port that nobody else has. It
//! ends with the process that started it, however that ends, and never touches a server of the machine's.

use std::io::{Error, Result};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where Debian 12 puts the server's programs, which aren't on the path.
const DEBIAN_PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// Who runs the server when the tests run as root, which PostgreSQL refuses to.
const ORDINARY_USER: &str = "postgres";

/// A running cluster.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    databases: AtomicU32,
    // While it lives, so does the cluster: see `watch`.
    _watcher: Child,
}

/// The process's own cluster, started when it is first asked for. Databases are cheap; clusters aren't.
///
/// # Panics
/// PostgreSQL isn't installed or doesn't start: nothing can be tested then.
#[allow(clippy::panic, reason = "a test without its database fails")]
pub fn shared() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(|| Cluster::start().unwrap_or_else(|error| panic!("PostgreSQL for the tests: {error}")))
}

impl Cluster {
    /// Makes a cluster and waits until it answers.
    ///
    /// # Errors
    /// PostgreSQL isn't installed or doesn't start.
    pub fn start() -> Result<Cluster> {
        Cluster::start_with(None)
    }

    /// One that is also reached as `localhost` over TCP, and speaks TLS with this certificate and key (PEM).
    ///
    /// # Errors
    /// As for [`Cluster::start`].
    pub fn start_with_tls(certificate: &str, key: &str) -> Result<Cluster> {
        Cluster::start_with(Some((certificate, key)))
    }

    fn start_with(tls: Option<(&str, &str)>) -> Result<Cluster> {
        let folder = tempfile::Builder::new().prefix("counterfoil-postgres-").tempdir()?.keep();
        let watcher = watch(&folder)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Cluster { folder, port, databases: AtomicU32::new(0), _watcher: watcher };
        cluster.make()?;
        if let Some((certificate, key)) = tls {
            cluster.speak_tls(certificate, key)?;
        }
        cluster.control("start")?;
        Ok(cluster)
    }

    /// A fresh, empty database; its URL.
    ///
    /// # Errors
    /// It can't be made.
    pub fn database(&self) -> Result<String> {
        let (name, host, port) = (self.database_name()?, self.host(), self.port);
        Ok(format!("postgres://ledger@localhost/{name}?host={host}&port={port}"))
    }

    /// A fresh, empty database, reached over TCP as this host; its URL, to which an `sslmode` may be added.
    ///
    /// # Errors
    /// It can't be made.
    pub fn database_over_tcp(&self, host: &str) -> Result<String> {
        Ok(format!("postgres://ledger@{host}:{}/{}?connect_timeout=5", self.port, self.database_name()?))
    }

    fn database_name(&self) -> Result<String> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let (host, port) = (self.host(), self.port.to_string());
        finished(self.program("createdb").args(["--host", &host, "--port", &port, "--username", "ledger", &name]))?;
        Ok(name)
    }

    /// Stops it as a power cut would, and starts it again.
    ///
    /// # Errors
    /// It doesn't come back.
    pub fn restart(&self) -> Result<()> {
        self.control("stop")?;
        self.control("start")
    }

    /// Stops it as a power cut would.
    ///
    /// # Errors
    /// It wasn't running.
    pub fn stop(&self) -> Result<()> {
        self.control("stop")
    }

    /// Starts it after [`Cluster::stop`].
    ///
    /// # Errors
    /// It doesn't come back.
    pub fn start_again(&self) -> Result<()> {
        self.control("start")
    }

    /// The folder of its socket.
    pub fn host(&self) -> String {
        self.folder.display().to_string()
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn make(&self) -> Result<()> {
        let settings = ["--username=ledger", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
        finished(self.program("initdb").args(settings).arg("--pgdata").arg(self.data()))?;
        // Nothing here outlives the tests, so nothing waits for the disk. Only here: a ledger's own server has both on.
        let settings = format!(
            "listen_addresses = ''\nunix_socket_directories = '{}'\nport = {}\nfsync = off\nmax_connections = 200\n\
             shared_buffers = 128MB\nmax_wal_size = 2GB\n",
            self.host(),
            self.port
        );
        let more = self.folder.join("tests.conf");
        std::fs::write(&more, settings)?;
        let conf = self.data().join("postgresql.conf");
        let text = std::fs::read_to_string(&conf)?;
        std::fs::write(&conf, format!("{text}\ninclude '{}'\n", more.display()))
    }

    /// The server reads its key only where nobody else can.
    fn speak_tls(&self, certificate: &str, key: &str) -> Result<()> {
        let more = self.folder.join("tests.conf");
        let files = [("server.crt", certificate), ("server.key", key)].map(|(name, pem)| (self.data().join(name), pem));
        for (file, pem) in &files {
            std::fs::write(file, pem)?;
            std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
            if is_root() {
                finished(Command::new("chown").arg(ORDINARY_USER).arg(file))?;
            }
        }
        let text = std::fs::read_to_string(&more)?;
        std::fs::write(more, format!("{text}listen_addresses = '127.0.0.1'\nssl = on\n"))
    }

    fn control(&self, what: &str) -> Result<()> {
        let mut command = self.program("pg_ctl");
        command.arg(what).arg("--wait").arg("--pgdata").arg(self.data());
        match what {
            "stop" => command.args(["--mode", "immediate"]),
            _ => command.arg("--log").arg(self.folder.join("log")),
        };
        finished(&mut command)
    }

    fn program(&self, name: &str) -> Command {
        let mut command = as_ordinary_user(&program(name));
        command.current_dir(&self.folder);
        command
    }
}

/// The server's program, from Debian's folder or the path.
fn program(name: &str) -> PathBuf {
    let debian = Path::new(DEBIAN_PROGRAMS).join(name);
    if debian.exists() { debian } else { name.into() }
}

fn as_ordinary_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", ORDINARY_USER, "--"]).arg(program);
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// A process that outlives the tests by a moment: when its standard input ends, which it does when they have ended, it stops
/// the server and takes the folder away. So even tests that were killed leave nothing behind.
fn watch(folder: &Path) -> Result<Child> {
    let stop = "cat >/dev/null; \"$1\" stop --mode=immediate --pgdata=\"$2/data\" >/dev/null 2>&1; rm -rf \"$2\"";
    if is_root() {
        finished(Command::new("chown").arg(ORDINARY_USER).arg(folder))?;
    }
    let mut command = as_ordinary_user(Path::new("sh"));
    command.args(["-c", stop, "sh"]).arg(program("pg_ctl")).arg(folder);
    // In a group of its own: what interrupts the tests from a keyboard isn't meant for it.
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

fn finished(command: &mut Command) -> Result<()> {
    // Not through pipes: a server that was started keeps them open.
    let log = tempfile::NamedTempFile::new()?;
    let status = command.stdin(Stdio::null()).stdout(log.reopen()?).stderr(log.reopen()?).status()?;
    if status.success() {
        return Ok(());
    }
    Err(Error::other(format!("{command:?} ended with {status}: {}", std::fs::read_to_string(log.path())?)))
}
