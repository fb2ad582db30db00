// The modifiers that the screens use.

import Foundation

public enum HorizontalAlignment: Sendable { case leading, center, trailing }
public enum Alignment: Sendable { case leading, center, trailing }
public enum ControlSize: Sendable { case regular, large, extraLarge }

public struct Font: Sendable {
    public static let title2 = Font()
    public static let title3 = Font()
    public static let headline = Font()
    public static let body = Font()
    public static let footnote = Font()
    public func monospacedDigit() -> Font { self }
}

public protocol ShapeStyle: Sendable {}

public struct Color: ShapeStyle {
    public static let red = Color()
    public static let orange = Color()
    public static let green = Color()
}

public struct HierarchicalShapeStyle: ShapeStyle {}

extension ShapeStyle where Self == HierarchicalShapeStyle {
    public static var primary: HierarchicalShapeStyle { HierarchicalShapeStyle() }
    public static var secondary: HierarchicalShapeStyle { HierarchicalShapeStyle() }
}

extension ShapeStyle where Self == Color {
    public static var red: Color { Color() }
    public static var orange: Color { Color() }
    public static var green: Color { Color() }
}

public struct BorderedButtonStyle: Sendable {}

extension BorderedButtonStyle {
    public static var bordered: BorderedButtonStyle { BorderedButtonStyle() }
    public static var borderedProminent: BorderedButtonStyle { BorderedButtonStyle() }
}

public enum ToolbarItemPlacement: Sendable {
    case primaryAction, bottomBar, cancellationAction, confirmationAction
}

public struct ToolbarItem<Content: View>: Drawn {
    public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> Content) {}
}

public struct AccessibilityTraits: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let isHeader = AccessibilityTraits(rawValue: 1)
    public static let isSelected = AccessibilityTraits(rawValue: 2)
    public static let updatesFrequently = AccessibilityTraits(rawValue: 4)
}

public struct AccessibilityChildBehavior: Sendable {
    public static let combine = AccessibilityChildBehavior()
    public static let contain = AccessibilityChildBehavior()
}

public struct EnabledTextSelectability: Sendable {
    public static let enabled = EnabledTextSelectability()
}

extension View {
    public func textSelection(_ selectability: EnabledTextSelectability) -> some View { self }
    public func font(_ font: Font?) -> some View { self }
    public func foregroundStyle(_ style: some ShapeStyle) -> some View { self }
    public func padding(_ length: CGFloat) -> some View { self }
    public func frame(
        minWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil,
        alignment: Alignment = .center
    ) -> some View { self }
    public func navigationTitle(_ title: Text) -> some View { self }
    public func toolbar(@ViewBuilder content: () -> some View) -> some View { self }
    public func tabItem(@ViewBuilder _ label: () -> some View) -> some View { self }
    public func id(_ id: some Hashable) -> some View { self }
    public func tag(_ value: some Hashable) -> some View { self }
    public func buttonStyle(_ style: BorderedButtonStyle) -> some View { self }
    public func controlSize(_ size: ControlSize) -> some View { self }
    public func tint(_ color: Color?) -> some View { self }
    public func disabled(_ isDisabled: Bool) -> some View { self }
    public func searchable(text: Binding<String>, prompt: Text? = nil) -> some View { self }
    public func environment(_ object: some AnyObject) -> some View { self }
    public func refreshable(action: @escaping @MainActor () async -> Void) -> some View { self }
    public func task(_ action: @escaping @MainActor () async -> Void) -> some View { self }
    public func task(
        id: some Equatable, _ action: @escaping @MainActor () async -> Void
    ) -> some View { self }
    public func onDisappear(perform action: (@MainActor () -> Void)? = nil) -> some View { self }
    public func onChange<Value: Equatable>(
        of value: Value, _ action: @escaping @MainActor (Value, Value) -> Void
    ) -> some View { self }
    public func sheet(
        isPresented: Binding<Bool>, @ViewBuilder content: () -> some View
    ) -> some View { self }
    public func accessibilityLabel(_ label: Text) -> some View { self }
    public func accessibilityHint(_ hint: Text) -> some View { self }
    public func accessibilityValue(_ value: Text) -> some View { self }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { self }
    public func accessibilityElement(children: AccessibilityChildBehavior) -> some View { self }
    public func accessibilityHidden(_ isHidden: Bool) -> some View { self }
}
