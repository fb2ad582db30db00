//! What happens to the steps that were not synced when the power went: chosen, and repeatable.

use std::collections::BTreeMap;

/// What becomes of a step that was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It happened.
    Kept,
    /// It did not happen.
    Dropped,
    /// Some sectors of the write happened, chosen by these bits; any other step happened.
    Torn {
        /// Bit `n` decides over sector `n`, modulo 64.
        sectors: u64,
        /// Bytes of a sector.
        sector_bytes: usize,
    },
    /// The file grew by the write, and zeros stand where its bytes should; any other step happened.
    Zeroed,
}

/// A fate for each step that was not synced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Which one of its cut: with seed and cut it says everything.
    pub number: u64,
    /// By the index of the step on the tape.
    pub fates: BTreeMap<usize, Fate>,
}

/// Steps up to which every selection of them is tried: 2³ selections, the three steps of one page
/// in SQLite's log or of one name in a folder.
const ALL_SELECTIONS_STEPS: usize = 3;

/// As [`ALL_SELECTIONS_STEPS`], for a thorough run.
const ALL_SELECTIONS_STEPS_THOROUGH: usize = 7;

/// Selections by chance where there are too many to try all.
const BY_CHANCE: u64 = 1;

/// As [`BY_CHANCE`], for a thorough run.
const BY_CHANCE_THOROUGH: u64 = 24;

/// The choices at a cut: all kept, all dropped, every selection when they are few, and some by
/// chance, with torn and zeroed writes among them. Same arguments, same choices.
#[must_use]
pub fn choices(unsynced: &[usize], cut: usize, seed: u64, thorough: bool) -> Vec<Choice> {
    let all = |fate: Fate| unsynced.iter().map(|step| (*step, fate)).collect::<BTreeMap<_, _>>();
    let mut made = vec![all(Fate::Kept)];
    if !unsynced.is_empty() {
        made.push(all(Fate::Dropped));
        let (few, by_chance) = match thorough {
            false => (ALL_SELECTIONS_STEPS, BY_CHANCE),
            true => (ALL_SELECTIONS_STEPS_THOROUGH, BY_CHANCE_THOROUGH),
        };
        if unsynced.len() <= few {
            made.extend((1..(1_u64 << unsynced.len()) - 1).map(|bits| selection(unsynced, bits)));
        }
        let mut dice = Dice(seed ^ (cut as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for _ in 0..by_chance {
            made.push(unsynced.iter().map(|step| (*step, dice.fate())).collect());
        }
    }
    (0..).zip(made).map(|(number, fates)| Choice { number, fates }).collect()
}

fn selection(unsynced: &[usize], bits: u64) -> BTreeMap<usize, Fate> {
    let fate = |at: usize| if bits >> at & 1 == 1 { Fate::Kept } else { Fate::Dropped };
    unsynced.iter().enumerate().map(|(at, step)| (*step, fate(at))).collect()
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough chance for a test, and the same every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn fate(&mut self) -> Fate {
        match self.next() % 8 {
            0..3 => Fate::Kept,
            3..6 => Fate::Dropped,
            6 => {
                let sector_bytes = if self.next().is_multiple_of(2) { 512 } else { 4096 };
                Fate::Torn { sectors: self.next(), sector_bytes }
            }
            _ => Fate::Zeroed,
        }
    }
}
