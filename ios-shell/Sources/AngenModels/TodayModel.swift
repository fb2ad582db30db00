// Today: what an officer has before them, and what is missing before they leave this gate.

import AngenCore
import Observation

/// The screen that the officer comes back to.
@MainActor @Observable
public final class TodayModel {
    /// What the core says of today; none until it was read.
    public private(set) var today: Today?
    public let work = Work()
    public let session: Session

    public init(_ session: Session) {
        self.session = session
    }

    /// Reads it, as of now.
    public func load() async {
        let now = session.core.nowMs()
        await work.run {
            let writer = try session.writer()
            today = try await session.core.call { try $0.today(writer: writer, asOfMs: now) }
        }
    }

    /// What one visit lacks, each in a sentence of the screen's language; at most three.
    public func lines(_ row: TodayRow) -> [String] {
        row.missing.map { session.language.pick(zh: $0.zh, en: $0.en) }
    }

    /// How many more are missing than the three lines say.
    public func more(_ row: TodayRow) -> Int {
        Int(row.missingCount) - row.missing.count
    }

    /// A period that runs, in words.
    public func sentence(_ clock: ClockView) -> String {
        session.language.pick(clock.sentence)
    }

    /// Files of which a hub has given a receipt, and all that are named: "N of N files".
    public var files: (receipted: UInt64, named: UInt64) {
        guard let unsent = today?.unsent else { return (0, 0) }
        return (unsent.filesReceipted, unsent.files)
    }
}
