// Sign in and switch: one phone, several officers, each with a PIN.

import AngenCore
import AngenModels
import Foundation
import Observation
import Testing

@MainActor
@Suite struct SessionTests {
    @Test func officersOfThePhoneAreListedAndOneSignsIn() async throws {
        let phone = try await Phone()
        let model = SignInModel(phone.session)
        await model.load()
        #expect(Set(model.here.map(\.name)).isSuperset(of: ["李明山", "王海燕", "陈立新"]))

        model.chosen = model.here.first { $0.name == "陈立新" }
        model.pin = PinnedKeys.pin
        await model.signIn()
        #expect(model.work.fault == nil)
        #expect(phone.session.officer?.name == "陈立新")
        #expect(model.pin.isEmpty, "a PIN is not kept")
    }

    @Test func aWrongPinSignsNobodyInAndSaysSo() async throws {
        let phone = try await Phone()
        let model = SignInModel(phone.session)
        await model.load()
        model.chosen = model.here.first
        model.pin = "0000"
        await model.signIn()
        #expect(phone.session.officer == nil)
        #expect(model.work.fault?.remedy == .unlock)
    }

    @Test func switchingOfficerClosesTheKeyOfTheOneBefore() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        try await phone.signIn("王海燕")
        let second = try await phone.person("王海燕").writer
        #expect(phone.locks.open == [second])
        await phone.session.signOut()
        #expect(phone.locks.open.isEmpty)
    }

    @Test func whoeverPutsThePhoneAwayIsSignedOutAndTheFilesAreClosed() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        await phone.session.entered(inForeground: false)
        #expect(phone.session.officer == nil)
        let core = phone.session.core
        let paused = await fault { _ = try await core.call { try $0.established() } }
        #expect(paused?.remedy == .again)
        await phone.session.entered(inForeground: true)
        _ = try await core.call { try $0.established() }
    }

    @Test(.timeLimit(.minutes(1))) func aCommitIsHeardOnTheMainActor() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let session = phone.session
        try session.listen()
        let writer = try session.writer()
        let register = phone.established.register
        await withCheckedContinuation { continuation in
            withObservationTracking {
                _ = session.commits
            } onChange: {
                continuation.resume()
            }
            Task {
                _ = try await session.core.call {
                    try $0.writeNote(
                        writer: writer,
                        request: WriteNote(dossier: register, text: "油漆桶靠近电焊点", about: nil))
                }
            }
        }
        session.stopListening()
    }

    @Test func aButtonPressedTwiceDoesItsWorkOnce() async {
        let work = Work()
        var times = 0
        let first = await work.run {
            times += 1
            let second = await work.run { times += 1 }
            #expect(!second, "while one goes on, another is not begun")
        }
        #expect(first)
        #expect(times == 1)
        #expect(await work.run { times += 1 })
    }
}
