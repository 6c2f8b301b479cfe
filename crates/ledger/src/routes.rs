//! Every path that the hub answers.

use crate::error::Refused;
use crate::ledger::Ledger;
use crate::{enrolment, entries, health, metrics, openapi, page, reconciliation, reference};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

/// What other programs may ask: path, methods, what answers. The OpenAPI document says the same, and a test holds it to that.
fn api() -> Vec<(&'static str, &'static [&'static str], MethodRouter<Ledger>)> {
    vec![
        ("/v1/enrol", &["post"], post(enrolment::post)),
        ("/v1/tills/{till}/entries", &["get", "post"], get(entries::resend).post(entries::post)),
        ("/v1/tills/{till}/reconciliation", &["get"], get(reconciliation::get)),
        ("/v1/reference", &["get"], get(reference::get)),
        ("/v1/reference/pack/{sha256}", &["get"], get(reference::get_pack)),
        ("/v1/reference/extract/{version}", &["get"], get(reference::get_extract)),
        ("/v1/openapi.json", &["get"], get(openapi::get)),
        ("/health/live", &["get"], get(health::live)),
        ("/health/ready", &["get"], get(health::ready)),
        ("/metrics", &["get"], get(metrics::get)),
    ]
}

/// All of it. Paths are the same with and without the prefix of a proxy, whichever way the proxy passes them on.
pub fn router(ledger: Ledger) -> Router {
    let api = api().into_iter().fold(Router::new(), |router, (path, _, answer)| router.route(path, answer));
    let inner = api
        .merge(page::router(ledger.clone()))
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
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let refused = match response.extensions().get::<Refused>() {
        Some(refused) => refused.clone(),
        // The framework's own, of what it couldn't read: its words can repeat what was sent.
        None if response.status().is_client_error() && !is_page(response.headers()) => {
            Refused::new(response.status(), "request-unreadable", "The request can't be read.")
        }
        None => return response,
    };
    let wants_page = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"));
    if wants_page { page::refusal(&ledger, &headers, &refused) } else { refused.answer(ledger.now_ms()) }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
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
    use std::collections::{BTreeMap, BTreeSet};
    use utoipa::OpenApi;

    #[test]
    fn the_openapi_document_says_what_the_routes_are() {
        let document = serde_json::to_value(openapi::Document::openapi()).unwrap();
        let said = document["paths"].as_object().unwrap();
        let said: BTreeMap<&str, BTreeSet<&str>> =
            said.iter().map(|(path, methods)| (path.as_str(), methods.as_object().unwrap().keys().map(String::as_str).collect())).collect();
        let are: BTreeMap<&str, BTreeSet<&str>> =
            api().into_iter().map(|(path, methods, _)| (path, methods.iter().copied().collect())).collect();
        assert_eq!(said, are);
    }

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
