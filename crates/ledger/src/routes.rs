//! Every path that the hub answers.

use crate::error::Refused;
use crate::ledger::Ledger;
use crate::{enrolment, entries, health, reconciliation, reference};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::Uri;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

/// All of it. Paths are the same with and without the prefix of a proxy, whichever way the proxy passes them on.
pub fn router(ledger: Ledger) -> Router {
    let inner = Router::new()
        .route("/v1/enrol", post(enrolment::post))
        .route("/v1/tills/{till}/entries", get(entries::resend).post(entries::post))
        .route("/v1/tills/{till}/reconciliation", get(reconciliation::get))
        .route("/v1/reference", get(reference::get))
        .route("/v1/reference/pack/{sha256}", get(reference::get_pack))
        .route("/v1/reference/extract/{version}", get(reference::get_extract))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(ledger.clone(), told_as_problem))
        .with_state(ledger.clone());
    // A layer of the router runs after the path has been matched; one around it runs before.
    Router::new().fallback_service(inner).layer(middleware::from_fn_with_state(ledger, without_prefix))
}

async fn nothing_here() -> Refused {
    Refused::not_found("There is nothing here.")
}

/// A refusal on its way out: it becomes a problem with the ledger's time where the clock is at hand.
impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

async fn told_as_problem(State(ledger): State<Ledger>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    match response.extensions().get::<Refused>() {
        Some(refused) => refused.clone().answer(ledger.now_ms()),
        // The framework's own, of what it couldn't read: its words can repeat what was sent.
        None if response.status().is_client_error() => {
            Refused::new(response.status(), "request-unreadable", "The request can't be read.").answer(ledger.now_ms())
        }
        None => response,
    }
}

async fn without_prefix(State(ledger): State<Ledger>, mut request: Request, next: Next) -> Response {
    if let Some(uri) = stripped(request.uri(), ledger.path_prefix()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

fn stripped(uri: &Uri, prefix: &str) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(prefix).filter(|_| !prefix.is_empty())?;
    match rest.chars().next() {
        Some('/') => rest.parse().ok(),
        None | Some('?') => format!("/{rest}").parse().ok(),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_s_prefix_is_no_part_of_the_path() {
        let strip = |uri: &'static str| stripped(&Uri::from_static(uri), "/ledger").map(|uri| uri.to_string());
        assert_eq!(strip("/ledger/v1/enrol?x=1").as_deref(), Some("/v1/enrol?x=1"));
        assert_eq!(strip("/ledger").as_deref(), Some("/"));
        assert_eq!(strip("/ledgers/v1"), None);
        assert_eq!(strip("/v1/enrol"), None);
        assert_eq!(stripped(&Uri::from_static("/v1/enrol"), ""), None);
    }
}
