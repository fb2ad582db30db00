// The training 执法闭环培训 of a visit: what it covered, and who attended by their own writer.

import AngenCore
import Observation

/// The trainings of one visit, and the form for a new one.
@MainActor @Observable
public final class TrainingModel {
    public let dossier: DossierId
    public let trainings: Pages<TrainingRow, UInt32>
    /// People on the roster, for the trainer and for attendance.
    public private(set) var people: [OfficerRow] = []

    public var title = ""
    public var place = ""
    public var trainer: WriterId?
    /// What was covered, of the tags below.
    public var agenda: Set<String> = []
    public var fromMs: Int64
    public var toMs: Int64
    public let work = Work()
    public let session: Session

    /// The whole loop in its order, as the core names its parts; the string catalogue has words for
    /// each.
    public nonisolated static let loop = [
        "check", "record", "order", "recheck", "filing", "evidence", "notice_defence",
        "review_decision", "service", "payment", "closing",
    ]

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
        let core = session.core
        (fromMs, toMs) = (core.nowMs(), core.nowMs())
        trainings = Pages { before in
            let page = try await core.call { try $0.trainings(visit: dossier, before: before) }
            return (page.rows, page.next)
        }
    }

    /// Reads the trainings and the people.
    public func load() async {
        let now = session.core.nowMs()
        await work.run {
            people = try await session.core.call { try $0.officers(asOfMs: now) }
            try await trainings.reload()
        }
    }

    /// Records the training.
    public func record() async {
        let tags = Self.loop.filter(agenda.contains)
        await work.run {
            let writer = try session.writer()
            let request = RecordTraining(
                dossier: dossier, title: title, trainer: trainer ?? writer, agenda: tags,
                place: place, fromMs: fromMs, toMs: toMs)
            _ = try await session.core.call {
                try $0.recordTraining(writer: writer, request: request)
            }
            (title, place, agenda) = ("", "", [])
            try await trainings.reload()
        }
    }

    /// A person says by their own writer that they attended: the phone goes round, each enters
    /// their own PIN, and nobody signs for another.
    public func attend(_ training: TrainingRow, as person: OfficerRow, pin: String) async {
        let (core, dossier) = (session.core, dossier)
        await work.run {
            try await session.lend(to: person.writer, pin: pin) { writer in
                _ = try await core.call {
                    try $0.confirmAttendance(
                        writer: writer, dossier: dossier, training: training.training)
                }
            }
            try await trainings.reload()
        }
    }
}
