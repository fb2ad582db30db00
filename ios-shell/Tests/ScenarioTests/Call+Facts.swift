// The verbs of a scenario: answers, findings, evidence, orders, teaching.

import AngenCore

extension Call {
    func facts() throws -> Any? {
        switch verb {
        case "set_answers":
            try inspector.setAnswers(
                writer: who(),
                request: SetAnswers(
                    dossier: with.text("dossier"), checklist: with.text("checklist"),
                    answers: with.map("answers"), reason: with.optional("reason")))
        case "propose_finding":
            try inspector.proposeFinding(
                writer: who(),
                request: ProposeFinding(
                    dossier: with.text("dossier"), checklist: with.text("checklist"),
                    item: with.text("item"),
                    consequence: with.word("consequence"),
                    criterionMet: with.flag("criterion_met")))
        case "propose_note":
            try inspector.proposeNote(
                writer: who(), dossier: with.text("dossier"), finding: with.text("finding"))
        case "propose_caption":
            try inspector.proposeCaption(
                dossier: with.text("dossier"), finding: with.text("finding"),
                shot: with.word("shot"))
        case "raise_finding": try inspector.raiseFinding(writer: who(), request: raised())
        case "correct_finding":
            try inspector.correctFinding(
                writer: who(),
                request: CorrectFinding(
                    dossier: with.text("dossier"), finding: with.text("finding"),
                    reason: with.text("reason"), title: with.optional("title"),
                    legalBasis: with.optional("legal_basis"),
                    consequence: with.optionalWord("consequence"),
                    elements: with.json["elements"] == .null ? nil : with.elements("elements")))
        case "retract":
            try inspector.retract(
                writer: who(), dossier: with.text("dossier"), entity: with.text("entity"),
                reason: with.text("reason"))
        case "capture_evidence":
            try inspector.captureEvidence(writer: who(), request: captured())
        default: nil
        }
    }

    func followUp() throws -> Any? {
        switch verb {
        case "take_measure":
            try inspector.takeMeasure(
                writer: who(),
                request: TakeMeasure(
                    dossier: with.text("dossier"),
                    kind: with.word("kind"),
                    findings: with.texts("findings"),
                    legalBasis: with.optional("legal_basis"), words: with.optional("words"),
                    shownBy: [], toldTo: with.optional("told_to")))
        case "issue_order":
            try inspector.issueOrder(
                writer: who(),
                request: IssueOrder(
                    dossier: with.text("dossier"),
                    items: with.each("items").map {
                        OrderedItem(finding: try $0.text("finding"), by: try $0.text("by"))
                    },
                    legalBasis: with.optional("legal_basis"), number: with.optional("number"),
                    issuedOn: with.optional("issued_on"), toldTo: with.optional("told_to")))
        case "record_recheck":
            try inspector.recordRecheck(
                writer: who(),
                request: RecordRecheck(
                    dossier: with.text("dossier"), order: with.text("order"),
                    items: with.each("items").map(rechecked),
                    recheckedOn: with.text("rechecked_on")))
        default: nil
        }
    }

    func teaching() throws -> Any? {
        switch verb {
        case "write_comment":
            try inspector.writeComment(
                writer: who(),
                request: WriteComment(
                    visit: with.text("visit"), aboutDossier: with.text("about_dossier"),
                    about: with.text("about"), text: with.text("text")))
        case "answer_comment":
            try inspector.answerComment(
                writer: who(), visit: with.text("visit"), comment: with.text("comment"),
                adoption: adoption(with.at("adoption")))
        case "mark_skill":
            try inspector.markSkill(
                writer: who(),
                request: MarkSkill(
                    visit: with.text("visit"), officer: with.text("officer"),
                    skill: with.text("skill"),
                    level: with.word("level"),
                    day: with.text("day")))
        case "release_teaching":
            try inspector.releaseTeaching(
                writer: who(), visit: with.text("visit"), items: with.texts("items"))
        case "teaching": try inspector.teaching(writer: who(), visit: with.text("visit"))
        default: nil
        }
    }
}
