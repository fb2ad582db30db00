//! The procedure engine, tested purely: visits of signed ops in memory, one thing changed at a
//! time.

mod alone;
mod cases;
mod chain;
mod check;
mod clocks;
mod defects;
mod follow_up;
mod issue;
mod mandates;
mod names;
mod once;
mod people;
mod practice;
mod recusal;
mod removed;
mod round;
mod states;
mod teaching;
mod visit;
