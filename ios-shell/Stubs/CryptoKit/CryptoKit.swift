// What the app calls of Apple's CryptoKit, so that its use is checked on Linux.
//
// There is no Secure Enclave here and no key is made: each of these throws, as CryptoKit does on a
// device without one.

import Foundation
import LocalAuthentication
import Security

public enum CryptoKitError: Error { case underlyingCoreCryptoError(error: Int32) }

private func noKeys<Key>() throws -> Key {
    throw CryptoKitError.underlyingCoreCryptoError(error: -1)
}

public enum SecureEnclave {
    public static var isAvailable: Bool { false }

    public enum P256 {
        public enum Signing {
            public struct PrivateKey: Sendable {
                public let dataRepresentation: Data
                public let publicKey: PublicKey
                public init(
                    compactRepresentable: Bool = true, accessControl: SecAccessControl,
                    authenticationContext: LAContext? = nil
                ) throws { self = try noKeys() }
                public init(
                    dataRepresentation: Data, authenticationContext: LAContext? = nil
                ) throws { self = try noKeys() }
                public func signature(for data: some DataProtocol) throws -> ECDSASignature {
                    try noKeys()
                }
            }
            public struct PublicKey: Sendable { public let x963Representation: Data }
            public struct ECDSASignature: Sendable { public let rawRepresentation: Data }
        }
    }
}

public enum Curve25519 {
    public enum KeyAgreement {
        public struct PrivateKey: Sendable {
            public let rawRepresentation: Data
            public let publicKey: PublicKey
            public init() { (rawRepresentation, publicKey) = (Data(), PublicKey()) }
            public init(rawRepresentation: some ContiguousBytes) throws { self = try noKeys() }
            public func sharedSecretFromKeyAgreement(
                with other: PublicKey
            ) throws -> SharedSecret { try noKeys() }
        }
        public struct PublicKey: Sendable {
            public let rawRepresentation: Data
            init() { rawRepresentation = Data() }
            public init(rawRepresentation: some ContiguousBytes) throws { self = try noKeys() }
        }
    }
}

public struct SharedSecret: ContiguousBytes, Sendable {
    public func withUnsafeBytes<Answer>(
        _ body: (UnsafeRawBufferPointer) throws -> Answer
    ) rethrows -> Answer { try Data().withUnsafeBytes(body) }
}
