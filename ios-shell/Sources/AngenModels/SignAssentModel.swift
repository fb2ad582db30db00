// The second officer's own phone: what a colleague asks is read, then signed, then shown.

import AngenCore
import Observation

/// Reads what another phone asks assent to, and signs it by the key of who is signed in.
@MainActor @Observable
public final class SignAssentModel {
    /// What the other phone shows: scanned, or pasted.
    public var request = ""
    /// What it asks; nothing is signed before it stood on the screen.
    public private(set) var told: AssentTold?
    /// What the other phone scans; none before it was signed.
    public private(set) var signed: AssentText?
    public let work = Work()
    public let session: Session

    private var read = ""

    public init(_ session: Session) { self.session = session }

    /// Reads the request. Nothing is signed yet.
    public func look() async {
        let text = request
        (told, signed, read) = (nil, nil, "")
        await work.run {
            told = try await session.core.call { try $0.readAssentRequest(text: text) }
            read = text
        }
    }

    /// Signs what was read.
    public func sign() async {
        guard told != nil else { return }
        let text = read
        await work.run {
            let writer = try session.writer()
            signed = try await session.core.call {
                try $0.signAssent(writer: writer, text: text)
            }
        }
    }

    /// Puts away what was read.
    public func discard() {
        (told, signed, read, request) = (nil, nil, "", "")
    }
}
