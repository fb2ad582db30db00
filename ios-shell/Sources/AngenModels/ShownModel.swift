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

    /// Removes the copy when the screen is left.
    public func close() {
        guard let original else { return }
        try? FileManager.default.removeItem(at: original)
        self.original = nil
    }
}
