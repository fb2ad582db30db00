// Keys in files, each behind the PIN that it was made under, as the Keychain has them.

import AngenCore
import AngenModels
import Foundation

/// What the Keychain does on a phone, over the core's own keys in files: a key is bound to a PIN
/// when it is made, and closed until that is entered.
final class PinnedKeys: Keys, OfficerLock, @unchecked Sendable {
    static let pin = "246810"

    private let files: any Keys
    /// All fields below are read and written with it held.
    private let mutex = NSLock()
    private var pins: [WriterId: String] = [:]
    private var opened: Set<WriterId> = []
    private var newPin: String?
    private var made: Set<WriterId> = []

    init(folder: URL) {
        files = softwareKeys(folder: folder.path)
    }

    /// Whose keys are open.
    var open: Set<WriterId> { mutex.withLock { opened } }

    func choosePin(_ pin: String?) {
        mutex.withLock {
            opened.subtract(made)
            (newPin, made) = (pin, [])
        }
    }

    func unlock(_ writer: WriterId, pin: String) async throws {
        try mutex.withLock {
            guard pins[writer] == pin else { throw HostError.Locked }
            opened.insert(writer)
        }
    }

    func lock(_ writer: WriterId) async {
        _ = mutex.withLock { opened.remove(writer) }
    }

    func create(writer: WriterId) throws -> NewKeys {
        try mutex.withLock {
            if !opened.contains(writer) {
                guard let pin = newPin else { throw HostError.Locked }
                pins[writer] = pin
                opened.insert(writer)
                made.insert(writer)
            }
        }
        return try files.create(writer: writer)
    }

    func publicKey(writer: WriterId) throws -> PublicKey {
        try whenOpen(writer) { try files.publicKey(writer: writer) }
    }

    func sign(writer: WriterId, message: Data) throws -> Data {
        try whenOpen(writer) { try files.sign(writer: writer, message: message) }
    }

    func agree(writer: WriterId, public: Data) throws -> Data {
        try whenOpen(writer) { try files.agree(writer: writer, public: `public`) }
    }

    func destroy(writer: WriterId) throws {
        mutex.withLock {
            pins[writer] = nil
            opened.remove(writer)
        }
        try files.destroy(writer: writer)
    }

    private func whenOpen<Answer>(
        _ writer: WriterId, _ work: () throws -> Answer
    ) throws -> Answer {
        let (isHere, isOpen) = mutex.withLock { (pins[writer] != nil, opened.contains(writer)) }
        guard isHere else { throw HostError.Failed(why: "no key of this writer is here") }
        guard isOpen else { throw HostError.Locked }
        return try work()
    }
}
