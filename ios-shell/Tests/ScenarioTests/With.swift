// The arguments of a step, read as the verb takes them.

import AngenCore

/// What stands under `with`.
struct With {
    let json: JSON

    func text(_ name: String) throws -> String {
        guard let text = optional(name) else { throw Mistake("\(name) is missing") }
        return text
    }

    func optional(_ name: String) -> String? {
        if case .text(let text) = json[name] { text } else { nil }
    }

    func number(_ name: String) throws -> Int64 {
        guard case .number(let number) = json[name] else { throw Mistake("\(name) is missing") }
        return number
    }

    func flag(_ name: String) -> Bool { json[name] == .flag(true) }

    func texts(_ name: String) throws -> [String] {
        try each(name).map { item in
            guard case .text(let text) = item.json else { throw Mistake("\(name) has no texts") }
            return text
        }
    }

    func map(_ name: String) throws -> [String: String] {
        guard case .fields(let fields) = json[name] else { throw Mistake("\(name) is missing") }
        return try fields.mapValues { value in
            guard case .text(let text) = value else { throw Mistake("\(name) has no texts") }
            return text
        }
    }

    /// The items of a list; none where there is none.
    func each(_ name: String) -> [With] {
        guard case .list(let items) = json[name] else { return [] }
        return items.map(With.init)
    }

    func at(_ name: String) -> With { With(json: json[name]) }

    /// The case of an enum whose name in the core is this word.
    func word<Word: CaseIterable>(_ name: String) throws -> Word {
        guard let word: Word = try optionalWord(name) else {
            throw Mistake("\(name) is missing")
        }
        return word
    }

    func optionalWord<Word: CaseIterable>(_ name: String) throws -> Word? {
        guard let text = optional(name) else { return nil }
        guard let word = Word.allCases.first(where: { snake("\($0)") == text }) else {
            throw Mistake("\(name): there is no \(text)")
        }
        return word
    }

    func elements(_ name: String) throws -> [Element] {
        try each(name).map { Element(code: try $0.text("code"), words: try $0.text("words")) }
    }
}
