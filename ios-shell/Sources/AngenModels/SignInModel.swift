// Sign in and switch: the officers of this phone, and the PIN of one of them.

import AngenCore
import Observation

/// The sign-in screen.
@MainActor @Observable
public final class SignInModel {
    /// The officers, those whose key is here first.
    public private(set) var officers: [OfficerRow] = []
    /// Who was tapped; the PIN is asked for below the name.
    public var chosen: OfficerRow?
    /// What is being entered. Forgotten as soon as it was tried.
    public var pin = ""
    public let work = Work()

    private let session: Session

    public init(_ session: Session) {
        self.session = session
    }

    /// Reads the officers who can sign in here.
    public func load() async {
        let now = session.core.nowMs()
        await work.run {
            officers = try await session.core.call { try $0.officers(asOfMs: now) }
        }
    }

    /// Those who can sign in on this phone, and those who write on another.
    public var here: [OfficerRow] { officers.filter { $0.key != .elsewhere } }

    /// Signs in whoever was tapped.
    public func signIn() async {
        guard let chosen else { return }
        let pin = pin
        self.pin = ""
        await work.run {
            try await session.signIn(chosen, pin: pin)
            self.chosen = nil
        }
    }
}
