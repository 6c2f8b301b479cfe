//! Takes connections on 127.0.0.1, plain or with TLS, until it is told to stop.

use super::api::NoReply;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Serves until `stop` is dropped. Connections that are open then end with the runtime.
pub(super) async fn serve(listener: TcpListener, router: Router, tls: Option<TlsAcceptor>, stop: oneshot::Receiver<()>) {
    let taking = async {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let _ = stream.set_nodelay(true);
            let (router, tls) = (router.clone(), tls.clone());
            tokio::spawn(async move {
                match tls {
                    None => attend(stream, router).await,
                    // A handshake that fails is the client's to notice.
                    Some(tls) => {
                        if let Ok(stream) = tls.accept(stream).await {
                            attend(stream, router).await;
                        }
                    }
                }
            });
        }
    };
    tokio::select! {
        () = taking => {}
        _ = stop => {}
    }
}

async fn attend(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let service = service_fn(move |request| answer(router.clone(), request));
    // It ends with an error whenever a reply is dropped, which is what was asked for.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(router: Router, request: Request<Incoming>) -> Result<Response<Body>, std::io::Error> {
    let Ok(response) = router.oneshot(request.map(Body::new)).await;
    match response.extensions().get::<NoReply>() {
        Some(NoReply) => Err(std::io::ErrorKind::ConnectionAborted.into()),
        None => Ok(response),
    }
}
