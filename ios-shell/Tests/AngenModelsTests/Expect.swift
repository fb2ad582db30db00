// The fault that a call must end in; Swift 6.0's own `#expect(throws:)` does not give it back.

import AngenModels
import Testing

/// Runs the call and gives the fault that it threw; a call that throws none is an issue.
@MainActor
func fault(
    _ work: () async throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
) async -> Fault? {
    do {
        try await work()
        Issue.record("the call threw nothing", sourceLocation: sourceLocation)
        return nil
    } catch {
        return Fault(error)
    }
}
