//! What is refused, absent or cannot be written: the page says which, and keeps nothing false.

use std::io;

use angen_ledger::hash::Hash;
use angen_ledger::verify::{Lang, Outcome};
use angen_page::{OpenError, OriginalSink, open_package, render};

use crate::support::{open, page, texts};
use crate::visit::visit;

#[test]
fn a_refused_package_says_which_item_and_leaves_nothing_behind() {
    let world = visit(Lang::Zh);
    let mut package = world.package();
    // Some byte in the ciphertext of the last blob, the page that the party signed.
    let (_, cipher) = world.blobs.last().unwrap();
    let window = &cipher[5_000..5_032];
    let place = package.windows(32).position(|bytes| bytes == window).unwrap();
    package[place] ^= 1;
    let (opened, memory) = open(&package, None);
    assert_eq!(opened.verdict.outcome, Outcome::Refused);
    assert_eq!(memory.kept, Some(false));
    assert!(opened.originals.is_empty() && memory.files.is_empty());
    let html = render(&opened, Lang::Zh);
    assert!(texts(&html, ".headline")[0].contains("不予认可"));
    let broken = texts(&html, ".broken").remove(0);
    assert!(broken.contains("M1") && broken.contains("“现场检查记录签字页”"), "{broken}");
    assert!(!html.contains("砂轮机没有防护罩"), "no content of a refused package is shown");
    assert!(texts(&html, "figure").is_empty() && texts(&html, ".timeline").is_empty());
}

#[test]
fn bytes_that_are_no_package_give_a_page_that_says_so() {
    let html = page(b"no package", None, Lang::En);
    assert!(texts(&html, ".headline")[0].contains("CANNOT BE READ"));
}

#[test]
fn another_root_than_the_one_that_was_asked_for_is_refused() {
    let world = visit(Lang::Zh);
    let html = page(&world.package(), Some(Hash([7; 32])), Lang::Zh);
    assert!(texts(&html, ".broken")[0].contains("K3"));
}

#[test]
fn an_absent_file_and_a_withheld_key_are_told_in_its_place() {
    let mut world = visit(Lang::Zh);
    world.blobs.pop();
    let html = page(&world.package(), None, Lang::Zh);
    let figures = texts(&html, "figure");
    let absent: Vec<_> = figures.iter().filter(|f| f.contains("原件不在本包内")).collect();
    assert_eq!(absent.len(), 1);
    assert!(absent[0].contains("现场检查记录签字页"));

    world.withhold("evidence.capture/1", "blob_key");
    let (opened, memory) = open(&world.package(), None);
    assert_eq!(opened.verdict.outcome, Outcome::Verifies);
    assert_eq!(memory.files.len(), 1, "the workbook's key is not withheld");
    let figures = texts(&render(&opened, Lang::Zh), "figure");
    assert!(figures.iter().all(|figure| figure.contains("密钥隐去")), "{figures:?}");
}

/// A disk that is full after some bytes.
struct FullDisk(usize, Option<bool>);

impl OriginalSink for FullDisk {
    fn begin(&mut self, _address: Hash, _file_name: &str) -> io::Result<()> {
        Ok(())
    }

    fn part(&mut self, part: &[u8]) -> io::Result<()> {
        self.0 = self.0.checked_sub(part.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(())
    }

    fn end(&mut self, _holds: bool) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, keep: bool) -> io::Result<()> {
        self.1 = Some(keep);
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error_that_names_the_file_and_keeps_nothing() {
    let package = visit(Lang::Zh).package();
    let mut disk = FullDisk(100, None);
    let Err(error) = open_package(package.as_slice(), None, &mut disk) else {
        panic!("a full disk takes no photo")
    };
    assert!(matches!(&error, OpenError::Sink { file_name, .. } if file_name.ends_with(".pdf")));
    assert!(error.words(Lang::Zh).contains("培训课件"), "{}", error.words(Lang::Zh));
    assert_eq!(disk.1, Some(false));
}
