// A checklist 检查表 of a check: one tap an answer, and what is asked follows at once.

import AngenCore
import Observation

/// One question with its state, as the screen shows it.
public struct Question: Identifiable, Sendable {
    public let item: ShownItem
    public let state: ItemState
    public var id: String { item.name }
}

/// One checklist of one check.
@MainActor @Observable
public final class ChecklistModel {
    public let dossier: DossierId
    public let checklist: EntityId
    /// The checklist; none until it was read. It does not change while it is answered.
    public private(set) var form: ShownForm?
    public private(set) var state: FormState?
    /// The voice notes about an answer, by the item's name; they are read with the checklist.
    public private(set) var voices: [String: [EvidenceRow]] = [:]
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId, checklist: EntityId) {
        (self.session, self.dossier, self.checklist) = (session, dossier, checklist)
    }

    /// Reads the checklist and its answers.
    public func load() async {
        let (dossier, checklist) = (dossier, checklist)
        await work.run {
            let (read, heard) = try await session.core.call { core in
                let read = try core.formOf(dossier: dossier, checklist: checklist)
                var voices: [String: [EvidenceRow]] = [:]
                for item in read.items where !item.voiceNotes.isEmpty {
                    let page = try core.evidenceOf(
                        dossier: dossier, about: item.answer, before: nil)
                    voices[item.name] = page.rows.filter { item.voiceNotes.contains($0.evidence) }
                }
                return (read, voices)
            }
            (form, state, voices) = (read, read.state, heard)
        }
    }

    /// What is asked as of the answers given now, in the order of the checklist.
    public var questions: [Question] {
        guard let form, let state else { return [] }
        return zip(form.items, state.items).compactMap { item, state in
            state.isRelevant ? Question(item: item, state: state) : nil
        }
    }

    /// Answers one question. It is on the disk when this returns, and the questions follow.
    ///
    /// An answer that replaces one needs a reason only where the core says so; then its sentence
    /// is shown beside the question and the officer's words come here.
    public func answer(_ question: Question, with answer: String, reason: String? = nil) async {
        let request = SetAnswers(
            dossier: dossier, checklist: checklist, answers: [question.id: answer],
            reason: reason)
        let (dossier, checklist) = (dossier, checklist)
        await work.run {
            let writer = try session.writer()
            state = try await session.core.call {
                _ = try $0.setAnswers(writer: writer, request: request)
                return try $0.formState(dossier: dossier, checklist: checklist)
            }
        }
    }
}
