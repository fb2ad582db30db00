// Plays the scenario files of tests/scenarios through the Swift bindings, as Rust, Kotlin and
// Python do, and compares the digest that each must end in.

import Foundation
import Testing

@Suite struct ScenarioTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../tests/scenarios").standardizedFileURL

    static var names: [String] {
        let all = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (all ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }

    @Test func thereAreScenariosAndTheSeedIsSet() {
        #expect(Self.names.count >= 3)
        let seed = ProcessInfo.processInfo.environment["ANGEN_SEEDED_CHANCE"]
        #expect(seed == "angen-scenarios", "cargo xtask test --only swift sets it")
    }

    @Test(arguments: names)
    func everyScenarioEndsInItsDigest(name: String) throws {
        let text = try Data(contentsOf: Self.folder.appending(path: name))
        let scenario = try JSONDecoder().decode(Scenario.self, from: text)
        #expect(try play(scenario, files: Self.folder) == scenario.digest)
    }
}
