//! T: one training in the whole loop of enforcement 执法闭环培训, with who was there.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;

use crate::domain::{
    AGENDA, Appointment, Attendance, Evidence, Officer, Purpose, Source, Training, china_day,
};
use crate::error::Result;
use crate::procedure::board::View;
use crate::procedure::people::People;
use crate::procedure::visit::Trace;
use crate::procedure::{Code, Condition, Part, Profile, Unit};

/// The trainings of an assistance visit.
pub(crate) fn trainings(
    source: &dyn Source,
    view: &View,
    profile: &Profile,
    dossier: DossierId,
    as_of_ms: i64,
) -> Result<Vec<Unit>> {
    let people = &view.people;
    let mut trace = Trace::default();
    let trainings: Vec<Training> = trace.read(source, dossier)?;
    let attendance: Vec<Attendance> = trace.read(source, dossier)?;
    let mut evidence: Vec<Evidence> = trace.read(source, dossier)?;
    evidence.retain(|held| !held.retracted);
    trace.read_assents(source, dossier)?;
    let unit = |training: &Training| {
        let recorded: Vec<Hash> = training.op.into_iter().collect();
        let about = |purpose| {
            let of_it = evidence.iter().filter(move |held| held.purpose == Some(purpose));
            of_it.filter(|held| held.about == Some(training.training)).map(|held| held.op)
        };
        let came = attendance.iter().filter(|line| line.training == training.training);
        let came: Vec<Hash> = came.map(|line| line.op).collect();
        let sheets: Vec<Hash> = about(Purpose::SignInSheet).collect();
        let mentors = training.trainer.map(|trainer| people.as_mentor(trainer));
        let mentors = mentors.unwrap_or_default();
        let taught = mentors.iter().filter_map(|mentor| mentor.op).collect();
        let held = if training.held_ms.1 <= as_of_ms { recorded.clone() } else { Vec::new() };
        let attendance = [came.clone(), sheets.clone()].concat();
        let nobody = attendance.is_empty();
        let mut conditions = vec![
            Condition::shown(Code::TrainingHeld, held),
            Condition::shown(Code::TrainerIsMentor, taught),
            agenda(training, recorded),
            Condition::shown(Code::AttendanceShown, attendance),
        ];
        // Who is no mentor at all is no mentor with an appointment either: said once.
        if !mentors.is_empty() {
            conditions.push(appointed(view, training, &mentors));
        }
        // While no attendance is shown at all, its own line says so; a second would say it again.
        if !nobody {
            conditions.push(certified(&trace, people, profile, &came, &sheets));
        }
        let courseware = about(Purpose::Courseware).collect();
        conditions.push(Condition::shown(Code::Courseware, courseware));
        Unit {
            part: Part::Training,
            dossier,
            subject: training.training,
            title: training.title.clone(),
            stage: None,
            practice: false,
            conditions,
        }
    };
    Ok(trainings.iter().map(unit).collect())
}

/// The trainer's appointment to the pool, valid on the days of the training.
fn appointed(view: &View, training: &Training, mentors: &[&Officer]) -> Condition {
    let (from_ms, to_ms) = training.held_ms;
    let days = [from_ms, to_ms].map(china_day);
    let of_trainer =
        |held: &&Appointment| mentors.iter().any(|mentor| mentor.officer == held.person);
    let is_valid =
        |held: &Appointment| days.iter().all(|day| day.is_some_and(|day| held.is_valid_on(day)));
    let (valid, others): (Vec<&Appointment>, Vec<&Appointment>) =
        view.appointments.iter().filter(of_trainer).partition(|held| is_valid(held));
    let ops: Vec<Hash> = valid.iter().map(|held| held.op).collect();
    let names = match ops.is_empty() {
        true if others.is_empty() => vec![mentors[0].name.clone()],
        true => others.iter().map(|held| format!("{}—{}", held.from, held.last_day())).collect(),
        false => Vec::new(),
    };
    Condition::shown(Code::TrainerAppointed, ops).lacking(names)
}

fn agenda(training: &Training, recorded: Vec<Hash>) -> Condition {
    let lacking = AGENDA.iter().filter(|(tag, _)| !training.agenda.iter().any(|t| t == tag));
    let lacking: Vec<String> = lacking.map(|(tag, _)| (*tag).to_owned()).collect();
    let have = AGENDA.len() - lacking.len();
    Condition::counted(Code::AgendaComplete, have, AGENDA.len(), recorded).lacking(lacking)
}

/// Certified enforcers who attended: by attendance of their own writer, or by standing behind a
/// captured sign-in sheet (capture or assent). Names on the sheet alone are claimed.
fn certified(
    trace: &Trace,
    people: &People,
    profile: &Profile,
    came: &[Hash],
    sheets: &[Hash],
) -> Condition {
    let mut there = BTreeMap::new();
    for op in came {
        let written = trace.op(*op);
        if let Some(person) = written.and_then(|w| people.enforcer(w.writer, w.wall_ms)) {
            there.entry(person).or_insert(*op);
        }
    }
    for sheet in sheets {
        for (person, op) in trace.behind(people, *sheet) {
            there.entry(person).or_insert(op);
        }
    }
    let ops = there.values().copied().collect();
    let (have, need) = (there.len(), profile.certified_at_training);
    Condition::counted(Code::CertifiedAttended, have, need, ops)
}
