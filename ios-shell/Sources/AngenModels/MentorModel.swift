// The mentor's view 帮教: comments on what was recorded, answers to them, and skills.

import AngenCore
import Observation

/// The teaching of one visit. Who may read what of it, the core says.
@MainActor @Observable
public final class MentorModel {
    public let visit: DossierId
    public private(set) var teaching: TeachingView?
    public var text = ""
    public let work = Work()
    public let session: Session

    public init(_ session: Session, visit: DossierId) {
        (self.session, self.visit) = (session, visit)
    }

    /// Reads the comments and skills that the officer at the phone may see.
    public func load() async {
        await work.run { try await reload() }
    }

    /// Comments on an answer, a photo, a finding.
    public func comment(on about: EntityId, in dossier: DossierId) async {
        let request = WriteComment(
            visit: visit, aboutDossier: dossier, about: about, text: text)
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.writeComment(writer: writer, request: request)
            }
            text = ""
            try await reload()
        }
    }

    /// The officer answers a comment: adopted, or not, because.
    public func answer(_ comment: Comment, _ adoption: Adoption) async {
        let visit = visit
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.answerComment(
                    writer: writer, visit: visit, comment: comment.comment, adoption: adoption)
            }
            try await reload()
        }
    }

    /// Marks a skill of an officer: shown, with help, alone.
    public func mark(_ skill: String, of officer: WriterId, level: SkillLevel, day: String) async {
        let request = MarkSkill(
            visit: visit, officer: officer, skill: skill, level: level, day: day)
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call { try $0.markSkill(writer: writer, request: request) }
            try await reload()
        }
    }

    private func reload() async throws {
        let visit = visit
        let writer = try session.writer()
        teaching = try await session.core.call { try $0.teaching(writer: writer, visit: visit) }
    }
}
