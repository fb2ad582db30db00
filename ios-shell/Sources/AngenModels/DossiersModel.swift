// Dossiers 卷宗: the list, a package of one to hand out, and the verdict on a package.

import AngenCore
import Foundation
import Observation

/// The dossiers of this phone, and packages of them.
@MainActor @Observable
public final class DossiersModel {
    public let dossiers: Pages<DossierRow, Int64>
    /// What the verifier says of the package that was made or opened last.
    public private(set) var verdict: VerdictView?
    /// Who gets the package, and what for: it stands in the custody events.
    public var recipient = ""
    public var purpose = ""
    public let work = Work()
    public let session: Session

    public init(_ session: Session) {
        self.session = session
        let core = session.core
        dossiers = Pages { after in
            let page = try await core.call { try $0.dossiers(kind: nil, after: after) }
            return (page.rows, page.next)
        }
    }

    /// Reads the list.
    public func load() async {
        await work.run { try await dossiers.reload() }
    }

    /// Writes a package of one dossier to a file and verifies what was written, as its reader will.
    public func export(_ dossier: DossierId, to path: String, software: String) async {
        let request = ExportPackage(
            dossiers: [dossier], withhold: [], software: software,
            handing: Handing(
                recipient: recipient.isEmpty ? nil : recipient,
                purpose: purpose.isEmpty ? nil : purpose))
        await work.run {
            let writer = try session.writer()
            verdict = try await session.core.call {
                _ = try $0.exportPackage(
                    writer: writer, request: request, path: path, steps: nil)
                return try verifyPackage(path: path, root: try $0.established().root)
            }
        }
    }

    /// Verifies a copy of a package that came from elsewhere against this phone's own root, and
    /// removes it: another township's package is told as another's. On a phone without a root, the
    /// verdict says that its issuer is not known.
    public func verify(_ path: String) async {
        await work.run {
            verdict = try await session.core.call {
                defer { try? FileManager.default.removeItem(atPath: path) }
                return try verifyPackage(path: path, root: try? $0.established().root)
            }
        }
    }
}
