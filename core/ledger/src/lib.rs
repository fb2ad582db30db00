//! Signed, linked ops.
