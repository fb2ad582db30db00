// Results as a scenario sees them: the fields of a record under the core's own names.

import AngenCore

/// A result as JSON. Every field is shown; a scenario looks at those that it names.
func shown(_ value: Any) -> JSON {
    switch value {
    case let value as JSON: return value
    case let value as FormState: return shownState(value)
    case let value as String: return .text(value)
    case let value as Bool: return .flag(value)
    case let value as any BinaryInteger: return .number(Int64(value))
    default: return reflected(value)
    }
}

/// The state of a checklist: the names of what is missing, not every item.
private func shownState(_ state: FormState) -> JSON {
    let missing = state.items.filter(\.isMissing).map { JSON.text($0.name) }
    return .fields([
        "answered": shown(state.answered), "asked": shown(state.asked),
        "missing": .list(missing),
    ])
}

private func reflected(_ value: Any) -> JSON {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
        return mirror.children.first.map { shown($0.value) } ?? .null
    case .collection:
        return .list(mirror.children.map { shown($0.value) })
    case .dictionary:
        let pairs = mirror.children.map { pair(Array(Mirror(reflecting: $0.value).children)) }
        return .fields(Dictionary(uniqueKeysWithValues: pairs))
    case .enum:
        return .text(snake(mirror.children.first?.label ?? "\(value)"))
    case .struct:
        return .fields(fields(of: value, mirror))
    default:
        return .null
    }
}

private func pair(_ parts: [Mirror.Child]) -> (String, JSON) {
    ("\(parts[0].value)", shown(parts[1].value))
}

/// The fields of a record; of some a list shows only what names a row.
private func fields(of value: Any, _ mirror: Mirror) -> [String: JSON] {
    var fields: [String: JSON] = [:]
    for child in mirror.children {
        guard let label = child.label else { continue }
        fields[snake(label)] = shown(child.value)
    }
    switch value {
    case let row as FindingRow: fields["lacks"] = .list(row.lacks.map { .text($0.code) })
    case let row as TodayRow: fields["board"] = .list(row.board.map { shown($0.state) })
    case let comment as Comment: fields["is_answered"] = .flag(comment.answer != nil)
    case let told as TeachingView: fields["skills"] = .number(Int64(told.skills.count))
    case let page as FoundPage: fields["rows"] = shown(page.found)
    case let drawn as DocumentPreview:
        fields["lacks"] = .list(drawn.lacks.map { .text($0.place) })
        fields["lines"] = .number(Int64(drawn.lines.count))
    default: break
    }
    return fields
}

/// `creditCode` as `credit_code`: the core's own names.
func snake(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
        if letter.isUppercase, !text.isEmpty { text.append("_") }
        text.append(contentsOf: letter.lowercased())
    }
}

/// Whether a result has what is expected: of an object the fields that are named, of a list every
/// item in order, else the value itself.
func meets(_ expected: JSON, _ found: JSON, at place: String) throws {
    switch (expected, found) {
    case (.fields(let wanted), .fields(let fields)):
        for (name, value) in wanted {
            guard let field = fields[name] else {
                throw Mistake("\(place): no \(name) among \(fields.keys.sorted())")
            }
            try meets(value, field, at: "\(place).\(name)")
        }
    case (.list(let wanted), .list(let items)):
        guard wanted.count == items.count else {
            throw Mistake("\(place): \(items.count) items, not \(wanted.count): \(items)")
        }
        for (index, value) in wanted.enumerated() {
            try meets(value, items[index], at: "\(place)[\(index)]")
        }
    default:
        guard expected == found else {
            throw Mistake("\(place): \(found), not \(expected)")
        }
    }
}
