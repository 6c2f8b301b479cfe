//! The sockets: plain or TLS, until it is told to stop.

use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::settings::{Settings, Tls};
use crate::surroundings::Surroundings;
use crate::{exposure, routes};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

/// How long a request's head may take to arrive.
const HEADERS_PATIENCE: Duration = Duration::from_secs(30);
/// How long requests that are under way are waited for.
const STOP_PATIENCE: Duration = Duration::from_secs(30);

/// Serves on a bound socket until `stop` is ready, then finishes what is under way.
///
/// # Errors
/// The database, the key, the certificate or the socket isn't as it should be.
pub async fn serve(
    settings: &Settings,
    surroundings: Arc<dyn Surroundings>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), LedgerError> {
    serve_opened(Ledger::open(settings, surroundings).await?, settings, listener, stop).await
}

/// The same with a ledger that was opened before: whoever starts it knows then that the database is as it should be.
///
/// # Errors
/// The certificate or the socket isn't as it should be.
pub async fn serve_opened(
    ledger: Ledger,
    settings: &Settings,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), LedgerError> {
    listener.set_nonblocking(true)?;
    let handle = Handle::new();
    tokio::spawn(stopping(handle.clone(), stop));
    let service = routes::router(ledger.clone()).into_make_service();
    tracing::info!(address = %listener.local_addr()?, tls = settings.tls.is_some(), "the ledger listens");
    for code in ledger.exposed() {
        tracing::warn!("{}", exposure::told(code));
    }
    match &settings.tls {
        None => {
            let mut server = axum_server::from_tcp(listener)?.handle(handle);
            impatient(server.http_builder());
            server.serve(service).await?;
        }
        Some(tls) => {
            let mut server = axum_server::from_tcp_rustls(listener, certificate(tls).await?)?.handle(handle);
            impatient(server.http_builder());
            server.serve(service).await?;
        }
    }
    ledger.close();
    tracing::info!("the ledger has stopped");
    Ok(())
}

/// A caller that doesn't say what it wants holds a connection for so long and no longer.
fn impatient(builder: &mut Builder<TokioExecutor>) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS_PATIENCE);
}

async fn stopping(handle: Handle<SocketAddr>, stop: impl Future<Output = ()>) {
    stop.await;
    handle.graceful_shutdown(Some(STOP_PATIENCE));
}

async fn certificate(tls: &Tls) -> Result<RustlsConfig, LedgerError> {
    // Of a process, and there may be one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let at = |error| LedgerError::File { path: format!("{} or {}", tls.certificate.display(), tls.key.display()), error };
    RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await.map_err(at)
}
