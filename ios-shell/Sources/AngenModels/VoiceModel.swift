// A voice note 录音: recorded by the app itself, and captured like a photo.

import Foundation
import Observation

/// What the phone lends to record sound. One recording at a time.
public protocol SoundRecorder: Sendable {
    /// Begins to write a new recording of its own; throws when the phone does not allow it.
    func begin() async throws
    /// Ends it and gives its file, whole and closed; none when nothing was recorded.
    func end() async throws -> URL?
}

/// The recorder on the screen of capture.
@MainActor @Observable
public final class VoiceModel {
    /// Whether it records: nothing else is captured meanwhile.
    public private(set) var isRecording = false
    public let work = Work()
    public let capture: CaptureModel

    private let recorder: any SoundRecorder

    public init(_ capture: CaptureModel, recorder: any SoundRecorder) {
        (self.capture, self.recorder) = (capture, recorder)
    }

    /// Begins to record.
    public func begin() async {
        await work.run {
            guard !isRecording else { return }
            try await recorder.begin()
            isRecording = true
        }
    }

    /// Ends it: the recording waits for its words, and is evidence once it is kept.
    public func end() async {
        await work.run {
            guard isRecording else { return }
            isRecording = false
            guard let file = try await recorder.end() else { throw Fault.nothingRecorded }
            await capture.recorded(at: file.path)
        }
    }

    /// The screen is left: what was recorded until now waits as well, and is not thrown away.
    public func leave() async {
        if isRecording { await end() }
    }
}

extension Fault {
    /// A recording in which there is nothing.
    public static let nothingRecorded = Fault(
        zh: "没有录到声音，请再录一次", en: "nothing was recorded: record it again", remedy: .again)
}
