// The officers' keys: P-256 in the Secure Enclave, X25519 in the Keychain, each behind its PIN.

#if canImport(Security) && canImport(LocalAuthentication) && canImport(CryptoKit)
import AngenCore
import AngenModels
import CryptoKit
import Foundation
import LocalAuthentication
import Security

/// The keys of all officers who share this phone.
///
/// The signing key is made in the Secure Enclave and never leaves it. It is bound to the officer's
/// own PIN (an application password), so the phone's passcode, which several people know, opens
/// none of them. While an officer is signed in, one authentication context holds the PIN's result;
/// `lock` throws it away. A phone without a Secure Enclave makes no keys: `create` says so.
public final class KeychainKeys: Keys, OfficerLock, @unchecked Sendable {
    /// All fields below are read and written with it held.
    private let mutex = NSLock()
    private var contexts: [WriterId: LAContext] = [:]
    /// The PIN that a new officer chose, and whose keys were bound to it since.
    private var newPin: String?
    private var made: Set<WriterId> = []

    public init() {}

    /// The PIN of the officer who is enrolled next; `create` binds the new keys to it. None: they
    /// are enrolled, and their keys are closed until they sign in.
    public func choosePin(_ pin: String?) {
        mutex.withLock {
            for writer in made { contexts.removeValue(forKey: writer)?.invalidate() }
            (newPin, made) = (pin, [])
        }
    }

    public func unlock(_ writer: WriterId, pin: String) async throws {
        let context = context(pin)
        // Reading the second key asks for the PIN at once, so that a wrong one is told here.
        _ = try agreement(writer, context)
        mutex.withLock { contexts[writer] = context }
    }

    public func lock(_ writer: WriterId) async {
        mutex.withLock { contexts.removeValue(forKey: writer) }?.invalidate()
    }

    public func create(writer: WriterId) throws -> NewKeys {
        if let context = mutex.withLock({ contexts[writer] }) {
            return try newKeys(writer, context)
        }
        guard let pin = mutex.withLock({ newPin }) else { throw HostError.Locked }
        let context = context(pin)
        try makeIfAbsent(writer, context)
        let keys = try newKeys(writer, context)
        mutex.withLock {
            contexts[writer] = context
            made.insert(writer)
        }
        return keys
    }

    public func publicKey(writer: WriterId) throws -> PublicKey {
        .p256(point: try signing(writer, try opened(writer)).publicKey.x963Representation)
    }

    public func sign(writer: WriterId, message: Data) throws -> Data {
        try failing { try signing(writer, try opened(writer)).signature(for: message) }
            .rawRepresentation
    }

    public func agree(writer: WriterId, public: Data) throws -> Data {
        let own = try agreement(writer, try opened(writer))
        return try failing {
            let other = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: `public`)
            return try own.sharedSecretFromKeyAgreement(with: other)
                .withUnsafeBytes { Data($0) }
        }
    }

    public func destroy(writer: WriterId) throws {
        mutex.withLock { contexts.removeValue(forKey: writer) }?.invalidate()
        for kind in KeychainItem.Kind.allCases {
            try KeychainItem(writer: writer, kind: kind).remove()
        }
    }
}

extension KeychainKeys {
    private func context(_ pin: String) -> LAContext {
        let context = LAContext()
        context.interactionNotAllowed = true
        context.setCredential(Data(pin.utf8), type: .applicationPassword)
        return context
    }

    /// Who has no key here writes on another phone, and no PIN of theirs is asked for.
    private func opened(_ writer: WriterId) throws -> LAContext {
        if let context = mutex.withLock({ contexts[writer] }) { return context }
        guard try KeychainItem(writer: writer, kind: .sign).exists() else {
            throw HostError.Failed(why: "no key of this writer is here")
        }
        throw HostError.Locked
    }

    private func makeIfAbsent(_ writer: WriterId, _ context: LAContext) throws {
        guard SecureEnclave.isAvailable else {
            throw HostError.Failed(why: "this device has no Secure Enclave")
        }
        let sign = KeychainItem(writer: writer, kind: .sign)
        if try !sign.exists() {
            let key = try failing {
                try SecureEnclave.P256.Signing.PrivateKey(
                    accessControl: try KeychainItem.access(for: .sign),
                    authenticationContext: context)
            }
            try sign.add(key.dataRepresentation, context)
        }
        let agree = KeychainItem(writer: writer, kind: .agree)
        if try !agree.exists() {
            try agree.add(Curve25519.KeyAgreement.PrivateKey().rawRepresentation, context)
        }
    }

    private func newKeys(_ writer: WriterId, _ context: LAContext) throws -> NewKeys {
        NewKeys(
            sign: .p256(point: try signing(writer, context).publicKey.x963Representation),
            sealTo: try agreement(writer, context).publicKey.rawRepresentation)
    }

    private func signing(
        _ writer: WriterId, _ context: LAContext
    ) throws -> SecureEnclave.P256.Signing.PrivateKey {
        let kept = try KeychainItem(writer: writer, kind: .sign).read(context)
        return try failing {
            try .init(dataRepresentation: kept, authenticationContext: context)
        }
    }

    private func agreement(
        _ writer: WriterId, _ context: LAContext
    ) throws -> Curve25519.KeyAgreement.PrivateKey {
        let kept = try KeychainItem(writer: writer, kind: .agree).read(context)
        return try failing { try .init(rawRepresentation: kept) }
    }

    /// What CryptoKit throws, as the core takes it: in its own words, which name no person.
    private func failing<Answer>(_ work: () throws -> Answer) throws -> Answer {
        do {
            return try work()
        } catch let error as HostError {
            throw error
        } catch {
            throw HostError.Failed(why: "\(error)")
        }
    }
}
#endif
