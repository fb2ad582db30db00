//! The core of Angen 安根: nouns, procedure, verbs and the store.
pub mod error;
pub mod ports;
pub mod domain;
pub mod store;
