// A phone on which nothing is established yet.

import AngenCore
import AngenHost
import AngenModels
import Foundation

/// A new phone, and what its owner sees of joining.
@MainActor
struct NewPhone {
    let folder: URL
    let locks: PinnedKeys
    let session: Session
    let join: JoinModel

    init(in folder: URL? = nil) throws {
        let folder = try folder ?? Phone.newFolder()
        self.folder = folder
        locks = PinnedKeys(folder: folder.appending(path: "keys"))
        let inspector = try Inspector.open(
            folder: folder.appending(path: "new").path, clock: DeviceClock(), keys: locks,
            disk: DeviceDisk())
        let core = Core(inspector) { Int64(Date().timeIntervalSince1970 * 1000) }
        session = Session(core: core, locks: locks, language: .chinese)
        join = JoinModel(session, transport: URLSessionTransport())
    }

    /// The screen of joining as the next person opens it.
    func another() -> JoinModel {
        JoinModel(session, transport: URLSessionTransport())
    }
}
