//! A database that is open, and who acts on it.

use std::path::Path;

use angen_core::action::{Established, established, finish_wipe, joined_writer, wipe, wipe_orders};
use angen_core::desk::Desk;
use angen_core::domain::{
    Checklist, Enterprise, Listed, Officer, china_noon_ms, parse_day, read_all, township_meant,
};
use angen_core::error::Error;
use angen_core::ports::{DatabaseKeys, Ports};
use angen_core::store::{self, Store};
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::key::SignError;
use angen_ledger::verify::Lang;

use crate::args::{Cli, Language};
use crate::db_key::KeyFile;
use crate::host::{SystemChance, SystemClock, SystemDisk};
use crate::keys::{PIN_CHARS_MIN, PinKeys};
use crate::out::{Failure, failure};
use crate::verbs::{wipe_json, wipe_words};

/// An open database.
pub(crate) struct Session {
    /// The store.
    pub(crate) store: Store,
    /// What this computer lends.
    pub(crate) ports: Ports,
    /// The officers' key files.
    pub(crate) keys: std::sync::Arc<PinKeys>,
    /// The user's language.
    pub(crate) lang: Lang,
}

/// A verb's result.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Session {
    /// Opens the database of a folder with this computer's clocks. A folder without one stays as
    /// it is: whoever mistypes `--db` is told, and gets no second, empty database.
    pub(crate) fn open(folder: &Path, key: Option<&Path>, lang: Lang) -> Outcome<Self> {
        finish_wiping(folder, key, lang)?;
        if !Store::is_in(folder) {
            return Err(not_established(folder, lang));
        }
        Self::create(folder, key, lang)
    }

    /// Opens the database of a folder, or makes it.
    pub(crate) fn create(folder: &Path, key: Option<&Path>, lang: Lang) -> Outcome<Self> {
        finish_wiping(folder, key, lang)?;
        let keys = key.map(|file| Box::new(KeyFile::new(file)) as Box<dyn DatabaseKeys>);
        let store = Store::open_with(folder, keys).map_err(|error| failure(&error, lang))?;
        Ok(Self::over(store, lang, Box::new(SystemClock::new())))
    }

    /// Opens the database of a folder with another clock.
    pub(crate) fn with_clock(
        folder: &Path,
        lang: Lang,
        clock: Box<dyn angen_core::ports::Clock>,
    ) -> Outcome<Self> {
        let store = Store::open(folder).map_err(|error| failure(&error, lang))?;
        Ok(Self::over(store, lang, clock))
    }

    fn over(store: Store, lang: Lang, clock: Box<dyn angen_core::ports::Clock>) -> Self {
        let folder = store.folder();
        let keys = std::sync::Arc::new(PinKeys::new(folder.join("keys")));
        let ports = Ports {
            clock,
            chance: Box::new(SystemChance),
            keys: Box::new(SharedKeys(std::sync::Arc::clone(&keys))),
            disk: Box::new(SystemDisk),
        };
        Self { store, ports, keys, lang }
    }

    /// An error of the core in the user's language.
    pub(crate) fn say<T>(&self, result: angen_core::error::Result<T>) -> Outcome<T> {
        result.map_err(|error| failure(&error, self.lang))
    }

    /// What was established here.
    pub(crate) fn place(&self) -> Outcome<Established> {
        established(&self.store).map_err(|error| match error {
            Error::NotFound { noun: "database", .. } => {
                not_established(self.store.folder(), self.lang)
            }
            _ => failure(&error, self.lang),
        })
    }

    /// The PIN for the keys that are made next.
    pub(crate) fn set_new_pin(&self, option: &str, pin: &str) -> Outcome<()> {
        if self.keys.set_new_pin(pin) {
            return Ok(());
        }
        Err(self.wrong(
            option,
            &format!("PIN 至少 {PIN_CHARS_MIN} 位，请换一个长一些的"),
            &format!("a PIN has at least {PIN_CHARS_MIN} characters: choose a longer one"),
        ))
    }

    /// Signs in who was named by `--as` with `--pin`; the administrator, if no one was.
    pub(crate) fn desk(&self, cli: &Cli) -> Outcome<Desk<'_>> {
        let writer = match &cli.officer {
            Some(name) => self.writer(name)?,
            None => match self.say(joined_writer(&self.store))? {
                Some(joined) => joined,
                None => self.place()?.administrator,
            },
        };
        self.obey_wipe()?;
        let name = cli.officer.clone().unwrap_or_else(|| writer.to_string());
        if !self.keys.holds(writer) {
            return Err(self.unknown("这台设备上没有此人的密钥", "no key here is of", &name));
        }
        let Some(pin) = cli.pin.as_deref() else {
            return Err(self.wrong(&name, "请用 --pin 输入 PIN", "give the PIN with --pin"));
        };
        match self.keys.unlock(writer, pin) {
            Err(SignError::Locked) => Err(self.wrong(
                &name,
                "PIN 不对，请用 --pin 重新输入",
                "the PIN is wrong, give it again with --pin",
            )),
            other => {
                self.say(other.map_err(Error::from))?;
                self.say(Desk::sign_in(&self.store, &self.ports, writer))
            }
        }
    }

    /// Empties this device of the writers that the administrator has named: it was lost.
    fn obey_wipe(&self) -> Outcome<()> {
        let held = self.keys.writers();
        let orders = self.say(wipe_orders(&self.store, &held))?;
        let is_named = |writer: &&WriterId| orders.iter().any(|o| o.writers.contains(writer));
        let named: Vec<WriterId> = held.iter().filter(is_named).copied().collect();
        if named.is_empty() {
            return Ok(());
        }
        let everything = named.len() == held.len();
        let report = self.say(wipe(&self.store, &self.ports, &named, everything))?;
        let (keys, unsent) = (named.len(), report.unsent_ops());
        Err(Failure {
            text: match (everything, self.lang) {
                (true, lang) => wipe_words(&report, lang),
                (false, Lang::Zh) => format!(
                    "按管理员的清除指令，已销毁 {keys} 个密钥；其中 {unsent} 条记录未见于其他设备"
                ),
                (false, Lang::En) => format!(
                    "{keys} keys were destroyed as ordered; {unsent} ops were seen nowhere else"
                ),
            },
            json: wipe_json(&report),
            code: 1,
        })
    }

    /// Signs a writer in.
    pub(crate) fn sign_in(&self, writer: WriterId, pin: &str) -> Outcome<Desk<'_>> {
        let opened = self.keys.unlock(writer, pin).map_err(Error::from);
        self.say(opened)?;
        self.say(Desk::sign_in(&self.store, &self.ports, writer))
    }

    /// A writer by name or id.
    pub(crate) fn writer(&self, text: &str) -> Outcome<WriterId> {
        if let Ok(writer) = text.parse() {
            return Ok(writer);
        }
        let place = self.place()?;
        let people: Vec<Officer> =
            self.say(self.store.read(|read| read_all(read, place.roster)))?;
        let mut named: Vec<_> = people.iter().filter(|person| person.name == text).collect();
        if named.len() > 1 {
            // Two phones, or a key that was replaced: who is meant is the one who still signs,
            // and of several the one whose key lies here.
            let revoked =
                |writer| self.store.read(|read| Ok(store::revoked_by(read, writer)?.is_some()));
            let mut signing = Vec::new();
            for person in named {
                if !self.say(revoked(person.writer))? {
                    signing.push(person);
                }
            }
            named = signing;
        }
        if named.len() > 1 && named.iter().any(|person| self.keys.holds(person.writer)) {
            named.retain(|person| self.keys.holds(person.writer));
        }
        match named.as_slice() {
            [person] => Ok(person.writer),
            [] => Err(self.unknown("名册上没有", "there is nobody on the roster called", text)),
            _ => Err(self.unknown("名册上不止一个", "there is more than one on the roster:", text)),
        }
    }

    /// A person of the roster by name or id, enrolled or only listed.
    pub(crate) fn person(&self, text: &str) -> Outcome<EntityId> {
        let place = self.place()?;
        let people: Vec<Listed> = self.say(self.store.read(|read| read_all(read, place.roster)))?;
        let is = |known: &&Listed| known.name == text || text.parse().ok() == Some(known.officer);
        match people.iter().filter(is).collect::<Vec<_>>().as_slice() {
            [one] => Ok(one.officer),
            [] => Err(self.unknown("名册上没有", "there is nobody on the roster called", text)),
            _ => Err(self.unknown("名册上不止一个", "there is more than one on the roster:", text)),
        }
    }

    /// Division code of what was typed: a code as it is, or a township by name or pinyin.
    pub(crate) fn area(&self, option: &str, text: &str) -> Outcome<String> {
        // A code is never guessed at: one that is mistyped is refused by who uses it.
        if text.chars().any(char::is_numeric) {
            return Ok(text.to_owned());
        }
        township_meant(text).map(|known| known.code.to_owned()).ok_or_else(|| {
            self.wrong(
                option,
                &format!("不知道“{text}”是哪个乡镇街道，请用代码，或用 angen township find 查找"),
                &format!("which township is \"{text}\"? give its code, see angen township find"),
            )
        })
    }

    /// A day as it was typed, as the moment that stands for it; now, if none was.
    pub(crate) fn day_ms(&self, option: &str, day: Option<&str>) -> Outcome<i64> {
        let Some(text) = day else { return Ok(self.ports.clock.now().wall_ms) };
        parse_day(text).map(china_noon_ms).ok_or_else(|| {
            self.wrong(
                option,
                &format!("“{text}”不是日期，请写成 2026-09-16 这样"),
                &format!("\"{text}\" is no day: write it like 2026-09-16"),
            )
        })
    }

    /// An enterprise by name, credit code or id.
    pub(crate) fn enterprise(&self, text: &str) -> Outcome<EntityId> {
        let place = self.place()?;
        let all: Vec<Enterprise> =
            self.say(self.store.read(|read| read_all(read, place.register)))?;
        let is = |known: &&Enterprise| {
            known.name == text
                || known.credit_code.as_deref() == Some(text)
                || text.parse().ok() == Some(known.enterprise)
        };
        match all.iter().filter(is).collect::<Vec<_>>().as_slice() {
            [one] => Ok(one.enterprise),
            _ => Err(self.unknown("台账里找不到（或不止一个）企业", "no one enterprise is", text)),
        }
    }

    /// A checklist by list id (the newest) or id.
    pub(crate) fn checklist(&self, text: &str) -> Outcome<EntityId> {
        let place = self.place()?;
        let all: Vec<Checklist> =
            self.say(self.store.read(|read| read_all(read, place.library)))?;
        let is = |known: &&Checklist| {
            known.list_id == text || text.parse().ok() == Some(known.checklist)
        };
        match all.iter().rfind(is) {
            Some(list) => Ok(list.checklist),
            None => Err(self.unknown("库里没有检查表", "the library has no checklist", text)),
        }
    }

    /// A dossier by id.
    pub(crate) fn dossier(&self, text: &str) -> Outcome<DossierId> {
        text.parse().map_err(|_| self.unknown("不是卷宗号", "this is no dossier id:", text))
    }

    /// An entity by id.
    pub(crate) fn entity(&self, text: &str) -> Outcome<EntityId> {
        text.parse().map_err(|_| self.unknown("不是编号", "this is no id:", text))
    }

    /// One of some words, or a sentence that lists them.
    pub(crate) fn word<T: Copy>(
        &self,
        option: &str,
        text: &str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Outcome<T> {
        let words: Vec<&str> = all.iter().map(|known| word(*known)).collect();
        let found = words.iter().position(|known| *known == text);
        found.map(|index| all[index]).ok_or_else(|| {
            self.wrong(
                option,
                &format!("没有“{text}”这个选项，可用：{}", words.join("、")),
                &format!("there is no \"{text}\", use one of: {}", words.join(", ")),
            )
        })
    }

    /// What was typed behind an option, and what is wrong with it.
    pub(crate) fn wrong(&self, option: &str, zh: &str, en: &str) -> Failure {
        let text = match self.lang {
            Lang::Zh => format!("{option}：{zh}"),
            Lang::En => format!("{option}: {en}"),
        };
        Failure::new(option, text)
    }

    fn unknown(&self, zh: &str, en: &str, what: &str) -> Failure {
        match self.lang {
            Lang::Zh => Failure::new(what, format!("{zh}：{what}")),
            Lang::En => Failure::new(what, format!("{en} {what}")),
        }
    }
}

fn not_established(folder: &Path, lang: Lang) -> Failure {
    let place = folder.display().to_string();
    let text = match lang {
        Lang::Zh => {
            format!("{place}：这个文件夹里还没有建库，请核对 --db，或先运行 angen init")
        }
        Lang::En => {
            format!("{place}: there is no database here: check --db, or run angen init first")
        }
    };
    Failure::new(&place, text)
}

/// Goes on with a wipe that was cut off: before anything is opened, since its key may be gone.
fn finish_wiping(folder: &Path, key: Option<&Path>, lang: Lang) -> Outcome<()> {
    let keys = PinKeys::new(folder.join("keys"));
    let database_key = key.map(KeyFile::new);
    let database_key = database_key.as_ref().map(|key| key as &dyn DatabaseKeys);
    finish_wipe(folder, &keys, database_key, &SystemDisk)
        .map(drop)
        .map_err(|error| failure(&error, lang))
}

/// The language that was asked for.
pub(crate) fn lang(cli: &Cli) -> Lang {
    match cli.lang {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    }
}

/// Key files that the session and the ports both hold.
struct SharedKeys(std::sync::Arc<PinKeys>);

impl angen_core::ports::Keys for SharedKeys {
    fn create(
        &self,
        writer: WriterId,
    ) -> Result<angen_core::ports::NewKeys, angen_ledger::key::SignError> {
        self.0.create(writer)
    }

    fn destroy(&self, writer: WriterId) -> Result<(), angen_ledger::key::SignError> {
        self.0.destroy(writer)
    }

    fn signer(
        &self,
        writer: WriterId,
    ) -> Result<Box<dyn angen_ledger::key::Signer>, angen_ledger::key::SignError> {
        self.0.signer(writer)
    }

    fn agree(
        &self,
        writer: WriterId,
        public: &[u8; 32],
    ) -> Result<angen_ledger::bundle::Agreement, SignError> {
        self.0.agree(writer, public)
    }
}
