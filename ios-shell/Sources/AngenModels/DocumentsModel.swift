// Documents 文书 of a dossier: what each lacks, and its pages to show, print and share.

import AngenCore
import Observation

/// The documents of one dossier.
@MainActor @Observable
public final class DocumentsModel {
    public let dossier: DossierId
    /// What was made before.
    public let documents: Pages<DocumentRow, UInt64>
    /// The form that is chosen; every form that the core has can be.
    public var form = Form.siteRecord
    /// What the form lacks, as of now; told before anything is made.
    public private(set) var lacks: [LackView] = []
    /// What was made last.
    public private(set) var printed: PrintedView?
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
        let core = session.core
        documents = Pages { from in
            let page = try await core.call {
                try $0.documents(dossier: dossier, from: from ?? 0)
            }
            return (page.rows, page.next)
        }
    }

    /// Reads what was made, and what the chosen form lacks.
    public func load() async {
        let request = request
        await work.run {
            let writer = try session.writer()
            lacks = try await session.core.call {
                try $0.documentLacks(writer: writer, request: request)
            }
            try await documents.reload()
        }
    }

    /// Makes the document as PDF in this folder.
    public func print(into folder: String) async {
        let request = request
        await work.run {
            let writer = try session.writer()
            printed = try await session.core.call {
                try $0.printDocument(writer: writer, request: request, folder: folder)
            }
            try await documents.reload()
        }
    }

    private var request: PrintDocument {
        PrintDocument(
            dossier: dossier, form: form, about: nil, sealing: .later, given: [:], byHand: .rest,
            files: [.pdf])
    }
}
