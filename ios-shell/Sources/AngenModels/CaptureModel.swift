// Capture 取证: photo first, words later, and where it comes from said truly.

import AngenCore
import Foundation
import Observation

/// Evidence that is being captured.
@MainActor @Observable
public final class CaptureModel {
    public let dossier: DossierId
    /// The finding, training or record that it shows.
    public let about: EntityId?
    /// The file that the camera wrote or the officer chose; none before that.
    public private(set) var path: String?
    public private(set) var source = SourceClass.ownCamera
    public var kind = EvidenceKind.audioVisual
    /// What the file is to be; none for what a scene shows.
    public let purpose: Purpose?
    public var caption = ""
    public var sourceNote = ""
    public var place: Place?
    /// What was captured last: its digests are shown, so that the party can write them down.
    public private(set) var captured: EvidenceView?
    /// What is there already.
    public let gallery: Pages<EvidenceRow, UInt32>
    public let work = Work()
    public let session: Session

    /// What every signed page is called: nobody types that at a gate.
    private static let signedPage = "签字页"
    private let device: String

    /// The device is make, model and the app's version.
    public init(
        _ session: Session, dossier: DossierId, about: EntityId?, purpose: Purpose? = nil,
        device: String
    ) {
        (self.session, self.dossier, self.about, self.device) = (session, dossier, about, device)
        self.purpose = purpose
        if purpose == .signedPage { (kind, caption) = (.sceneRecord, Self.signedPage) }
        let core = session.core
        gallery = Pages { before in
            let page = try await core.call {
                try $0.evidenceOf(dossier: dossier, about: about, before: before)
            }
            return (page.rows, page.next)
        }
    }

    /// The app's own camera wrote this file before the officer's eyes. It is removed once it is
    /// evidence: what is encrypted in the dossier must not lie beside it in the clear.
    public func tookPhoto(at path: String) {
        (self.path, source) = (path, .ownCamera)
    }

    /// The file comes from elsewhere; it is marked as such and stays so. The path is that of a copy
    /// of the app's own, removed like a photo.
    public func chose(_ path: String, from source: SourceClass) {
        (self.path, self.source) = (path, source)
    }

    /// Reads what is there.
    public func load() async {
        await work.run { try await gallery.reload() }
    }

    /// Captures it: encrypted, sealed and on the disk when this says that it was done. What was
    /// entered stays when it was not.
    @discardableResult
    public func capture() async -> Bool {
        guard let path else { return false }
        let request = CaptureEvidence(
            path: path, dossier: dossier, about: about, kind: kind, source: source,
            sourceNote: sourceNote.isEmpty ? nil : sourceNote, caption: caption, method: nil,
            proves: nil, purpose: purpose, place: place, device: device, derivedFrom: nil)
        return await work.run {
            let writer = try session.writer()
            captured = try await session.core.call {
                try $0.captureEvidence(writer: writer, request: request)
            }
            forget(path)
            try await gallery.reload()
        }
    }

    /// Takes it again: the file was never evidence.
    public func discard() {
        if let path { forget(path) }
    }

    private func forget(_ file: String) {
        try? FileManager.default.removeItem(atPath: file)
        (path, sourceNote) = (nil, "")
        caption = purpose == .signedPage ? Self.signedPage : ""
    }
}
