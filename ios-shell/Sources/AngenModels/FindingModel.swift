// Findings 问题 of a check: proposed from the checklist, so that nothing is typed twice.

import AngenCore
import Observation

/// The findings of one check, and the one that is being raised.
@MainActor @Observable
public final class FindingModel {
    public let dossier: DossierId
    public let findings: Pages<FindingRow, UInt32>
    /// What is being raised; none while the list is shown.
    public var draft: RaiseFinding?
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
        let core = session.core
        findings = Pages { before in
            let now = core.nowMs()
            let page = try await core.call {
                try $0.findings(dossier: dossier, before: before, asOfMs: now)
            }
            return (page.rows, page.next)
        }
    }

    /// Reads the findings, with what each still lacks as of now.
    public func load() async {
        await work.run { try await findings.reload() }
    }

    /// Proposes a finding from an item that was answered: title, law and elements are filled in
    /// from the checklist and the register.
    public func propose(
        from item: String, of checklist: EntityId, consequence: Consequence, criterionMet: Bool
    ) async {
        let request = ProposeFinding(
            dossier: dossier, checklist: checklist, item: item, consequence: consequence,
            criterionMet: criterionMet)
        await work.run {
            let writer = try session.writer()
            draft = try await session.core.call {
                try $0.proposeFinding(writer: writer, request: request)
            }
        }
    }

    /// What must be told of every finding 要件, as the core names it and in its order; the string
    /// catalogue has words for each.
    public static let elements = ["subject", "location", "act", "observed", "consequence"]

    /// What the draft tells of an element; empty when nothing.
    public func words(of element: String) -> String {
        draft?.elements.first { $0.code == element }?.words ?? ""
    }

    /// Tells an element. One that is left empty is not told, and is asked for later.
    public func tell(_ element: String, _ words: String) {
        draft?.elements.removeAll { $0.code == element }
        if !words.isEmpty { draft?.elements.append(Element(code: element, words: words)) }
    }

    /// Raises what the draft says now.
    @discardableResult
    public func raise() async -> EntityId? {
        guard let draft else { return nil }
        var raised: EntityId?
        await work.run {
            let writer = try session.writer()
            let dossier = dossier
            raised = try await session.core.call {
                let made = try $0.raiseFinding(writer: writer, request: draft).finding
                // The checklist's own note of the item, in the finding's words: nothing is typed
                // twice. One that asks for none is no fault of the finding.
                if let note = try? $0.proposeNote(writer: writer, dossier: dossier, finding: made) {
                    _ = try $0.setAnswers(writer: writer, request: note)
                }
                return made
            }
            self.draft = nil
            try await findings.reload()
        }
        return raised
    }

    /// What one finding still lacks, in the screen's language.
    public func lacks(_ finding: FindingRow) -> [String] {
        finding.lacks.map { session.language.pick(zh: $0.zh, en: $0.en) }
    }
}
