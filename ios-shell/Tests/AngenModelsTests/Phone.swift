// A phone of a township over the real library: a database, keys in files, and a clock of the test.

import AngenCore
import AngenHost
import AngenModels
import Foundation

/// A clock that stands still until the test moves it.
final class TestClock: Clock, @unchecked Sendable {
    /// 2026-09-16 09:00 in China.
    let nowMs: Int64 = 1_789_520_400_000
    private let boot: BootId = "00000000-0000-4000-8000-000000000001"

    func now() throws -> Moment {
        Moment(wallMs: nowMs, monoMs: UInt64(nowMs), boot: boot)
    }

    func source() throws -> ClockSource { .network }
}

/// Each officer's PIN, over keys that have none: it stands for what the Keychain does on a phone,
/// and refuses as that does.
actor PinLock: OfficerLock {
    static let pin = "246810"
    private(set) var open: Set<WriterId> = []

    func unlock(_ writer: WriterId, pin: String) throws {
        guard pin == Self.pin else { throw HostError.Locked }
        open.insert(writer)
    }

    func lock(_ writer: WriterId) { open.remove(writer) }
}

/// A township on one phone: established, with two certified officers and a mentor.
@MainActor
struct Phone {
    let folder: URL
    let clock = TestClock()
    let locks = PinLock()
    let session: Session
    let established: Established

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = clock
        let inspector = try Inspector.open(
            folder: folder.appending(path: "phone").path, clock: clock,
            keys: softwareKeys(folder: folder.appending(path: "keys").path), disk: DeviceDisk())
        let core = Core(inspector, nowMs: { clock.nowMs })
        session = Session(core: core, locks: locks, language: .chinese)
        established = try await core.call {
            try $0.establish(
                request: Establish(
                    area: "371102110", township: "河山镇", organisation: "日照市东港区应急管理局",
                    administrator: "管理员"))
        }
        try await enrol("陈立新", .enforcer, "15110200101")
        try await enrol("王海燕", .enforcer, "15110200102")
        try await enrol("李明山", .mentor, nil)
    }

    private func enrol(_ name: String, _ role: Role, _ number: String?) async throws {
        let administrator = established.administrator
        let request = EnrolOfficer(
            name: name, role: role, organisation: "河山镇人民政府", certificateNo: number,
            certificateValidUntil: number == nil ? nil : "2028-06-30")
        _ = try await session.core.call {
            try $0.enrolOfficer(writer: administrator, request: request)
        }
    }

    /// Who has this name on the roster.
    func person(_ name: String) async throws -> OfficerRow {
        let now = clock.nowMs
        let people = try await session.core.call { try $0.officers(asOfMs: now) }
        guard let person = people.first(where: { $0.name == name }) else {
            throw CocoaError(.keyValueValidation)
        }
        return person
    }

    func signIn(_ name: String) async throws {
        try await session.signIn(try await person(name), pin: PinLock.pin)
    }

    /// A photo: bytes behind the end of a JPEG are allowed, and each number makes another file.
    func photo(_ number: Int) throws -> String {
        let file = folder.appending(path: "photo-\(number).jpg")
        var bytes = try Data(contentsOf: Fixtures.photo)
        bytes.append(contentsOf: "\(number)".utf8)
        try bytes.write(to: file)
        return file.path
    }
}
