// A hub in a process of its own, as a station runs one.

import Foundation

/// A hub in a process of its own, until it is stopped.
final class Hub: Sendable {
    let url: String
    private let process: Process

    /// A line says where it listens; without one the process ended, and why is on standard error.
    init(_ process: Process) async throws {
        let output = Pipe()
        process.standardOutput = output
        try Self.start(process)
        let said = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: Self.line(of: output.fileHandleForReading))
            }
        }
        let answer = try JSONDecoder().decode(Desk.Answer.self, from: said)
        guard let address = answer.listening else {
            throw Desk.Refused(said: String(decoding: said, as: UTF8.self))
        }
        (self.process, url) = (process, "http://\(address)")
    }

    deinit {
        // A test that failed before it stopped the hub leaves none behind.
        if process.isRunning { process.terminate() }
    }

    /// Starts it on a thread that lets the signal through: those of Dispatch block it, what they
    /// start inherits that, and such a hub is never told to stop.
    private static func start(_ process: Process) throws {
        var (stopping, before) = (sigset_t(), sigset_t())
        sigemptyset(&stopping)
        sigaddset(&stopping, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &stopping, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    private static func line(of output: FileHandle) -> Data {
        var said = Data()
        while !said.contains(UInt8(ascii: "\n")) {
            let piece = output.availableData
            guard !piece.isEmpty else { break }
            said += piece
        }
        return said
    }

    /// Stops it as a system does, and waits until it has.
    func stop() async -> Int32 {
        process.terminate()
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [process] in
                process.waitUntilExit()
                continuation.resume(returning: process.terminationStatus)
            }
        }
    }
}
