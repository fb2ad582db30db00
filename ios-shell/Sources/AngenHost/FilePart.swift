// A part of a file as a file of its own: the platform's uploads take whole files only.

import AngenCore
import Foundation

/// A copy of the part, to be removed when it was sent.
struct FilePart {
    let url: URL

    init(of path: String, from: UInt64, bytes: UInt64) throws {
        url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        do {
            try Self.copy(path, from: from, bytes: bytes, to: url)
        } catch {
            remove()
            throw TransportError.Failed(why: "a part of a file to send: \(error)")
        }
    }

    func remove() { try? FileManager.default.removeItem(at: url) }

    /// Copies at most 1 MiB at a time.
    private static func copy(_ path: String, from: UInt64, bytes: UInt64, to url: URL) throws {
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? source.close() }
        try source.seek(toOffset: from)
        try Data().write(to: url, options: .withoutOverwriting)
        let part = try FileHandle(forWritingTo: url)
        defer { try? part.close() }
        var left = bytes
        while left > 0 {
            let count = Int(min(left, 1 << 20))
            guard let piece = try source.read(upToCount: count), !piece.isEmpty else {
                throw CocoaError(.fileReadCorruptFile)
            }
            try part.write(contentsOf: piece)
            left -= UInt64(piece.count)
        }
    }
}
