// The verbs of a scenario by the core's names: people, visits, checklists, and what screens read.

import AngenCore

/// One call of a step.
struct Call {
    let inspector: Inspector
    let verb: String
    /// The step, for `as`.
    let writer: With
    let with: With
    let atMs: Int64

    /// Calls the verb and gives what it returned.
    func result() throws -> Any {
        let areas = [
            reads, joining, people, phones, visit, facts, assent, followUp, papers, teaching,
        ]
        for area in areas {
            if let result = try area() { return result }
        }
        throw Mistake("this player does not know the verb \(verb)")
    }

    /// Who calls.
    func who() throws -> WriterId { try writer.text("as") }

    private func reads() throws -> Any? {
        switch verb {
        case "officers": try inspector.officers(asOfMs: atMs)
        case "today": try inspector.today(writer: who(), asOfMs: atMs)
        case "find_enterprises":
            try inspector.findEnterprises(words: with.text("words"), after: nil)
        case "board": try inspector.board(dossier: with.text("dossier"), asOfMs: atMs)
        case "missing": try inspector.missing(dossier: with.text("dossier"), asOfMs: atMs)
        case "trainings": try inspector.trainings(visit: with.text("visit"), before: nil)
        case "checks": try inspector.checks(visit: with.optional("visit"), after: nil)
        case "check": try inspector.check(dossier: with.text("dossier"))
        case "form_state":
            try inspector.formState(
                dossier: with.text("dossier"), checklist: with.text("checklist"))
        case "findings":
            try inspector.findings(dossier: with.text("dossier"), before: nil, asOfMs: atMs)
        case "evidence_of":
            try inspector.evidenceOf(
                dossier: with.text("dossier"), about: with.optional("about"), before: nil)
        case "clocks": try inspector.clocks(dossier: with.optional("dossier"), asOfMs: atMs)
        case "measures":
            try inspector.measures(
                dossier: with.text("dossier"), asOfMs: atMs, from: UInt64(with.number("from")))
        case "orders": try inspector.orders(dossier: with.text("dossier"))
        case "conflicts": try inspector.conflicts(dossier: with.optional("dossier"))
        default: nil
        }
    }

    private func people() throws -> Any? {
        switch verb {
        case "establish":
            try inspector.establish(
                request: Establish(
                    area: with.text("area"), township: with.text("township"),
                    organisation: with.text("organisation"),
                    administrator: with.text("administrator")))
        case "enrol_officer":
            try inspector.enrolOfficer(
                writer: who(),
                request: EnrolOfficer(
                    name: with.text("name"),
                    role: with.word("role"),
                    organisation: with.text("organisation"),
                    certificateNo: with.optional("certificate_no"),
                    certificateValidUntil: with.optional("certificate_valid_until")))
        case "appoint_expert":
            try inspector.appointExpert(
                writer: who(),
                request: AppointExpert(
                    person: with.text("person"),
                    kind: with.word("kind"),
                    specialties: with.texts("specialties"), from: with.text("from"),
                    until: with.text("until"), appointedBy: with.text("appointed_by"),
                    documentNo: with.optional("document_no")))
        case "register_enterprise":
            try inspector.registerEnterprise(
                writer: who(),
                request: RegisterEnterprise(
                    name: with.text("name"), creditCode: with.optional("credit_code"),
                    noCodeReason: with.optional("no_code_reason"),
                    address: with.text("address"),
                    representative: with.optional("representative"),
                    industry: with.optional("industry")))
        case "import_checklist":
            try inspector.importChecklist(writer: who(), path: with.text("path"))
        default: nil
        }
    }

    private func visit() throws -> Any? {
        switch verb {
        case "plan_assistance":
            try inspector.planAssistance(
                writer: who(),
                request: PlanAssistance(
                    round: UInt32(with.number("round")), profile: with.text("profile"),
                    mentors: with.texts("mentors"),
                    roundDossier: with.optional("round_dossier")))
        case "record_training":
            try inspector.recordTraining(
                writer: who(),
                request: RecordTraining(
                    dossier: with.text("dossier"), title: with.text("title"),
                    trainer: with.text("trainer"), agenda: with.texts("agenda"),
                    place: with.text("place"), fromMs: with.number("from_ms"),
                    toMs: with.number("to_ms")))
        case "confirm_attendance":
            shown(
                try inspector.confirmAttendance(
                    writer: who(), dossier: with.text("dossier"),
                    training: with.text("training")) as Any)
        case "plan_check":
            try inspector.planCheck(
                writer: who(),
                request: PlanCheck(
                    enterprise: with.text("enterprise"), checklists: with.texts("checklists"),
                    basis: with.text("basis"), approvalNo: with.optional("approval_no"),
                    noticeNo: with.optional("notice_no"),
                    assistance: with.optional("assistance")))
        case "show_certificates":
            try inspector.showCertificates(
                writer: who(), dossier: with.text("dossier"), shownTo: with.text("shown_to"),
                note: with.optional("note"))
        case "write_note":
            try inspector.writeNote(
                writer: who(),
                request: WriteNote(
                    dossier: with.text("dossier"), text: with.text("text"),
                    about: with.optional("about")))
        default: nil
        }
    }
}
