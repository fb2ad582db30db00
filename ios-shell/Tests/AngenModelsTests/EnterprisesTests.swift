// The register of enterprises: what was typed last is what is shown.

import AngenCore
import AngenModels
import Foundation
import Testing

@MainActor
@Suite struct EnterprisesTests {
    @Test func ofSearchesThatGoOnAtOnceTheNewestWins() async throws {
        let phone = try await Phone()
        try await phone.signIn("陈立新")
        let model = EnterprisesModel(phone.session)
        for name in ["日照样例机械有限公司", "日照示范木业有限公司"] {
            (model.name, model.address, model.noCodeReason) = (name, "河山镇样例路", "执照正在换发")
            try #require(await model.register() != nil)
        }
        let searches = ["yangli", "shifan", "yangli", "shifan"].map { words in
            Task {
                model.words = words
                await model.search()
            }
        }
        for search in searches { await search.value }
        #expect(model.found.rows.map(\.name) == ["日照示范木业有限公司"])
        #expect(model.work.fault == nil)
    }

    @Test func aPageThatWasOvertakenIsNotShown() async throws {
        let gate = Gate()
        let pages = Pages<Int, Int> { _ in
            gate.asked += 1
            let own = gate.asked
            if own == 1 { await gate.wait() }
            return ([own], nil)
        }
        let overtaken = Task { try await pages.reload() }
        while gate.asked == 0 { await Task.yield() }
        try await pages.reload()
        gate.open()
        try await overtaken.value
        #expect(gate.asked == 2 && pages.rows == [2])
    }
}

/// Holds a page back until it is opened.
@MainActor private final class Gate {
    var asked = 0
    private var waiting: CheckedContinuation<Void, Never>?

    func wait() async { await withCheckedContinuation { waiting = $0 } }

    func open() { waiting?.resume() }
}
