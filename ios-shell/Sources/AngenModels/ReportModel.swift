// The one-page report 帮扶报告 of a visit, as the core writes it: a page to read, print, share.

import AngenCore
import Foundation
import Observation

/// The report of one visit.
@MainActor @Observable
public final class ReportModel {
    public let visit: DossierId
    /// The page, in a file of its own; none before it was written.
    public private(set) var file: URL?
    public let work = Work()
    public let session: Session

    private let folder: URL

    /// The folder is the app's own; what another app is to have is shared from there.
    public init(_ session: Session, visit: DossierId, in folder: URL) {
        (self.session, self.visit, self.folder) = (session, visit, folder)
    }

    /// Writes it as of now, in the language of the screen; the one before is replaced.
    public func write() async {
        let (now, visit) = (session.core.nowMs(), visit)
        let language: Lang = session.language == .english ? .en : .zh
        let to = folder.appending(path: "report-\(Day.of(now)).html")
        await work.run {
            try await session.core.call {
                try $0.report(dossier: visit, lang: language, asOfMs: now, to: to.path)
            }
            file = to
        }
    }
}
