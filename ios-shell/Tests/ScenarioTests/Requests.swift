// The larger requests of a scenario, put together from its fields.

import AngenCore

extension Call {
    func raised() throws -> RaiseFinding {
        RaiseFinding(
            dossier: try with.text("dossier"), item: with.optional("item"),
            title: try with.text("title"), legalBasis: try with.text("legal_basis"),
            majorHazard: with.optional("major_hazard"), authority: try with.text("authority"),
            penalty: with.optional("penalty"), consequence: try with.word("consequence"),
            elements: try with.elements("elements"))
    }

    func captured() throws -> CaptureEvidence {
        CaptureEvidence(
            path: try with.text("path"), dossier: try with.text("dossier"),
            about: with.optional("about"), kind: try with.word("kind"),
            source: try with.word("source"), sourceNote: with.optional("source_note"),
            caption: try with.text("caption"), method: with.optional("method"),
            proves: with.optional("proves"), purpose: try with.optionalWord("purpose"),
            place: try place(with.at("place")), device: try with.text("device"),
            derivedFrom: with.optional("derived_from"))
    }

    private func place(_ place: With) throws -> Place? {
        guard place.json != .null else { return nil }
        return Place(
            latitudeE7: try place.number("latitude_e7"),
            longitudeE7: try place.number("longitude_e7"), accuracyMm: nil)
    }

    func party(_ answer: With) throws -> PartyAnswer {
        guard try answer.text("kind") == "signed" else {
            return .refused(
                reason: try answer.text("reason"), evidence: answer.optional("evidence"))
        }
        return .signed(
            signer: try answer.text("signer"), post: try answer.text("post"),
            evidence: try answer.text("evidence"))
    }

    func adoption(_ answer: With) throws -> Adoption {
        guard try answer.text("kind") != "adopted" else { return .adopted }
        return .notAdopted(because: try answer.text("because"))
    }

    func byHand(_ fields: With) throws -> PenFields {
        guard try fields.text("kind") == "named" else { return .rest }
        return .named(keys: try fields.texts("keys"))
    }

    func rechecked(_ item: With) throws -> RecheckedItem {
        RecheckedItem(
            finding: try item.text("finding"), outcome: try item.word("outcome"),
            words: try item.text("words"), shownBy: try item.texts("shown_by"))
    }
}
