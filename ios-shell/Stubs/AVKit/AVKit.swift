// What the app calls of AVKit, so that its use is checked on Linux.

import Foundation
import SwiftUI

@MainActor public final class AVPlayer {
    public init(url: URL) {}
}

public struct VideoPlayer: Drawn {
    public init(player: AVPlayer?) {}
}
