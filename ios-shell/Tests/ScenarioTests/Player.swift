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

/// The phones of a scenario: each has a database and keys of its own, and all have one clock.
private final class Phones {
    let clock = ScenarioClock()
    private let name: String
    private let folder: URL
    private var open: [String: Inspector] = [:]

    init(of name: String, in folder: URL) { (self.name, self.folder) = (name, folder) }

    /// The phone that a step names; the first one, when it names none.
    func named(_ phone: String?) throws -> Inspector {
        let ending = phone.map { "-\($0)" } ?? ""
        if let inspector = open[ending] { return inspector }
        let keys = softwareKeys(folder: folder.appending(path: "keys\(ending)").path)
        let inspector = try Inspector.open(
            folder: folder.appending(path: "\(name)\(ending)").path, clock: clock, keys: keys,
            disk: EmptyDisk())
        open[ending] = inspector
        return inspector
    }

    /// What all of them hold.
    func digest() throws -> String {
        let digests = Set(try open.values.map { try $0.projectionDigest() })
        guard let digest = digests.first, digests.count == 1 else {
            throw Mistake("\(name): the phones hold different things")
        }
        return digest
    }
}

/// Plays every step and gives the digest in which every phone ends.
func play(_ scenario: Scenario, files: URL) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let phones = Phones(of: scenario.name, in: folder)
    var kept: [String: JSON] = [:]
    kept["file"] = .fields(
        scenario.files.mapValues { name in
            guard name.hasPrefix("T/") else {
                return .text(files.appending(path: name).standardizedFileURL.path)
            }
            return .text(folder.appending(path: String(name.dropFirst(2))).path)
        })
    for (index, step) in scenario.steps.enumerated() {
        let verb = try With(json: step).text("verb")
        let place = "\(scenario.name), step \(index + 1): \(verb)"
        let atMs = try With(json: step).number("at_ms")
        phones.clock.wallMs = atMs
        let call = Call(
            inspector: try phones.named(With(json: step).optional("phone")), verb: verb,
            writer: With(json: try step.filled(from: kept)),
            with: With(json: try step["with"].filled(from: kept)), atMs: atMs)
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
    return try phones.digest()
}

/// The name of an error's case, and its place where it has one.
private func failure(_ error: ApiError) -> JSON {
    let kind = Mirror(reflecting: error).children.first?.label ?? "\(error)"
    guard case .Invalid(let place, _, _) = error else {
        return .fields(["kind": .text(kind), "place": .null])
    }
    return .fields(["kind": .text(kind), "place": .text(place)])
}
