// What the app has beside the database: photos, papers and copies that another app may get.

import Foundation

/// The app's own temporary files.
public enum OwnFiles {
    /// Removes them all; throws when one stays.
    public static func clear() throws {
        let folder = FileManager.default.temporaryDirectory
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }
}
