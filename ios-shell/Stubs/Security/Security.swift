// What the app calls of Apple's Keychain, on Linux: items in memory, answered as Apple's answers.
//
// Names and types are Apple's. An item is read and changed by its class, service and account.
// Nothing is encrypted, no item asks for a PIN: what depends on that is to be seen on a phone.

@_exported import CoreGraphics
import Foundation

public typealias OSStatus = Int32

public let errSecSuccess: OSStatus = 0
public let errSecDuplicateItem: OSStatus = -25299
public let errSecItemNotFound: OSStatus = -25300
public let errSecAuthFailed: OSStatus = -25293
public let errSecInteractionNotAllowed: OSStatus = -25308

public let kSecClass: CFString = "class"
public let kSecClassGenericPassword: CFString = "genp"
public let kSecAttrService: CFString = "svce"
public let kSecAttrAccount: CFString = "acct"
public let kSecAttrAccessible: CFString = "pdmn"
public let kSecAttrAccessControl: CFString = "accc"
public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
public let kSecAttrAccessibleWhenUnlockedThisDeviceOnly: CFString = "aku"
public let kSecUseDataProtectionKeychain: CFString = "nleg"
public let kSecUseAuthenticationContext: CFString = "u_AuthCtx"
public let kSecReturnData: CFString = "r_Data"
public let kSecReturnAttributes: CFString = "r_Attributes"
public let kSecValueData: CFString = "v_Data"

/// The items of this process.
private final class Items: @unchecked Sendable {
    static let all = Items()
    private let mutex = NSLock()
    private var secrets: [[String]: Data] = [:]

    func with<Answer>(_ work: (inout [[String]: Data]) -> Answer) -> Answer {
        mutex.withLock { work(&secrets) }
    }

    static func name(_ query: CFDictionary) -> [String] {
        [kSecClass, kSecAttrService, kSecAttrAccount].map { "\(query[$0] ?? "")" }
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemAdd(
    _ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?
) -> OSStatus {
    Items.all.with { secrets in
        let name = Items.name(attributes)
        guard secrets[name] == nil else { return errSecDuplicateItem }
        secrets[name] = attributes[kSecValueData] as? Data ?? Data()
        return errSecSuccess
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemCopyMatching(
    _ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?
) -> OSStatus {
    guard let secret = Items.all.with({ $0[Items.name(query)] }) else { return errSecItemNotFound }
    if query[kSecReturnData] as? Bool == true { result?.pointee = NSData(data: secret) }
    return errSecSuccess
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecItemDelete(_ query: CFDictionary) -> OSStatus {
    Items.all.with { $0.removeValue(forKey: Items.name(query)) == nil }
        ? errSecItemNotFound : errSecSuccess
}

public struct SecRandomRef: Sendable {}
public let kSecRandomDefault: SecRandomRef? = nil

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecRandomCopyBytes(
    _ random: SecRandomRef?, _ count: Int, _ bytes: UnsafeMutableRawPointer
) -> OSStatus {
    var system = SystemRandomNumberGenerator()
    for index in 0..<count {
        bytes.storeBytes(of: system.next(), toByteOffset: index, as: UInt8.self)
    }
    return errSecSuccess
}

public final class SecAccessControl: Sendable {}
public final class CFError: Error {}

public struct SecAccessControlCreateFlags: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let privateKeyUsage = SecAccessControlCreateFlags(rawValue: 1 << 30)
    public static let applicationPassword = SecAccessControlCreateFlags(rawValue: 1 << 31)
}

// swift-format-ignore: AlwaysUseLowerCamelCase
public func SecAccessControlCreateWithFlags(
    _ allocator: Never?, _ protection: Any, _ flags: SecAccessControlCreateFlags,
    _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> SecAccessControl? { SecAccessControl() }
