//! The page, read back with a parser of HTML, for a visit with every kind of op.

mod carried;
mod case;
mod content;
mod damage;
mod follow_up;
mod keeping;
mod markup;
mod papers;
mod powers;
mod rounds;
mod support;
mod visit;
mod world;
