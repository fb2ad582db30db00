// One check 现场检查: certificates shown, checklists, findings, and the record at its end.

import AngenCore
import Observation

/// One check at one enterprise.
@MainActor @Observable
public final class CheckModel {
    public let dossier: DossierId
    public private(set) var check: CheckRow?
    public private(set) var missing: [MissingView] = []
    public let work = Work()
    public let session: Session

    public init(_ session: Session, dossier: DossierId) {
        (self.session, self.dossier) = (session, dossier)
    }

    /// Reads the check and what is missing in it, as of now.
    public func load() async {
        await work.run { try await reload() }
    }

    /// Says that the officer showed the certificate 亮证, and to whom.
    public func showCertificates(to person: String) async {
        let dossier = dossier
        await work.run {
            let writer = try session.writer()
            _ = try await session.core.call {
                try $0.showCertificates(
                    writer: writer, dossier: dossier, shownTo: person, note: nil)
            }
            try await reload()
        }
    }

    private func reload() async throws {
        let (now, dossier) = (session.core.nowMs(), dossier)
        check = try await session.core.call { try $0.check(dossier: dossier) }
        missing = try await session.core.call { try $0.missing(dossier: dossier, asOfMs: now) }
    }
}

/// Plans a check at an enterprise that was found.
@MainActor @Observable
public final class PlanCheckModel {
    public let enterprise: EntityId
    public let assistance: DossierId?
    public let checklists: Pages<ChecklistRow, UInt32>
    public var chosen: Set<EntityId> = []
    public var approvalNo = ""
    public var noticeNo = ""
    public let work = Work()
    public let session: Session

    public init(_ session: Session, enterprise: EntityId, assistance: DossierId?) {
        (self.session, self.enterprise, self.assistance) = (session, enterprise, assistance)
        let core = session.core
        checklists = Pages { before in
            let page = try await core.call { try $0.checklists(before: before) }
            return (page.rows, page.next)
        }
    }

    /// Reads the checklists of the library.
    public func load() async {
        await work.run { try await checklists.reload() }
    }

    /// Opens the dossier of the check, and gives it when that was done.
    public func plan() async -> DossierId? {
        let request = PlanCheck(
            enterprise: enterprise, checklists: chosen.sorted(),
            basis: assistance == nil ? "plan" : "assistance",
            approvalNo: approvalNo.isEmpty ? nil : approvalNo,
            noticeNo: noticeNo.isEmpty ? nil : noticeNo, assistance: assistance)
        var opened: DossierId?
        await work.run {
            let writer = try session.writer()
            opened = try await session.core.call {
                try $0.planCheck(writer: writer, request: request).dossier
            }
        }
        return opened
    }
}
