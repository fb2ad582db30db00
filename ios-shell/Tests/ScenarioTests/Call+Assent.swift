// Who stands behind a record, who decides, and documents as far as they are looked at.

import AngenCore

extension Call {
    func assent() throws -> Any? {
        switch verb {
        case "give_assent":
            try inspector.giveAssent(
                writer: who(), dossier: with.text("dossier"), ops: with.texts("ops"))
        case "request_assent":
            try inspector.requestAssent(
                writer: who(), dossier: with.text("dossier"), of: with.optional("of"))
        case "sign_assent":
            try inspector.signAssent(writer: who(), text: with.text("text"))
        case "carry_assent":
            try inspector.carryAssent(
                writer: who(), dossier: with.text("dossier"), text: with.text("text"))
        case "sign_record":
            try inspector.signRecord(
                writer: who(), dossier: with.text("dossier"), answer: party(with.at("answer")))
        case "request_recusal":
            try inspector.requestRecusal(
                writer: who(),
                request: RequestRecusal(
                    dossier: with.text("dossier"), officer: with.text("officer"),
                    askedBy: with.text("asked_by"), reason: with.text("reason")))
        case "decide_conflict":
            try inspector.decideConflict(
                writer: who(),
                request: DecideConflict(
                    dossier: with.text("dossier"), op: with.text("op"),
                    reason: with.text("reason")))
        default: nil
        }
    }

    func papers() throws -> Any? {
        switch verb {
        case "preview_document":
            try inspector.previewDocument(
                writer: who(),
                request: PrintDocument(
                    dossier: with.text("dossier"), form: with.word("form"),
                    about: with.optional("about"), sealing: with.word("sealing"),
                    given: with.map("given"), byHand: byHand(with.at("by_hand")), files: []))
        default: nil
        }
    }
}
