// What the screens call of SwiftUI, so that their use of the view models is checked on Linux.
//
// Nothing here draws: the names and shapes of parameters are Apple's, the bodies are empty. A
// screen that needs more of SwiftUI adds the name here, as Apple's documentation declares it.

@MainActor @preconcurrency
public protocol View {
    associatedtype Body: View
    @ViewBuilder @MainActor var body: Body { get }
}

extension Never: View {
    public var body: Never { return fatalError("nothing is drawn on Linux") }
}

/// A view that Apple's library draws itself.
public protocol Drawn: View where Body == Never {}

extension Drawn {
    public var body: Never { return fatalError("nothing is drawn on Linux") }
}

public struct EmptyView: Drawn {
    nonisolated public init() {}
}

/// What a builder made of several views.
public struct Several: Drawn {
    nonisolated init(_ made: Made) {}
    enum Made { case inRow, ofBranch }
}

extension Optional: View where Wrapped: View {
    public var body: Never { return fatalError("nothing is drawn on Linux") }
}

@resultBuilder
public struct ViewBuilder {
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<First: View, each Content: View>(
        _ first: First, _ content: repeat each Content
    ) -> Several { Several(.inRow) }
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildOptional<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<Content: View>(first: Content) -> Several { Several(.ofBranch) }
    public static func buildEither<Content: View>(second: Content) -> Several { Several(.ofBranch) }
}

@MainActor @preconcurrency
public protocol Scene {
    associatedtype Body: Scene
    @MainActor var body: Body { get }
}

extension Never: Scene {}

extension Scene {
    public func onChange<Value: Equatable>(
        of value: Value, _ action: @escaping @MainActor (Value, Value) -> Void
    ) -> some Scene { self }
}

@MainActor @preconcurrency
public protocol App {
    associatedtype Body: Scene
    @MainActor init()
    @MainActor var body: Body { get }
}

extension App {
    @MainActor public static func main() {}
}

public struct WindowGroup<Content: View>: Scene {
    public init(@ViewBuilder content: () -> Content) {}
    public var body: Never { return fatalError("nothing is drawn on Linux") }
}

public enum ScenePhase: Equatable, Sendable {
    case active, inactive, background
}
