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
    private let fetch: Fetch

    public init(_ fetch: @escaping Fetch) {
        self.fetch = fetch
    }

    /// Fetches the first page; what was shown stays until it is here.
    public func reload() async throws {
        (rows, next) = try await fetch(nil)
    }

    /// Fetches the next page, when there is one.
    public func more() async throws {
        guard let cursor = next else { return }
        let page = try await fetch(cursor)
        rows += page.rows
        next = page.next
    }
}
