//! Walks each part of a workbook once, and refuses what would cost its parser more than its size.
//!
//! calamine reserves memory for as many strings as the file says that it has, clones the format of
//! a style into every cell format that names it and the path of a sheet into every sheet, and
//! calculates with addresses that no sheet has. The parser here is calamine's own, so that both see
//! the same elements.

use crate::limits::{
    RELATION_ATTRIBUTE_BYTES_MAX, STYLE_ATTRIBUTE_BYTES_MAX, WORKBOOK_PARTS_MAX,
    WORKBOOK_RELATIONS_MAX, WORKBOOK_STRINGS_MAX, WORKBOOK_STYLE_ELEMENTS_MAX,
};
use crate::refusal::{Refusal, damaged, too_large};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Letters of the last column that Excel has, `XFD`.
const ADDRESS_LETTERS_MAX: usize = 3;

/// Digits of the last row that Excel has, 1048576.
const ADDRESS_DIGITS_MAX: usize = 7;

/// What the parts of one workbook hold so far.
#[derive(Debug, Default)]
pub(super) struct Guard {
    strings: usize,
    sheets: usize,
    relations: usize,
    style_elements: usize,
}

impl Guard {
    /// Walks one part. What is not XML is left to calamine, which stops at the same place.
    pub(super) fn walk(&mut self, path: &str, part: impl BufRead) -> Result<(), Refusal> {
        let styles = path.to_ascii_lowercase().ends_with("styles.xml");
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        // As calamine sets them: what it reads on from must be walked too.
        config.check_end_names = false;
        config.check_comments = false;
        config.expand_empty_elements = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element)) => {
                    if styles {
                        self.style(path, &element)?;
                    }
                    self.element(path, &element)?;
                }
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(quick_xml::Error::Io(error)) => return Err(damaged(&error.to_string())),
                Err(_) => return Ok(()),
            }
        }
    }

    fn style(&mut self, path: &str, element: &BytesStart<'_>) -> Result<(), Refusal> {
        count(&mut self.style_elements, WORKBOOK_STYLE_ELEMENTS_MAX, path, "styles")?;
        attributes_fit(path, element, STYLE_ATTRIBUTE_BYTES_MAX)
    }

    fn element(&mut self, path: &str, element: &BytesStart<'_>) -> Result<(), Refusal> {
        match element.local_name().as_ref() {
            "c" | "row" => match attribute(path, element, "r")? {
                Some(text) if address(&text).is_none() => Err(no_address(path, &text)),
                _ => Ok(()),
            },
            "dimension" => match attribute(path, element, "ref")? {
                Some(text) if !is_range(&text) => Err(no_address(path, &text)),
                _ => Ok(()),
            },
            "si" => count(&mut self.strings, WORKBOOK_STRINGS_MAX, path, "strings"),
            "sst" => {
                let said = attribute(path, element, "uniqueCount")?;
                let fits =
                    |text: String| text.parse().is_ok_and(|n: usize| n <= WORKBOOK_STRINGS_MAX);
                if said.is_none_or(fits) {
                    return Ok(());
                }
                Err(too_large(format!("{path}: uniqueCount > {WORKBOOK_STRINGS_MAX}")))
            }
            "sheet" => {
                count(&mut self.sheets, WORKBOOK_PARTS_MAX, path, "sheets")?;
                attributes_fit(path, element, RELATION_ATTRIBUTE_BYTES_MAX)
            }
            "Relationship" => {
                count(&mut self.relations, WORKBOOK_RELATIONS_MAX, path, "relationships")?;
                attributes_fit(path, element, RELATION_ATTRIBUTE_BYTES_MAX)
            }
            _ => Ok(()),
        }
    }
}

fn count(so_far: &mut usize, max: usize, path: &str, what: &str) -> Result<(), Refusal> {
    *so_far += 1;
    if *so_far <= max { Ok(()) } else { Err(too_large(format!("{path}: > {max} {what}"))) }
}

fn attribute(path: &str, element: &BytesStart<'_>, key: &str) -> Result<Option<String>, Refusal> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| damaged(&format!("{path}: {error}")))?;
        if attribute.key.as_ref() == key {
            return Ok(Some(attribute.value.into_owned()));
        }
    }
    Ok(None)
}

fn attributes_fit(path: &str, element: &BytesStart<'_>, bytes_max: usize) -> Result<(), Refusal> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| damaged(&format!("{path}: {error}")))?;
        if attribute.value.len() > bytes_max {
            let element = element.local_name();
            return Err(too_large(format!("{path}: <{}> > {bytes_max} B", element.as_ref())));
        }
    }
    Ok(())
}

/// Row and column of `C7` or of the row `7`, as the file writes them; `None` for what Excel cannot
/// have.
fn address(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at(letters);
    let digits = row.bytes().all(|b| b.is_ascii_digit()) && row.len() <= ADDRESS_DIGITS_MAX;
    if letters > ADDRESS_LETTERS_MAX || !digits {
        return None;
    }
    let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = column.bytes().fold(0, |sum, letter| sum * 26 + value(letter));
    Some((row.parse().ok().filter(|row| *row > 0)?, column))
}

/// `A1`, or `A1:C7` with the end behind the start.
fn is_range(text: &str) -> bool {
    let (start, end) = text.split_once(':').unwrap_or((text, text));
    let (Some(start), Some(end)) = (address(start), address(end)) else { return false };
    start.0 <= end.0 && start.1 <= end.1
}

fn no_address(path: &str, text: &str) -> Refusal {
    damaged(&format!("{path}: {text:?} is not a place in a sheet"))
}

#[cfg(test)]
mod tests {
    use super::{address, is_range};

    #[test]
    fn an_address_is_what_excel_can_have() {
        assert_eq!(address("C7"), Some((7, 3)));
        assert_eq!(address("xfd1048576"), Some((1_048_576, 16_384)));
        assert_eq!(address("7"), Some((7, 0)));
        for text in ["", "A", "A0", "AAAA1", "A12345678", "$A$1", "A1 ", "1A", "甲1", "A-1"] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_ends_behind_its_start() {
        assert!(["A1", "A1:A1", "B2:C7"].into_iter().all(is_range));
        assert!(!["B2:A7", "B2:C1", "A1:", ":", "A1:B2:C3"].into_iter().any(is_range));
    }
}
