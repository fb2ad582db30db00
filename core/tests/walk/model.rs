//! The model: what a visit amounts to, from a plain list of who did what and when. It is written
//! from design 3a and the laws, not from the engine, and holds only what the walks do.

use std::collections::{BTreeMap, BTreeSet};

use crate::script::{Paper, Piece, Who};

/// Where something was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Check(usize),
    Case,
}

/// An interview: the act, whether rights were told, the act of the signature and its page.
pub(crate) type Asked = (usize, bool, Option<(usize, usize)>);

/// One op: later ones have larger numbers.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) place: Place,
    /// What it is about; acts on one thing have one name.
    pub(crate) thing: String,
    pub(crate) who: Who,
    pub(crate) day: i64,
    /// Whether certificates were valid then.
    pub(crate) valid: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub(crate) act: usize,
    pub(crate) piece: Piece,
    /// The finding that it is about, by number.
    pub(crate) about: Option<usize>,
    pub(crate) retracted: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// The acts that hold its fields: raised, and corrected last.
    pub(crate) acts: Vec<usize>,
    pub(crate) retracted: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Check {
    pub(crate) planned: Option<usize>,
    pub(crate) numbered: bool,
    /// Each person's first and last showing.
    pub(crate) shown: BTreeMap<Who, (usize, usize)>,
    pub(crate) answered: Option<usize>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) evidence: Vec<Evidence>,
    /// The last note of the party's answer, and the page behind it.
    pub(crate) record: Option<(usize, Option<usize>)>,
    /// What was issued.
    pub(crate) issued: BTreeSet<Paper>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    /// Who proposed it, on which finding of which check.
    pub(crate) proposed: Option<(usize, usize, usize)>,
    pub(crate) form: Vec<usize>,
    /// The last decision: the act, whether filed, the form.
    pub(crate) filing: Option<(usize, bool, usize)>,
    /// The interviews: the act, whether rights were told, the act of the signature, its page.
    pub(crate) interviews: Vec<Asked>,
    /// Every page of an interview that was captured.
    pub(crate) pages: Vec<usize>,
    /// Who made the index last, and the evidence in it.
    pub(crate) index: Option<(usize, BTreeSet<usize>)>,
    pub(crate) concluded: Option<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) acts: Vec<Act>,
    /// Who assented to what: the assent is an act as well.
    pub(crate) assents: Vec<(usize, BTreeSet<usize>)>,
    pub(crate) trained: bool,
    pub(crate) attended: BTreeMap<Who, bool>,
    pub(crate) courseware: bool,
    pub(crate) checks: [Check; 2],
    pub(crate) case: Case,
}

impl Model {
    fn certified(&self, act: usize) -> Option<Who> {
        let act = &self.acts[act];
        (act.who != Who::Mentor && act.valid).then_some(act.who)
    }

    /// Two certified people: who did it, who worked on the same thing later, who assented.
    fn by_two(&self, act: usize) -> bool {
        let thing = |at: &usize| {
            let (one, other) = (&self.acts[act], &self.acts[*at]);
            (one.place, &one.thing) == (other.place, &other.thing)
        };
        let later = (act..self.acts.len()).filter(thing);
        let assents = self.assents.iter().filter(|(_, to)| to.contains(&act)).map(|(at, _)| *at);
        let people: BTreeSet<Who> =
            later.chain(assents).filter_map(|at| self.certified(at)).collect();
        people.len() >= 2
    }

    fn stands(&self, evidence: &Evidence) -> bool {
        !evidence.retracted && self.certified(evidence.act).is_some()
    }

    /// Whether a document is legal while certificates are valid: a mentor issues none; a notice is
    /// of an approved check that two officers stand behind, a record of one at which two showed
    /// their certificates (行政处罚法 2021, articles 42 and 55).
    pub(crate) fn may_issue(&self, site: usize, who: Who, paper: Paper) -> bool {
        let check = &self.checks[site];
        let by_law = match paper {
            Paper::Notice => check.numbered && check.planned.is_some_and(|act| self.by_two(act)),
            Paper::Record => {
                let shown = check.shown.values();
                shown.filter(|(_, last)| self.certified(*last).is_some()).count() >= 2
            }
        };
        who != Who::Mentor && by_law
    }

    /// T, C, V, E.
    pub(crate) fn counts(&self) -> [usize; 4] {
        let sites = (0..2).filter(|site| self.is_site(*site)).count();
        let findings = (0..2).flat_map(|site| {
            (0..self.checks[site].findings.len()).map(move |number| (site, number))
        });
        let counted: Vec<(usize, usize)> =
            findings.filter(|(site, number)| self.is_counted(*site, *number)).collect();
        let proved = counted.iter().any(|(site, number)| self.is_proved(*site, *number));
        let chain = counted.iter().any(|(site, number)| self.is_chain(*site, *number));
        [usize::from(self.is_training()), sites, usize::from(proved), usize::from(chain)]
    }

    fn is_training(&self) -> bool {
        let officers = self.attended.iter().filter(|(who, valid)| **who != Who::Mentor && **valid);
        self.trained && self.courseware && officers.count() >= 2
    }

    fn is_site(&self, site: usize) -> bool {
        let check = &self.checks[site];
        let Some(planned) = check.planned.filter(|_| check.numbered) else { return false };
        let raised = check.findings.iter().filter_map(|finding| finding.acts.first().copied());
        let first = check.answered.into_iter().chain(raised).min();
        let day = self.acts[first.unwrap_or(planned)].day;
        let here = |at: &usize| self.acts[*at].place == Place::Check(site);
        let there: BTreeSet<Who> = (0..self.acts.len())
            .filter(here)
            .filter(|at| self.acts[*at].day == day)
            .filter_map(|at| self.certified(at))
            .collect();
        let showed = check.shown.values().filter(|(shown, last)| {
            first.is_none_or(|first| *shown < first) && self.certified(*last).is_some()
        });
        let answered = check.answered.is_some_and(|act| self.certified(act).is_some());
        there.len() >= 2
            && showed.count() >= 2
            && answered
            && self.is_record_closed(site)
            && self.is_recorded_by_two(site)
    }

    fn is_record_closed(&self, site: usize) -> bool {
        let check = &self.checks[site];
        check.record.is_some_and(|(noted, page)| {
            let page = page.is_some_and(|page| self.stands(&check.evidence[page]));
            page && self.certified(noted).is_some()
        })
    }

    fn is_recorded_by_two(&self, site: usize) -> bool {
        let check = &self.checks[site];
        let findings = check.findings.iter().filter(|finding| !finding.retracted);
        let mut acts: Vec<usize> = findings.flat_map(|finding| finding.acts.clone()).collect();
        let held = check.evidence.iter().filter(|evidence| self.stands(evidence));
        acts.extend(held.map(|evidence| evidence.act));
        if acts.is_empty() {
            acts.extend(check.answered);
        }
        !acts.is_empty() && acts.iter().all(|act| self.by_two(*act))
    }

    /// A finding that nobody retracted, in the words of an enforcer: whoever words it anew last.
    fn is_counted(&self, site: usize, number: usize) -> bool {
        let finding = &self.checks[site].findings[number];
        let worded = finding.acts.last().is_some_and(|act| self.certified(*act).is_some());
        !finding.retracted && worded
    }

    /// The evidence of a finding: about it, of a kind.
    fn about(&self, site: usize, number: usize, piece: Piece) -> Vec<usize> {
        let check = &self.checks[site];
        let own = |e: &&Evidence| e.about == Some(number) && e.piece == piece && self.stands(e);
        check.evidence.iter().filter(own).map(|evidence| evidence.act).collect()
    }

    fn case_on(&self, site: usize, number: usize) -> Option<&Case> {
        let on = |case: &&Case| {
            case.proposed.is_some_and(|(act, of, finding)| {
                (of, finding) == (site, number) && self.certified(act).is_some()
            })
        };
        Some(&self.case).filter(on)
    }

    fn is_filed(&self, case: &Case) -> bool {
        case.filing.is_some_and(|(noted, filed, form)| {
            filed && self.certified(noted).is_some() && self.certified(form).is_some()
        })
    }

    fn is_proved(&self, site: usize, number: usize) -> bool {
        let photos = self.about(site, number, Piece::Photo);
        let documents = self.about(site, number, Piece::Document);
        let statements = self.about(site, number, Piece::Statement);
        let kinds = !photos.is_empty() && !documents.is_empty() && !statements.is_empty();
        let finding = self.checks[site].findings[number].acts.clone();
        let relied = [photos, documents, statements, finding].concat();
        let filed = self.case_on(site, number).is_some_and(|case| self.is_filed(case));
        kinds && filed && relied.iter().all(|act| self.by_two(*act))
    }

    fn is_chain(&self, site: usize, number: usize) -> bool {
        let Some(case) = self.case_on(site, number) else { return false };
        let check = &self.checks[site];
        let of_it = |e: &&Evidence| e.about.is_none_or(|about| about == number) && self.stands(e);
        let has = |piece| check.evidence.iter().filter(of_it).any(|e| e.piece == piece);
        // A picture of a document is a picture of the scene as well.
        let on_site = [Piece::SubjectPapers, Piece::HashList, Piece::Document];
        let interview = case.interviews.iter().any(|(act, told, signed)| {
            let signed = signed.is_some_and(|(by, page)| {
                self.certified(by).is_some() && self.certified(page).is_some()
            });
            *told && signed && self.by_two(*act)
        });
        let proof = |piece| matches!(piece, Piece::Photo | Piece::Document | Piece::Statement);
        let mut to_list: Vec<usize> =
            check.evidence.iter().filter(of_it).filter(|e| proof(e.piece)).map(|e| e.act).collect();
        // The pages of interviews prove something as well; the signed form does not.
        to_list.extend(case.pages.iter().filter(|page| self.certified(**page).is_some()));
        let indexed = case.index.as_ref().is_some_and(|(by, listed)| {
            self.certified(*by).is_some() && to_list.iter().all(|act| listed.contains(act))
        });
        on_site.into_iter().all(has)
            && self.is_record_closed(site)
            && interview
            && self.is_filed(case)
            && indexed
            && case.concluded.is_some_and(|act| self.by_two(act))
    }
}
