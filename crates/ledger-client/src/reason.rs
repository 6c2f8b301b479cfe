//! Why a ledger can't be used now: a stable code for each reason that a person can do something else about.

use crate::hub::HubError;
use crate::localgov_ims::Trouble;
use reqwest::StatusCode;
use std::error::Error;
use std::io;

/// Why a ledger can't be used now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No connection could be made.
    NotReached,
    /// It didn't answer in time, or its answer broke off.
    NoAnswer,
    /// It shows a certificate that this till doesn't trust.
    Certificate,
    /// It, or what stands before it, has a fault of its own.
    ServerError,
    /// It can't do it at the moment.
    Busy,
    /// What answers isn't the ledger.
    NotTheLedger,
    /// It, or a gateway before it, doesn't let this till in.
    NotLetIn,
    /// It refuses this till's clock.
    Clock,
    /// It doesn't know this till.
    TillUnknown,
    /// It takes nothing from this till any more.
    TillRevoked,
    /// It doesn't take this till's signature.
    SignatureWrong,
    /// It refuses what is sent, for another reason.
    Refused,
    /// This till can't read or write its own data.
    Till,
    /// As this till is set up nothing can be sent.
    NotUsable,
}

impl Reason {
    /// Its stable code. Words for it are in `sending.ftl`, under `why-` and `what-to-do-`.
    pub fn code(self) -> &'static str {
        match self {
            Reason::NotReached => "not-reached",
            Reason::NoAnswer => "no-answer",
            Reason::Certificate => "certificate",
            Reason::ServerError => "server-error",
            Reason::Busy => "busy",
            Reason::NotTheLedger => "not-the-ledger",
            Reason::NotLetIn => "not-let-in",
            Reason::Clock => "clock",
            Reason::TillUnknown => "till-unknown",
            Reason::TillRevoked => "till-revoked",
            Reason::SignatureWrong => "signature-wrong",
            Reason::Refused => "refused",
            Reason::Till => "till",
            Reason::NotUsable => "not-usable",
        }
    }

    /// Of a request that had no answer.
    pub(crate) fn of_failure(error: &reqwest::Error) -> Reason {
        match tls_fault(error) {
            Some(rustls::Error::InvalidCertificate(_)) => Reason::Certificate,
            Some(rustls::Error::AlertReceived(_)) => Reason::NotLetIn,
            Some(_) => Reason::NotTheLedger,
            None if error.is_connect() => Reason::NotReached,
            None => Reason::NoAnswer,
        }
    }

    /// Of an answer that isn't the ledger's own.
    pub(crate) fn of_status(status: StatusCode) -> Reason {
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::PROXY_AUTHENTICATION_REQUIRED => Reason::NotLetIn,
            StatusCode::TOO_MANY_REQUESTS => Reason::Busy,
            status if status.is_server_error() => Reason::ServerError,
            _ => Reason::NotTheLedger,
        }
    }
}

/// The TLS fault that an error goes back to, if it does. An I/O error hides what it wraps from those who ask for its source.
fn tls_fault(error: &reqwest::Error) -> Option<rustls::Error> {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(fault) = error.downcast_ref::<rustls::Error>() {
            return Some(fault.clone());
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

impl From<&HubError> for Reason {
    fn from(error: &HubError) -> Reason {
        match error {
            HubError::Unreachable(reason, _) => *reason,
            HubError::NotUnderstood(_) => Reason::NotTheLedger,
            HubError::NotUsable(_) => Reason::NotUsable,
            HubError::Refused(problem) => match problem.code.as_str() {
                "busy" => Reason::Busy,
                "date-wrong" => Reason::Clock,
                "till-unknown" => Reason::TillUnknown,
                "till-revoked" => Reason::TillRevoked,
                "signature-wrong" => Reason::SignatureWrong,
                _ => Reason::Refused,
            },
        }
    }
}

impl From<Trouble> for Reason {
    fn from(trouble: Trouble) -> Reason {
        match trouble {
            Trouble::NoConnection => Reason::NotReached,
            Trouble::CertificateNotTrusted => Reason::Certificate,
            Trouble::TimedOut | Trouble::Broken | Trouble::NotShownYet | Trouble::MayStillBeWritten => Reason::NoAnswer,
            Trouble::NotLetIn(_) => Reason::NotLetIn,
            Trouble::SearchFailed => Reason::ServerError,
            Trouble::Status(status) => StatusCode::from_u16(status).map_or(Reason::NotTheLedger, Reason::of_status),
            Trouble::Unreadable | Trouble::NotTheApi | Trouble::SearchIgnored => Reason::NotTheLedger,
            Trouble::Refused(_) => Reason::Refused,
        }
    }
}
