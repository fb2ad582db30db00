// The key of the phone's database: 32 random bytes in the Keychain, of this device alone.

#if canImport(Security)
import AngenCore
import Foundation
import Security

/// The database's key, made when it is asked for first.
///
/// No PIN opens it: several officers share the database, and a sync in the background reads it
/// while the phone lies locked. Where the Keychain has lost it and the database is there, a new one
/// is made; the core finds that it does not fit, says so, and touches nothing.
public final class KeychainDatabaseKey: DatabaseKeys, Sendable {
    private static let bytes = 32
    private static let service = "angen.database"

    /// Two connections that open at once must not make two keys.
    private let mutex = NSLock()
    private let name: String

    /// The name tells databases of one app apart.
    public init(name: String = "main") {
        self.name = name
    }

    public func databaseKey() throws -> Data {
        try mutex.withLock { try kept() ?? made() }
    }

    public func destroyDatabaseKey() throws {
        let status = SecItemDelete(item as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else {
            throw Self.failed(status)
        }
    }

    private var item: [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: Self.service,
            kSecAttrAccount as String: name,
            kSecUseDataProtectionKeychain as String: true,
        ]
    }

    /// None only where there is none: a phone that nobody has unlocked since it was started gives
    /// no key yet, and one that was made instead would lock the officers out of their records.
    private func kept() throws -> Data? {
        var query = item
        query[kSecReturnData as String] = true
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        switch (status, found as? Data) {
        case (errSecSuccess, .some(let key)): return key
        case (errSecItemNotFound, _): return nil
        case (errSecInteractionNotAllowed, _): throw HostError.Locked
        default: throw Self.failed(status)
        }
    }

    private func made() throws -> Data {
        var key = Data(count: Self.bytes)
        let random = key.withUnsafeMutableBytes {
            SecRandomCopyBytes(kSecRandomDefault, Self.bytes, $0.baseAddress!)
        }
        guard random == errSecSuccess else { throw Self.failed(random) }
        var query = item
        query[kSecValueData as String] = key
        query[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        let status = SecItemAdd(query as CFDictionary, nil)
        guard status == errSecSuccess else { throw Self.failed(status) }
        return key
    }

    private static func failed(_ status: OSStatus) -> HostError {
        .Failed(why: "the Keychain answered \(status)")
    }
}
#endif
