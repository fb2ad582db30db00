// A photo is looked at: its original is there for as long as it is shown, and no longer.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct ShownTests {
    @Test func theOriginalIsThereWhileItIsShownAndGoneAfterwards() async throws {
        let phone = try await Phone()
        let (dossier, row) = try await captured(phone)
        let model = ShownModel(phone.session, dossier: dossier, row: row) { phone.folder }
        await model.open()
        #expect(model.work.fault == nil)
        let shown = try #require(model.original)
        #expect(shown.pathExtension == "jpg")
        let original = try Data(contentsOf: URL(fileURLWithPath: try phone.photo(1)))
        #expect(try Data(contentsOf: shown) == original)

        await model.open()
        #expect(model.original == shown, "what is open is not opened twice")
        model.close()
        #expect(model.original == nil)
        #expect(!FileManager.default.fileExists(atPath: shown.path))
    }

    @Test func whatAKilledAppHasShownIsRemovedAtItsNextStart() async throws {
        let phone = try await Phone()
        let (dossier, row) = try await captured(phone)
        let own = phone.folder.appending(path: "cut")
        let model = ShownModel(phone.session, dossier: dossier, row: row) { own }
        await model.open()
        #expect(model.work.fault != nil, "a folder that is not there is said, and nothing is left")
        #expect(model.original == nil)

        let left = try ShownFolder.url().appending(path: "left-\(UUID().uuidString).jpg")
        try Data("left".utf8).write(to: left)
        ShownFolder.clear()
        #expect(!FileManager.default.fileExists(atPath: left.path))
    }

    @Test func aFileThatWasChosenIsCopiedAndTheChosenOneStays() async throws {
        let phone = try await Phone()
        let (dossier, _) = try await captured(phone)
        let chosen = try phone.photo(2)
        let copy = try ImportedFile.copy(URL(fileURLWithPath: chosen))
        #expect(copy.lastPathComponent == "photo-2.jpg" && copy.path != chosen)
        let capture = CaptureModel(
            phone.session, dossier: dossier, about: nil, device: "test phone")
        capture.chose(copy.path, from: .imported)
        capture.discard()
        #expect(capture.path == nil && !FileManager.default.fileExists(atPath: copy.path))
        #expect(FileManager.default.fileExists(atPath: chosen), "it is not the app's to remove")
    }

    private func captured(_ phone: Phone) async throws -> (DossierId, EvidenceRow) {
        try await phone.signIn("陈立新")
        let (dossier, _) = try await phone.plannedCheck()
        let capture = CaptureModel(
            phone.session, dossier: dossier, about: nil, device: "test phone")
        capture.tookPhoto(at: try phone.photo(1))
        capture.caption = "车间全景"
        #expect(await capture.capture())
        return (dossier, try #require(capture.gallery.rows.first))
    }
}
