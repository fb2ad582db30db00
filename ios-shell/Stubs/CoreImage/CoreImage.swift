// What the app calls of Core Image, so that its use is checked on Linux. Nothing is drawn.

@_exported import CoreGraphics
import Foundation

public final class CIImage {
    public var extent: CGRect { .zero }
    public func transformed(by matrix: CGAffineTransform) -> CIImage { self }
}

public final class CIContext {
    public init() {}
    public func createCGImage(_ image: CIImage, from rect: CGRect) -> CGImage? { nil }
}

public final class CIFilter: NSObject {
    public init?(name: String, parameters: [String: Any]?) { return nil }
    public var outputImage: CIImage? { nil }
}
