//! XLSForm in, questions and answers out.
//!
//! A checklist (检查表) is written in Excel, in the convention that the field's tools share
//! ([XLSForm](https://xlsform.org)). This crate reads the workbook's bytes and gives a [`Form`]:
//! items,
//! choices, conditions. Given answers it says which items are asked, which are missing and which
//! are
//! wrong. It is pure: bytes and values in, values out; no file, no clock, no chance.
//!
//! # How to walk it
//!
//! | Step | Call | Gives |
//! |---|---|---|
//! | import a workbook | [`Form::from_xlsx`] | a checked form, or every [`Problem`] at once |
//! | store it, load it | [`Form::to_json`], [`Form::from_json`] | the same text for the same form |
//! | show it | [`Form::items`], [`Form::choices`], [`Texts::get`] | items in order, groups first |
//! | take an answer | [`Form::check_answer`] | a typed [`Answer`], or why not |
//! | see the state | [`Form::review`] | asked, missing, failed, set aside |
//! | merge two answers | [`Form::worse`] | the worse one, by the form's own order |
//!
//! ```
//! use angen_forms::{Answers, Form};
//! # use rust_xlsxwriter::{Workbook, XlsxError};
//! # fn workbook() -> Result<Vec<u8>, XlsxError> {
//! #     let sheets = [
//! #         ("survey", vec![
//! #             vec!["type", "name", "label", "relevant", "required"],
//! #             vec!["select_one compliance", "MW01", "传动部位装有防护罩", "", "yes"],
//! #             vec!["text", "MW01_note", "不符合的情况", "${MW01} = 'non_compliant'", "yes"],
//! #         ]),
//! #         ("choices", vec![
//! #             vec!["list_name", "name", "label"],
//! #             vec!["compliance", "compliant", "符合"],
//! #             vec!["compliance", "non_compliant", "不符合"],
//! #         ]),
//! #         ("settings", vec![
//! #             vec!["form_title", "form_id", "version"],
//! #             vec!["机械车间", "mw", "2026.1"],
//! #         ]),
//! #     ];
//! #     let mut workbook = Workbook::new();
//! #     for (name, rows) in sheets {
//! #         let sheet = workbook.add_worksheet().set_name(name)?;
//! #         for (row, cells) in (0..).zip(rows) {
//! #             sheet.write_row(row, 0, cells)?;
//! #         }
//! #     }
//! #     workbook.save_to_buffer()
//! # }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let form = Form::from_xlsx(&workbook()?, "mw.xlsx")?;
//! let mut answers = Answers::new();
//!
//! // The officer may name a choice as the screen shows it; its name is stored.
//! answers.insert("MW01".to_owned(), form.check_answer("MW01", "不符合")?);
//!
//! // A violation asks for a note.
//! let review = form.review(&answers);
//! assert_eq!(review.missing[0].name, "MW01_note");
//!
//! answers.insert("MW01_note".to_owned(), form.check_answer("MW01_note", "皮带轮没有防护罩")?);
//! assert!(form.review(&answers).is_complete());
//!
//! // Two phones answered differently: the worse one stands until a person decides.
//! assert_eq!(form.worse("compliant", "non_compliant"), Some("non_compliant"));
//! # Ok(())
//! # }
//! ```
//!
//! # What a workbook may say
//!
//! Sheets `survey`, `choices` and `settings`; types select_one, select_multiple, integer, decimal,
//! text,
//! note, image, and groups; columns name, label, hint, required, relevant, constraint,
//! constraint_message, appearance, with translations as `label::中文 (zh)`. Columns that start with
//! `x_` are
//! kept as they are; the ones that Angen uses have methods on [`Item`]. Everything has a limit
//! ([`limits`]), so that a hostile workbook costs little.
//!
//! # What it leaves out
//!
//! Repeats, calculations, dates and places, choice filters, defaults: a workbook that uses them is
//! refused
//! with the cell named, never read in part. Expressions are a part of XPath
//! (docs/adr/0004-expressions.md):
//! `${name}`, `.`, comparison, arithmetic, and functions that read nothing but their arguments.
//! What an
//! answer means for a case, who gave it and when, is the business of others.

mod answer;
mod compile;
mod expression;
mod form;
mod import;
pub mod limits;
mod name;
mod problem;
mod review;
mod stored;
#[cfg(feature = "testing")]
pub mod testing;

pub use answer::{Answer, Decimal, NotADecimal};
pub use form::{Choice, Form, Item, Kind, Language, Texts, WORST_ORDER_DEFAULT};
pub use problem::{Code, FormErrors, Place, Problem};
pub use review::{Answers, Review};
