// What evidence says of the device that captured it: make, model, and the app's version.

import Foundation

/// Make, model and the app's version, such as `Apple iPhone16,1, Angen 0.1.0`.
public func thisDevice() -> String {
    let version = Bundle.main.infoDictionary?["CFBundleShortVersionString"] as? String
    return "\(model()), Angen \(version ?? "?")"
}

private func model() -> String {
    var system = utsname()
    uname(&system)
    let machine = withUnsafeBytes(of: &system.machine) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    #if canImport(Darwin)
    return "Apple \(machine)"
    #else
    return "Linux \(machine)"
    #endif
}
