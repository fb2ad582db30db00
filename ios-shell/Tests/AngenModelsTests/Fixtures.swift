// Files of the repository that the tests use.

import Foundation

enum Fixtures {
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardizedFileURL

    /// A photo of the scenarios.
    static let photo = top.appending(path: "tests/scenarios/wide.jpg")
    /// The checklist for machines 机械 as an Excel workbook.
    static let checklist = top.appending(path: "checklists/mw.xlsx")
    /// The command line, beside the library that was built with it.
    static let program = top.appending(path: "ios-shell/generated/angen")
}
