//! The stored text of a form: JSON with sorted keys, the same bytes for the same form.

mod check;

use crate::compile::{Places, compile};
use crate::form::{Form, Spec};
use crate::limits::STORED_BYTES_MAX;
use crate::problem::{Code, FormErrors, Place, Problem, Problems};

/// The version of the stored shape that this code writes and reads.
pub(crate) const FORMAT: u32 = 1;

impl Form {
    /// The stored text; [`Form::from_json`] reads it back to an equal form.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.spec).expect("a form has only texts, numbers and string keys")
    }

    /// Reads a stored text and checks it as strictly as a workbook: it may have been altered.
    ///
    /// # Errors
    /// [`Code::BadStoredForm`] when it is not one of ours, [`Code::TooLarge`], and every problem
    /// that a workbook could have, each with the item's name.
    pub fn from_json(text: &str) -> Result<Form, FormErrors> {
        let bytes = text.len();
        if bytes > STORED_BYTES_MAX {
            return Err(refuse(
                Code::TooLarge,
                format!("已存的检查表有 {bytes} 字节，上限为 {STORED_BYTES_MAX}"),
                format!("the stored form has {bytes} bytes, at most {STORED_BYTES_MAX} are read"),
            ));
        }
        let spec: Spec = serde_json::from_str(text).map_err(|error| bad(&error.to_string()))?;
        if spec.format != FORMAT {
            return Err(bad(&format!("format {} ≠ {FORMAT}", spec.format)));
        }
        let names = spec.items.iter().map(|item| item.name.clone()).collect();
        let mut problems = Problems::default();
        check::check(&spec, &mut problems);
        compile(spec, &StoredPlaces(names), true, problems)
    }
}

fn bad(reason: &str) -> FormErrors {
    refuse(
        Code::BadStoredForm,
        format!("已存的检查表读不出来（{reason}）。请从工作簿重新导入，或更新程序"),
        format!("the stored form cannot be read ({reason}); import the workbook again, or update"),
    )
}

fn refuse(code: Code, zh: String, en: String) -> FormErrors {
    FormErrors::one(Problem { code, place: Place::default(), zh, en })
}

/// A stored form has no rows, only items.
struct StoredPlaces(Vec<String>);

impl Places for StoredPlaces {
    fn item(&self, position: usize, _column: &str) -> Place {
        Place { item: self.0.get(position).cloned(), ..Place::default() }
    }

    fn row(&self, _position: usize) -> Option<u32> {
        None
    }
}
