// Two phones of one township: one joins the other, and bundles go between them.

import AngenCore

extension Call {
    /// What a phone does on which nobody need have joined yet.
    func joining() throws -> Any? {
        switch verb {
        case "ask_to_join": return try inspector.askToJoin()
        case "open_ask": return shown(try inspector.openAsk() as Any)
        case "discard_ask":
            try inspector.discardAsk(asked: with.text("asked"))
            return JSON.null
        case "read_join_answer": return try inspector.readJoinAnswer(text: with.text("text"))
        case "accept_join":
            return try inspector.acceptJoin(text: with.text("text"), root: with.text("root"))
        case "readers": return try inspector.readers(from: UInt64(with.number("from")))
        case "projection_digest": return try inspector.projectionDigest()
        default: return nil
        }
    }

    func phones() throws -> Any? {
        switch verb {
        case "answer_join":
            let who = with.at("who")
            return try inspector.answerJoin(
                writer: self.who(),
                request: AnswerJoin(
                    ask: with.text("ask"),
                    who: EnrolOfficer(
                        name: who.text("name"), role: who.word("role"),
                        organisation: who.text("organisation"),
                        certificateNo: who.optional("certificate_no"),
                        certificateValidUntil: who.optional("certificate_valid_until")),
                    terms: Terms()))
        case "export_bundle":
            return try inspector.exportBundle(
                writer: self.who(),
                request: ExportBundle(
                    dossiers: with.texts("dossiers"), readers: with.texts("readers"),
                    certificates: [], blobs: with.word("blobs"), software: with.text("software"),
                    handing: Handing()),
                path: with.text("path"), steps: nil)
        case "import_file":
            return try inspector.importFile(writer: self.who(), path: with.text("path"))
        default: return nil
        }
    }
}
