// Where decrypted originals lie while an officer looks at them.

import Foundation

/// The folder of what is on the screen: temporary, in no backup, of no use while the phone is
/// locked.
public enum ShownFolder {
    private static let place = FileManager.default.temporaryDirectory.appending(path: "shown")

    /// Made when it is not there.
    public static func url() throws -> URL {
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        #if os(iOS)
        try FileManager.default.setAttributes(
            [.protectionKey: FileProtectionType.complete], ofItemAtPath: place.path)
        #endif
        return place
    }

    /// Removes what an app that was killed while it showed something has left.
    public static func clear() {
        try? FileManager.default.removeItem(at: place)
    }
}
