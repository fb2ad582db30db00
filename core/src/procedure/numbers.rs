//! Numbers of documents 文号 as the ops that are here tell of them: reserved, taken, void, settled.

use angen_documents::{DocumentNumber, Number, Register, RegisterError, RegisterEvent, Series};
use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{Fields, Issued, Noun, NumberBlock, Source, every_text, read_all};
use crate::error::Result;

/// The register of every number that is held here.
#[derive(Debug, Default)]
pub struct Numbers {
    /// What was reserved and used.
    pub register: Register,
    /// What contradicts: a number on two documents, two blocks that overlap (domain detectors).
    pub contradictions: Vec<RegisterError>,
    /// The blocks, in the order of their first numbers.
    pub blocks: Vec<NumberBlock>,
}

/// Where a number stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The dossier.
    pub dossier: DossierId,
    /// The document.
    pub document: EntityId,
}

/// Reads the register from every dossier that is here.
///
/// # Errors
/// What the source returns.
pub fn numbers(source: &dyn Source) -> Result<Numbers> {
    let mut log = Log::default();
    for dossier in source.dossiers()? {
        log.blocks.extend(read_all::<NumberBlock>(source, dossier)?);
        for entity in source.entities(dossier, Issued::NOUN)? {
            log.document(&source.fields(dossier, entity)?);
        }
    }
    Ok(log.gathered())
}

/// The document that carries a number, as it was printed or as it was settled.
///
/// # Errors
/// What the source returns.
pub fn document_of_number(source: &dyn Source, number: &str) -> Result<Option<Numbered>> {
    for dossier in source.dossiers()? {
        for issued in read_all::<Issued>(source, dossier)? {
            let named = [issued.number.as_deref(), issued.provisional.as_deref()];
            if named.contains(&Some(number)) {
                return Ok(Some(Numbered { dossier, document: issued.document }));
            }
        }
    }
    Ok(None)
}

/// What was read, in the order in which it can be told: whoever used a number had reserved it.
#[derive(Default)]
struct Log {
    blocks: Vec<NumberBlock>,
    provisional: Vec<RegisterEvent>,
    taken: Vec<RegisterEvent>,
    settled: Vec<RegisterEvent>,
    void: Vec<RegisterEvent>,
}

impl Log {
    /// A text that is no number was written by a build with other rules; it spends nothing here.
    fn document(&mut self, fields: &Fields) {
        let printed = every_text(fields, "provisional");
        for text in &printed {
            self.provisional.extend(text.parse().map(RegisterEvent::Provisional));
        }
        for number in every_text(fields, "number").iter().filter_map(|text| text.parse().ok()) {
            let of = printed.iter().find_map(|text| text.parse().ok());
            match of {
                Some(provisional) => {
                    self.settled.push(RegisterEvent::Settled { provisional, number });
                }
                None => self.taken.push(RegisterEvent::Taken(number)),
            }
        }
        let reason = fields.text("void_reason").unwrap_or_default();
        for number in every_text(fields, "void_number").iter().filter_map(|text| text.parse().ok())
        {
            let reason = reason.to_owned();
            self.void.push(RegisterEvent::Voided { number, reason });
        }
    }

    fn gathered(mut self) -> Numbers {
        self.blocks.sort_by_key(|block| (block.span, block.op));
        let reserved = self.blocks.iter().filter_map(reserved_event).collect::<Vec<_>>();
        let used = [self.provisional, self.taken, self.settled, self.void].into_iter().flatten();
        let (register, contradictions) = Register::gather(reserved.into_iter().chain(used));
        Numbers { register, contradictions, blocks: self.blocks }
    }
}

fn reserved_event(block: &NumberBlock) -> Option<RegisterEvent> {
    let series = series_of(block)?;
    let serial = |number: i64| u32::try_from(number).ok();
    let (first, last) = (serial(block.span.0)?, serial(block.span.1)?);
    Some(RegisterEvent::Reserved { series, device: block.device.clone(), first, last })
}

fn series_of(block: &NumberBlock) -> Option<Series> {
    let year = u16::try_from(block.year).ok()?;
    Series::new(&block.region, &block.department, &block.kind, year).ok()
}

impl Numbers {
    /// The series in which a device counts a kind of document in a year. `region` is what the
    /// mandate says to stand in brackets; it counts before any block, since a document in the name
    /// of another body is numbered in that body's series. Otherwise it is that of the device's own
    /// block; of another device's; of any block, since one agency has one abbreviation.
    #[must_use]
    pub fn series(
        &self,
        region: Option<&str>,
        kind: &str,
        year: u16,
        device: &str,
    ) -> Option<Series> {
        let rank = |block: &&NumberBlock| {
            (
                region == Some(block.region.as_str()),
                block.kind == kind && block.year == i64::from(year),
                block.device == device,
                block.year,
            )
        };
        let block = self.blocks.iter().max_by_key(rank)?;
        Series::new(region.unwrap_or(&block.region), &block.department, kind, year).ok()
    }

    /// The next number of a device: the lowest free one of its blocks, otherwise a provisional one.
    ///
    /// # Errors
    /// None today; the register is asked for each.
    pub fn next(
        &mut self,
        series: &Series,
        device: &str,
    ) -> std::result::Result<DocumentNumber, RegisterError> {
        match self.register.take(series, device) {
            Ok(number) => Ok(DocumentNumber::Final(number)),
            Err(RegisterError::BlockUsedUp { .. }) => {
                self.register.provisional(series, device).map(DocumentNumber::Provisional)
            }
            Err(other) => Err(other),
        }
    }

    /// Whether some device reserved a number.
    #[must_use]
    pub fn is_reserved(&self, number: &Number) -> bool {
        let serial = i64::from(number.serial());
        self.blocks.iter().any(|block| {
            series_of(block).as_ref() == Some(number.series())
                && (block.span.0..=block.span.1).contains(&serial)
        })
    }
}
