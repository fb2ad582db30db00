//! Tests of forms from the outside; one program, so that it links once.

mod answers;
mod expressions;
mod malformed;
mod round_trip;
mod snapshot;
mod support;
