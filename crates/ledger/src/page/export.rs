//! The general ledger's file.

use super::layout::{field, view};
use super::reconciliation::Days;
use super::signed_in::SignedIn;
use crate::error::{LedgerError, Refused};
use crate::finance::export;
use crate::ledger::Ledger;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use maud::{Markup, html};
use tokio::sync::mpsc::channel;

/// `GET /export`.
pub async fn show(State(ledger): State<Ledger>, by: SignedIn, Query(days): Query<Days>) -> Markup {
    let ((from, to), words) = (days.or_today(&ledger, &by), by.words);
    let main = html! {
        p { (words.say("ledger-export-what")) }
        @if by.person.role.may_allocate() {
            form.boxes method="get" action={ (ledger.path_prefix()) "/export.csv" } {
                (field(words, "from", "date", &from.to_string()))
                (field(words, "to", "date", &to.to_string()))
                button.main { (words.say("ledger-export-button")) }
            }
        } @else { p { (words.say("ledger-export-finance")) } }
    };
    view(&ledger, &by, "/export", &words.say("ledger-export"), &main)
}

/// `GET /export.csv`.
///
/// # Errors
/// Not theirs to take away.
pub async fn file(State(ledger): State<Ledger>, by: SignedIn, Query(days): Query<Days>) -> Result<Response, Refused> {
    if !by.person.role.may_allocate() {
        return Err(Refused::new(StatusCode::FORBIDDEN, "not-allowed", "The export needs finance."));
    }
    let (from, to) = days.or_today(&ledger, &by);
    // Two pieces wait at most: a slow reader holds no more than that.
    let (pieces, waiting) = channel::<Result<Bytes, LedgerError>>(2);
    tokio::spawn(async move {
        if let Err(error) = export::send(&ledger, from, to, &pieces).await {
            tracing::error!(%error, "an export broke off");
            let _ = pieces.send(Err(error)).await;
        }
    });
    let body = Body::from_stream(unfold(waiting, async |mut waiting| waiting.recv().await.map(|piece| (piece, waiting))));
    let name = format!("attachment; filename=\"general-ledger-{from}-{to}.csv\"");
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], body).into_response())
}
