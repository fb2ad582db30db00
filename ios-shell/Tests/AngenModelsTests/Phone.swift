// A phone of a township over the real library: a database, keys behind PINs, and a clock.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

/// A clock that stands still.
final class TestClock: Clock, Sendable {
    /// 2026-09-16 09:00 in China.
    static let nowMs: Int64 = 1_789_520_400_000
    private let boot: BootId = "00000000-0000-4000-8000-000000000001"

    func now() throws -> Moment {
        Moment(wallMs: Self.nowMs, monoMs: UInt64(Self.nowMs), boot: boot)
    }

    func source() throws -> ClockSource { .network }
}

/// Who is on the phone.
struct Person {
    let name: String
    var role = Role.enforcer
    var number: String?

    static let first = Person(name: "陈立新", number: "15110200101")
    static let second = Person(name: "王海燕", number: "15110200102")
    static let mentor = Person(name: "李明山", role: .mentor)
    static let all = [first, second, mentor]
}

/// A township on one phone: established, with two certified officers and a mentor.
@MainActor
struct Phone {
    let folder: URL
    let locks: PinnedKeys
    let session: Session
    let established: Established

    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// A township that begins on this phone, which is its administrator's as well. A hub has this
    /// machine's time, so a phone that meets one has it too.
    init(clock: any Clock = TestClock()) async throws {
        folder = try Self.newFolder()
        let locks = PinnedKeys(folder: folder.appending(path: "keys"))
        let inspector = try Inspector.open(
            folder: folder.appending(path: "phone").path, clock: clock, keys: locks,
            disk: DeviceDisk())
        let core = Core(inspector) { (try? clock.now().wallMs) ?? 0 }
        locks.choosePin(PinnedKeys.pin)
        established = try await core.call {
            try $0.establish(
                request: Establish(
                    area: "371102100", township: "河山镇", organisation: "日照市东港区应急管理局",
                    administrator: "管理员"))
        }
        let administrator = established.administrator
        for person in Person.all {
            let request = EnrolOfficer(
                name: person.name, role: person.role, organisation: "河山镇人民政府",
                certificateNo: person.number,
                certificateValidUntil: person.number.map { _ in "2099-12-31" })
            _ = try await core.call {
                try $0.enrolOfficer(writer: administrator, request: request)
            }
        }
        locks.choosePin(nil)
        (self.locks, session) = (locks, Session(core: core, locks: locks, language: .chinese))
    }

    /// Who has this name on the roster.
    func person(_ name: String) async throws -> OfficerRow {
        let now = session.core.nowMs()
        let people = try await session.core.call { try $0.officers(asOfMs: now) }
        guard let person = people.first(where: { $0.name == name }) else {
            throw CocoaError(.keyValueValidation)
        }
        return person
    }

    /// Signs in who has this name, as on the sign-in screen; `管理员` is the administrator.
    func signIn(_ name: String) async throws {
        try await Self.signIn(name, PinnedKeys.pin, to: session)
    }

    static func signIn(_ name: String, _ pin: String, to session: Session) async throws {
        let model = SignInModel(session)
        await model.load()
        model.chosen = model.here.first { $0.name == name }
        model.pin = pin
        await model.signIn()
        if let fault = model.work.fault { throw fault }
        #expect(session.officer?.name == name)
    }

    /// A photo: bytes behind the end of a JPEG are allowed, each number makes another file, and it
    /// has at least so many bytes.
    func photo(_ number: Int, bytes min: Int = 0) throws -> String {
        let file = folder.appending(path: "photo-\(number).jpg")
        var bytes = try Data(contentsOf: Fixtures.photo)
        // The end of a JPEG stands near the end of its file, or the camera was cut off.
        bytes.append(Data(count: max(0, min - bytes.count)) + [0xff, 0xd9])
        bytes.append(contentsOf: "\(number)".utf8)
        try bytes.write(to: file)
        return file.path
    }
}
