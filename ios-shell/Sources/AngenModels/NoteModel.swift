// A note 记事: a hazard that was seen, an emergency measure that was taken, in a sentence.

import AngenCore
import Observation

/// A note that is being written in one dossier.
@MainActor @Observable
public final class NoteModel {
    public let dossier: DossierId
    /// The finding or the evidence that it is about; none for the dossier as a whole.
    public let about: EntityId?
    public var text = ""
    /// What was kept last, as it stands.
    public private(set) var kept: NoteView?
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId, about: EntityId? = nil) {
        (self.session, self.dossier, self.about) = (session, dossier, about)
    }

    /// Keeps it. What was entered stays when the core does not take it.
    public func keep() async {
        let request = WriteNote(dossier: dossier, text: text, about: about)
        await work.run {
            let writer = try session.writer()
            kept = try await session.core.call {
                try $0.writeNote(writer: writer, request: request)
            }
            text = ""
        }
    }
}
