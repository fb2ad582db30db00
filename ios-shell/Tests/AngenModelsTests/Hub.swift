// A hub in a process of its own, as a station runs one, certified from a phone.

import AngenCore
import AngenModels
import Foundation
import Testing

/// A hub in a process of its own, until it is stopped.
final class Hub: Sendable {
    let url: String
    let folder: URL
    private let process: Process

    /// Serves what lies in the folder, under the certificate that the phone has written.
    private init(in folder: URL, certificate: URL, root: String) async throws {
        process = Program.process([
            "hub", "serve", "--data", folder.path, "--listen", "127.0.0.1:0", "--root", root,
            "--certificate", certificate.path, "--log", "text",
        ])
        self.folder = folder
        let output = Pipe()
        process.standardOutput = output
        try Self.start(process)
        // A line says where it listens; without one it ended, and why is on standard error.
        let said = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: Self.line(of: output.fileHandleForReading))
            }
        }
        let answer = try JSONDecoder().decode(Program.Answer.self, from: said)
        guard let address = answer.listening else {
            throw Program.Refused(said: String(decoding: said, as: UTF8.self))
        }
        url = "http://\(address)"
    }

    deinit {
        // A test that failed before it stopped the hub leaves none behind.
        if process.isRunning { process.terminate() }
    }

    /// The station makes a hub's keys; the administrator, who is signed in on the phone, certifies
    /// them; the station starts the hub, and the phone keeps its address.
    @MainActor
    static func certified(by phone: Phone) async throws -> Hub {
        let folder = phone.folder.appending(path: "hub")
        let made = try await Program.run(["hub", "keys", "--data", folder.path])
        let model = CertifyHubModel(phone.session, in: phone.folder)
        (model.keys, model.name) = (try #require(made.keys), "测试平台")
        (model.organisation, model.origin) = ("日照市应急管理局", "rizhao.example/donggang/1")
        await model.certify()
        #expect(model.work.fault == nil)
        let hub = try await Hub(
            in: folder, certificate: try #require(model.file), root: phone.established.root)
        let settings = SettingsModel(phone.session)
        settings.hub = hub.url
        await settings.keepHub()
        #expect(settings.work.fault == nil)
        return hub
    }

    /// Stops it as a system does, waits until it has, and checks everything that it holds.
    func stop() async throws {
        process.terminate()
        let status = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [process] in
                process.waitUntilExit()
                continuation.resume(returning: process.terminationStatus)
            }
        }
        #expect(status == 0)
        try await Program.run(["hub", "fsck", "--data", folder.path])
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
}
