// Enterprises 企业台账: found by two characters, by pinyin, or by credit code.

import AngenCore
import Observation

/// The search for an enterprise, and the form for one that is not there yet.
@MainActor @Observable
public final class EnterprisesModel {
    public var words = ""
    public let found: Pages<FoundEnterprise, Int64>
    public let work = Work()
    public let session: Session

    public var name = ""
    public var creditCode = ""
    public var noCodeReason = ""
    public var address = ""
    public var representative = ""

    private let asked: Asked

    public init(_ session: Session) {
        self.session = session
        let (core, asked) = (session.core, Asked())
        self.asked = asked
        found = Pages { after in
            let words = asked.words
            let page = try await core.call { try $0.findEnterprises(words: words, after: after) }
            return (page.found, page.next)
        }
    }

    /// Searches for what was entered, at every key. The newest search wins: one that another
    /// overtook shows nothing, and none is left out because an older one still goes on.
    public func search() async {
        asked.words = words
        await work.follow { try await found.reload() }
    }

    /// Registers the enterprise that was entered.
    @discardableResult
    public func register() async -> EntityId? {
        let request = RegisterEnterprise(
            name: name, creditCode: given(creditCode), noCodeReason: given(noCodeReason),
            address: address, representative: given(representative), industry: nil)
        var registered: EntityId?
        await work.run {
            let writer = try session.writer()
            registered = try await session.core.call {
                try $0.registerEnterprise(writer: writer, request: request).enterprise
            }
            (name, creditCode, noCodeReason, address, representative) = ("", "", "", "", "")
            try await found.reload()
        }
        return registered
    }

    private func given(_ text: String) -> String? { text.isEmpty ? nil : text }

    /// The words that the pages are of, whatever is typed meanwhile.
    @MainActor private final class Asked { var words = "" }
}
