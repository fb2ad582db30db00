// What the app calls of ImageIO, so that its use is checked on Linux. Nothing is read or written.

@_exported import CoreGraphics
import Foundation

public final class CGImageSource {}
public final class CGImageDestination {}

public let kCGImageDestinationLossyCompressionQuality: CFString = "quality"
public let kCGImageSourceCreateThumbnailFromImageAlways: CFString = "always"
public let kCGImageSourceCreateThumbnailWithTransform: CFString = "transform"
public let kCGImageSourceThumbnailMaxPixelSize: CFString = "pixels"

// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageSourceCreateWithURL(_ url: CFURL, _ options: CFDictionary?) -> CGImageSource? {
    nil
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageSourceCreateThumbnailAtIndex(
    _ source: CGImageSource, _ index: Int, _ options: CFDictionary?
) -> CGImage? { nil }

// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageDestinationCreateWithURL(
    _ url: CFURL, _ type: CFString, _ count: Int, _ options: CFDictionary?
) -> CGImageDestination? { nil }

// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageDestinationAddImage(
    _ destination: CGImageDestination, _ image: CGImage, _ properties: CFDictionary?
) {}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func CGImageDestinationFinalize(_ destination: CGImageDestination) -> Bool { false }
