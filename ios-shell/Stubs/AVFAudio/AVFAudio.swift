// What the app calls of AVFAudio, so that its use is checked on Linux.

import Foundation

// swift-format-ignore: AlwaysUseLowerCamelCase
public let AVFormatIDKey = "AVFormatIDKey"
// swift-format-ignore: AlwaysUseLowerCamelCase
public let AVSampleRateKey = "AVSampleRateKey"
// swift-format-ignore: AlwaysUseLowerCamelCase
public let AVNumberOfChannelsKey = "AVNumberOfChannelsKey"
public let kAudioFormatMPEG4AAC: UInt32 = 0x6161_6320

public final class AVAudioApplication: NSObject {
    public class func requestRecordPermission() async -> Bool { false }
}

public final class AVAudioSession: NSObject {
    public struct Category: Sendable { public static let record = Category() }
    public struct Mode: Sendable { public static let `default` = Mode() }
    public struct SetActiveOptions: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
    }

    public class func sharedInstance() -> AVAudioSession { AVAudioSession() }
    public func setCategory(_ category: Category, mode: Mode) throws {}
    public func setActive(_ active: Bool, options: SetActiveOptions = []) throws {}
}

open class AVAudioRecorder: NSObject {
    public let url: URL
    public init(url: URL, settings: [String: Any]) throws { self.url = url }
    open var currentTime: TimeInterval { 0 }
    open func record() -> Bool { false }
    open func stop() {}
    @discardableResult open func deleteRecording() -> Bool { true }
}
