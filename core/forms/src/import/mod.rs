//! From the bytes of a workbook to a form: opens it within bounds, reads three sheets, collects
//! problems.

mod choices;
mod columns;
mod settings;
mod survey;
mod table;
mod workbook;

pub(crate) use survey::unknown_marks;
pub(crate) use table::Row;

use crate::compile::{Places, compile};
use crate::form::{Form, Spec};
use crate::limits::STORED_BYTES_MAX;
use crate::problem::{FormErrors, Place, Problems};
use crate::stored::FORMAT;
use std::collections::BTreeMap;
use table::Table;

impl Form {
    /// Reads an XLSForm workbook (.xlsx). `file_name` is only named in problems.
    ///
    /// # Errors
    /// All problems of the workbook together, each with sheet, row and column. The limits are in
    /// [`crate::limits`].
    pub fn from_xlsx(bytes: &[u8], file_name: &str) -> Result<Form, FormErrors> {
        let file = Some(file_name.to_owned());
        let whole_file = Place { file, ..Place::default() };
        let mut problems = Problems::default();
        match workbook::read(bytes, &whole_file, &mut problems) {
            Ok(sheets) => Form::from_sheets(sheets, whole_file, problems),
            Err(fault) => Err(FormErrors::one(fault.at(whole_file))),
        }
    }

    /// What the rows of the sheets say; a sheet that is not there has been reported before.
    pub(crate) fn from_sheets(
        mut sheets: BTreeMap<&'static str, Vec<Row>>,
        whole_file: Place,
        mut problems: Problems,
    ) -> Result<Form, FormErrors> {
        let mut table = |name, columns| {
            sheets.remove(name).map(|rows| Table::new(name, rows, columns, &whole_file))
        };
        let mut settings_sheet = table("settings", columns::SETTINGS);
        let mut choices_sheet = table("choices", columns::CHOICES);
        let mut survey_sheet = table("survey", columns::SURVEY);
        let settings = settings::read(settings_sheet.as_mut(), &mut problems);
        // Where settings name a default language, a plain `label` column is in that language.
        let language = settings.default_language.clone();
        for sheet in [&mut survey_sheet, &mut choices_sheet].into_iter().flatten() {
            sheet.read_header(&language, &mut problems);
        }
        let (lists, choice_names) = choices::read(choices_sheet.as_ref(), &mut problems);
        settings::check_worst_order(
            &settings,
            settings_sheet.as_ref(),
            &choice_names,
            &mut problems,
        );
        let rows = survey::read(survey_sheet.as_ref(), &mut problems);
        let mut languages = Vec::new();
        for sheet in [&survey_sheet, &choices_sheet].into_iter().flatten() {
            for found in sheet.languages() {
                if !languages.contains(found) {
                    languages.push(found.clone());
                }
            }
        }
        let spec = Spec {
            format: FORMAT,
            id: settings.id,
            version: settings.version,
            title: settings.title,
            default_language: language.map(|language| language.code).unwrap_or_default(),
            languages,
            worst_order: settings.worst_order,
            marks: settings.marks,
            lists,
            items: rows.items,
        };
        let places = SheetPlaces { rows: &rows.numbers, table: survey_sheet.as_ref(), whole_file };
        compile(spec, &places, choices_sheet.is_some(), problems)
    }
}

/// An item's place is its row in the survey sheet.
struct SheetPlaces<'a> {
    rows: &'a [u32],
    table: Option<&'a Table>,
    whole_file: Place,
}

impl Places for SheetPlaces<'_> {
    fn item(&self, position: usize, column: &str) -> Place {
        let table = self.table.map(|table| table.place(self.rows[position], column));
        table.unwrap_or_else(|| self.whole_file.clone())
    }

    fn row(&self, position: usize) -> Option<u32> {
        self.rows.get(position).copied()
    }
}

/// What a workbook at its limits comes to must still be readable once it is stored.
const _: () = assert!(STORED_BYTES_MAX > crate::limits::WORKBOOK_BYTES_MAX);
