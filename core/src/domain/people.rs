//! Officers, enterprises and checklists, as the standing dossiers hold them.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};

use crate::domain::{Fields, Noun, Role, china_day, parse_day};

/// A person on the roster 名册.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The entity.
    pub officer: EntityId,
    /// The op that enrolled the person.
    pub op: Option<Hash>,
    /// The person's writer.
    pub writer: WriterId,
    /// The name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号.
    pub certificate_no: Option<String>,
    /// Its last day, `2028-06-30`.
    pub certificate_valid_until: Option<String>,
    /// A newer certificate that is shown by a photo and not entered yet.
    pub renewal: Option<Renewal>,
    /// The line of the same person that this one goes on from: a second phone, or a new key.
    pub continues: Option<EntityId>,
    /// Last day of the writer's certificate, where it has one.
    pub until: Option<String>,
}

/// A newer enforcement certificate 换发的执法证, shown by a photo: it counts provisionally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The op that says so.
    pub op: Hash,
    /// Its number.
    pub certificate_no: String,
    /// Its last day, `2031-06-30`.
    pub valid_until: String,
    /// The photo, captured in the roster.
    pub photo: EntityId,
}

/// A person on the roster 名册 as it is listed: enrolled already, or without a key yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The entity.
    pub officer: EntityId,
    /// The person's writer; none before the person is enrolled.
    pub writer: Option<WriterId>,
    /// The name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The body.
    pub organisation: String,
    /// Number of the enforcement certificate 执法证号.
    pub certificate_no: Option<String>,
    /// Its last day, `2028-06-30`.
    pub certificate_valid_until: Option<String>,
    /// Resident ID number 公民身份号码: personal data, never shown in clear.
    pub id_number: Option<String>,
}

/// An enterprise 生产经营单位.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enterprise {
    /// The entity.
    pub enterprise: EntityId,
    /// The op that registered it.
    pub op: Option<Hash>,
    /// The name.
    pub name: String,
    /// Unified social credit code 统一社会信用代码 (GB 32100-2015).
    pub credit_code: Option<String>,
    /// Why it has none.
    pub no_code_reason: Option<String>,
    /// The address.
    pub address: String,
    /// The person in charge.
    pub representative: Option<String>,
    /// Industry (GB/T 4754-2017), such as `C33`.
    pub industry: Option<String>,
}

/// A checklist 检查表 in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// The entity.
    pub checklist: EntityId,
    /// The op that imported it.
    pub op: Option<Hash>,
    /// The form's id, such as `mw`.
    pub list_id: String,
    /// The title.
    pub title: String,
    /// The form's version.
    pub version: String,
    /// Version of the published item list that it maps to.
    pub item_list_version: String,
    /// The compiled form, as `angen-forms` reads it.
    pub form: String,
}

/// A checklist 检查表 that is ready to be answered.
#[derive(Debug)]
pub struct OpenChecklist {
    /// The title.
    pub title: String,
    /// The compiled form.
    pub form: angen_forms::Form,
}

/// Whether a certificate with this last day is valid on a day; where none is entered, it is.
fn is_valid(valid_until: Option<&str>, wall_ms: i64) -> bool {
    valid_until.and_then(parse_day).is_none_or(|last| is_up_to(last, wall_ms))
}

fn is_up_to(last: chrono::NaiveDate, wall_ms: i64) -> bool {
    china_day(wall_ms).is_some_and(|day| day <= last)
}

impl Listed {
    /// Whether the person is an enforcer with a certificate that is valid on a day.
    #[must_use]
    pub fn is_certified_on(&self, wall_ms: i64) -> bool {
        let valid = is_valid(self.certificate_valid_until.as_deref(), wall_ms);
        self.role == Role::Enforcer && self.certificate_no.is_some() && valid
    }
}

impl Officer {
    /// Whether the person is an enforcer with a certificate that is valid on a day.
    #[must_use]
    pub fn is_certified_on(&self, wall_ms: i64) -> bool {
        let valid = is_valid(self.certificate_valid_until.as_deref(), wall_ms);
        self.role == Role::Enforcer && self.certificate_no.is_some() && valid
    }

    /// Whether one of both is valid on a day: what a list of people shows.
    #[must_use]
    pub fn passes_on(&self, wall_ms: i64) -> bool {
        self.is_certified_on(wall_ms) || self.is_renewed_on(wall_ms)
    }

    /// Whether a newer certificate that is shown by a photo is valid on a day. It takes the place
    /// of one that has run out, never of one that never was.
    #[must_use]
    pub fn is_renewed_on(&self, wall_ms: i64) -> bool {
        let last = self.renewal.as_ref().and_then(|renewal| parse_day(&renewal.valid_until));
        let valid = last.is_some_and(|last| is_up_to(last, wall_ms));
        self.role == Role::Enforcer && self.certificate_no.is_some() && valid
    }
}

impl Renewal {
    fn of(fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            op: fields.heads("renewed_photo").first()?.op,
            certificate_no: text("renewed_no")?,
            valid_until: text("renewed_until")?,
            photo: EntityId::from_slice(fields.bytes("renewed_photo")?)?,
        })
    }
}

impl Noun for Officer {
    const NOUN: &'static str = "officer";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            officer: entity,
            op: fields.newest(),
            writer: WriterId::from_slice(fields.bytes("writer")?)?,
            name: text("name")?,
            role: Role::from_word(fields.held_text(Self::NOUN, "role")?)?,
            organisation: text("organisation").unwrap_or_default(),
            certificate_no: text("certificate_no"),
            certificate_valid_until: fields
                .held_text(Self::NOUN, "certificate_valid_until")
                .map(str::to_owned),
            renewal: Renewal::of(fields),
            continues: fields.bytes("continues").and_then(EntityId::from_slice),
            until: text("until"),
        })
    }
}

impl Noun for Listed {
    const NOUN: &'static str = "officer";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            officer: entity,
            writer: fields.bytes("writer").and_then(WriterId::from_slice),
            name: text("name")?,
            role: Role::from_word(fields.held_text(Self::NOUN, "role")?)?,
            organisation: text("organisation").unwrap_or_default(),
            certificate_no: text("certificate_no"),
            certificate_valid_until: fields
                .held_text(Self::NOUN, "certificate_valid_until")
                .map(str::to_owned),
            id_number: text("id_number"),
        })
    }
}

impl Noun for Enterprise {
    const NOUN: &'static str = "enterprise";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            enterprise: entity,
            op: fields.newest(),
            name: text("name")?,
            credit_code: text("credit_code"),
            no_code_reason: text("no_code_reason"),
            address: text("address").unwrap_or_default(),
            representative: text("representative"),
            industry: text("industry"),
        })
    }
}

impl Noun for Checklist {
    const NOUN: &'static str = "checklist";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            checklist: entity,
            op: fields.newest(),
            list_id: text("list_id")?,
            title: text("title")?,
            version: text("version")?,
            item_list_version: text("item_list_version").unwrap_or_default(),
            form: text("form")?,
        })
    }
}
