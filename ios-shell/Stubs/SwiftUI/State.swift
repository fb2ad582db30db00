// State and its bindings, as far as the screens use them.

import Observation

@propertyWrapper
public struct State<Value> {
    public var wrappedValue: Value {
        get { held.value }
        nonmutating set { held.value = newValue }
    }
    public var projectedValue: Binding<Value> {
        Binding(get: { held.value }, set: { held.value = $0 })
    }
    private let held: Held<Value>

    public init(wrappedValue: Value) { held = Held(wrappedValue) }
    public init(initialValue: Value) { held = Held(initialValue) }
}

final class Held<Value> {
    var value: Value
    init(_ value: Value) { self.value = value }
}

@propertyWrapper @dynamicMemberLookup
public struct Binding<Value> {
    public var wrappedValue: Value {
        get { read() }
        nonmutating set { write(newValue) }
    }
    public var projectedValue: Binding<Value> { self }
    private let read: () -> Value
    private let write: (Value) -> Void

    public init(get: @escaping () -> Value, set: @escaping (Value) -> Void) {
        (read, write) = (get, set)
    }

    public static func constant(_ value: Value) -> Binding<Value> {
        Binding(get: { value }, set: { _ in })
    }

    public subscript<Subject>(
        dynamicMember path: WritableKeyPath<Value, Subject>
    ) -> Binding<Subject> {
        Binding<Subject>(
            get: { wrappedValue[keyPath: path] }, set: { wrappedValue[keyPath: path] = $0 })
    }
}

@propertyWrapper @dynamicMemberLookup
public struct Bindable<Value: AnyObject & Observable> {
    public var wrappedValue: Value
    public var projectedValue: Bindable<Value> { self }

    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public init(_ value: Value) { wrappedValue = value }

    public subscript<Subject>(
        dynamicMember path: ReferenceWritableKeyPath<Value, Subject>
    ) -> Binding<Subject> {
        let value = wrappedValue
        return Binding(get: { value[keyPath: path] }, set: { value[keyPath: path] = $0 })
    }
}

public struct DismissAction {
    public func callAsFunction() {}
}

public struct EnvironmentValues {
    public var scenePhase: ScenePhase { .active }
    public var dismiss: DismissAction { DismissAction() }
}

@propertyWrapper
public struct Environment<Value> {
    public var wrappedValue: Value { fatalError("there is no environment on Linux") }

    public init(_ path: KeyPath<EnvironmentValues, Value>) {}
    public init(_ kind: Value.Type) where Value: AnyObject & Observable {}
}
