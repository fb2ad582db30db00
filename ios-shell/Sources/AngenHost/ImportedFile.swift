// A file from another app, as a copy that the core can read for as long as it takes.

import Foundation

/// Copies what the officer chose: the system lends it for a moment only.
public enum ImportedFile {
    /// The copy has the file's name, in a folder of its own below the temporary one.
    public static func copy(_ chosen: URL) throws -> URL {
        #if canImport(Darwin)
        let isLent = chosen.startAccessingSecurityScopedResource()
        defer { if isLent { chosen.stopAccessingSecurityScopedResource() } }
        #endif
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let copy = folder.appending(path: chosen.lastPathComponent)
        try FileManager.default.copyItem(at: chosen, to: copy)
        return copy
    }
}
