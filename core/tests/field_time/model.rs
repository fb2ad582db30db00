//! The keystroke-level model (Card, Moran and Newell 1983): what a tap, a character and a moment
//! of thought take. Every figure names its source; the result is a model and no measurement.

use crate::hand::Count;

/// The target for taps and typing, from the gate to the signed record.
pub(crate) const TARGET_MINUTES: u64 = 25;

/// The target for reading the list of what is missing.
pub(crate) const TARGET_READ_MS: u64 = 3_000;

/// The operator M, mental preparation: 1.35 s (Card, Moran and Newell 1983). One for every value.
const THINK_MS: u64 = 1_350;

/// A click with a finger and with a touch glove on targets of 3 to 10 mm, and how many of a
/// thousand miss ("Effects of input devices on task performance for smartphone operating").
const CLICK_BARE: (u64, u64) = (590, 181);
const CLICK_GLOVED: (u64, u64) = (850, 436);

/// Chinese characters a minute by pinyin on a phone: 43 words of 1.5 characters (Ruan and others
/// 2017, in a laboratory, with bare hands).
const PINYIN_TENTHS_A_MINUTE: u64 = 645;

/// Chinese characters a minute by dictation: 123 words of 1.5 characters (the same study).
const SPEECH_TENTHS_A_MINUTE: u64 = 1_845;

/// Chinese characters that a native speaker reads aloud in a minute (Trauzettel-Klosinski and
/// Dietz 2012); silent reading is not slower.
const READ_A_MINUTE: u64 = 255;

/// Handling of a photo: step back, frame, hold still. An assumption.
pub(crate) const PHOTO_HANDLING_MS: u64 = 15_000;

/// What a kind of hand takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operators {
    /// A tap that lands, with the taps that miss before it.
    pub(crate) tap_ms: u64,
    /// A Chinese character by pinyin.
    pub(crate) character_ms: u64,
}

/// A bare hand.
pub(crate) const BARE: Operators =
    Operators { tap_ms: landed(CLICK_BARE), character_ms: 600_000 / PINYIN_TENTHS_A_MINUTE };

/// A gloved hand. No figure for pinyin with gloves was found: a character slows down as a tap
/// does, which is an assumption.
pub(crate) const GLOVED: Operators = Operators {
    tap_ms: landed(CLICK_GLOVED),
    character_ms: BARE.character_ms * landed(CLICK_GLOVED) / landed(CLICK_BARE),
};

/// A miss is tapped again until it lands.
const fn landed((click_ms, misses): (u64, u64)) -> u64 {
    click_ms * 1_000 / (1_000 - misses)
}

impl Operators {
    /// What was done takes so long. A digit or a Latin letter is a tap.
    pub(crate) fn milliseconds(&self, count: &Count) -> u64 {
        let taps = (count.taps + count.keys) * self.tap_ms;
        taps + count.characters * self.character_ms + count.steps * THINK_MS
    }
}

/// So many characters spoken.
pub(crate) fn spoken_ms(characters: u64) -> u64 {
    characters * 600_000 / SPEECH_TENTHS_A_MINUTE
}

/// So many characters read.
pub(crate) fn read_ms(characters: u64) -> u64 {
    characters * 60_000 / READ_A_MINUTE
}

/// The operators as the page tells them: what, how long, and whence.
pub(crate) fn operators() -> [(&'static str, u64, &'static str); 8] {
    [
        ("thought before each step (operator M)", THINK_MS, SOURCES[0]),
        ("tap with a glove: 850 ms, and 43.6% miss and are repeated", GLOVED.tap_ms, SOURCES[1]),
        ("tap with a bare finger: 590 ms, and 18.1% miss", BARE.tap_ms, SOURCES[1]),
        ("Chinese character by pinyin, bare: 64.5 a minute", BARE.character_ms, SOURCES[2]),
        (
            "Chinese character by pinyin, with a glove",
            GLOVED.character_ms,
            "**assumption**: slower by as much as a tap",
        ),
        ("Chinese character by dictation: 184.5 a minute", spoken_ms(1), SOURCES[2]),
        ("Chinese character read: 255 a minute", read_ms(1), SOURCES[3]),
        ("handling of a photo", PHOTO_HANDLING_MS, "**assumption**"),
    ]
}

/// Where the figures are published.
const SOURCES: [&str; 4] = [
    "Card, Moran and Newell 1983, *The Psychology of Human-Computer Interaction*",
    "[*Effects of input devices on task performance for smartphone \
     operating*](https://dissem.in/p/93256465/effects-of-input-devices-on-task-performance-for-smartphone-operating), \
     30 young people, targets of 3 to 10 mm (the abstract)",
    "Ruan and others 2017, [*Comparing speech and keyboard text entry*]\
     (https://arxiv.org/abs/1608.07323), 43 and 123 words a minute \
     of [1.5 characters](http://hci.stanford.edu/research/speech/plot_wpm.html), in a laboratory",
    "Trauzettel-Klosinski and Dietz 2012, [*IReST*](https://doi.org/10.1167/iovs.11-8284): \
     25 native speakers read Chinese aloud, 255 ± 29 syllables a minute; silent reading is not slower",
];
