// The views that the screens are made of.

import Foundation

public struct LocalizedStringKey: ExpressibleByStringInterpolation, Sendable {
    public init(_ value: String) {}
    public init(stringLiteral value: String) {}
}

public struct Text: Drawn {
    public init(_ key: LocalizedStringKey, bundle: Bundle? = nil) {}
    public init(verbatim content: String) {}
    public init(_ date: Date, style: DateStyle) {}
    public struct DateStyle: Sendable {
        public static let time = DateStyle()
        public static let date = DateStyle()
        public static let relative = DateStyle()
    }
}

public struct Image: Drawn {
    public init(systemName: String) {}
}

public struct Label<Title: View, Icon: View>: Drawn {
    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {}
}

public struct ButtonRole: Equatable, Sendable {
    public static let destructive = ButtonRole()
    public static let cancel = ButtonRole()
}

public struct Button<Content: View>: Drawn {
    public init(
        role: ButtonRole? = nil, action: @escaping @MainActor () -> Void,
        @ViewBuilder label: () -> Content
    ) {}
}

public struct HStack<Content: View>: Drawn {
    public init(spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
}

public struct VStack<Content: View>: Drawn {
    public init(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
        @ViewBuilder content: () -> Content
    ) {}
}

public struct Spacer: Drawn {
    public init() {}
}

public struct Form<Content: View>: Drawn {
    public init(@ViewBuilder content: () -> Content) {}
}

public struct List<Content: View>: Drawn {
    public init(@ViewBuilder content: () -> Content) {}
}

public struct Section<Content: View, Header: View>: Drawn {
    public init(@ViewBuilder content: () -> Content) where Header == EmptyView {}
    public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Header) {}
}

public struct ForEach<Items: RandomAccessCollection, Content: View>: Drawn {
    public init<ID: Hashable>(
        _ items: Items, id: KeyPath<Items.Element, ID>,
        @ViewBuilder content: @escaping (Items.Element) -> Content
    ) {}
    public init(_ items: Items, @ViewBuilder content: @escaping (Items.Element) -> Content)
    where Items.Element: Identifiable {}
}

public struct NavigationStack<Content: View>: Drawn {
    public init(@ViewBuilder root: () -> Content) {}
}

public struct NavigationLink<Title: View, Destination: View>: Drawn {
    public init(@ViewBuilder destination: () -> Destination, @ViewBuilder label: () -> Title) {}
}

public struct TabView<Content: View>: Drawn {
    public init(@ViewBuilder content: () -> Content) {}
}

public struct TextField<Title: View>: Drawn {
    public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Title) {}
}

public struct SecureField<Title: View>: Drawn {
    public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Title) {}
}

public struct Toggle<Title: View>: Drawn {
    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Title) {}
}

public struct Picker<Title: View, Value: Hashable, Content: View>: Drawn {
    public init(
        selection: Binding<Value>, @ViewBuilder content: () -> Content,
        @ViewBuilder label: () -> Title
    ) {}
}

public struct DatePicker<Title: View>: Drawn {
    public init(selection: Binding<Date>, @ViewBuilder label: () -> Title) {}
}

public struct ProgressView: Drawn {
    public init() {}
    public init(value: Double?, total: Double = 1) {}
}

public struct ContentUnavailableView<Title: View, Description: View>: Drawn {
    public init(
        @ViewBuilder label: () -> Title, @ViewBuilder description: () -> Description
    ) {}
}

public struct ShareLink<Title: View>: Drawn {
    public init(item: URL, @ViewBuilder label: () -> Title) {}
    public init(item: String, @ViewBuilder label: () -> Title) {}
}
