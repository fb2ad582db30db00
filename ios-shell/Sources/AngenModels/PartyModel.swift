// The party 当事人 answers the record of a check: signed on paper that is captured, or refused.

import AngenCore
import Observation

/// How the party answers the record of one check.
@MainActor @Observable
public final class PartyModel {
    public let dossier: DossierId
    /// What was answered, `signed` or `refused`; none so far.
    public private(set) var record: String?
    /// The newest page that was captured as signed, and counts: a signature rests on it.
    public private(set) var page: EvidenceRow?
    public var signer = ""
    public var post = ""
    public var reason = ""
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
    }

    /// Reads what was answered, and whether a signed page is there.
    public func load() async {
        await work.run { try await reload() }
    }

    /// The party has signed the page that was captured.
    public func signed() async {
        await answer {
            guard let page else { throw Fault.noSignedPage }
            return .signed(signer: signer, post: post, evidence: page.evidence)
        }
    }

    /// The party refuses to sign, for a reason that is told or seen.
    public func refused() async {
        await answer { .refused(reason: reason, evidence: nil) }
    }

    /// What was entered stays when the core does not take it.
    private func answer(_ given: () throws -> PartyAnswer) async {
        let dossier = dossier
        await work.run {
            let writer = try session.writer()
            let answer = try given()
            _ = try await session.core.call {
                try $0.signRecord(writer: writer, dossier: dossier, answer: answer)
            }
            (signer, post, reason) = ("", "", "")
            try await reload()
        }
    }

    private func reload() async throws {
        let dossier = dossier
        (record, page) = try await session.core.call {
            (try $0.check(dossier: dossier).record, try Self.signedPage(of: dossier, $0))
        }
    }

    private nonisolated static func signedPage(
        of dossier: DossierId, _ core: Inspector
    ) throws -> EvidenceRow? {
        var before: UInt32?
        repeat {
            let page = try core.evidenceOf(dossier: dossier, about: nil, before: before)
            if let signed = page.rows.first(where: { $0.purpose == .signedPage && !$0.isRetracted })
            {
                return signed
            }
            before = page.next
        } while before != nil
        return nil
    }
}

extension Fault {
    /// A signature without the page that it stands on.
    public static let noSignedPage = Fault(
        zh: "还没有拍签字页：先拍签字页，再记签字",
        en: "no signed page was captured: photograph it, then note the signature",
        remedy: .mend(place: "page"))
}
