//! A check of the visit, from the register to the second officer's assent, step by step.

use angen_core::domain::{ELEMENTS, EvidenceKind, Purpose};
use angen_forms::{Answer, Answers, Kind};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;

use crate::names::{dossier, entity, hashes, id};
use crate::visit::{Visit, Who};

impl Visit {
    /// A check with every step; in check `a` there is a finding for a case.
    pub(crate) fn check(&mut self, name: &'static str, code: &str) {
        if !self.skips(name, "register") {
            self.register(name, code);
        }
        self.plan(name);
        self.people_arrive(name);
        self.answer_all(name);
        let mut ops = Vec::new();
        if name == "a" && !self.skips(name, "finding") && !self.skips(name, "raised") {
            ops = self.find(name);
        }
        if !self.skips(name, "signed_page") {
            let page = Some(Purpose::SignedPage);
            let (_, op) = self.capture(Who::Wang, name, name, EvidenceKind::SceneRecord, page);
            ops.push(op);
        }
        if !self.skips(name, "record") {
            let page = format!("{name} {name} scene_record {:?}", Some("signed_page"));
            let fields = [
                ("outcome", "signed".into()),
                ("signer", "赵厂长".into()),
                ("evidence", id(entity(&page))),
            ];
            let record = entity(&format!("{name} record"));
            self.put(Who::Wang, dossier(name), record, "record.sign/1", &fields);
        }
        if name == "a" && self.skips(name, "covered") {
            let reworded = [("title", "防护罩松动".into()), ("reason", "描述更准".into())];
            ops.push(self.put(
                Who::Wang,
                dossier(name),
                entity("finding"),
                "finding.correct/1",
                &reworded,
            ));
        }
        if name == "b" && self.skips("", "recusal_decided") {
            self.ask_to_step_aside(name, Who::Li);
        }
        if !self.skips(name, "assent") {
            let who = if self.skips(name, "li_assents") { Who::Mentor } else { Who::Li };
            let assent = entity(&format!("{name} assent"));
            self.put(who, dossier(name), assent, "assent.give/1", &[("ops", hashes(&ops))]);
        }
    }

    fn register(&mut self, name: &str, code: &str) {
        let code = if self.skips("", "different") { "91371102MAHK00014X" } else { code };
        let mut fields = vec![("name", Value::from(name)), ("address", "涛雒镇".into())];
        if !self.skips(name, "credit_code") {
            fields.push(("credit_code", code.into()));
        }
        let line = entity(&format!("{name} enterprise"));
        self.put(Who::Wang, dossier("register"), line, "enterprise.register/1", &fields);
    }

    fn plan(&mut self, name: &str) {
        self.open(name, "check");
        let lists = if self.skips(name, "checklist") { vec![] } else { vec![id(entity("mw"))] };
        let mut fields = vec![
            ("enterprise", id(entity(&format!("{name} enterprise")))),
            ("checklists", lists.into()),
            ("assistance", dossier("assistance").raw().as_slice().into()),
        ];
        let number = format!("{name}1号");
        let papers = [("approval", "approval_no", &*number), ("notice", "notice_no", &*number)];
        for (step, field, text) in papers.into_iter().chain([("basis", "basis", "assistance")]) {
            if !self.skips(name, step) {
                fields.push((field, text.into()));
            }
        }
        self.put(Who::Wang, dossier(name), entity(name), "check.plan/1", &fields);
    }

    fn people_arrive(&mut self, name: &str) {
        for (who, step) in [(Who::Wang, "wang_shows"), (Who::Li, "li_shows")] {
            if !self.skips(name, step) {
                let shown = entity(&format!("{name} {step}"));
                let fields = [("shown_to", "赵厂长".into())];
                self.put(who, dossier(name), shown, "certificates.show/1", &fields);
            }
        }
    }

    pub(crate) fn answer(&mut self, who: Who, check: &str, item: &str, value: &str, see: bool) {
        let fields =
            [("checklist", id(entity("mw"))), ("item", item.into()), ("value", value.into())];
        let answer = entity(&format!("{check} answer {item}"));
        self.write(who, dossier(check), answer, "answer.set/1", &fields, see);
    }

    fn answer_all(&mut self, name: &str) {
        let mut answers = Answers::new();
        if name == "a" && !self.skips(name, "finding") {
            answers.insert("MW01".to_owned(), Answer::Choice("non_compliant".to_owned()));
            self.answer(Who::Wang, name, "MW01", "non_compliant", true);
        }
        while let Some(item) = self.form.review(&answers).missing.first().copied() {
            let (item, raw) = match item.kind {
                Kind::SelectOne(_) => (item.name.clone(), "compliant"),
                Kind::Text => (item.name.clone(), "皮带轮没有防护罩"),
                _ => (item.name.clone(), "1"),
            };
            answers
                .insert(item.clone(), self.form.check_answer(&item, raw).expect("a good answer"));
            if !self.skips(name, &item) {
                self.answer(Who::Wang, name, &item, raw, true);
            }
        }
        if self.skips(name, "agreed") {
            self.answer(Who::Li, name, "MW07", "not_applicable", false);
        }
        if self.skips(name, "kept_alike") {
            for (who, class) in [(Who::Wang, "permanent"), (Who::Li, "10_years")] {
                let fields = [("class", Value::from(class)), ("basis", "档案".into())];
                let keeping = entity(&format!("{name} keeping"));
                self.write(who, dossier(name), keeping, "retention.set/1", &fields, false);
            }
        }
    }

    /// A finding for a case, with all its evidence: the ops to assent to.
    fn find(&mut self, name: &str) -> Vec<Hash> {
        let left_out = self.skips(name, "element");
        let told = ELEMENTS.iter().filter(|(code, _)| !left_out || *code != "act");
        let elements = Value::map(told.map(|(code, _)| (*code, Value::from("已写明"))));
        let basis = if self.skips(name, "legal_basis") {
            ""
        } else {
            "安全生产法（2021）第三十六条"
        };
        let authority = match (self.skips(name, "ours"), self.skips(name, "authority")) {
            (true, _) => "FR",
            (false, true) => "",
            (false, false) => "EM",
        };
        let consequence = match (self.skips(name, "case"), self.skips(name, "order")) {
            (false, _) => "case",
            (true, false) => "order",
            (true, true) => "on_the_spot",
        };
        let mut fields = vec![
            ("title", "皮带轮没有防护罩".into()),
            ("legal_basis", basis.into()),
            ("authority", authority.into()),
            ("consequence", consequence.into()),
            ("elements", elements),
        ];
        if !self.skips(name, "penalty") {
            fields.push(("penalty", "P99(2)".into()));
        }
        if !self.skips(name, "raised_from_item") {
            fields.push(("item", "MW01".into()));
        }
        let who = if self.skips(name, "enforcer_finds") { Who::Mentor } else { Who::Wang };
        let mut ops =
            vec![self.put(who, dossier(name), entity("finding"), "finding.raise/1", &fields)];
        let captures = [
            ("photo", EvidenceKind::AudioVisual, None),
            ("document", EvidenceKind::Documentary, None),
            ("statement", EvidenceKind::PartyStatement, Some(Purpose::Interview)),
            ("papers", EvidenceKind::Documentary, Some(Purpose::SubjectPapers)),
            ("hash_list", EvidenceKind::Documentary, Some(Purpose::HashList)),
        ];
        for (step, kind, purpose) in captures {
            if !self.skips(name, step) {
                let of_check = ["papers", "hash_list"].contains(&step);
                let about = if of_check { name } else { "finding" };
                ops.push(self.capture(Who::Wang, name, about, kind, purpose).1);
            }
        }
        ops
    }
}
