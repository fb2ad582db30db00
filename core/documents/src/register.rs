//! The register of numbers (文号登记): who may use which, which were used, and which are void.
//!
//! The register is a log; its state is what the log says. The hub reserves a block for a device,
//! the device takes from it offline, and a number once taken or voided is never given again.
use std::collections::{BTreeMap, BTreeSet};

use crate::number::{Number, NumberError, ProvisionalNumber, SERIAL_MAX, Series};

/// A device that needs more at once is better served by a second block.
pub const BLOCK_LENGTH_MAX: u32 = 1_000;

/// What happened to numbers, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterEvent {
    /// A device may use the numbers from `first` to `last`, both included (预留号段).
    Reserved {
        /// Of which series.
        series: Series,
        /// For whom.
        device: String,
        /// The first serial.
        first: u32,
        /// The last serial.
        last: u32,
    },
    /// A number was printed on a document.
    Taken(Number),
    /// A device without numbers left made a provisional one (暂编号).
    Provisional(ProvisionalNumber),
    /// A provisional number got its final one; both stay in the log.
    Settled {
        /// What was printed first.
        provisional: ProvisionalNumber,
        /// What it is called from now on.
        number: Number,
    },
    /// A number is void (作废) for a reason; it was taken and the paper spoilt, or was left over.
    Voided {
        /// Which.
        number: Number,
        /// Why, in the words of the person who voids it.
        reason: String,
    },
}

/// Why the register refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// The numbers cannot be made.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A block must hold 1 to 1,000 numbers.
    #[error(
        "号段要有1至1000个号，现在是{length}个：请改小 | a block holds 1 to 1000 numbers, not {length}; ask for fewer"
    )]
    BlockLength {
        /// What was asked for.
        length: u32,
    },
    /// The series has no numbers left.
    #[error(
        "{series}已没有可预留的号：请检查登记表 | the series has no numbers left; look through the register"
    )]
    SeriesUsedUp {
        /// Which.
        series: Series,
    },
    /// The device has no number of the series left.
    #[error(
        "本机在{series}的号段已用完：先用暂编号，联网后领新号段 | no number left in the block of this device; use a provisional number and fetch a new block when online"
    )]
    BlockUsedUp {
        /// Which.
        series: Series,
    },
    /// The number was never reserved for anybody.
    #[error("{number}没有预留过：请核对号码 | this number was never reserved; check it")]
    Unknown {
        /// Which.
        number: String,
    },
    /// The number is void already, or the provisional one has its final number already.
    #[error(
        "{number}已处理过，不能再用 | this number was dealt with already and cannot be used again"
    )]
    Spent {
        /// Which.
        number: String,
    },
    /// Every void says why.
    #[error("{number}作废没有写原因：请写明 | a void without a reason; say why")]
    NoReason {
        /// Which.
        number: String,
    },
}

/// What is known of one series.
#[derive(Debug, Clone, Default)]
struct SeriesState {
    /// Reserved blocks: first, last, device. They overlap where devices did not see each other.
    blocks: Vec<(u32, u32, String)>,
    /// Serials that stand on a document.
    taken: BTreeSet<u32>,
    /// Serials that are void.
    void: BTreeSet<u32>,
    /// Serials that stand in the blocks of two devices, so that neither may use them.
    contested: BTreeSet<u32>,
    /// The last provisional number of each device.
    provisional: BTreeMap<String, u32>,
    /// Provisional numbers and what became of them.
    settled: BTreeMap<ProvisionalNumber, Option<u32>>,
}

/// The register of one agency, or of one device's own blocks.
#[derive(Debug, Clone, Default)]
pub struct Register {
    log: Vec<RegisterEvent>,
    series: BTreeMap<Series, SeriesState>,
}

impl Register {
    /// All that happened, in order.
    #[must_use]
    pub fn log(&self) -> &[RegisterEvent] {
        &self.log
    }

    /// The register that this log tells of.
    ///
    /// # Errors
    ///
    /// At the first event that contradicts those before it.
    pub fn replay(log: impl IntoIterator<Item = RegisterEvent>) -> Result<Self, RegisterError> {
        let mut register = Self::default();
        for event in log {
            register.apply(event)?;
        }
        Ok(register)
    }

    /// The register that several devices wrote without seeing each other, and what contradicts in
    /// it. Nothing is left out: a number that anyone took or voided is spent, whoever had reserved
    /// it; a number in two blocks is given by neither device.
    #[must_use]
    pub fn gather(log: impl IntoIterator<Item = RegisterEvent>) -> (Self, Vec<RegisterError>) {
        let (mut register, mut contradictions) = (Self::default(), Vec::new());
        for event in log {
            let state = register.series.entry(event.series().clone()).or_default();
            contradictions.extend(state.apply(&event).err());
            state.heed(&event);
            register.log.push(event);
        }
        (register, contradictions)
    }

    /// Reserves the next `length` numbers of the series for a device.
    ///
    /// # Errors
    ///
    /// When the length is out of bounds or the series is used up.
    pub fn reserve(
        &mut self,
        series: &Series,
        device: &str,
        length: u32,
    ) -> Result<(u32, u32), RegisterError> {
        let first = self.state(series).map_or(1, |state| state.last_reserved() + 1);
        let last = first.saturating_add(length).saturating_sub(1);
        let (series, device) = (series.clone(), device.to_owned());
        self.apply(RegisterEvent::Reserved { series, device, first, last })?;
        Ok((first, last))
    }

    /// Takes the lowest free number of the device's blocks.
    ///
    /// # Errors
    ///
    /// [`RegisterError::BlockUsedUp`] when there is none: then a provisional number helps.
    pub fn take(&mut self, series: &Series, device: &str) -> Result<Number, RegisterError> {
        let used_up = || RegisterError::BlockUsedUp { series: series.clone() };
        let serial = self.state(series).and_then(|state| state.free(device)).ok_or_else(used_up)?;
        let number = series.number(serial)?;
        self.apply(RegisterEvent::Taken(number.clone()))?;
        Ok(number)
    }

    /// Makes a provisional number on a device whose blocks are used up.
    ///
    /// # Errors
    ///
    /// None today; the log is checked on every event.
    pub fn provisional(
        &mut self,
        series: &Series,
        device: &str,
    ) -> Result<ProvisionalNumber, RegisterError> {
        let count = self.state(series).and_then(|state| state.provisional.get(device)).copied();
        let number = ProvisionalNumber::new(series, device, count.unwrap_or(0) + 1);
        self.apply(RegisterEvent::Provisional(number.clone()))?;
        Ok(number)
    }

    /// Gives a provisional number its final one, the lowest free of the device's blocks.
    ///
    /// # Errors
    ///
    /// When it was never made, has its final number already, or the device has no number left.
    pub fn settle(&mut self, provisional: &ProvisionalNumber) -> Result<Number, RegisterError> {
        let series = provisional.series();
        let used_up = || RegisterError::BlockUsedUp { series: series.clone() };
        let free = self.state(series).and_then(|state| state.free(provisional.device()));
        let number = series.number(free.ok_or_else(used_up)?)?;
        let (provisional, settled) = (provisional.clone(), number.clone());
        self.apply(RegisterEvent::Settled { provisional, number: settled })?;
        Ok(number)
    }

    /// Voids a number, taken or not. It is logged and never given again.
    ///
    /// # Errors
    ///
    /// When it was never reserved, is void already, or no reason is given.
    pub fn void(&mut self, number: &Number, reason: &str) -> Result<(), RegisterError> {
        let (number, reason) = (number.clone(), reason.trim().to_owned());
        self.apply(RegisterEvent::Voided { number, reason })
    }

    /// Numbers of the series that were reserved and neither taken nor voided, in order.
    #[must_use]
    pub fn open(&self, series: &Series) -> Vec<u32> {
        let state = self.state(series);
        let serials = state.into_iter().flat_map(|state| {
            let all = state.blocks.iter().flat_map(|(first, last, _)| *first..=*last);
            all.filter(|serial| !state.is_spent(*serial))
        });
        serials.collect()
    }

    fn state(&self, series: &Series) -> Option<&SeriesState> {
        self.series.get(series)
    }

    fn apply(&mut self, event: RegisterEvent) -> Result<(), RegisterError> {
        // Each branch checks before it changes anything, so a refused event leaves no trace.
        self.series.entry(event.series().clone()).or_default().apply(&event)?;
        self.log.push(event);
        Ok(())
    }
}

impl RegisterEvent {
    fn series(&self) -> &Series {
        match self {
            Self::Reserved { series, .. } => series,
            Self::Taken(number) | Self::Voided { number, .. } => number.series(),
            Self::Provisional(number) => number.series(),
            Self::Settled { provisional, .. } => provisional.series(),
        }
    }
}

impl SeriesState {
    fn last_reserved(&self) -> u32 {
        let blocks = self.blocks.iter().map(|(_, last, _)| *last);
        // What was used without a block is not reserved for somebody else later.
        blocks.chain(self.taken.last().copied()).chain(self.void.last().copied()).max().unwrap_or(0)
    }

    fn is_spent(&self, serial: u32) -> bool {
        self.taken.contains(&serial) || self.void.contains(&serial)
    }

    fn free(&self, device: &str) -> Option<u32> {
        let own = self.blocks.iter().filter(|(_, _, owner)| owner == device);
        let free = |serial: &u32| !self.is_spent(*serial) && !self.contested.contains(serial);
        own.flat_map(|(first, last, _)| *first..=*last).find(free)
    }

    /// Takes in what [`Self::apply`] may have refused, so that nothing in it is given again.
    fn heed(&mut self, event: &RegisterEvent) {
        match event {
            RegisterEvent::Reserved { device, first, last, .. } => {
                // A block that no device may have is not walked through.
                let span = *first..=(*last).min(first.saturating_add(BLOCK_LENGTH_MAX - 1));
                let block = (*span.start(), *span.end(), device.clone());
                let others = self.blocks.iter().filter(|(_, _, owner)| owner != device);
                let within = |serial: &u32| {
                    others.clone().any(|(first, last, _)| (*first..=*last).contains(serial))
                };
                let contested: Vec<u32> = span.filter(within).collect();
                self.contested.extend(contested);
                if !self.blocks.contains(&block) {
                    self.blocks.push(block);
                }
            }
            RegisterEvent::Taken(number) => {
                self.taken.insert(number.serial());
            }
            RegisterEvent::Voided { number, .. } => {
                self.void.insert(number.serial());
            }
            RegisterEvent::Provisional(number) => {
                self.settled.entry(number.clone()).or_default();
            }
            RegisterEvent::Settled { provisional, number } => {
                self.taken.insert(number.serial());
                self.settled.insert(provisional.clone(), Some(number.serial()));
            }
        }
    }

    fn apply(&mut self, event: &RegisterEvent) -> Result<(), RegisterError> {
        match event {
            RegisterEvent::Reserved { series, device, first, last } => {
                self.add_block(series, device, *first, *last)
            }
            RegisterEvent::Taken(number) => self.spend(number),
            RegisterEvent::Provisional(number) => {
                if self.settled.contains_key(number) {
                    return Err(RegisterError::Spent { number: number.to_string() });
                }
                self.settled.insert(number.clone(), None);
                let last = self.provisional.entry(number.device().to_owned()).or_default();
                *last = (*last).max(number.serial());
                Ok(())
            }
            RegisterEvent::Settled { provisional, number } => {
                let name = provisional.to_string();
                match self.settled.get(provisional) {
                    None => return Err(RegisterError::Unknown { number: name }),
                    Some(Some(_)) => return Err(RegisterError::Spent { number: name }),
                    Some(None) => self.spend(number)?,
                }
                self.settled.insert(provisional.clone(), Some(number.serial()));
                Ok(())
            }
            RegisterEvent::Voided { number, reason } => self.void(number, reason),
        }
    }

    fn add_block(
        &mut self,
        series: &Series,
        device: &str,
        first: u32,
        last: u32,
    ) -> Result<(), RegisterError> {
        let length = last.checked_sub(first).map_or(0, |more| more.saturating_add(1));
        if length == 0 || length > BLOCK_LENGTH_MAX {
            return Err(RegisterError::BlockLength { length });
        }
        if last > SERIAL_MAX || first <= self.last_reserved() {
            return Err(RegisterError::SeriesUsedUp { series: series.clone() });
        }
        self.blocks.push((first, last, device.to_owned()));
        Ok(())
    }

    fn spend(&mut self, number: &Number) -> Result<(), RegisterError> {
        self.check_reserved(number)?;
        if self.is_spent(number.serial()) {
            return Err(RegisterError::Spent { number: number.to_string() });
        }
        self.taken.insert(number.serial());
        Ok(())
    }

    fn void(&mut self, number: &Number, reason: &str) -> Result<(), RegisterError> {
        self.check_reserved(number)?;
        if reason.trim().is_empty() {
            return Err(RegisterError::NoReason { number: number.to_string() });
        }
        if !self.void.insert(number.serial()) {
            return Err(RegisterError::Spent { number: number.to_string() });
        }
        Ok(())
    }

    fn check_reserved(&self, number: &Number) -> Result<(), RegisterError> {
        let serial = number.serial();
        let reserved =
            self.blocks.iter().any(|(first, last, _)| (*first..=*last).contains(&serial));
        let unknown = || RegisterError::Unknown { number: number.to_string() };
        reserved.then_some(()).ok_or_else(unknown)
    }
}
