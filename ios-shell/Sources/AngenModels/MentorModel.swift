// The mentor's view 帮教: comments on what was recorded, answers to them, and skills.

import AngenCore
import Observation

/// The teaching of one visit. Who may read what of it, the core says.
@MainActor @Observable
public final class MentorModel {
    public let visit: DossierId
    public private(set) var teaching: TeachingView?
    /// Whose skills are marked: enforcers of the township.
    public private(set) var pupils: [OfficerRow] = []
    /// Who of them is marked now.
    public var pupil: WriterId?
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

    /// Lets the township read what is here; until then it is the mentors' own.
    public func release() async {
        let visit = visit
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.releaseTeaching(writer: writer, visit: visit, items: [])
            }
            try await reload()
        }
    }

    /// How far the officer who is marked now has come with a part of the loop; none so far.
    public func level(of skill: String) -> SkillLevel? {
        let marks = teaching?.skills.filter { $0.officer == pupil && $0.skill == skill }
        return marks?.max { $0.wallMs < $1.wallMs }?.level
    }

    /// Marks a skill of that officer today: shown, with help, alone.
    public func mark(_ skill: String, _ level: SkillLevel) async {
        guard let pupil else { return }
        let request = MarkSkill(
            visit: visit, officer: pupil, skill: skill, level: level,
            day: Day.of(session.core.nowMs()))
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call { try $0.markSkill(writer: writer, request: request) }
            try await reload()
        }
    }

    private func reload() async throws {
        let (visit, now) = (visit, session.core.nowMs())
        let writer = try session.writer()
        let people: [OfficerRow]
        (teaching, people) = try await session.core.call {
            (try $0.teaching(writer: writer, visit: visit), try $0.officers(asOfMs: now))
        }
        pupils = people.filter { $0.role == .enforcer && !$0.isRevoked }
        if pupil == nil { pupil = pupils.first?.writer }
    }
}
