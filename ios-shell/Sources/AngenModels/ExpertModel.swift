// The expert pool 专家库: a mentor is appointed, and trainings by that mentor count from then on.

import AngenCore
import Observation

/// The appointment of a mentor, as the administrator enters it.
@MainActor @Observable
public final class ExpertModel {
    /// Mentors on the roster, and who of them is appointed.
    public private(set) var mentors: [OfficerRow] = []
    public var chosen: EntityId?
    public var kind = ExpertKind.city
    /// The body that appoints.
    public var appointedBy = ""
    /// Specialties, parted by any kind of comma; they may be left out.
    public var specialties = ""
    /// First and last day of the term: proposed is the year, which letters mostly name.
    public var from: String
    public var until: String
    /// Who was appointed last; none before that.
    public private(set) var appointed: OfficerRow?
    public let work = Work()
    public let session: Session

    public init(_ session: Session) {
        self.session = session
        let year = Day.of(session.core.nowMs()).prefix(4)
        (from, until) = ("\(year)-01-01", "\(year)-12-31")
    }

    /// Reads who can be appointed.
    public func load() async {
        let now = session.core.nowMs()
        await work.run {
            let people = try await session.core.call { try $0.officers(asOfMs: now) }
            mentors = people.filter { $0.role == .mentor && !$0.isRevoked }
            if chosen == nil { chosen = mentors.first?.officer }
        }
    }

    /// Appoints who is chosen. What was entered stays, for the next one.
    public func appoint() async {
        guard let mentor = mentors.first(where: { $0.officer == chosen }) else { return }
        let words = specialties.split(whereSeparator: { "、，,".contains($0) })
            .map { $0.trimmingSpaces }.filter { !$0.isEmpty }
        let request = AppointExpert(
            person: mentor.officer, kind: kind, specialties: words, from: from, until: until,
            appointedBy: appointedBy)
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.appointExpert(writer: writer, request: request)
            }
            appointed = mentor
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
