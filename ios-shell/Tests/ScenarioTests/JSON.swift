// JSON as a scenario file has it, and the references in it.

import Foundation

/// A value of a scenario file.
enum JSON: Equatable, Sendable, Decodable {
    case null
    case flag(Bool)
    case number(Int64)
    case text(String)
    case list([JSON])
    case fields([String: JSON])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .fields(try value.decode([String: JSON].self))
        }
    }

    /// A field; null where there is none, so that an absent field reads as one that is null.
    subscript(_ name: String) -> JSON {
        guard case .fields(let fields) = self else { return .null }
        return fields[name] ?? .null
    }

    /// The value with every reference replaced, `$name`, `$name.field` or further down, and `base`
    /// laid under what stands beside it.
    func filled(from kept: [String: JSON]) throws -> JSON {
        switch self {
        case .text(let text) where text.hasPrefix("$"):
            return try Self.referred(String(text.dropFirst()), kept)
        case .list(let items):
            return .list(try items.map { try $0.filled(from: kept) })
        case .fields(let fields):
            let own = try fields.mapValues { try $0.filled(from: kept) }
            guard case .fields(let base) = own["base"] ?? .null else { return .fields(own) }
            let beside = own.filter { $0.key != "base" }
            return .fields(base.merging(beside) { _, new in new })
        default:
            return self
        }
    }

    private static func referred(_ reference: String, _ kept: [String: JSON]) throws -> JSON {
        let parts = reference.split(separator: ".").map(String.init)
        guard let value = kept[parts[0]] else {
            throw Mistake("nothing was kept as $\(parts[0])")
        }
        return try parts.dropFirst().reduce(value) { value, part in
            switch value {
            case .fields(let fields) where fields[part] != nil: return fields[part] ?? .null
            case .list(let items): if let at = Int(part), at < items.count { return items[at] }
            default: break
            }
            throw Mistake("$\(reference): there is no \(part)")
        }
    }
}

/// A scenario that cannot be played, or that went otherwise than it says.
struct Mistake: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
