// Sign in and switch: the officers of this phone, and the PIN of one of them.

import AngenCore
import Observation

/// The sign-in screen.
@MainActor @Observable
public final class SignInModel {
    /// Whose keys are here: officers, administrators, and who joined before the roster came.
    public private(set) var here: [KeyHolder] = []
    /// Who was tapped; the PIN is asked for below the name.
    public var chosen: KeyHolder?
    /// What is being entered. Forgotten as soon as it was tried.
    public var pin = ""
    public let work = Work()

    private let session: Session

    public init(_ session: Session) {
        self.session = session
    }

    /// Reads who can sign in here. Nobody can on a phone that is new, and that is no fault.
    public func load() async {
        let now = session.core.nowMs()
        await work.run {
            do {
                here = try await session.core.call { try $0.keysHere(asOfMs: now) }
            } catch let fault as Fault where fault.remedy == .goBack {
                here = []
            }
        }
    }

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
