// One secret of one officer in the Keychain: bound to a PIN and to this device.

#if canImport(Security) && canImport(LocalAuthentication)
import AngenCore
import Foundation
import LocalAuthentication
import Security

/// A secret of a writer. No backup and no other device ever holds it.
struct KeychainItem {
    enum Kind: String, CaseIterable {
        /// The Secure Enclave's own wrapping of the signing key: of no use on another device.
        case sign
        /// The X25519 key, which the Secure Enclave cannot make.
        case agree
    }

    let writer: WriterId
    let kind: Kind

    /// Who may read the item: whoever enters the officer's PIN while the phone is unlocked.
    static func access(for kind: Kind) throws -> SecAccessControl {
        var flags: SecAccessControlCreateFlags = [.applicationPassword]
        if kind == .sign { flags.insert(.privateKeyUsage) }
        var error: Unmanaged<CFError>?
        let access = SecAccessControlCreateWithFlags(
            nil, kSecAttrAccessibleWhenUnlockedThisDeviceOnly, flags, &error)
        guard let access else {
            throw HostError.Failed(why: "the Keychain gives no access control")
        }
        return access
    }

    func exists() throws -> Bool {
        var query = base
        query[kSecReturnAttributes as String] = true
        let context = LAContext()
        context.interactionNotAllowed = true
        query[kSecUseAuthenticationContext as String] = context
        let status = SecItemCopyMatching(query as CFDictionary, nil)
        switch status {
        case errSecSuccess, errSecInteractionNotAllowed, errSecAuthFailed: return true
        case errSecItemNotFound: return false
        default: throw failed(status)
        }
    }

    func add(_ secret: Data, _ context: LAContext) throws {
        var query = base
        query[kSecValueData as String] = secret
        query[kSecAttrAccessControl as String] = try Self.access(for: .agree)
        query[kSecUseAuthenticationContext as String] = context
        let status = SecItemAdd(query as CFDictionary, nil)
        guard status == errSecSuccess else { throw failed(status) }
    }

    func read(_ context: LAContext) throws -> Data {
        var query = base
        query[kSecReturnData as String] = true
        query[kSecUseAuthenticationContext as String] = context
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        switch (status, found as? Data) {
        case (errSecSuccess, .some(let secret)): return secret
        case (errSecAuthFailed, _), (errSecInteractionNotAllowed, _): throw HostError.Locked
        case (errSecItemNotFound, _): throw HostError.Failed(why: "no key of this writer is here")
        default: throw failed(status)
        }
    }

    func remove() throws {
        let status = SecItemDelete(base as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else {
            throw failed(status)
        }
    }

    private var base: [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: "angen.officer.\(kind.rawValue)",
            kSecAttrAccount as String: writer,
            kSecUseDataProtectionKeychain as String: true,
        ]
    }

    private func failed(_ status: OSStatus) -> HostError {
        .Failed(why: "the Keychain answered \(status)")
    }
}
#endif
