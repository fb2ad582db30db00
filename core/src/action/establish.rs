//! Establishes the database of one township: a root, an administrator, and its standing dossiers.

use angen_ledger::certificate::{Certificate, Duty, SignedCertificate};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, PersonId, WriterId};
use angen_ledger::key::Signer;
use angen_ledger::scope::{Scope, is_area};
use angen_ledger::value::Value;
use rusqlite::Connection;

use crate::desk::{Entry, Page};
use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::store::{self, Store};

/// What is established.
#[derive(Debug, Clone)]
pub struct Establish {
    /// Division code of the township: 9 digits, such as `371102110`.
    pub area: String,
    /// Name of the township.
    pub township: String,
    /// Name of the body that the root belongs to.
    pub organisation: String,
    /// Name of the administrator.
    pub administrator: String,
}

/// What stands once it is established.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Established {
    /// The root's fingerprint: what a stranger must know to tell whose dossiers these are.
    pub root: Hash,
    /// The administrator's writer.
    pub administrator: WriterId,
    /// Division code of the township.
    pub area: String,
    /// Name of the township.
    pub township: String,
    /// The dossier with people, certificates and posts 名册.
    pub roster: DossierId,
    /// The dossier with checklists 检查表库.
    pub library: DossierId,
    /// The dossier with enterprises 企业台账.
    pub register: DossierId,
}

/// Establishes the database.
///
/// # Errors
/// `Invalid` for a code that is no division code, an empty name, or a database that is
/// established already; `Sign`, `Storage`.
pub fn establish(store: &Store, ports: &Ports, request: &Establish) -> Result<Established> {
    request.check()?;
    store.write(|tx| {
        if store::get_setting(tx, "root")?.is_some() {
            return Err(Error::invalid(
                "init",
                "这个文件夹里已经建过库",
                "this folder holds a database already",
            ));
        }
        let root_writer = WriterId(ports.id());
        let administrator = WriterId(ports.id());
        let root_cose = {
            let root = request.certificate(ports, Duty::Root, root_writer)?;
            root.sign(&*ports.keys.signer(root_writer)?, None)?
        };
        let root = SignedCertificate::read(&root_cose)?.hash;
        let admin_cose = {
            let admin = request.certificate(ports, Duty::Admin, administrator)?;
            let key: Box<dyn Signer> = ports.keys.signer(root_writer)?;
            admin.sign(&*key, Some(root))?
        };
        let admin = SignedCertificate::read(&admin_cose)?.hash;
        store::insert_certificate(tx, &root_cose, root)?;
        store::insert_certificate(tx, &admin_cose, admin)?;
        let mut page = Page::begin(tx, ports, administrator, admin)?;
        let mut standing = [DossierId([0; 16]); 3];
        for (dossier, (kind, title)) in standing.iter_mut().zip(STANDING) {
            *dossier = DossierId(ports.id());
            page.put(opening(
                *dossier,
                kind,
                &format!("{}{title}", request.township),
                &request.area,
            ))?;
        }
        page.seal()?;
        let [roster, library, register] = standing;
        let established = Established {
            root,
            administrator,
            area: request.area.clone(),
            township: request.township.clone(),
            roster,
            library,
            register,
        };
        for (name, value) in established.settings() {
            store::put_setting(tx, name, &value)?;
        }
        Ok(established)
    })
}

/// What was established here.
///
/// # Errors
/// `NotFound` when nothing was; `Storage`.
pub fn established(store: &Store) -> Result<Established> {
    store.read(established_in)
}

/// As [`established`], in a transaction that is under way.
pub(crate) fn established_in(connection: &Connection) -> Result<Established> {
    let setting = |name: &'static str| -> Result<String> {
        store::get_setting(connection, name)?
            .ok_or(Error::NotFound { noun: "database", id: "(init)".to_owned() })
    };
    Ok(Established {
        root: setting("root")?.parse()?,
        administrator: setting("administrator")?.parse()?,
        area: setting("area")?,
        township: setting("township")?,
        roster: setting("roster")?.parse()?,
        library: setting("library")?.parse()?,
        register: setting("register")?.parse()?,
    })
}

/// The standing dossiers of a township: type, and what is added to its name in the title.
const STANDING: [(&str, &str); 3] =
    [("roster", "执法人员名册"), ("library", "检查表库"), ("register", "企业台账")];

/// How long a dossier is kept: the longest class that the sources name, until the client confirms.
const RETENTION: &str = "permanent";

/// The op that opens a dossier. `area` and `retention` are never withheld.
pub(crate) fn opening(dossier: DossierId, kind: &str, title: &str, area: &str) -> Entry {
    Entry::new("dossier.open/1", dossier, dossier.into())
        .set("area", area)
        .set("type", kind)
        .set("title", title)
        .set("retention", Value::from(RETENTION))
}

impl Establish {
    fn check(&self) -> Result<()> {
        if self.area.len() != 9 || !is_area(&self.area) {
            return Err(Error::invalid(
                "area",
                format!("“{}”不是乡镇街道代码，应为 9 位半角数字，如 371102110", self.area),
                format!("\"{}\" is no township code: 9 digits such as 371102110", self.area),
            ));
        }
        for (field, text) in [
            ("township", &self.township),
            ("organisation", &self.organisation),
            ("administrator", &self.administrator),
        ] {
            if text.trim().is_empty() {
                return Err(Error::invalid(field, "不能为空", "must not be empty"));
            }
        }
        Ok(())
    }

    fn certificate(&self, ports: &Ports, duty: Duty, writer: WriterId) -> Result<Certificate> {
        let keys = ports.keys.create(writer)?;
        let name = match duty {
            Duty::Root => &self.organisation,
            _ => &self.administrator,
        };
        Ok(Certificate {
            suite: Suite::Sha256,
            duty,
            writer,
            person: PersonId(ports.id()),
            name: name.clone(),
            organisation: self.organisation.clone(),
            scopes: vec![format!("*:{}", self.area).parse::<Scope>()?],
            not_before_ms: ports.clock.now().wall_ms,
            not_after_ms: None,
            key: keys.sign,
            seal_to: keys.seal_to,
            ext: Vec::new(),
        })
    }
}

impl Established {
    pub(crate) fn settings(&self) -> [(&'static str, String); 7] {
        [
            ("root", self.root.to_string()),
            ("administrator", self.administrator.to_string()),
            ("area", self.area.clone()),
            ("township", self.township.clone()),
            ("roster", self.roster.to_string()),
            ("library", self.library.to_string()),
            ("register", self.register.to_string()),
        ]
    }
}
