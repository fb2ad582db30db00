// The phone's clocks, as the core asks for them.

import AngenCore
import Foundation

/// Wall time, and the time since the boot that nobody can set back.
public final class DeviceClock: Clock {
    /// New at each start of the app: a boot cannot be told from outside on this platform, and an
    /// id that changes too often only makes the interval of a time wider, never wrong.
    private let boot: BootId = UUID().uuidString.lowercased()

    public init() {}

    public func now() throws -> Moment {
        let wallMs = Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))
        return Moment(wallMs: wallMs, monoMs: Self.sinceBootMs(), boot: boot)
    }

    /// The system sets its clock from the network and from satellites, and tells nobody which.
    public func source() throws -> ClockSource { .network }

    /// Milliseconds since the boot; it goes on while the phone sleeps.
    private static func sinceBootMs() -> UInt64 {
        var time = timespec()
        #if canImport(Darwin)
        clock_gettime(CLOCK_MONOTONIC, &time)
        #else
        clock_gettime(CLOCK_BOOTTIME, &time)
        #endif
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
