// What the app calls of Apple's LocalAuthentication, so that its use is checked on Linux.

import Foundation

public enum LACredentialType: Int, Sendable { case applicationPassword }

/// Holds the PIN's result while an officer is signed in. Here it asks for nothing.
public final class LAContext {
    public var interactionNotAllowed = false
    public init() {}
    @discardableResult
    public func setCredential(_ credential: Data?, type: LACredentialType) -> Bool { true }
    public func invalidate() {}
}
