// How SwiftUI holds what is UIKit's, and what it takes of the other libraries.

import Foundation
import UIKit
import UniformTypeIdentifiers

public struct UIViewControllerRepresentableContext<Representable: UIViewControllerRepresentable> {
    public let coordinator: Representable.Coordinator
}

@MainActor @preconcurrency
public protocol UIViewControllerRepresentable: View where Body == Never {
    associatedtype UIViewControllerType: UIViewController
    associatedtype Coordinator
    typealias Context = UIViewControllerRepresentableContext<Self>
    @MainActor func makeUIViewController(context: Context) -> UIViewControllerType
    @MainActor func updateUIViewController(_ controller: UIViewControllerType, context: Context)
    @MainActor func makeCoordinator() -> Coordinator
}

extension UIViewControllerRepresentable {
    public var body: Never { return fatalError("nothing is drawn on Linux") }
}

public struct UIViewRepresentableContext<Representable: UIViewRepresentable> {}

@MainActor @preconcurrency
public protocol UIViewRepresentable: View where Body == Never {
    associatedtype UIViewType: UIView
    typealias Context = UIViewRepresentableContext<Self>
    @MainActor func makeUIView(context: Context) -> UIViewType
    @MainActor func updateUIView(_ view: UIViewType, context: Context)
}

extension UIViewRepresentable {
    public var body: Never { return fatalError("nothing is drawn on Linux") }
}

extension Image {
    public enum Interpolation: Sendable { case none }
    public init(uiImage: UIImage) {}
    public init(decorative image: CGImage, scale: CGFloat) {}
    public func resizable() -> Image { self }
    public func interpolation(_ interpolation: Interpolation) -> Image { self }
}

extension View {
    public func scaledToFit() -> some View { self }
    public func fileImporter(
        isPresented: Binding<Bool>, allowedContentTypes: [UTType],
        onCompletion: @escaping @MainActor (Result<URL, any Error>) -> Void
    ) -> some View { self }
}

@MainActor @propertyWrapper
public struct UIApplicationDelegateAdaptor<Delegate: NSObject & UIApplicationDelegate> {
    public var wrappedValue: Delegate { fatalError("there is no application on Linux") }
    public init(_ kind: Delegate.Type = Delegate.self) {}
}
