// Capture 取证: photo first, words later, and where it comes from said truly.

import AngenCore
import Foundation
import Observation

/// What a photo is to show, in the order in which a scene is taken; its word in Chinese, as it
/// stands in captions.
public enum Framing: String, CaseIterable, Sendable {
    case wide = "全景"
    case close = "近景"
    case ruler = "比例尺"
    case plate = "铭牌"

    /// As the core takes it.
    var shot: Shot {
        switch self {
        case .wide: .wide
        case .close, .ruler: .close
        case .plate: .reading
        }
    }

    /// What is taken after it; the last one again and again.
    var next: Framing {
        let all = Self.allCases
        return all.firstIndex(of: self).flatMap { all.dropFirst($0 + 1).first } ?? self
    }
}

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
    /// What the next photo is to show; the screen goes through them in their order.
    public private(set) var framing = Framing.wide
    /// Whether the file is a voice note, which the app recorded.
    public private(set) var isVoice = false
    public var sourceNote = ""
    public var place: Place?
    /// What was captured last: its digests are shown, so that the party can write them down.
    public private(set) var captured: EvidenceView?
    /// What is there already.
    public let gallery: Pages<EvidenceRow, UInt32>
    public let work = Work()
    public let session: Session

    /// What was put in the caption's place by the app: it goes when something else is framed.
    private var proposed = ""

    /// What every signed page is called: nobody types that at a gate.
    private static let signedPage = "签字页"
    private static let voice = "录音"
    /// The means 制作方法 by which a voice note was made.
    private static let recorder = "手机录音机"
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
        (self.path, source, isVoice) = (path, .ownCamera, false)
    }

    /// The app's own recorder wrote this file. It is called by what it is about.
    public func recorded(at path: String) async {
        (self.path, source, isVoice) = (path, .ownCamera, true)
        // The core proposes the words of a photo; of those the shot does not fit a voice.
        let about = await proposal(.wide)?.replacing("（\(Framing.wide.rawValue)）", with: "")
        propose([about, Self.voice].compactMap { $0 }.joined(separator: "："))
    }

    /// Says what the next photo shows, and calls it so: about a finding, in the finding's words.
    /// What the officer has typed stays.
    public func frame(_ framing: Framing) async {
        guard purpose == nil else { return }
        self.framing = framing
        let words = await proposal(framing.shot) ?? framing.rawValue
        if framing == self.framing { propose(words) }
    }

    /// The file comes from elsewhere; it is marked as such and stays so. The path is that of a copy
    /// of the app's own, removed like a photo.
    public func chose(_ path: String, from source: SourceClass) {
        (self.path, self.source, isVoice) = (path, source, false)
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
            sourceNote: sourceNote.isEmpty ? nil : sourceNote, caption: caption,
            method: isVoice ? Self.recorder : nil,
            proves: nil, purpose: purpose, place: place, device: device, derivedFrom: nil)
        return await work.run {
            let writer = try session.writer()
            captured = try await session.core.call {
                try $0.captureEvidence(writer: writer, request: request)
            }
            let next = framing.next
            let isFramed = !proposed.isEmpty
            forget(path)
            if isFramed { await frame(next) }
            try await gallery.reload()
        }
    }

    /// Takes it again: the file was never evidence.
    public func discard() {
        if let path { forget(path) }
    }

    private func propose(_ words: String) {
        if caption.isEmpty || caption == proposed { caption = words }
        proposed = words
    }

    /// What the core calls a shot of the finding; none for what is about none.
    private func proposal(_ shot: Shot) async -> String? {
        guard let about else { return nil }
        let dossier = dossier
        return try? await session.core.call {
            try $0.proposeCaption(dossier: dossier, finding: about, shot: shot)
        }
    }

    private func forget(_ file: String) {
        try? FileManager.default.removeItem(atPath: file)
        (path, sourceNote, isVoice, proposed) = (nil, "", false, "")
        caption = purpose == .signedPage ? Self.signedPage : ""
    }
}
