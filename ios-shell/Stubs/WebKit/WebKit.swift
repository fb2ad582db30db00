// What the app calls of WebKit, so that its use is checked on Linux.

import CoreGraphics
import Foundation
import UIKit

@MainActor public final class WKWebpagePreferences: NSObject {
    public var allowsContentJavaScript = true
}

@MainActor public final class WKWebViewConfiguration: NSObject {
    public var defaultWebpagePreferences = WKWebpagePreferences()
}

@MainActor public final class WKNavigation: NSObject {}

@MainActor public final class WKWebView: UIView {
    public init(frame: CGRect, configuration: WKWebViewConfiguration) {}
    @discardableResult
    public func loadFileURL(_ file: URL, allowingReadAccessTo: URL) -> WKNavigation? { nil }
}
