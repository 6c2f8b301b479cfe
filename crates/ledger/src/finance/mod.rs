//! What supervisors and finance ask of the ledger: which tills there are, what was taken, what is in suspense, both sides of
//! the money, and the general ledger's file. Questions and answers only; how they look is the `page` module's.

pub mod export;
pub mod fleet;
pub mod sides;
pub mod suspense;
pub mod takings;
