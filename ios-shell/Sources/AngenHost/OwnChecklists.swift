// The checklists that come with the app, as workbooks among its resources.

import Foundation

/// The app's own checklists.
public enum OwnChecklists {
    /// Their files, in the order of their names; none in a build that brings none.
    @Sendable public static func files() -> [String] {
        Bundle.main.paths(forResourcesOfType: "xlsx", inDirectory: nil).sorted()
    }
}
