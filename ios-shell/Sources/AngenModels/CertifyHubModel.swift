// A hub's certificate 平台证书: given from the administrator's phone, without a desk.

import AngenCore
import Foundation
import Observation

/// How an administrator, who is signed in, certifies a hub of the township.
@MainActor @Observable
public final class CertifyHubModel {
    /// The hub's public keys, as `angen hub keys` shows them: scanned, or pasted.
    public var keys = ""
    public var name = ""
    public var organisation = ""
    /// The hub's log and its epoch, such as `rizhao.example/donggang/1`.
    public var origin = ""
    /// What was certified last.
    public private(set) var certified: HubView?
    /// The file that the hub is started with.
    public private(set) var file: URL?
    public let work = Work()
    public let session: Session

    private let folder: URL

    /// The folder is where the file lies until it was handed on.
    public init(_ session: Session, in folder: URL) {
        (self.session, self.folder) = (session, folder)
    }

    /// Certifies the hub, and writes the file. The same entries again give the same file: whoever
    /// lost it on the way to the station asks once more.
    public func certify() async {
        let request = CertifyHub(name: name, organisation: organisation, origin: origin, keys: keys)
        let file = folder.appending(path: Self.fileName(of: origin))
        await work.run {
            let writer = try session.writer()
            certified = try await session.core.call {
                try $0.certifyHub(writer: writer, request: request, path: file.path)
            }
            self.file = file
        }
    }

    /// The origin as a name that every system takes.
    private static func fileName(of origin: String) -> String {
        let plain = origin.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return "hub-\(String(plain)).certificate"
    }
}
