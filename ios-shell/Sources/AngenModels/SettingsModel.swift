// Settings and enrolment: which township this phone writes for, who writes on it, and the hub.

import AngenCore
import Observation

/// The settings of the phone.
@MainActor @Observable
public final class SettingsModel {
    /// The township; none when nothing was established here yet.
    public private(set) var established: Established?

    public var area = ""
    public var township = ""
    public var organisation = ""
    public var administrator = ""

    /// Whom the administrator enrols on this phone.
    public var who = NewOfficer()

    /// What opens the administrator's key: who enrols others shows that it is them.
    public var administratorPin = ""
    /// What the person whose keys are made now chose; the phone is handed to them for it.
    public var newPin = NewPin()

    public var hub = ""
    public let work = Work()
    public let session: Session

    private let checklists: @Sendable () -> [String]

    /// `checklists` gives the workbooks that come with the app, for the library of a township that
    /// begins on this phone.
    public init(_ session: Session, checklists: @escaping @Sendable () -> [String] = { [] }) {
        (self.session, self.checklists) = (session, checklists)
    }

    /// Reads the township and the hub. A phone on which nothing was established is no fault.
    public func load() async {
        await work.run {
            do {
                established = try await session.core.call { try $0.established() }
            } catch let fault as Fault where fault.remedy == .goBack {
                established = nil
            }
            hub = try await session.core.call { try $0.syncState() }.hub ?? ""
        }
    }

    /// Establishes the township on its first phone, with the administrator's new PIN, and takes the
    /// app's own checklists into its library.
    public func establish() async {
        let (core, newPin, checklists) = (session.core, newPin, checklists)
        let request = Establish(
            area: area, township: township, organisation: organisation,
            administrator: administrator)
        await work.run {
            established = try await session.makeKeys(under: newPin) {
                try await core.call {
                    let made = try $0.establish(request: request)
                    for path in checklists() {
                        _ = try $0.importChecklist(writer: made.administrator, path: path)
                    }
                    return made
                }
            }
            self.newPin = NewPin()
        }
    }

    /// Enrols a person as a writer on this phone: the administrator opens their key for it, and
    /// the person's own keys are bound to the PIN that they chose.
    @discardableResult
    public func enrol() async -> OfficerView? {
        let request = who.request
        let (core, newPin, administratorPin) = (session.core, newPin, administratorPin)
        self.administratorPin = ""
        var enrolled: OfficerView?
        await work.run {
            guard let administrator = established?.administrator else { return }
            enrolled = try await session.lend(to: administrator, pin: administratorPin) { writer in
                try await session.makeKeys(under: newPin) {
                    try await core.call { try $0.enrolOfficer(writer: writer, request: request) }
                }
            }
            who = who.next
            self.newPin = NewPin()
        }
        return enrolled
    }

    /// Keeps the address of the hub.
    public func keepHub() async {
        let hub = hub
        await work.run {
            try await session.core.call { try $0.keepHub(hub: hub, plainOnNetwork: false) }
        }
    }
}
