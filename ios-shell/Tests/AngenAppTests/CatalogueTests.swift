// Every text that a screen asks for is in the catalogue, in Chinese and in English, and used.

import AngenModels
import Foundation
import Testing

@testable import AngenApp

@Suite struct CatalogueTests {
    private struct Catalogue: Decodable {
        struct Entry: Decodable { let localizations: [String: Localization] }
        struct Localization: Decodable { let stringUnit: Unit }
        struct Unit: Decodable { let value: String }
        let strings: [String: Entry]
    }

    private let catalogue: Catalogue
    private let used: Set<String>

    init() throws {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let sources = here.appending(path: "../../Sources/AngenApp").standardizedFileURL
        let file = sources.appending(path: "Resources/Localizable.xcstrings")
        catalogue = try JSONDecoder().decode(Catalogue.self, from: Data(contentsOf: file))
        let screens = try FileManager.default
            .contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "swift" }
        used = try screens.reduce(into: []) { all, screen in
            all.formUnion(Self.keys(in: try String(contentsOf: screen, encoding: .utf8)))
        }
    }

    /// Texts of the shape `area.name`, with `%lld` for what is put in.
    private static func keys(in source: String) -> Set<String> {
        let inserted = /\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/
        let plain = source.replacing(inserted, with: "%lld")
        return Set(plain.matches(of: /"([a-z]+\.[a-z_]+(?: %lld)*)"/).map { String($0.1) })
    }

    @Test func everyTextOfAScreenIsThereInBothLanguages() {
        let ours = used.filter { key in Self.areas.contains { key.hasPrefix($0) } }
        #expect(ours.count > 100)
        for key in ours {
            for language in ["zh-Hans", "en"] {
                let value = catalogue.strings[key]?.localizations[language]?.stringUnit.value
                #expect(value?.isEmpty == false, "\(key) has no text in \(language)")
            }
        }
    }

    /// The areas of the catalogue: a text that begins with one is no symbol of the system.
    private static let areas = [
        "admit.", "agenda.", "assent.", "board.", "bundle.", "capture.", "check.", "checklist.",
        "conflict.", "correct.", "document.", "dossier.", "element.", "enterprise.", "evidence.",
        "expert.", "fault.", "finding.", "form.", "hub.", "join.", "measure.", "mentor.",
        "missing.", "note.", "officer.", "order.", "prepare.", "recheck.", "report.", "role.",
        "settings.", "signin.", "skill.", "sync.", "today.", "training.", "visit.", "wipe.",
    ]

    @MainActor @Test func noTextOfTheCatalogueIsLeftOver() {
        // Some names are put together: what follows the point is the core's own word.
        let agenda = TrainingModel.loop.map { "agenda." + $0 }
        let ofTheCore = agenda + FindingModel.elements.map { "element." + $0 }
        let unused = Set(catalogue.strings.keys).subtracting(used).subtracting(ofTheCore)
        #expect(unused.isEmpty)
        #expect(Set(ofTheCore).isSubset(of: catalogue.strings.keys))
    }

    @Test func insertionsAreTheSameInBothLanguages() {
        for (key, entry) in catalogue.strings {
            let counts = ["zh-Hans", "en"].map { language in
                entry.localizations[language]?.stringUnit.value.matches(of: /lld/).count
            }
            #expect(counts[0] == counts[1] && counts[0] == key.matches(of: /lld/).count, "\(key)")
        }
    }
}
