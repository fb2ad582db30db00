// A PIN that an officer chooses: entered twice, since nobody can look it up afterwards.

/// A new PIN, as it is entered.
public struct NewPin: Sendable, Equatable {
    /// The shortest one; the command line asks for as much.
    public static let charactersMin = 6

    public var entered = ""
    public var again = ""

    public init(_ entered: String = "", again: String = "") {
        (self.entered, self.again) = (entered, again)
    }

    /// The PIN, or what is wrong with it.
    func checked() throws -> String {
        guard entered.count >= Self.charactersMin else { throw Fault.pinTooShort }
        guard entered == again else { throw Fault.pinsDiffer }
        return entered
    }
}

extension Fault {
    /// Of a new PIN: a few more characters cost a thief of the phone years.
    public static let pinTooShort = Fault(
        zh: "PIN 至少 \(NewPin.charactersMin) 位，请换一个长一些的",
        en: "a PIN has at least \(NewPin.charactersMin) characters: choose a longer one",
        remedy: .mend(place: "pin"))

    /// Of a new PIN: one of the two was mistyped, and nobody knows which.
    public static let pinsDiffer = Fault(
        zh: "两次输入的 PIN 不一样，请重新输入",
        en: "the two PINs differ: enter both again", remedy: .mend(place: "pin"))
}
