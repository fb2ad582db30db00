// A phone whose administrator sits at a desk, and certifies the keys that its officers made.

import AngenCore
import AngenHost
import AngenModels
import Foundation

extension Phone {
    /// The administrator's desk. It is used while the app is not in front.
    var desk: Desk { Desk(database: folder.appending(path: "phone")) }

    /// A township that begins at the desk. All times are of this machine, as the desk's are.
    static func administeredAtDesk() async throws -> Phone {
        let folder = try newFolder()
        let locks = PinnedKeys(folder: folder.appending(path: "keys"))
        let desk = Desk(database: folder.appending(path: "phone"))
        try await desk.run([
            "init", "--area", "371102100", "--township", "河山镇", "--organisation",
            "日照市东港区应急管理局",
        ])
        for (number, person) in Person.all.enumerated() {
            // A phone asks once, before it belongs to a township; several officers share this one.
            let ask = try await ask(in: folder.appending(path: "ask-\(number)"), locks)
            try await desk.run(["enrol", "answer", ask] + person.words)
        }
        let inspector = try Inspector.open(
            folder: desk.database.path, clock: DeviceClock(), keys: locks, disk: DeviceDisk())
        let core = Core(inspector) { Int64(Date().timeIntervalSince1970 * 1000) }
        return Phone(
            folder: folder, locks: locks,
            session: Session(core: core, locks: locks, language: .chinese),
            established: try await core.call { try $0.established() })
    }

    /// Makes the keys of one officer, and gives the text that the administrator answers.
    private static func ask(in folder: URL, _ locks: PinnedKeys) async throws -> String {
        let inspector = try Inspector.open(
            folder: folder.path, clock: DeviceClock(), keys: locks, disk: DeviceDisk())
        locks.choosePin(PinnedKeys.pin)
        let asked = try await Core(inspector, nowMs: { 0 }).call { try $0.askToJoin() }
        locks.choosePin(nil)
        return asked.text
    }
}

extension Person {
    /// What the administrator types of them.
    fileprivate var words: [String] {
        let certificate = number.map { ["--certificate-no", $0, "--valid-until", "2099-12-31"] }
        return ["--name", name, "--role", role == .mentor ? "mentor" : "enforcer"]
            + ["--organisation", "河山镇人民政府"] + (certificate ?? [])
    }
}
