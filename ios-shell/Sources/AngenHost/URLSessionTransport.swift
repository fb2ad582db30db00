// The network as the platform has it.

import AngenCore
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Performs the core's requests one after the other with URLSession.
///
/// Everything happens while the app may run; what does not end then goes on from there next time.
public final class URLSessionTransport: Transport, @unchecked Sendable {
    /// Longest wait for a byte of the answer, in seconds.
    private static let answerSecondsMax: TimeInterval = 60

    private let session: URLSession
    private let refusing = RefuseRedirects()

    public init() {
        let settings = URLSessionConfiguration.ephemeral
        settings.timeoutIntervalForRequest = Self.answerSecondsMax
        settings.httpShouldSetCookies = false
        settings.urlCache = nil
        settings.requestCachePolicy = .reloadIgnoringLocalCacheData
        session = URLSession(configuration: settings, delegate: refusing, delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    public func perform(request: HttpRequest) throws -> HttpAnswer {
        let outgoing = try URLRequest(of: request)
        let box = AnswerBox()
        let task: URLSessionTask
        switch request.body {
        case .empty:
            task = session.dataTask(with: outgoing, completionHandler: box.fill)
        case .bytes(let bytes):
            task = session.uploadTask(with: outgoing, from: bytes, completionHandler: box.fill)
        case .file(let path, let from, let bytes):
            let part = try FilePart(of: path, from: from, bytes: bytes)
            defer { part.remove() }
            task = session.uploadTask(
                with: outgoing, fromFile: part.url, completionHandler: box.fill)
            return try box.wait(for: task, max: request.answerBytesMax)
        }
        return try box.wait(for: task, max: request.answerBytesMax)
    }
}

extension URLRequest {
    /// The core's request as the platform has it.
    init(of request: HttpRequest) throws {
        guard let url = URL(string: request.url) else {
            throw TransportError.Failed(why: "the core gave an address that is none")
        }
        self.init(url: url)
        httpMethod =
            switch request.method {
            case .get: "GET"
            case .head: "HEAD"
            case .post: "POST"
            case .patch: "PATCH"
            }
        for field in request.fields {
            addValue(field.value, forHTTPHeaderField: field.name)
        }
    }
}

/// Follows no redirect: who is to be trusted is the address that the officer entered.
private final class RefuseRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

/// Waits for one answer on the core's own thread.
private final class AnswerBox: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var data: Data?
    private var response: URLResponse?
    private var error: (any Error)?

    @Sendable func fill(_ data: Data?, _ response: URLResponse?, _ error: (any Error)?) {
        (self.data, self.response, self.error) = (data, response, error)
        done.signal()
    }

    /// Ends by itself: URLSession's own time limit fills the box with an error.
    func wait(for task: URLSessionTask, max: UInt64) throws -> HttpAnswer {
        task.resume()
        done.wait()
        if let error { throw Self.reason(error) }
        return try HttpAnswer(of: response, body: data ?? Data(), max: max)
    }

    private static func reason(_ error: any Error) -> TransportError {
        TransportError(of: error)
    }
}

extension HttpAnswer {
    /// The platform's answer as the core takes it.
    init(of response: URLResponse?, body: Data, max: UInt64) throws {
        guard let head = response as? HTTPURLResponse else {
            throw TransportError.Failed(why: "the answer is not one of HTTP")
        }
        guard UInt64(body.count) <= max else {
            throw TransportError.Failed(why: "the answer has \(body.count) bytes, not \(max)")
        }
        let fields = head.allHeaderFields.map { HttpField(name: "\($0.key)", value: "\($0.value)") }
        self.init(
            status: UInt16(clamping: head.statusCode), fields: fields, body: .bytes(bytes: body))
    }
}

extension TransportError {
    /// Why the platform gave no answer.
    init(of error: any Error) {
        let why = error.localizedDescription
        switch (error as? URLError)?.code {
        case .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid,
            .secureConnectionFailed, .appTransportSecurityRequiresSecureConnection:
            self = .Untrusted(why: why)
        case .badURL, .unsupportedURL, .cancelled:
            self = .Failed(why: why)
        default:
            self = .Offline(why: why)
        }
    }
}
