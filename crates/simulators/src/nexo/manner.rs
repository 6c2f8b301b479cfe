//! What customers do, and how a terminal misbehaves. In JSON for the program on the command line.

use serde::{Deserialize, Serialize};

/// A message's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A payment.
    Payment,
    /// A payment is given back.
    Reversal,
    /// A payment is given up.
    Abort,
    /// What became of one?
    Status,
    /// How are you?
    Diagnosis,
    /// Your totals?
    Totals,
    /// Anything before a message was read: the connection, the handshake.
    Connection,
}

/// What the customer at the terminal does, or what is done with their card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Customer {
    /// Pays.
    Pays,
    /// Their bank pays a part, in pence.
    PaysPart(i64),
    /// Pays, and has to sign.
    Signs,
    /// Isn't paid for, with this condition, such as `Refusal`.
    IsRefused(String),
    /// Presses stop.
    Cancels,
    /// Stands there, until an abort comes or they are let go: then they pay.
    Dithers,
    /// Pays with a card of that number, which the terminal then sends wherever it can.
    PaysWithNumberInTheOpen(String),
    /// The bank takes more than was asked, in pence.
    IsOvercharged(i64),
}

/// How a message goes wrong. All but those that say so come after the terminal has done what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// `Connection` only: closed at once.
    ClosesOnAccept,
    /// `Connection` only: closed after the handshake, before anything is read.
    ClosesAfterHandshake,
    /// `Connection` only: accepted, and never another byte.
    NeverShakesHands,
    /// `Connection` only: something else than TLS.
    SpeaksSomethingElse,
    /// Closed when the message is read; nothing was done.
    ClosesAfterReading,
    /// Nothing is done, and nothing answered until it is let go: then closed.
    Hangs,
    /// Done, and closed without a reply.
    LosesTheReply,
    /// Done, and closed in the middle of the reply.
    ClosesMidBody,
    /// Done, and the reply comes when it is let go.
    RepliesLate,
    /// The reply comes byte by byte.
    RepliesSlowly,
    /// The reply comes in chunks.
    RepliesInChunks,
    /// Bytes that aren't HTTP.
    SendsNoHttp,
    /// HTTP whose body isn't a message.
    SendsGarbage,
    /// HTTP 500.
    ServerError,
    /// A body without end.
    SendsWithoutEnd,
    /// An HMAC with one bit wrong.
    BadHmac,
    /// A blob with one bit wrong.
    BadBlob,
    /// Not encrypted.
    InTheOpen,
    /// Another key's name.
    OtherKey,
    /// Another version of the key.
    OtherKeyVersion,
    /// Another version of the envelope.
    OtherCryptoVersion,
    /// The answer to a message before.
    RepeatsAnEarlierAnswer,
    /// The answer to a message before, under the right outer header.
    RepeatsAnEarlierAnswerInANewEnvelope,
    /// Another service id in both headers.
    OtherServiceId,
    /// Another till in both headers.
    OtherSaleId,
    /// Another terminal in both headers.
    OtherPoiId,
    /// A header of another category.
    OtherCategory,
    /// A body of another kind.
    OtherBody,
    /// Busy: nothing was done.
    IsBusy,
    /// `Status` only: in progress, whatever it knows.
    SaysInProgress,
    /// `Status` only: not found, whatever it knows.
    SaysNotFound,
    /// `Status` only: not found, of another id.
    SaysNotFoundOfAnother,
    /// `Status` only: the look-up worked, and nothing is repeated.
    RepeatsNothing,
    /// `Status` only: the answer of another payment is repeated.
    RepeatsAnotherPayment,
    /// `Reversal` only: says how much it gives back.
    SaysItsAmount,
    /// `Reversal` only: says that it gives back a penny less than it does.
    SaysAnotherAmount,
    /// Done, and said to have failed, with this condition and these additional words.
    SaysItFailed(String, String),
    /// A result and a condition that nobody has heard of.
    SaysSomethingNew,
}

/// One line for the program on the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// What the next customer does.
    Expect(Customer),
    /// How it misbehaves next.
    Misbehave(Kind, Manner),
    /// What was held goes on.
    LetGo,
    /// The books are shown.
    Show,
}
