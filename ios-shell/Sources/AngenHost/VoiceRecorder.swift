// The phone's microphone: AAC in a file of the app's own, closed before it goes on.

#if canImport(AVFAudio) && canImport(UIKit)
import AVFAudio
import AngenCore
import AngenModels
import Foundation

/// Records with the platform's own recorder. What a call from elsewhere cuts off stays as it was
/// recorded until then.
public actor VoiceRecorder: SoundRecorder {
    private var recorder: AVAudioRecorder?

    public init() {}

    public func begin() async throws {
        guard await AVAudioApplication.requestRecordPermission() else {
            throw HostError.Failed(why: "no right to the microphone: allow it in Settings")
        }
        let session = AVAudioSession.sharedInstance()
        try session.setCategory(.record, mode: .default)
        try session.setActive(true)
        let file = FileManager.default.temporaryDirectory
            .appending(path: "voice-\(UUID().uuidString).m4a")
        let recorder = try AVAudioRecorder(url: file, settings: Self.settings)
        guard recorder.record() else {
            throw HostError.Failed(why: "the microphone does not record")
        }
        self.recorder = recorder
    }

    public func end() async throws -> URL? {
        guard let recorder else { return nil }
        self.recorder = nil
        let wasHeard = recorder.currentTime > 0
        recorder.stop()
        try? AVAudioSession.sharedInstance().setActive(false)
        guard wasHeard else {
            recorder.deleteRecording()
            return nil
        }
        return recorder.url
    }

    /// A voice at 44.1 kHz, one channel: a minute takes less than half a megabyte.
    private static var settings: [String: Any] {
        [
            AVFormatIDKey: Int(kAudioFormatMPEG4AAC),
            AVSampleRateKey: 44_100.0,
            AVNumberOfChannelsKey: 1,
        ]
    }
}
#endif
