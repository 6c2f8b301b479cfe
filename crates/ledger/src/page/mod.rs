//! The page for supervisors and finance: HTML made on the server, which needs no script.

mod export;
mod fleet;
mod layout;
mod reconciliation;
mod sign_in;
mod signed_in;
mod suspense;
mod takings;
mod words;

use crate::error::Refused;
use crate::ledger::Ledger;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

/// Nothing but this page's own style; nothing may frame it, and its forms go nowhere else.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The page's paths.
pub fn router(ledger: Ledger) -> Router<Ledger> {
    Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/language", post(sign_in::language))
        .route("/fleet", get(fleet::show))
        .route("/fleet/alarms/{id}", post(fleet::settle))
        .route("/takings", get(takings::show))
        .route("/suspense", get(suspense::show))
        .route("/suspense/{till}/{seq}/{part}", get(suspense::show_one).post(suspense::allocate))
        .route("/suspense/{till}/{seq}/{part}/undo/{id}", post(suspense::undo))
        .route("/reconciliation", get(reconciliation::show))
        .route("/export", get(export::show))
        .route("/export.csv", get(export::file))
        .route("/page.css", get(style))
        .layer(middleware::from_fn_with_state(ledger, guarded))
}

async fn home(State(ledger): State<Ledger>) -> Response {
    go(&ledger, "/fleet")
}

async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("page.css"))
}

/// A refusal for people: what they would read as a problem in JSON otherwise.
pub(crate) fn refusal(ledger: &Ledger, headers: &HeaderMap, refused: &Refused) -> Response {
    let words = signed_in::language(headers);
    let main = maud::html! { p { (refused.message) } p { a href={ (ledger.path_prefix()) "/" } { (words.say("ledger-name")) } } };
    (refused.status, layout::plain(ledger, words, &words.say("ledger-refused"), &main)).into_response()
}

/// To another path of the page.
fn go(ledger: &Ledger, path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, format!("{}{path}", ledger.path_prefix()))]).into_response()
}

/// A form that another site sends isn't looked at, and every answer carries the page's rules.
async fn guarded(State(ledger): State<Ledger>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET && is_from_elsewhere(request.headers()) {
        return Refused::new(StatusCode::FORBIDDEN, "form-from-elsewhere", "This form came from another site.").answer(ledger.now_ms());
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}
