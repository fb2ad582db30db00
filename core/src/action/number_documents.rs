//! Numbers of documents 文号: blocks that a device reserves, voids, and the final numbers of
//! documents that were printed with provisional ones. None is ever given twice.

use angen_documents::{
    DocumentNumber, Number, ProvisionalNumber, RegisterError, Series, is_device,
};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use rusqlite::Connection;

use crate::action::establish::established;
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry, Page};
use crate::domain::{Issued, NumberBlock, read_one};
use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::procedure::{document_of_number, numbers};
use crate::store;

/// The name of this device on provisional numbers and blocks, as a setting of its database.
const DEVICE: &str = "device";

/// Letters and digits that are not taken for one another when they are read aloud.
const LABEL_LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXY346789";

/// Letters of a label that a device gives itself: one of half a million.
const LABEL_LENGTH: usize = 4;

/// What is reserved.
#[derive(Debug, Clone)]
pub struct ReserveNumbers {
    /// Abbreviation of the region or agency, such as `鲁日`.
    pub region: String,
    /// The field: `应急`.
    pub department: String,
    /// Characters of the kind of document, such as `检记`.
    pub kind: String,
    /// The year that is counted in.
    pub year: u16,
    /// The device; this one, if none is named.
    pub device: Option<String>,
    /// How many numbers.
    pub count: u32,
}

/// Names this device, as it stands on provisional numbers.
///
/// # Errors
/// `Invalid` for a name that is no device's; `Storage`.
pub fn name_device(store: &store::Store, name: &str) -> Result<()> {
    check_device(name)?;
    store.write(|tx| store::put_setting(tx, DEVICE, name))
}

/// The name of this device, if it has one.
///
/// # Errors
/// `Storage`.
pub fn device_of(read: &Connection) -> Result<Option<String>> {
    store::get_setting(read, DEVICE)
}

/// A name for a device that nobody named.
pub(crate) fn new_device(ports: &Ports) -> String {
    let random: [u8; LABEL_LENGTH] = ports.random();
    random
        .iter()
        .map(|byte| char::from(LABEL_LETTERS[usize::from(*byte) % LABEL_LETTERS.len()]))
        .collect()
}

/// Keeps the name that a device gave itself.
pub(crate) fn keep_device(page: &Page<'_, '_>, device: &str) -> Result<()> {
    store::put_setting(page.tx(), DEVICE, device)
}

/// Reserves the next numbers of a series for a device.
///
/// # Errors
/// `Invalid` for parts that make no number, a block of no number or more than a thousand, a series
/// that is used up, or a device's name that is none; `Sign`, `Storage`.
pub fn reserve_numbers(desk: &Desk<'_>, request: &ReserveNumbers) -> Result<NumberBlock> {
    let place = established(desk.store())?;
    let ReserveNumbers { region, department, kind, year, .. } = request;
    let series = Series::new(region, department, kind, *year).map_err(|e| invalid("series", &e))?;
    // A number that could not be read back would be no number of the register.
    let first = series.number(1).map_err(|e| invalid("series", &e))?.to_string();
    first.parse::<Number>().map_err(|e| invalid("department", &e))?;
    desk.write(|page| {
        let held = device_of(page.read())?;
        let device = match request.device.clone().or_else(|| held.clone()) {
            Some(device) => device,
            None => new_device(desk.ports()),
        };
        check_device(&device)?;
        if request.device.is_none() && held.is_none() {
            keep_device(page, &device)?;
        }
        let mut register = numbers(page.read())?.register;
        let (first, last) =
            register.reserve(&series, &device, request.count).map_err(register_error)?;
        let block: EntityId = page.new_entity();
        page.put(
            Entry::new("number_block.reserve/1", place.roster, block)
                .set("region", region.as_str())
                .set("department", department.as_str())
                .set("kind", kind.as_str())
                .set("year", i64::from(*year))
                .set("device", device)
                .set("first", i64::from(first))
                .set("last", i64::from(last)),
        )?;
        read_one(page.read(), place.roster, block)
    })
}

/// What is made void.
#[derive(Debug, Clone)]
pub enum ToVoid {
    /// A document in its dossier.
    Document(DossierId, EntityId),
    /// A number: of the document that carries it, or left over in a block.
    Number(String),
}

/// Makes a document or a number void 作废, with its reason. It is logged and never given again.
///
/// # Errors
/// `Invalid` for an empty reason, a number that nobody reserved, or one that is void already;
/// `NotFound`; `Sign`, `Storage`.
pub fn void_document(desk: &Desk<'_>, what: &ToVoid, reason: &str) -> Result<Hash> {
    not_empty("reason", reason)?;
    let place = established(desk.store())?;
    desk.write(|page| {
        let (dossier, document) = match what {
            ToVoid::Document(dossier, document) => (*dossier, *document),
            ToVoid::Number(text) => match document_of_number(page.read(), text)? {
                Some(found) => (found.dossier, found.document),
                None => return void_left_over(page, place.roster, text, reason),
            },
        };
        let issued: Issued = read_one(page.read(), dossier, document)?;
        if issued.void.is_some() {
            return Err(spent(issued.known_number().unwrap_or_default()));
        }
        page.put(
            Entry::new("document.void/1", dossier, document)
                .set_some("void_number", issued.number.as_deref())
                .set("void_reason", reason),
        )
    })
}

/// A number that never stood on a document.
fn void_left_over(
    page: &mut Page<'_, '_>,
    roster: DossierId,
    text: &str,
    reason: &str,
) -> Result<Hash> {
    let number: Number = text.parse().map_err(|e| invalid("number", &e))?;
    let mut register = numbers(page.read())?.register;
    register.void(&number, reason).map_err(register_error)?;
    let entity = EntityId::derived(roster, &format!("number/{number}"));
    page.put(
        Entry::new("document.void/1", roster, entity)
            .set("void_number", number.to_string())
            .set("void_reason", reason),
    )
}

/// Gives a document that was printed with a provisional number its final one, the next of the
/// device's blocks. The paper keeps what was printed on it.
///
/// # Errors
/// `Invalid` for a document that has its number or is void, or when no number is left;
/// `NotFound`; `Sign`, `Storage`.
pub fn settle_document(desk: &Desk<'_>, dossier: DossierId, document: EntityId) -> Result<String> {
    desk.write(|page| {
        let issued: Issued = read_one(page.read(), dossier, document)?;
        let printed = issued.provisional.as_deref().map(str::parse::<ProvisionalNumber>);
        let (Some(Ok(provisional)), None, None) = (printed, &issued.number, &issued.void) else {
            return Err(Error::invalid(
                "document",
                "这份文书没有待换的暂编号",
                "this document has no provisional number that waits for its final one",
            ));
        };
        let mut register = numbers(page.read())?.register;
        let number = register.settle(&provisional).map_err(register_error)?;
        page.put(
            Entry::new("document.settle/1", dossier, document).set("number", number.to_string()),
        )?;
        Ok(number.to_string())
    })
}

/// The series of a printed number, for a host that reserves the next block of the same.
#[must_use]
pub fn series_of_number(text: &str) -> Option<Series> {
    text.parse::<DocumentNumber>().ok().map(|number| number.series().clone())
}

fn check_device(name: &str) -> Result<()> {
    if is_device(name) {
        return Ok(());
    }
    Err(Error::invalid(
        "device",
        format!("“{name}”不能作设备号：用1至8位字母和数字，如 A3"),
        format!("{name} is no name of a device: 1 to 8 letters and digits, such as A3"),
    ))
}

fn spent(number: &str) -> Error {
    register_error(RegisterError::Spent { number: number.to_owned() })
}

pub(crate) fn register_error(error: RegisterError) -> Error {
    invalid("number", &error)
}

/// Errors of the library say both languages in one line, with ` | ` between them.
fn invalid(place: &str, error: &dyn std::error::Error) -> Error {
    let text = error.to_string();
    let (zh, en) = text.split_once(" | ").unwrap_or((&text, &text));
    Error::invalid(place, zh, en)
}
