//! The paths of the API, and what each fault makes of them.

use super::Behaviour;
use super::books::Books;
use super::faults::{Call, Fault};
use super::tables::{Fund, Mop};
use super::transaction::{NotTaken, Transaction, raw};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// What all requests share.
#[derive(Clone, Debug)]
pub(super) struct Ims {
    pub books: Arc<Mutex<Books>>,
    pub let_go: Arc<Notify>,
}

/// Marks an answer that is never sent: the connection is closed in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoReply;

impl Ims {
    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The API below the base path.
pub(super) fn router(ims: Ims, behaviour: &Behaviour) -> Router {
    let api = Router::new()
        .route("/api/ProcessedTransactions", get(search).post(post))
        .route("/api/ProcessedTransactions/{reference}", get(one))
        .route("/api/Funds", get(funds))
        .route("/api/Funds/{code}", get(fund))
        .route("/api/MethodOfPayments", get(mops))
        .route("/api/AccountHolders/{reference}", get(account_holder))
        .route("/api/FundMetadata/{key}/{fund_code}", get(fund_metadata))
        .layer(middleware::from_fn_with_state(ims.clone(), let_in))
        .with_state(ims);
    match behaviour.base_path.as_deref() {
        Some(path) => Router::new().nest(path, api),
        None => api,
    }
}

/// The gateway: the IMS itself asks nobody who they are.
async fn let_in(State(ims): State<Ims>, request: Request, next: Next) -> Response {
    let wanted = ims.books().behaviour.required_header.clone();
    let shown =
        wanted.as_ref().is_none_or(|(name, value)| request.headers().get(name).is_some_and(|own| own.as_bytes() == value.as_bytes()));
    if shown {
        return next.run(request).await;
    }
    ims.books().counters.not_let_in += 1;
    StatusCode::UNAUTHORIZED.into_response()
}

async fn post(State(ims): State<Ims>, body: Bytes) -> Response {
    let fault = ims.books().asked(Call::Post);
    let transaction = match ims.books().read(&body) {
        Ok(transaction) => transaction,
        Err(NotTaken::Threw) => return StatusCode::BAD_REQUEST.into_response(),
        Err(NotTaken::Because(words)) => return json_answer(StatusCode::BAD_REQUEST, &json!(words)),
    };
    match fault {
        Some(Fault::StoreLate { after_ms }) => ims.books().store_late(transaction, after_ms),
        Some(Fault::HangThenStore) => {
            // Goes on without its client, as ASP.NET does.
            tokio::spawn(async move {
                ims.let_go.notified().await;
                ims.books().store(transaction);
            });
            return std::future::pending().await;
        }
        Some(Fault::Hang | Fault::BadRequest { stored: false, .. } | Fault::ServerError { stored: false }) => {}
        _ => {
            let stored = ims.books().store(transaction);
            return misbehave(fault, created(&stored)).await;
        }
    }
    misbehave(fault, StatusCode::INTERNAL_SERVER_ERROR.into_response()).await
}

fn created(stored: &Transaction) -> Response {
    json_answer(StatusCode::CREATED, &stored.shown())
}

async fn search(State(ims): State<Ims>, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let fault = ims.books().asked(Call::Search);
    let answer = match ims.books().search(pairs) {
        None => StatusCode::BAD_REQUEST.into_response(),
        Some(found) if found.is_empty() => StatusCode::NOT_FOUND.into_response(),
        Some(found) => json_answer(StatusCode::OK, &found.iter().map(|row| row.shown()).collect::<Vec<_>>()),
    };
    misbehave(fault, answer).await
}

async fn one(State(ims): State<Ims>, Path(reference): Path<String>) -> Response {
    let fault = ims.books().asked(Call::Other);
    let found = ims.books().rows.iter().find(|row| row.reference == reference).map(|row| json_answer(StatusCode::OK, &row.shown()));
    misbehave(fault, or_not_found(found)).await
}

async fn funds(State(ims): State<Ims>, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let fault = ims.books().asked(Call::Other);
    let asked =
        |name: &str| pairs.iter().find(|(own, value)| own.eq_ignore_ascii_case(name) && !value.is_empty()).map(|(_, value)| value.as_str());
    let disabled = asked("IsDisabled").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let wanted = |fund: &&Fund| {
        fund.disabled == disabled
            && asked("FundCode").is_none_or(|code| fund.code == code)
            && asked("FundName").is_none_or(|name| fund.name.contains(name))
    };
    let found: Vec<Value> = ims.books().tables.funds.iter().filter(wanted).map(shown_fund).collect();
    misbehave(fault, listed(&found)).await
}

async fn fund(State(ims): State<Ims>, Path(code): Path<String>) -> Response {
    let fault = ims.books().asked(Call::Other);
    let found = ims.books().tables.funds.iter().find(|fund| fund.code == code).map(shown_fund);
    misbehave(fault, or_not_found(found.map(|fund| json_answer(StatusCode::OK, &fund)))).await
}

async fn mops(State(ims): State<Ims>, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let fault = ims.books().asked(Call::Other);
    let kind = pairs.into_iter().find(|(name, value)| name.eq_ignore_ascii_case("Type") && !value.is_empty()).map(|(_, value)| value);
    let wanted = |mop: &&Mop| kind.as_ref().is_none_or(|kind| mop.types.contains(kind));
    let found: Vec<Value> = ims.books().tables.mops.iter().filter(wanted).map(shown_mop).collect();
    misbehave(fault, listed(&found)).await
}

async fn account_holder(State(ims): State<Ims>, Path(reference): Path<String>) -> Response {
    let fault = ims.books().asked(Call::Other);
    let found = ims.books().tables.account_holders.iter().find(|holder| holder.reference == reference).map(|holder| {
        json!({"AccountReference": holder.reference, "FundCode": holder.fund_code, "Surname": holder.surname, "CurrentBalance": raw(holder.balance)})
    });
    misbehave(fault, or_not_found(found.map(|holder| json_answer(StatusCode::OK, &holder)))).await
}

async fn fund_metadata(State(ims): State<Ims>, Path((key, fund_code)): Path<(String, String)>) -> Response {
    let fault = ims.books().asked(Call::Other);
    let books = ims.books().tables.clone();
    let fund = books.funds.iter().find(|fund| fund.code == fund_code);
    let value = fund.and_then(|fund| fund.metadata.iter().find(|(own, _)| *own == key)).map(|(_, value)| json!(value));
    misbehave(fault, or_not_found(value.map(|value| json_answer(StatusCode::OK, &value)))).await
}

fn shown_fund(fund: &Fund) -> Value {
    let metadata: Vec<Value> = fund.metadata.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
    json!({
        "FundCode": fund.code, "FundName": fund.name, "DisplayName": fund.name, "VatCode": fund.vat_code,
        "MaximumAmount": raw(fund.maximum), "OverPayAccount": true, "AccountExist": false, "AquireAddress": false,
        "VatOverride": fund.vat_override, "Metadata": metadata,
    })
}

fn shown_mop(mop: &Mop) -> Value {
    json!({"Code": mop.code, "Name": mop.name, "MaximumAmount": raw(mop.maximum), "MinimumAmount": raw(mop.minimum), "Disabled": mop.disabled})
}

fn listed(found: &[Value]) -> Response {
    if found.is_empty() { StatusCode::NOT_FOUND.into_response() } else { json_answer(StatusCode::OK, &found) }
}

fn or_not_found(found: Option<Response>) -> Response {
    found.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn json_answer(status: StatusCode, value: &impl serde::Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What the client gets to see in place of the answer.
async fn misbehave(fault: Option<Fault>, answer: Response) -> Response {
    match fault {
        None => answer,
        Some(Fault::DropReply | Fault::StoreLate { .. }) => no_reply(),
        Some(Fault::Hang | Fault::HangThenStore) => std::future::pending().await,
        Some(Fault::BadRequest { words: true, .. }) => json_answer(StatusCode::BAD_REQUEST, &json!({"Message": "The request is invalid."})),
        Some(Fault::BadRequest { words: false, .. } | Fault::LoseSearch { .. }) => StatusCode::BAD_REQUEST.into_response(),
        Some(Fault::ServerError { .. }) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "<html>Server Error in '/' Application.</html>").into_response()
        }
        Some(Fault::CloseMidBody) => half_of(answer).await,
        Some(Fault::AnswerSlowly { after_ms }) => {
            tokio::time::sleep(Duration::from_millis(after_ms)).await;
            answer
        }
    }
}

fn no_reply() -> Response {
    let mut answer = Response::new(Body::empty());
    answer.extensions_mut().insert(NoReply);
    answer
}

/// The answer's head, which promises the whole, and the first half of its body. One without a body isn't sent at all.
async fn half_of(answer: Response) -> Response {
    let (mut head, body) = answer.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    if whole.is_empty() {
        return no_reply();
    }
    head.headers.insert(header::CONTENT_LENGTH, whole.len().into());
    let half = whole.slice(..whole.len() / 2);
    // The half is sent before the connection is closed, since the server looks for more only after a pause.
    let closed = futures_util::stream::once(async {
        tokio::task::yield_now().await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted))
    });
    Response::from_parts(head, Body::from_stream(futures_util::stream::iter([Ok(half)]).chain(closed)))
}
