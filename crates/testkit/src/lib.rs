//! # What the tests and the benches drive the till with
//!
//! What lives here: the `rpc` program (the table of commands over standard input and output), the generator of the window's
//! TypeScript, the bench program, and a till made ready in a scratch folder.
//!
//! What never will: anything that is shipped. Simulators of devices are in `simulators`, synthetic extracts in `synthetic`.
//!
//! Where to start reading: [`till`], then `src/bin/rpc.rs`.

#[cfg(unix)]
pub mod faulty_way;
pub mod hub;
#[cfg(unix)]
pub mod hub_till;
#[cfg(unix)]
pub mod postgres;
pub mod till;
