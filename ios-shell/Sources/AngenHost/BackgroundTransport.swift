// Files go up by the system's own background transfers, which go on while the app sleeps.

import AngenCore
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Sends files with a background URLSession and everything else at once.
///
/// A background transfer goes on when the app is suspended; the system wakes the app when it is
/// over, the delegate below fills the answer, and the exchange that waits for it goes on. An app
/// that was ended meanwhile has lost only the waiting: the hub keeps the bytes, and the next
/// exchange asks it how many it has.
public final class BackgroundTransport: Transport, @unchecked Sendable {
    /// The session's name; `application(_:handleEventsForBackgroundURLSession:)` is told it.
    public static let identifier = "org.angen.inspector.transfers"

    private let small = URLSessionTransport()
    private let transfers = Transfers()
    private let session: URLSession

    public init() {
        #if canImport(Darwin)
        let settings = URLSessionConfiguration.background(withIdentifier: Self.identifier)
        settings.isDiscretionary = false
        settings.sessionSendsLaunchEvents = true
        #else
        // Linux has no background; everything else is the same there.
        let settings = URLSessionConfiguration.ephemeral
        #endif
        settings.httpShouldSetCookies = false
        session = URLSession(configuration: settings, delegate: transfers, delegateQueue: nil)
    }

    /// What the system wants called when all its news of transfers were heard.
    public func heardAll(_ call: @escaping @Sendable () -> Void) {
        transfers.heardAll = call
    }

    public func perform(request: HttpRequest) throws -> HttpAnswer {
        guard case .file(let path, let from, let bytes) = request.body else {
            return try small.perform(request: request)
        }
        let part = try FilePart(of: path, from: from, bytes: bytes)
        defer { part.remove() }
        let task = session.uploadTask(with: try URLRequest(of: request), fromFile: part.url)
        return try transfers.wait(for: task, max: request.answerBytesMax)
    }
}

/// Hears of transfers and hands each answer to the exchange that waits for it.
private final class Transfers: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private struct Waiting {
        let done = DispatchSemaphore(value: 0)
        var body = Data()
        var error: (any Error)?
    }

    private let mutex = NSLock()
    private var waiting: [Int: Waiting] = [:]
    private var call: (@Sendable () -> Void)?

    var heardAll: (@Sendable () -> Void)? {
        get { mutex.withLock { call } }
        set { mutex.withLock { call = newValue } }
    }

    func wait(for task: URLSessionUploadTask, max: UInt64) throws -> HttpAnswer {
        let own = Waiting()
        mutex.withLock { waiting[task.taskIdentifier] = own }
        task.resume()
        own.done.wait()
        let heard = mutex.withLock { waiting.removeValue(forKey: task.taskIdentifier) }
        if let error = heard?.error { throw TransportError(of: error) }
        return try HttpAnswer(of: task.response, body: heard?.body ?? Data(), max: max)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        mutex.withLock { waiting[dataTask.taskIdentifier]?.body.append(data) }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        let own = mutex.withLock { () -> Waiting? in
            waiting[task.taskIdentifier]?.error = error
            return waiting[task.taskIdentifier]
        }
        own?.done.signal()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    #if canImport(Darwin)
    func urlSessionDidFinishEvents(forBackgroundURLSession session: URLSession) {
        guard let call = heardAll else { return }
        DispatchQueue.main.async(execute: call)
    }
    #endif
}
