//! Where random numbers come from: the operating system, or in tests that are built for it a seed.
//!
//! The same scenario must end in the same records in every language, and ids, salts and keys are
//! random. So a build with the feature `seeded-chance-for-tests` looks for a seed in the
//! environment; any other build does not even know the variable's name, and a release cannot be
//! built with the feature at all.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use angen_core::ports;
use sha2::{Digest as _, Sha256};

#[cfg(all(feature = "seeded-chance-for-tests", not(debug_assertions)))]
compile_error!("a release must not have the feature seeded-chance-for-tests: its keys are guessed");

/// The chance of one database, or of one writer's keys.
pub(crate) enum Chance {
    /// The random numbers of the operating system. An app is not asked for chance: a weak one of
    /// its own would show in no test.
    System,
    /// Numbers that follow from a seed and a name.
    Seeded(Seeded),
}

/// SHA-256 over a key and a count, block after block.
pub(crate) struct Seeded {
    key: [u8; 32],
    next: AtomicU64,
}

impl Chance {
    /// The chance of the database in a folder. Its name is mixed in, so that two phones of one
    /// scenario do not give the same id twice.
    pub(crate) fn of_folder(folder: &Path) -> Self {
        let name = folder.file_name().unwrap_or_default();
        Self::of(&name.to_string_lossy())
    }

    /// The chance of whatever has this name.
    pub(crate) fn of(name: &str) -> Self {
        seed().map_or(Self::System, |seed| Self::Seeded(Seeded::new(&seed, name)))
    }
}

impl Seeded {
    fn new(seed: &str, name: &str) -> Self {
        let mut sha = Sha256::new();
        sha.update(b"angen/seeded-chance\0");
        sha.update(seed);
        sha.update([0]);
        sha.update(name);
        Self { key: sha.finalize().into(), next: AtomicU64::new(0) }
    }

    fn block(&self) -> [u8; 32] {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        let mut sha = Sha256::new();
        sha.update(self.key);
        sha.update(count.to_be_bytes());
        sha.finalize().into()
    }
}

impl ports::Chance for Chance {
    #[expect(clippy::disallowed_methods, reason = "this is where a phone's chance enters")]
    fn fill(&self, buffer: &mut [u8]) {
        match self {
            Self::System => {
                getrandom::fill(buffer).expect("every system that runs the app has random numbers")
            }
            Self::Seeded(seeded) => {
                for part in buffer.chunks_mut(32) {
                    part.copy_from_slice(&seeded.block()[..part.len()]);
                }
            }
        }
    }
}

#[cfg(feature = "seeded-chance-for-tests")]
fn seed() -> Option<String> {
    std::env::var("ANGEN_SEEDED_CHANCE").ok().filter(|seed| !seed.is_empty())
}

#[cfg(not(feature = "seeded-chance-for-tests"))]
fn seed() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use angen_core::ports::Chance as _;

    fn bytes(chance: &Chance) -> [u8; 40] {
        let mut bytes = [0; 40];
        chance.fill(&mut bytes);
        bytes
    }

    fn seeded(seed: &str, name: &str) -> Chance {
        Chance::Seeded(Seeded::new(seed, name))
    }

    #[test]
    fn the_same_seed_and_name_give_the_same_numbers_and_never_the_same_twice() {
        let (one, other) = (seeded("7", "phone"), seeded("7", "phone"));
        let first = bytes(&one);
        assert_eq!(first, bytes(&other));
        assert_ne!(first, bytes(&one));
        assert_ne!(first, bytes(&seeded("8", "phone")));
        assert_ne!(first, bytes(&seeded("7", "tablet")));
    }

    #[test]
    fn without_a_seed_the_system_is_asked() {
        // The variable is set only for the players of scenarios, which are processes of their own.
        let chance = Chance::of("phone");
        assert!(matches!(chance, Chance::System));
        assert_ne!(bytes(&chance), bytes(&chance));
    }
}
