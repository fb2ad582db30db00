// What the app calls of Core Graphics and Core Foundation beyond what Foundation has on Linux.
//
// What has a toll-free bridge on Apple's systems is the Swift type itself here.

import Foundation

public typealias CFDictionary = [String: Any]
public typealias CFString = String
public typealias CFTypeRef = AnyObject
public typealias CFURL = URL

public final class CGImage: Sendable {}

public struct CGAffineTransform: Sendable {
    public init(scaleX: CGFloat, y: CGFloat) {}
}
