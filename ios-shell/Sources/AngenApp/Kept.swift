// A screen keeps its view model for as long as it is shown.

#if canImport(SwiftUI)
import SwiftUI

/// Makes a model once, when its screen first appears: what is around it may be drawn again while
/// the officer is typing, and nothing that was typed may be lost over it.
struct Kept<Model, Content: View>: View {
    @State private var model: Model
    private let content: (Model) -> Content

    init(_ model: Model, @ViewBuilder content: @escaping (Model) -> Content) {
        _model = State(initialValue: model)
        self.content = content
    }

    var body: some View { content(model) }
}
#endif
