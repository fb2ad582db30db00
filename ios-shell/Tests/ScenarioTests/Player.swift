// One scenario from its first step to its digest: the clock, references, expectations.

import AngenCore
import Foundation

/// A scenario file.
struct Scenario: Decodable {
    let name: String
    let files: [String: String]
    let steps: [JSON]
    let digest: String
}

/// The clock of the step that is played.
private final class ScenarioClock: Clock, @unchecked Sendable {
    private static let boot: BootId = "00000000-0000-4000-8000-000000000001"
    var wallMs: Int64 = 0

    func now() throws -> Moment {
        Moment(wallMs: wallMs, monoMs: UInt64(wallMs), boot: Self.boot)
    }

    func source() throws -> ClockSource { .manual }
}

/// Room enough for every scenario.
private final class EmptyDisk: Disk {
    func freeBytes(place: PathBuf) throws -> UInt64 { 1 << 36 }
}

/// Plays every step and gives the digest in which it ends.
func play(_ scenario: Scenario, files: URL) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let clock = ScenarioClock()
    let keys = softwareKeys(folder: folder.appending(path: "keys").path)
    let inspector = try Inspector.open(
        folder: folder.appending(path: scenario.name).path, clock: clock, keys: keys,
        disk: EmptyDisk())
    var kept: [String: JSON] = [:]
    kept["file"] = .fields(
        scenario.files.mapValues { .text(files.appending(path: $0).standardizedFileURL.path) })
    for (index, step) in scenario.steps.enumerated() {
        let verb = try With(json: step).text("verb")
        let place = "\(scenario.name), step \(index + 1): \(verb)"
        clock.wallMs = try With(json: step).number("at_ms")
        let call = Call(
            inspector: inspector, verb: verb, writer: With(json: try step.filled(from: kept)),
            with: With(json: try step["with"].filled(from: kept)), atMs: clock.wallMs)
        do {
            let found = shown(try call.result())
            guard step["fails"] == .null else { throw Mistake("\(place): gave \(found)") }
            if case .fields(let fields) = step, let expected = fields["expect"] {
                try meets(try expected.filled(from: kept), found, at: place)
            }
            if let name = With(json: step).optional("keep") { kept[name] = found }
        } catch let error as ApiError {
            guard step["fails"] != .null else { throw Mistake("\(place): \(error)") }
            try meets(step["fails"], failure(error), at: place)
        }
    }
    return try inspector.projectionDigest()
}

/// The name of an error's case, and its place where it has one.
private func failure(_ error: ApiError) -> JSON {
    let kind = Mirror(reflecting: error).children.first?.label ?? "\(error)"
    guard case .Invalid(let place, _, _) = error else {
        return .fields(["kind": .text(kind), "place": .null])
    }
    return .fields(["kind": .text(kind), "place": .text(place)])
}
