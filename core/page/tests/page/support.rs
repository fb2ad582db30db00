//! A sink in memory, and the page as text.

use std::collections::BTreeMap;
use std::io;

use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use angen_page::{Opened, OriginalSink, open_package, render};
use scraper::{Html, Selector};

/// Keeps the originals in memory.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) kept: Option<bool>,
    current: String,
}

impl OriginalSink for Memory {
    fn begin(&mut self, _address: Hash, file_name: &str) -> io::Result<()> {
        self.current = file_name.to_owned();
        assert!(self.files.insert(self.current.clone(), Vec::new()).is_none(), "a name twice");
        Ok(())
    }

    fn part(&mut self, part: &[u8]) -> io::Result<()> {
        self.files
            .get_mut(&self.current)
            .expect("a part comes after its begin")
            .extend_from_slice(part);
        Ok(())
    }

    fn end(&mut self, holds: bool) -> io::Result<()> {
        if !holds {
            self.files.remove(&self.current);
        }
        Ok(())
    }

    fn finish(&mut self, keep: bool) -> io::Result<()> {
        assert!(self.kept.replace(keep).is_none(), "finished twice");
        if !keep {
            self.files.clear();
        }
        Ok(())
    }
}

/// Opens a package in memory.
pub(crate) fn open(package: &[u8], root: Option<Hash>) -> (Opened, Memory) {
    let mut memory = Memory::default();
    let opened = open_package(package, root, &mut memory).expect("the test world is whole");
    (opened, memory)
}

/// The page of a package.
pub(crate) fn page(package: &[u8], root: Option<Hash>, lang: Lang) -> String {
    render(&open(package, root).0, lang)
}

/// The text of the elements that a selector finds, with single spaces.
pub(crate) fn texts(html: &str, selector: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let wanted = Selector::parse(selector).expect("the test world is whole");
    let found = document.select(&wanted);
    let text = |element: scraper::ElementRef<'_>| {
        let text: String = element.text().collect::<Vec<_>>().join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    found.map(text).collect()
}

/// The values of an attribute.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let all = Selector::parse(&format!("[{name}]")).expect("the test world is whole");
    document.select(&all).filter_map(|e| e.value().attr(name).map(str::to_owned)).collect()
}
