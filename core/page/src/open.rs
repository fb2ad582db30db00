//! Opens a package in one pass: it is verified, its originals go to a sink, its ops are gathered.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read};

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::heads::Heads;
use angen_ledger::op::Op;
use angen_ledger::package::ReadFault;
use angen_ledger::verify::{
    Known, Lang, Observer, Outcome, Standing, StandingJudge, Verdict, verify,
};
use thiserror::Error;

use crate::file_name::safe_file_name;

/// The folder beside the page in which the page looks for the originals.
pub const ORIGINALS_FOLDER: &str = "originals";

/// Takes the originals, one after the other. A host writes them to a folder; a test keeps them in
/// memory. For each: `begin`, any number of `part`, `end`; after the last, `finish` once.
pub trait OriginalSink {
    /// An original begins. The name is safe: no separator, no reserved name, each name once.
    ///
    /// # Errors
    /// What the host's storage says; the opening then ends with [`OpenError::Sink`].
    fn begin(&mut self, address: Hash, file_name: &str) -> io::Result<()>;

    /// The next bytes of the original that has begun.
    ///
    /// # Errors
    /// As for `begin`.
    fn part(&mut self, part: &[u8]) -> io::Result<()>;

    /// The original is over. When it does not hold, it is not the recorded one: drop it.
    ///
    /// # Errors
    /// As for `begin`.
    fn end(&mut self, holds: bool) -> io::Result<()>;

    /// The package is over. `keep` is false when it is refused or could not be read to its end:
    /// then nothing of what was written may be kept.
    ///
    /// # Errors
    /// As for `begin`.
    fn finish(&mut self, keep: bool) -> io::Result<()>;
}

/// Why a package could not be opened. A package that is refused is opened all the same: its
/// verdict says so, and the page tells why.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The bytes of the package cannot be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// An original cannot be written.
    #[error(
        "the original {file_name} cannot be written: {source}; free some space or choose another folder"
    )]
    Sink {
        /// The original's name, empty when it was about all of them.
        file_name: String,
        /// What the host's storage says.
        source: io::Error,
    },
}

impl OpenError {
    /// The words for people: what failed, where, and what to do.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, _) => self.to_string(),
            (Lang::Zh, Self::Read(fault)) => {
                format!("文件包读不出来（{fault}），请重新复制或换一个存储设备再试")
            }
            (Lang::Zh, Self::Sink { file_name, source }) => {
                format!("原件“{file_name}”写不进去（{source}），请腾出空间或换一个文件夹")
            }
        }
    }
}

/// One original as it was handed to the sink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Address of its blob.
    pub address: Hash,
    /// Its name in [`ORIGINALS_FOLDER`].
    pub file_name: String,
    /// Whether it is the recorded one.
    pub holds: bool,
}

/// An opened package: the verdict, and all that the page is made from.
pub struct Opened {
    /// The verdict. Unless its outcome is `Verifies`, nothing of the content is kept here either.
    pub verdict: Verdict,
    /// What of it counts. The rest is named here and kept nowhere below, but for the originals.
    pub standing: Standing,
    /// The originals that were kept, by address.
    pub originals: BTreeMap<Hash, Original>,
    /// The ops, each once, in the order of the package.
    pub(crate) ops: Vec<Op>,
    /// Their fields.
    pub(crate) heads: Heads,
    /// The certificates that hold.
    pub(crate) certificates: Vec<SignedCertificate>,
}

/// Verifies a package, hands its originals to the sink, and gathers what the page needs.
///
/// Give it a buffered reader. `root` is the fingerprint that the reader knows, if any. Memory:
/// one frame, and all ops; the originals pass through in parts of at most 64 KiB.
///
/// # Errors
/// [`OpenError`] when the package cannot be read or an original cannot be written. A package that
/// does not verify is no error: see [`Opened::verdict`].
pub fn open_package(
    input: impl Read,
    root: Option<Hash>,
    sink: &mut dyn OriginalSink,
) -> Result<Opened, OpenError> {
    let mut gather = Gather::new(sink);
    let mut judge = StandingJudge::new(Known::default()).with(&mut gather);
    let verdict = verify(input, root, &mut judge);
    let standing = verdict.as_ref().ok().map(|verdict| judge.finish(verdict, root));
    let keep = gather.failure.is_none()
        && verdict.as_ref().is_ok_and(|verdict| verdict.outcome == Outcome::Verifies);
    let finished = gather.sink.finish(keep);
    if let Some(failure) = gather.failure {
        return Err(failure);
    }
    let (verdict, Some(standing)) = (verdict?, standing) else {
        unreachable!("what was verified was judged")
    };
    finished.map_err(|source| OpenError::Sink { file_name: String::new(), source })?;
    if !keep {
        return Ok(Opened {
            verdict,
            standing,
            originals: BTreeMap::new(),
            ops: Vec::new(),
            heads: Heads::default(),
            certificates: Vec::new(),
        });
    }
    let Gather { originals, mut ops, mut heads, certificates, .. } = gather;
    if standing.is_limited() {
        ops = counting(ops, &standing);
        heads = Heads::default();
        ops.iter().for_each(|op| heads.apply(op));
    }
    Ok(Opened { verdict, standing, originals, ops, heads, certificates })
}

/// The ops that count. One that replaced a value that does not count replaces as well what that
/// one had replaced, and so on: who wrote it had seen both (docs/protocol.md section 13).
fn counting(ops: Vec<Op>, standing: &Standing) -> Vec<Op> {
    let aside: HashSet<Hash> = standing.aside.iter().map(|aside| aside.op).collect();
    let (out, mut kept): (Vec<Op>, Vec<Op>) =
        ops.into_iter().partition(|op| aside.contains(&op.hash));
    let out: HashMap<Hash, Op> = out.into_iter().map(|op| (op.hash, op)).collect();
    for op in &mut kept {
        for over in &mut op.header.over {
            let mut next = 0;
            while let Some(head) = over.heads.get(next).copied() {
                next += 1;
                let theirs = out.get(&head).map(|gone| gone.header.over.as_slice());
                let same = theirs.unwrap_or_default().iter().filter(|o| o.field == over.field);
                for before in same.flat_map(|o| &o.heads) {
                    if !over.heads.contains(before) {
                        over.heads.push(*before);
                    }
                }
            }
        }
    }
    kept
}

/// Watches the verification.
struct Gather<'s> {
    sink: &'s mut dyn OriginalSink,
    ops: Vec<Op>,
    seen: HashSet<Hash>,
    heads: Heads,
    certificates: Vec<SignedCertificate>,
    named: BTreeMap<Hash, (Option<String>, Option<String>)>,
    originals: BTreeMap<Hash, Original>,
    current: Option<Hash>,
    failure: Option<OpenError>,
}

impl<'s> Gather<'s> {
    fn new(sink: &'s mut dyn OriginalSink) -> Self {
        Self {
            sink,
            ops: Vec::new(),
            seen: HashSet::new(),
            heads: Heads::default(),
            certificates: Vec::new(),
            named: BTreeMap::new(),
            originals: BTreeMap::new(),
            current: None,
            failure: None,
        }
    }

    /// Begins the original if it has not begun. False when its bytes go nowhere.
    fn has_begun(&mut self, address: Hash) -> bool {
        if self.current == Some(address) {
            return true;
        }
        // A blob that comes twice breaks a rule: the second one is not worth a file.
        if self.failure.is_some() || self.originals.contains_key(&address) {
            return false;
        }
        let (caption, mime) = self.named.get(&address).cloned().unwrap_or_default();
        let number = self.originals.len() + 1;
        let file_name = safe_file_name(number, caption.as_deref(), mime.as_deref());
        let begun = self.sink.begin(address, &file_name);
        self.originals.insert(address, Original { address, file_name, holds: false });
        self.current = Some(address);
        self.keep_failure(address, begun)
    }

    /// Keeps the first failure of the sink. True when there is none.
    fn keep_failure(&mut self, address: Hash, done: io::Result<()>) -> bool {
        let Err(source) = done else { return true };
        let name = self.originals.get(&address).map(|original| original.file_name.clone());
        self.failure = Some(OpenError::Sink { file_name: name.unwrap_or_default(), source });
        self.current = None;
        false
    }
}

impl Observer for Gather<'_> {
    fn certificate(&mut self, certificate: &SignedCertificate) {
        self.certificates.push(certificate.clone());
    }

    fn op(&mut self, op: &Op) {
        if !self.seen.insert(op.hash) {
            return;
        }
        let text = |field: &str| Some(op.get(field)?.as_text()?.to_owned());
        for blob in &op.header.blobs {
            self.named.entry(blob.address).or_insert_with(|| (text("caption"), text("mime")));
        }
        self.heads.apply(op);
        self.ops.push(op.clone());
    }

    fn original(&mut self, address: Hash, part: &[u8]) {
        if self.has_begun(address) {
            let done = self.sink.part(part);
            self.keep_failure(address, done);
        }
    }

    fn original_end(&mut self, address: Hash, holds: bool) {
        if self.current == Some(address) {
            let done = self.sink.end(holds);
            self.current = None;
            if self.keep_failure(address, done)
                && let Some(original) = self.originals.get_mut(&address)
            {
                original.holds = holds;
            }
        }
    }
}
