// What a screen waits for, and what went wrong with it.

import Observation

/// One piece of work of a screen at a time: whether it goes on, and the fault it ended in.
///
/// A button that was pressed twice with gloves on does its work once: while one goes on, another
/// is not begun.
@MainActor @Observable
public final class Work {
    /// Whether the screen waits.
    public private(set) var isBusy = false
    /// What went wrong last, until the officer has read it.
    public var fault: Fault?

    private var newest = 0

    public init() {}

    /// Does the work and says whether it was done. A fault stays until it is read or the next
    /// work is done; nothing that the officer entered is lost over it.
    @discardableResult
    public func run(_ work: () async throws -> Void) async -> Bool {
        guard !isBusy else { return false }
        isBusy = true
        defer { isBusy = false }
        do {
            try await work()
            fault = nil
            return true
        } catch {
            fault = Fault(error)
            return false
        }
    }

    /// Does work that is begun whatever else goes on, since what it is about has changed: a search
    /// for the words that stand there now. Of several only the newest says what went wrong.
    public func follow(_ work: () async throws -> Void) async {
        newest += 1
        let own = newest
        var found: Fault?
        do { try await work() } catch { found = Fault(error) }
        if own == newest { fault = found }
    }
}
