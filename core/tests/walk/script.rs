//! What a walk is made of: steps, the whole visit, and how one is changed by chance.

use proptest::prelude::*;
use proptest::sample::select;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Wang,
    Li,
    Mentor,
}

/// What is captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A photo of the newest finding.
    Photo,
    /// A document about the newest finding.
    Document,
    /// A statement of the party about the newest finding.
    Statement,
    /// Licence and identity papers.
    SubjectPapers,
    /// The page of digests that the party signed.
    HashList,
    /// The signed page of the record.
    Page,
}

/// What is printed in a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paper {
    /// 行政检查通知书.
    Notice,
    /// 现场检查记录.
    Record,
}

/// One step. `site` is 0 or 1. A step that has nothing to act on yet is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Train,
    Attend(Who),
    Courseware,
    Plan {
        site: usize,
        numbered: bool,
    },
    Show(usize, Who),
    AnswerAll(usize, Who),
    Find(usize, Who),
    Correct(usize, Who),
    RetractFinding(usize, Who),
    Capture(usize, Who, Piece),
    RetractEvidence(usize, Who, Piece),
    Sign(usize, Who),
    Refuse(usize, Who),
    Assent(usize, Who),
    Propose(usize, Who),
    CaptureForm(Who),
    File(Who, bool),
    Interview(Who, bool),
    SignInterview(Who),
    Index(Who),
    Conclude(Who),
    AssentCase(Who),
    NextDay,
    CertificatesEnd,
    /// The signed page of the other check is named as that of this one.
    WrongPage(usize, Who),
    /// A case on a finding that was retracted.
    ProposeRetracted(usize, Who),
    /// An officer assents to an op of their own.
    AssentOwn(usize, Who),
    /// A document is issued, or refused.
    Print(usize, Who, Paper),
}

/// The whole visit: a training, two checks, a case; everything counts.
pub(crate) fn whole() -> Vec<Step> {
    use Step::{
        Assent, AssentCase, Attend, Capture, CaptureForm, Conclude, Courseware, File, Find, Index,
        Interview, Plan, Propose, Show, Sign, SignInterview, Train,
    };
    let mut steps = vec![Train, Attend(Who::Wang), Attend(Who::Li), Courseware];
    for site in 0..2 {
        steps.push(Plan { site, numbered: true });
        steps.extend([Show(site, Who::Wang), Show(site, Who::Li)]);
        steps.push(Step::AnswerAll(site, Who::Wang));
        if site == 0 {
            steps.push(Find(site, Who::Wang));
            let pieces = [
                Piece::Photo,
                Piece::Document,
                Piece::Statement,
                Piece::SubjectPapers,
                Piece::HashList,
            ];
            steps.extend(pieces.map(|piece| Capture(site, Who::Wang, piece)));
        }
        steps.push(Capture(site, Who::Wang, Piece::Page));
        steps.extend([Sign(site, Who::Wang), Assent(site, Who::Li)]);
    }
    steps.extend([
        Propose(0, Who::Wang),
        CaptureForm(Who::Wang),
        File(Who::Wang, true),
        Interview(Who::Wang, true),
        SignInterview(Who::Wang),
        Index(Who::Wang),
        Conclude(Who::Wang),
        AssentCase(Who::Li),
    ]);
    steps
}

fn any_step() -> impl Strategy<Value = Step> {
    let who = || select(vec![Who::Wang, Who::Li, Who::Li, Who::Mentor]);
    let site = || 0..2_usize;
    let piece = || {
        select(vec![
            Piece::Photo,
            Piece::Document,
            Piece::Statement,
            Piece::SubjectPapers,
            Piece::HashList,
            Piece::Page,
        ])
    };
    let paper = || select(vec![Paper::Notice, Paper::Record]);
    prop_oneof![
        who().prop_map(Step::Attend),
        (site(), any::<bool>()).prop_map(|(site, numbered)| Step::Plan { site, numbered }),
        (site(), who()).prop_map(|(site, who)| Step::Show(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::AnswerAll(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::Find(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::Correct(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::RetractFinding(site, who)),
        (site(), who(), piece()).prop_map(|(site, who, piece)| Step::Capture(site, who, piece)),
        (site(), who(), piece())
            .prop_map(|(site, who, piece)| Step::RetractEvidence(site, who, piece)),
        (site(), who()).prop_map(|(site, who)| Step::Sign(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::Refuse(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::Assent(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::WrongPage(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::ProposeRetracted(site, who)),
        (site(), who()).prop_map(|(site, who)| Step::AssentOwn(site, who)),
        (site(), who(), paper()).prop_map(|(site, who, paper)| Step::Print(site, who, paper)),
        who().prop_map(Step::CaptureForm),
        (who(), any::<bool>()).prop_map(|(who, filed)| Step::File(who, filed)),
        (who(), any::<bool>()).prop_map(|(who, told)| Step::Interview(who, told)),
        who().prop_map(Step::SignInterview),
        who().prop_map(Step::Index),
        who().prop_map(Step::Conclude),
        who().prop_map(Step::AssentCase),
        Just(Step::NextDay),
        Just(Step::CertificatesEnd),
    ]
}

/// Walks: the whole visit with a few steps left out, a few swapped with their neighbour, and some
/// put in. Each of these shrinks to none.
pub(crate) fn scripts() -> impl Strategy<Value = Vec<Step>> {
    let steps = whole().len();
    let left_out = prop::collection::btree_set(0..steps, 0..4);
    let swapped = prop::collection::vec(0..steps - 1, 0..4);
    let put_in = prop::collection::vec((0..steps, any_step()), 0..10);
    (left_out, swapped, put_in).prop_map(|(left_out, swapped, put_in)| {
        let mut script: Vec<Option<Step>> = whole().into_iter().map(Some).collect();
        for at in left_out {
            script[at] = None;
        }
        for at in swapped {
            script.swap(at, at + 1);
        }
        let mut walk = Vec::new();
        for (at, step) in script.into_iter().enumerate() {
            walk.extend(put_in.iter().filter(|(place, _)| *place == at).map(|(_, s)| s.clone()));
            walk.extend(step);
        }
        walk
    })
}

/// How a walk differs from the whole visit: what is left out, and what is put in.
pub(crate) fn changes(script: &[Step]) -> String {
    let whole = whole();
    let left_out = whole.iter().filter(|step| !script.contains(step));
    let put_in = script.iter().filter(|step| !whole.contains(step));
    format!(
        "the whole visit without {:?}, with {:?}",
        left_out.collect::<Vec<_>>(),
        put_in.collect::<Vec<_>>()
    )
}
