// One piece of evidence on the screen: its original in a file for as long as it is shown.

import AngenCore
import Foundation
import Observation

/// A piece of evidence that is looked at.
@MainActor @Observable
public final class ShownModel {
    public let dossier: DossierId
    public let row: EvidenceRow
    /// The original, decrypted; none before it was opened and after it was closed.
    public private(set) var original: URL?
    /// Why it is taken back.
    public var reason = ""
    /// Whether it counts no more.
    public private(set) var isRetracted: Bool
    /// Whether it is noted that a copy leaves the app: before that, nothing is shared.
    public private(set) var isHandedOut = false
    public let work = Work()
    public let session: Session

    private let folder: @MainActor () throws -> URL

    /// The folder is the app's own, in no backup; what lies in it is for the screen alone.
    public init(
        _ session: Session, dossier: DossierId, row: EvidenceRow,
        in folder: @escaping @MainActor () throws -> URL
    ) {
        (self.session, self.dossier) = (session, dossier)
        (self.row, self.folder) = (row, folder)
        isRetracted = row.isRetracted
    }

    /// Decrypts the original for the screen. A file that lies on another phone says so.
    public func open() async {
        let (dossier, evidence) = (dossier, row.evidence)
        // Players of the platform tell a film by its name.
        let kind = URL(fileURLWithPath: row.fileName).pathExtension
        await work.run {
            guard original == nil else { return }
            let to = try folder().appending(path: UUID().uuidString).appendingPathExtension(kind)
            try await session.core.call {
                try $0.viewEvidence(dossier: dossier, evidence: evidence, to: to.path)
            }
            original = to
        }
    }

    /// Notes in the dossier that a copy leaves the app; the copy may be shared from then on.
    public func handOut() async {
        let request = NoteCustody(
            act: .copy, dossier: dossier, about: [row.evidence], fields: [], handing: Handing())
        await work.run {
            guard original != nil else { return }
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.noteCustody(writer: writer, request: request)
            }
            isHandedOut = true
        }
    }

    /// Takes it back, with the reason that was entered. It stays visible, and does not count.
    public func retract() async {
        let (dossier, evidence, reason) = (dossier, row.evidence, reason)
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.retract(
                    writer: writer, dossier: dossier, entity: evidence, reason: reason)
            }
            (self.reason, isRetracted) = ("", true)
        }
    }

    /// Removes the copy when the screen is left.
    public func close() {
        guard let original else { return }
        try? FileManager.default.removeItem(at: original)
        self.original = nil
    }
}
