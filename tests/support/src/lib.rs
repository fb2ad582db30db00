//! A pretend township for tests: what the host lends, made from a seed, and a database in use.
//!
//! - [`world`]: clocks that tick and jump, chance and keys from a seed, a disk whose steps fail.
//! - [`township`]: an established database with two officers, a mentor, an enterprise,
//!   checklists, an assistance visit and a check.
//! - [`case`], [`follow_up`]: what follows the finding of that check.
//! - [`people`]: mandates, appointments, posts, a recusal.
//! - [`round`]: a round of it, and what its mentor says.
//! - [`papers`]: numbers and what is given, so that its documents can be printed.
//! - [`exchange`]: what one database has, as another receives it.
//! - [`picture`]: everything that a database holds, as one hash.
//!
//! The hub, the bindings, the command line and the benches use it as the core does.
//!
//! ```
//! use angen_testing::township::Township;
//!
//! let folder = tempfile::tempdir().unwrap();
//! let town = Township::build(folder.path(), 7);
//! let clean = angen_core::action::fsck(&town.store).unwrap();
//! assert!(clean.problems.is_empty() && clean.ops > 10);
//! ```
//!
//! What it leaves out: the network, and anything that decides; a test asserts for itself.

pub mod case;
pub mod exchange;
pub mod files;
pub mod follow_up;
pub mod papers;
pub mod people;
pub mod picture;
pub mod round;
pub mod township;
pub mod world;
