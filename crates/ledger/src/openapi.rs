//! The OpenAPI document of what other programs may ask: `GET /v1/openapi.json`.
//!
//! The functions below exist for their attributes alone: a path's description stands apart from its code, and the tests hold
//! the two together.

#![allow(dead_code, reason = "read by the macro, never called")]

use axum::Json;
use counterfoil_wire::enrolment::{Enrol, Enrolled};
use counterfoil_wire::entries::{BatchHeader, EntriesPage, EntriesReply};
use counterfoil_wire::problem::Problem;
use counterfoil_wire::reconciliation::Reconciliation;
use counterfoil_wire::reference::Reference;
use utoipa::OpenApi;

/// `GET /v1/openapi.json`.
pub async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Counterfoil ledger",
        description = "What tills and the ledger say to each other; docs/ledger-protocol.md says what each part means. Requests of a till \
            carry the headers counterfoil-till, counterfoil-date and counterfoil-signature."
    ),
    paths(enrol, post_entries, get_entries, reconciliation, reference, pack, extract, openapi, live, ready, metrics),
    components(schemas(BatchHeader, EntriesPage))
)]
pub struct Document;

#[utoipa::path(post, path = "/v1/enrol", request_body = Enrol, responses(
    (status = 200, description = "Enrolled, now or by the same request before", body = Enrolled),
    (status = 403, description = "The code is wrong, used or too old", body = Problem),
    (status = 409, description = "Another till has this id", body = Problem)
))]
fn enrol() {}

#[utoipa::path(post, path = "/v1/tills/{till}/entries", params(("till" = String, Path, description = "The till's id")),
    request_body(content = String, content_type = "application/x-ndjson",
        description = "A BatchHeader, then each entry's exact bytes, a line each; Content-Encoding: zstd or none"),
    responses(
        (status = 200, description = "What became of each entry", body = EntriesReply),
        (status = 400, description = "Not a batch", body = Problem),
        (status = 401, description = "Not signed by the till, or with a date too far from the ledger's", body = Problem),
        (status = 403, description = "Revoked, or another's journal", body = Problem),
        (status = 413, description = "More than 500 entries or 1 MiB", body = Problem),
        (status = 503, description = "Nothing was kept; try again", body = Problem)
    ))]
fn post_entries() {}

#[utoipa::path(get, path = "/v1/tills/{till}/entries", params(
        ("till" = String, Path, description = "The till's id"),
        ("after" = Option<u64>, Query, description = "The last entry that the till has")
    ), responses((status = 200, description = "An EntriesPage, then each entry's exact bytes, a line each; compressed by zstd",
        body = String, content_type = "application/x-ndjson")))]
fn get_entries() {}

#[utoipa::path(get, path = "/v1/tills/{till}/reconciliation", params(
        ("till" = String, Path, description = "The till's id"),
        ("from" = String, Query, description = "The first day, 2026-11-25"),
        ("to" = String, Query, description = "The last day")
    ), responses((status = 200, description = "What the ledger has of these days", body = Reconciliation)))]
fn reconciliation() {}

#[utoipa::path(get, path = "/v1/reference", params(
        ("have_pack" = Option<String>, Query, description = "SHA-256 of the pack in force"),
        ("have_extract" = Option<u64>, Query, description = "The version of the extract in use")
    ), responses((status = 200, description = "What is newer", body = Reference)))]
fn reference() {}

#[utoipa::path(get, path = "/v1/reference/pack/{sha256}", params(("sha256" = String, Path, description = "As it was offered")),
    responses((status = 200, description = "The pack's bundle", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, description = "No such pack", body = Problem)))]
fn pack() {}

#[utoipa::path(get, path = "/v1/reference/extract/{version}", params(
        ("version" = u64, Path, description = "As it was offered"),
        ("from" = Option<u64>, Query, description = "Only what changed since that version")
    ), responses((status = 200, description = "CSV; by zstd where the request accepts it", body = String, content_type = "text/csv"),
        (status = 404, description = "No such version, or no changes since that one", body = Problem)))]
fn extract() {}

#[utoipa::path(get, path = "/v1/openapi.json", responses((status = 200, description = "This document")))]
fn openapi() {}

#[utoipa::path(get, path = "/health/live", responses((status = 200, description = "The process answers")))]
fn live() {}

#[utoipa::path(get, path = "/health/ready", responses((status = 200, description = "The database answers too"),
    (status = 503, description = "It doesn't", body = Problem)))]
fn ready() {}

#[utoipa::path(get, path = "/metrics", responses((status = 200, description = "For Prometheus", body = String, content_type = "text/plain")))]
fn metrics() {}
