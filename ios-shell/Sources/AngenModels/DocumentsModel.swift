// Documents 文书 of a dossier: seen before a number is used, then made to print and share.

import AngenCore
import Foundation
import Observation

/// The documents of one dossier.
@MainActor @Observable
public final class DocumentsModel {
    public let dossier: DossierId
    /// What was made before.
    public let documents: Pages<DocumentRow, UInt64>
    /// The form that is chosen; every form that the core has can be.
    public var form = Form.siteRecord
    /// The form as it would stand on paper now, before a number is used; once it is made, as it does.
    public private(set) var seen: DocumentPreview?
    /// What the form lacks, as of now; told before anything is made.
    public var lacks: [LackView] { seen?.lacks ?? [] }
    /// What stands in no record and only a person can say, by the key of its field. What the last
    /// paper of the form said is proposed.
    public var given: [String: String] {
        get { typed[form] ?? [:] }
        set { typed[form] = newValue }
    }
    private var typed: [Form: [String: String]] = [:]
    /// Abbreviation of the region or agency in a number, such as `鲁日`; asked for once a year.
    public var region = ""
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

    /// Reads what was made, and draws the chosen form. Another one may be chosen meanwhile.
    public func load() async {
        let form = form
        (seen, printed) = (nil, nil)
        await work.follow {
            let proposed = try await session.core.call { try $0.proposeGiven(form: form) }
            guard form == self.form else { return }
            given.merge(proposed) { typed, _ in typed }
            let (writer, request) = (try session.writer(), request)
            let seen = try await session.core.call {
                try $0.previewDocument(writer: writer, request: request)
            }
            guard form == self.form else { return }
            self.seen = seen
            try await documents.reload()
        }
    }

    /// What can be entered here: the fields of the form that nothing else fills.
    public var asked: [LackView] { seen?.asked ?? [] }

    /// Whether no number is left for the chosen form; a block of them is reserved for this phone.
    public var needsNumbers: Bool {
        series != nil && lacks.contains { $0.place == "number" }
    }

    /// Reserves the next numbers of the form's series, and looks again what is missing.
    public func reserve() async {
        guard let series, let year = UInt16(Day.of(session.core.nowMs()).prefix(4)) else { return }
        let numbers = ReserveNumbers(
            region: region, kind: series, year: year, count: Self.numbersAtOnce)
        let request = request
        await work.run {
            let writer = try session.writer()
            seen = try await session.core.call {
                _ = try $0.reserveNumbers(writer: writer, request: numbers)
                return try $0.previewDocument(writer: writer, request: request)
            }
        }
    }

    /// As many as a phone needs in a round of visits.
    private static let numbersAtOnce: UInt32 = 20

    /// Characters of the kind of document in its number 文种代字; none for what has no number.
    private var series: String? { numberKind(form: form) }

    /// Makes the document in this folder: with its PDF where this build can set type.
    public func print(into folder: String) async {
        let (look, whole, without) = (
            request, request([.pdf, .docx, .copyOut]), request([.docx, .copyOut])
        )
        await work.run {
            let writer = try session.writer()
            let (made, drawn) = try await session.core.call {
                let made: PrintedView
                do {
                    made = try $0.printDocument(writer: writer, request: whole, folder: folder)
                } catch let refused as ApiError {
                    // Nothing was recorded. What the dossier lacks is said; else it is the PDF.
                    let seen = try $0.previewDocument(writer: writer, request: look)
                    guard case .Invalid = refused, seen.lacks.isEmpty else { throw refused }
                    made = try $0.printDocument(writer: writer, request: without, folder: folder)
                }
                return (made, try $0.previewDocument(writer: writer, request: look))
            }
            (printed, seen) = (made, drawn)
            try await documents.reload()
        }
    }

    /// Enough to look at it: no file is made.
    private var request: PrintDocument { request([]) }

    private func request(_ files: [FileKind]) -> PrintDocument {
        PrintDocument(
            dossier: dossier, form: form, about: nil, sealing: .later,
            given: given.filter { !$0.value.isEmpty }, byHand: .rest, files: files)
    }
}
