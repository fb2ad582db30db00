//! The hand of an officer: every value that goes into a verb passes through it and is counted, so
//! that a verb that asks for more costs more, and no text is typed twice.

use std::collections::BTreeMap;

/// Digits of a PIN.
pub(crate) const PIN_TAPS: u64 = 6;

/// Taps to open a list and choose from it.
const PICK_TAPS: u64 = 2;

/// Taps of a photo: open the camera, release, keep.
const PHOTO_TAPS: u64 = 3;

/// Taps to choose a day or an hour: open, the two wheels, done.
const DIAL_TAPS: u64 = 4;

/// Characters from which a text that stands inside another counts as typed twice.
const REPEATED_CHARS_MIN: usize = 4;

/// The parts of the visit, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Plan and notice, in the office.
    NightBefore,
    /// Certificates of both officers.
    Gate,
    /// The verdicts on twenty items.
    Items,
    /// Findings in words.
    Findings,
    /// Photos, a reading, a copy.
    Evidence,
    /// What is ordered at once.
    Measures,
    /// The list of what is missing, each time that it is asked.
    Missing,
    /// Record printed, signed, captured.
    Record,
    /// Correction order issued and printed.
    Order,
    /// The second officer stands by it all.
    Assent,
}

impl Stage {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::NightBefore => "The night before: plan, notice, assent to both",
            Self::Gate => "At the gate: both officers show their certificates",
            Self::Items => "20 items answered one by one",
            Self::Findings => "3 findings in words",
            Self::Evidence => "Evidence: photos, a reading, a copy checked",
            Self::Measures => "Measures on the spot",
            Self::Missing => "What is still missing, asked three times",
            Self::Record => "Site record printed, signed, captured",
            Self::Order => "Correction order issued and printed",
            Self::Assent => "The second officer assents",
        }
    }

    /// Whether it lies between the gate and the signed record.
    pub(crate) fn is_of_the_record(self) -> bool {
        self != Self::NightBefore
    }
}

/// What a hand did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Values that were decided on: each costs a moment of thought.
    pub(crate) steps: u64,
    /// Taps on targets.
    pub(crate) taps: u64,
    /// Digits and Latin letters that were typed.
    pub(crate) keys: u64,
    /// Chinese characters and signs that were typed.
    pub(crate) characters: u64,
    /// Photos.
    pub(crate) photos: u64,
    /// PINs, whose taps are among the taps.
    pub(crate) pins: u64,
}

impl Count {
    /// What is typed for some words.
    pub(crate) fn of(words: &str) -> Self {
        let keys = words.chars().filter(char::is_ascii_alphanumeric).count() as u64;
        let characters = words.chars().count() as u64 - keys;
        Self { keys, characters, ..Self::default() }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.taps += other.taps;
        self.keys += other.keys;
        self.characters += other.characters;
        self.photos += other.photos;
        self.pins += other.pins;
    }
}

/// A value that went into a verb and was not typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) field: &'static str,
    pub(crate) from: &'static str,
    pub(crate) words: String,
}

/// A text that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) stage: Stage,
    pub(crate) field: &'static str,
    pub(crate) words: String,
}

/// The hand of whoever holds the phone.
#[derive(Debug, Default)]
pub(crate) struct Hand {
    stage: Option<Stage>,
    counts: BTreeMap<Stage, Count>,
    typed: Vec<Typed>,
    held: Vec<Held>,
}

impl Hand {
    /// What follows belongs to a stage: a tap goes to its page, unless it is open already.
    pub(crate) fn begins(&mut self, stage: Stage) {
        if self.stage.replace(stage) != Some(stage) {
            self.does(Count { taps: 1, ..Count::default() });
        }
    }

    /// A choice of a few that are all in sight.
    pub(crate) fn tap<T>(&mut self, _what: &'static str, value: T) -> T {
        self.does(Count { taps: 1, ..Count::default() });
        value
    }

    /// A choice from a list that must be opened.
    pub(crate) fn picks<T>(&mut self, _what: &'static str, value: T) -> T {
        self.does(Count { taps: PICK_TAPS, ..Count::default() });
        value
    }

    /// A day or an hour.
    pub(crate) fn dials(&mut self, _what: &'static str, value: &str) -> String {
        self.does(Count { taps: DIAL_TAPS, ..Count::default() });
        value.to_owned()
    }

    /// The button that ends a page: save, print, confirm.
    pub(crate) fn presses(&mut self, _what: &'static str) {
        self.does(Count { taps: 1, ..Count::default() });
    }

    /// Words that only the officer knows: a tap into the field, and each character.
    #[track_caller]
    pub(crate) fn types(&mut self, field: &'static str, words: &str) -> String {
        for before in &self.typed {
            let (typed, for_what) = (&before.words, before.field);
            let is_within = typed.chars().count() >= REPEATED_CHARS_MIN && words.contains(typed);
            assert!(typed != words && !is_within, "{typed}: typed for {for_what} and for {field}");
        }
        for held in &self.held {
            let known = &held.words;
            assert!(known != words, "{words}: typed for {field}, known from {}", held.from);
        }
        self.typed.push(Typed { stage: self.at(), field, words: words.to_owned() });
        self.does(Count { taps: 1, ..Count::of(words) });
        words.to_owned()
    }

    /// A photo; gives its number.
    pub(crate) fn photo(&mut self) -> u64 {
        self.does(Count { taps: PHOTO_TAPS, photos: 1, ..Count::default() });
        self.counts.values().map(|count| count.photos).sum()
    }

    /// Another officer takes the phone: the switch, and a PIN.
    pub(crate) fn pin<T>(&mut self, officer: T) -> T {
        self.does(Count { taps: 1 + PIN_TAPS, pins: 1, ..Count::default() });
        officer
    }

    /// Words that are known already, and from where.
    pub(crate) fn holds(&mut self, field: &'static str, words: &str, from: &'static str) -> String {
        self.held.push(Held { field, from, words: words.to_owned() });
        words.to_owned()
    }

    /// A choice or a link that is known already, and from where.
    pub(crate) fn keeps<T>(&mut self, field: &'static str, value: T, from: &'static str) -> T {
        self.held.push(Held { field, from, words: String::new() });
        value
    }

    /// What was done in some stages.
    pub(crate) fn count(&self, is_meant: impl Fn(Stage) -> bool) -> Count {
        let mut all = Count::default();
        let meant = self.counts.iter().filter(|(stage, _)| is_meant(**stage));
        meant.for_each(|(_, count)| all.add(count));
        all
    }

    /// Each stage with what was done in it.
    pub(crate) fn stages(&self) -> impl Iterator<Item = (Stage, &Count)> {
        self.counts.iter().map(|(stage, count)| (*stage, count))
    }

    /// What was typed.
    pub(crate) fn typed(&self) -> &[Typed] {
        &self.typed
    }

    /// What was not typed.
    pub(crate) fn held(&self) -> &[Held] {
        &self.held
    }

    fn at(&self) -> Stage {
        self.stage.expect("a stage began before the hand did anything")
    }

    fn does(&mut self, act: Count) {
        self.counts.entry(self.at()).or_default().add(&Count { steps: 1, ..act });
    }
}

#[test]
#[should_panic(expected = "typed for place and for act")]
fn what_was_typed_once_is_not_typed_again_within_other_words() {
    let mut hand = Hand::default();
    hand.begins(Stage::Findings);
    hand.types("place", "一号车间");
    hand.types("act", "一号车间没有护罩");
}

#[test]
#[should_panic(expected = "known from the register")]
fn what_is_known_is_not_typed() {
    let mut hand = Hand::default();
    hand.begins(Stage::Findings);
    hand.holds("signer", "王志松", "the register");
    hand.types("told to", "王志松");
}
