// The room on the phone's disk, as the core asks for it.

import AngenCore
import Foundation

/// The disk below the data folder.
public final class DeviceDisk: Disk {
    public init() {}

    public func freeBytes(place: PathBuf) throws -> UInt64 {
        do {
            return try Self.free(at: place)
        } catch {
            throw HostError.Failed(why: "the free space of the data folder: \(error)")
        }
    }

    private static func free(at place: String) throws -> UInt64 {
        #if canImport(Darwin)
        // What the system would make free for something that the user asked for counts as free.
        let key = URLResourceKey.volumeAvailableCapacityForImportantUsageKey
        let values = try URL(fileURLWithPath: place).resourceValues(forKeys: [key])
        if let bytes = values.volumeAvailableCapacityForImportantUsage, bytes > 0 {
            return UInt64(bytes)
        }
        #endif
        let values = try FileManager.default.attributesOfFileSystem(forPath: place)
        guard let bytes = values[.systemFreeSize] as? NSNumber else {
            throw HostError.Failed(why: "the system does not say the free space")
        }
        return bytes.uint64Value
    }
}
