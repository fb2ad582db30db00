//! People and units on a form.
use crate::entry::Entry;

/// A certified officer (执法人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The name (姓名).
    pub name: String,
    /// The number of the enforcement certificate (执法证号).
    pub certificate_number: String,
}

impl Officer {
    /// An officer.
    #[must_use]
    pub fn new(name: &str, certificate_number: &str) -> Self {
        Self {
            name: name.trim().to_owned(),
            certificate_number: certificate_number.trim().to_owned(),
        }
    }
}

/// The unit that is checked or a party (被检查单位, 当事人).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit {
    /// The full name (单位名称).
    pub name: Entry,
    /// The unified social credit code (统一社会信用代码); missing is struck out.
    pub credit_code: Entry,
    /// The address (地址).
    pub address: Entry,
    /// The legal representative or person responsible (法定代表人/负责人).
    pub person_in_charge: Entry,
    /// That person's post (职务).
    pub post: Entry,
    /// The telephone number (联系电话).
    pub phone: Entry,
}

/// How the person in charge of the unit signs (现场负责人签名).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum UnitSignature {
    /// A line is printed to sign on.
    #[default]
    Expected,
    /// Refused (拒绝签名): the reason is printed, two officers sign, and a witness may.
    Refused {
        /// Why, as the person said it (拒签原因).
        reason: Entry,
        /// Who saw it (见证人); missing when there was nobody.
        witness: Entry,
    },
}
