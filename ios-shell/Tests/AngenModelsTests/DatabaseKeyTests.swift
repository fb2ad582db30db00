// The key of the phone's database: made once, kept in the Keychain, gone when it is destroyed.

import AngenCore
import AngenHost
import AngenModels
import Foundation
import Testing

@Suite struct DatabaseKeyTests {
    @Test func aKeyIsMadeOnceAndIsTheSameAfterwards() throws {
        let (name, other) = (UUID().uuidString, UUID().uuidString)
        let key = try KeychainDatabaseKey(name: name).databaseKey()
        #expect(key.count == 32)
        #expect(try KeychainDatabaseKey(name: name).databaseKey() == key)
        #expect(try KeychainDatabaseKey(name: other).databaseKey() != key)
    }

    @Test func connectionsThatOpenAtOnceGetOneKey() async throws {
        let store = KeychainDatabaseKey(name: UUID().uuidString)
        let keys = try await withThrowingTaskGroup(of: Data.self) { group in
            for _ in 0..<8 { group.addTask { try store.databaseKey() } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
    }

    @Test func aDestroyedKeyIsGoneForGood() throws {
        let store = KeychainDatabaseKey(name: UUID().uuidString)
        let key = try store.databaseKey()
        try store.destroyDatabaseKey()
        try store.destroyDatabaseKey()
        #expect(try store.databaseKey() != key)
    }

    /// The library of the tests is built without the cipher.
    @Test func aLibraryThatCannotEncryptSaysSoAndWritesNothingPlain() async throws {
        let folder = try await Phone.newFolder()
        let data = folder.appending(path: "data")
        let locks = PinnedKeys(folder: folder.appending(path: "keys"))
        let fault = await fault {
            _ = try Inspector.openEncrypted(
                folder: data.path, databaseKey: KeychainDatabaseKey(name: UUID().uuidString),
                clock: TestClock(), keys: locks, disk: DeviceDisk())
        }
        #expect(fault?.remedy == .report && fault?.zh.contains("不带加密") == true)
        let files = FileManager.default.enumerator(atPath: data.path)?.compactMap { $0 as? String }
        #expect(files?.contains { $0.hasPrefix("angen.db") } != true)
    }
}
