// Where the database lies: in no backup, and readable while the phone is locked for a sync.

import Foundation

/// The folder of the core's database.
public enum DataFolder {
    /// Made when it is not there. A restored copy of a database would fork its writers' chains, so
    /// no backup holds it; what the phone has, the hub has.
    public static func url() throws -> URL {
        var folder = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil,
            create: true
        ).appending(path: "angen")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        #if canImport(Darwin)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try folder.setResourceValues(values)
        #if os(iOS)
        try FileManager.default.setAttributes(
            [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication],
            ofItemAtPath: folder.path)
        #endif
        #endif
        return folder
    }
}
