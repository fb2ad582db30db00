//! A tape: what was on the disk, every step after it, and the folder that each cut may leave.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::choice::{Choice, Fate};
use crate::image::{Image, Node};
use crate::record::Step;

/// The base and the steps.
pub struct Tape {
    base: Image,
    events: Vec<Event>,
    acknowledged: Option<usize>,
}

struct Event {
    step: Step,
    /// The file whose bytes the step changes or names, whatever it is called by then.
    file: Option<usize>,
    /// The step that made this one safe.
    synced_at: Option<usize>,
}

/// What stands at a name while a state is made.
#[derive(Clone, Copy)]
enum Named {
    Folder,
    File(usize),
}

impl Tape {
    /// Lays the steps behind a base that is safe as a whole.
    ///
    /// # Panics
    /// When a step speaks of a file that neither the base nor a step before it knows: then
    /// something was not recorded.
    #[must_use]
    pub fn new(base: Image, steps: Vec<Step>) -> Self {
        let mut tape = Self { base, events: Vec::new(), acknowledged: None };
        let mut files: HashMap<PathBuf, usize> = HashMap::new();
        for (path, node) in &tape.base.nodes {
            if matches!(node, Node::File(_)) {
                files.insert(path.clone(), files.len());
            }
        }
        let mut count = files.len();
        for (at, step) in steps.into_iter().enumerate() {
            let of = |path: &Path| Some(*files.get(path).unwrap_or_else(|| unseen(path)));
            let file = match &step {
                Step::Create(path) => {
                    files.insert(path.clone(), count);
                    count += 1;
                    Some(count - 1)
                }
                Step::Write { path, .. } | Step::Resize { path, .. } | Step::Sync(path) => of(path),
                Step::Rename { from, to } => {
                    let file = files.remove(from).unwrap_or_else(|| unseen(from));
                    files.insert(to.clone(), file);
                    Some(file)
                }
                Step::Remove(path) => files.remove(path),
                Step::MakeFolder(_) | Step::SyncFolder(_) | Step::Acknowledge => None,
            };
            match &step {
                Step::Sync(_) => tape.sync(at, |event| event.file == file && event.is_data()),
                Step::SyncFolder(folder) => tape.sync(at, |event| event.is_name_in(folder)),
                Step::Acknowledge => tape.acknowledged = Some(at),
                _ => {}
            }
            tape.events.push(Event { step, file, synced_at: None });
        }
        tape
    }

    fn sync(&mut self, at: usize, made_safe: impl Fn(&Event) -> bool) {
        for event in self.events.iter_mut().filter(|event| event.synced_at.is_none()) {
            if made_safe(event) {
                event.synced_at = Some(at);
            }
        }
    }

    /// Steps on the tape: a cut is possible before each, and after the last.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing was asked of the disk.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Whether the work was acknowledged before a cut.
    #[must_use]
    pub fn is_acknowledged(&self, cut: usize) -> bool {
        self.acknowledged.is_some_and(|at| at < cut)
    }

    /// Whether a cut falls within a long file that is written piece by piece: the cuts before and
    /// behind it say the same. True for all but every sixteenth of them.
    #[must_use]
    pub fn is_within_a_long_file(&self, cut: usize) -> bool {
        /// Pieces of a file that are few enough to cut behind each: a megabyte of a blob.
        const PIECES: usize = 16;
        /// Bytes of a piece; the pages of a database are smaller, and every one of them is cut.
        const PIECE_BYTES_MIN: usize = 16 * 1024;
        let (Some(from), Some(to)) = (cut.checked_sub(PIECES), cut.checked_add(PIECES)) else {
            return false;
        };
        let piece = |at: usize| match self.events.get(at).map(|event| &event.step) {
            Some(Step::Write { path, bytes, .. }) if bytes.len() >= PIECE_BYTES_MIN => Some(path),
            _ => None,
        };
        let first = piece(from);
        let is_long = first.is_some() && (from..to).all(|at| piece(at) == first);
        is_long && !cut.is_multiple_of(PIECES)
    }

    /// The steps, in words of one line each, for a message.
    #[must_use]
    pub fn words(&self, at: usize) -> String {
        match &self.events[at].step {
            Step::Write { path, offset, bytes } => {
                format!("write {} bytes at {offset} of {}", bytes.len(), path.display())
            }
            step => format!("{step:?}"),
        }
    }

    /// The steps before a cut that were not safe by then.
    #[must_use]
    pub fn unsynced(&self, cut: usize) -> Vec<usize> {
        let unsafe_yet = |event: &Event| {
            (event.is_data() || event.is_name()) && event.synced_at.is_none_or(|at| at >= cut)
        };
        (0..cut).filter(|at| unsafe_yet(&self.events[*at])).collect()
    }

    /// What a choice at a cut leaves; equal traces leave equal folders, so one of them is enough.
    #[must_use]
    pub fn trace(&self, cut: usize, choice: &Choice) -> Vec<(usize, Fate)> {
        let fate = |at: usize| choice.fates.get(&at).copied().unwrap_or(Fate::Kept);
        let changes = |at: &usize| self.events[*at].is_data() || self.events[*at].is_name();
        (0..cut)
            .filter(changes)
            .map(|at| (at, fate(at)))
            .filter(|(_, fate)| *fate != Fate::Dropped)
            .collect()
    }

    /// The folder that a cut leaves.
    #[must_use]
    pub fn image(&self, cut: usize, choice: &Choice) -> Image {
        let mut bytes: HashMap<usize, Vec<u8>> = HashMap::new();
        let mut names: BTreeMap<PathBuf, Named> = BTreeMap::new();
        for (path, node) in &self.base.nodes {
            let named = match node {
                Node::Folder => Named::Folder,
                Node::File(content) => {
                    let file = bytes.len();
                    bytes.insert(file, content.clone());
                    Named::File(file)
                }
            };
            names.insert(path.clone(), named);
        }
        for (at, fate) in self.trace(cut, choice) {
            let event = &self.events[at];
            match event.file {
                Some(file) if event.is_data() => {
                    change(bytes.entry(file).or_default(), &event.step, fate);
                }
                _ => name(&mut names, event),
            }
        }
        finish(&names, bytes)
    }
}

impl Event {
    fn is_data(&self) -> bool {
        matches!(self.step, Step::Write { .. } | Step::Resize { .. })
    }

    fn is_name(&self) -> bool {
        matches!(
            self.step,
            Step::Create(_) | Step::MakeFolder(_) | Step::Rename { .. } | Step::Remove(_)
        )
    }

    fn is_name_in(&self, folder: &Path) -> bool {
        match &self.step {
            Step::Create(path) | Step::MakeFolder(path) | Step::Remove(path) => {
                path.parent() == Some(folder)
            }
            Step::Rename { from, to } => {
                from.parent() == Some(folder) || to.parent() == Some(folder)
            }
            _ => false,
        }
    }
}

fn unseen<T>(path: &Path) -> T {
    panic!("{} was made by a call that is not recorded", path.display())
}

/// Changes the bytes of a file, as far as the fate lets it.
fn change(content: &mut Vec<u8>, step: &Step, fate: Fate) {
    match step {
        Step::Resize { length, .. } => content.resize(to_index(*length), 0),
        Step::Write { offset, bytes, .. } => {
            let offset = to_index(*offset);
            let grown = content.len().max(offset + bytes.len());
            match fate {
                Fate::Zeroed => content.resize(grown, 0),
                Fate::Torn { sectors, sector_bytes } => {
                    for (number, sector) in bytes.chunks(sector_bytes).enumerate() {
                        if sectors >> (number % 64) & 1 == 1 {
                            put(content, offset + number * sector_bytes, sector);
                        }
                    }
                }
                Fate::Kept | Fate::Dropped => put(content, offset, bytes),
            }
        }
        _ => {}
    }
}

fn put(content: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset..end].copy_from_slice(bytes);
}

fn name(names: &mut BTreeMap<PathBuf, Named>, event: &Event) {
    match (&event.step, event.file) {
        (Step::MakeFolder(path), _) => {
            names.insert(path.clone(), Named::Folder);
        }
        (Step::Create(path), Some(file)) => {
            names.insert(path.clone(), Named::File(file));
        }
        (Step::Rename { from, to }, Some(file)) => {
            names.remove(from);
            names.insert(to.clone(), Named::File(file));
        }
        (Step::Remove(path), _) => {
            names.remove(path);
        }
        _ => {}
    }
}

/// Keeps what can be reached: a name in a folder that is not there is lost with it.
fn finish(names: &BTreeMap<PathBuf, Named>, mut bytes: HashMap<usize, Vec<u8>>) -> Image {
    let mut image = Image::default();
    for (path, named) in names {
        let parent = path.parent().unwrap_or(Path::new(""));
        let reached = parent == Path::new("") || image.nodes.contains_key(parent);
        if reached {
            let node = match named {
                Named::Folder => Node::Folder,
                Named::File(file) => Node::File(bytes.remove(file).unwrap_or_default()),
            };
            image.nodes.insert(path.clone(), node);
        }
    }
    image
}

fn to_index(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
