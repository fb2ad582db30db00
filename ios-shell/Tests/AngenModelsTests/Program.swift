// The command line, as whoever runs a station's hub uses it.

import Foundation

/// The program that was built with the library.
enum Program {
    /// What it answers with, as far as a test asks for it.
    struct Answer: Decodable {
        let keys: String?
        let listening: String?
    }

    /// It did not do what it was told.
    struct Refused: Error { let said: String }

    /// One run of it, not begun yet.
    static func process(_ words: [String]) -> Process {
        let process = Process()
        process.executableURL = Fixtures.program
        process.arguments = ["--json"] + words
        process.environment = ["PATH": "/usr/bin:/bin"]
        return process
    }

    /// Runs it to its end and gives its answer.
    @discardableResult
    static func run(_ words: [String]) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try answer(of: process(words)) })
            }
        }
    }

    private static func answer(of process: Process) throws -> Answer {
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Refused(said: String(decoding: said, as: UTF8.self))
        }
        return try JSONDecoder().decode(Answer.self, from: said)
    }
}
