// The open database as view models use it: every call leaves the main actor.

import AngenCore
import Dispatch

/// One open database, and the queue on which its blocking calls run.
///
/// A write waits for the disk and a capture reads a whole file: on the main actor the screen would
/// stand still, and on Swift's own threads a few of them would keep all others waiting.
public struct Core: Sendable {
    /// The core's own object. View models call it inside `call` only.
    public let inspector: Inspector
    /// Milliseconds since 1970 UTC, as the screens say "now": what is missing depends on it.
    public let nowMs: @Sendable () -> Int64
    private let queue: DispatchQueue

    public init(_ inspector: Inspector, nowMs: @escaping @Sendable () -> Int64) {
        self.inspector = inspector
        self.nowMs = nowMs
        queue = DispatchQueue(label: "angen.core", qos: .userInitiated, attributes: .concurrent)
    }

    /// Runs a call of the core on the queue; what it throws is what the officer reads.
    public func call<Answer: Sendable>(
        _ work: @escaping @Sendable (Inspector) throws -> Answer
    ) async throws(Fault) -> Answer {
        let (inspector, queue) = (inspector, queue)
        let result = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result { try work(inspector) })
            }
        }
        switch result {
        case .success(let answer): return answer
        case .failure(let error): throw Fault(error)
        }
    }
}
