// The administrator's desk: the command line over the phone's own database, beside a closed app.

import AngenCore
import Foundation

/// What the phone has no verb for and the command line has: the administrator's own work.
///
/// The administrator's key lies there under a PIN, in a form that only the command line opens.
struct Desk {
    /// What the command line answers with, as far as a test asks for it.
    struct Answer: Decodable {
        let root: String?
        let keys: String?
        let listening: String?
    }

    /// The phone's database, while the app is not in front.
    let database: URL
    private let pin = "135790"

    /// Runs the command line to its end and gives its answer.
    @discardableResult
    func run(_ words: [String]) async throws -> Answer {
        let (output, process) = (Pipe(), process(words))
        process.standardOutput = output
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try Self.answer(of: process, output) })
            }
        }
    }

    /// Certifies a hub under the township's root, starts it, and gives it once it listens.
    func certifiedHub(in folder: URL, root: String) async throws -> Hub {
        let certificate = folder.appendingPathExtension("certificate").path
        let keys = try await run(["hub", "keys", "--data", folder.path]).keys ?? ""
        try await run([
            "hub", "certify", "--keys", keys, "--name", "测试平台", "--organisation", "日照市应急管理局",
            "--origin", "rizhao.example/donggang/1", "--out", certificate,
        ])
        return try await Hub(
            process([
                "hub", "serve", "--data", folder.path, "--listen", "127.0.0.1:0", "--root", root,
                "--certificate", certificate, "--log", "text",
            ]))
    }

    private func process(_ words: [String]) -> Process {
        let process = Process()
        process.executableURL = Fixtures.program
        process.arguments = ["--db", database.path, "--json"] + words
        process.environment = ["ANGEN_PIN": pin, "PATH": "/usr/bin:/bin"]
        return process
    }

    private static func answer(of process: Process, _ output: Pipe) throws -> Answer {
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Refused(said: String(decoding: said, as: UTF8.self))
        }
        return try JSONDecoder().decode(Answer.self, from: said)
    }

    /// The command line did not do what it was told.
    struct Refused: Error { let said: String }
}
