// A bundle 摆渡包: what no hub has yet, on a stick or a courier's phone, for named readers alone.

import AngenCore
import Foundation
import Observation

/// What goes out and comes in without a network.
@MainActor @Observable
public final class BundleModel {
    /// To whom a bundle can be encrypted, hubs first.
    public let readers: Pages<Reader, UInt64>
    /// The certificates of those who were chosen.
    public var chosen: Set<Hash> = []
    /// What was exported last, and the file to carry.
    public private(set) var exported: ExportedBundle?
    public private(set) var file: URL?
    /// What the file that was taken in last has brought.
    public private(set) var imported: Imported?
    public let work = Work()
    public let session: Session

    private let folder: URL

    /// The folder is where a bundle lies until it was handed on.
    public init(_ session: Session, in folder: URL) {
        (self.session, self.folder) = (session, folder)
        let core = session.core
        readers = Pages { from in
            let page = try await core.call { try $0.readers(from: from ?? 0) }
            return (page.rows, page.next)
        }
    }

    /// Reads to whom a bundle can go. The hubs are chosen, since what waits is for them.
    public func load() async {
        await work.run {
            try await readers.reload()
            if chosen.isEmpty {
                chosen = Set(readers.rows.filter(\.isHub).map(\.certificate))
            }
        }
    }

    /// Chooses a reader, or leaves them out again.
    public func toggle(_ reader: Reader) {
        if chosen.remove(reader.certificate) == nil { chosen.insert(reader.certificate) }
    }

    /// Writes everything that has no receipt, with its files, for the readers who were chosen.
    public func export(software: String) async {
        let request = ExportBundle(
            dossiers: [], readers: chosen.sorted(), certificates: [], blobs: .waiting,
            software: software, handing: Handing(recipient: nil, purpose: nil))
        let to = folder.appending(path: "\(UUID().uuidString).angenb")
        await work.run {
            let writer = try session.writer()
            exported = try await session.core.call {
                try $0.exportBundle(writer: writer, request: request, path: to.path, steps: nil)
            }
            forget()
            file = to
        }
    }

    /// Takes in what somebody brought, a bundle, a package, receipts. The path is that of a copy of
    /// the app's own, which is removed when all of it is here.
    public func take(_ path: String) async {
        await work.run {
            let writer = try session.writer()
            imported = try await session.core.call {
                try $0.importFile(writer: writer, path: path)
            }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// A bundle is as large as what waits: an older one is of no use once there is a new one.
    private func forget() {
        if let file { try? FileManager.default.removeItem(at: file) }
        file = nil
    }
}
