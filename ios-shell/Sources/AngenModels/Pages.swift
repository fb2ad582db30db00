// A list that grows by pages: no screen ever asks for a whole table.

import Observation

/// A list that is shown page by page.
@MainActor @Observable
public final class Pages<Row: Sendable, Cursor: Sendable> {
    /// What was fetched so far.
    public private(set) var rows: [Row] = []
    /// Whether the core has more.
    public var hasMore: Bool { next != nil }

    /// Gives the page at a cursor; none is the first.
    public typealias Fetch = @MainActor (Cursor?) async throws -> (rows: [Row], next: Cursor?)

    private var next: Cursor?
    /// Grows with every first page that was asked for: what an overtaken one brings is not shown.
    private var turn = 0
    private let fetch: Fetch

    public init(_ fetch: @escaping Fetch) {
        self.fetch = fetch
    }

    /// Fetches the first page; what was shown stays until it is here. Asked for again meanwhile,
    /// only the newest one is shown.
    public func reload() async throws {
        turn += 1
        let own = turn
        let page = try await fetch(nil)
        if own == turn { (rows, next) = page }
    }

    /// Fetches the next page, when there is one.
    public func more() async throws {
        guard let cursor = next else { return }
        let own = turn
        let page = try await fetch(cursor)
        guard own == turn else { return }
        rows += page.rows
        next = page.next
    }
}
