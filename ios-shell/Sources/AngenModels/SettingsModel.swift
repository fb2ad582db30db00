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

    public var name = ""
    public var role = Role.enforcer
    public var certificateNo = ""
    public var certificateValidUntil = ""

    public var hub = ""
    public let work = Work()
    public let session: Session

    public init(_ session: Session) {
        self.session = session
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

    /// Establishes the township on its first phone.
    public func establish() async {
        let request = Establish(
            area: area, township: township, organisation: organisation,
            administrator: administrator)
        await work.run {
            established = try await session.core.call { try $0.establish(request: request) }
        }
    }

    /// Enrols a person as a writer on this phone.
    @discardableResult
    public func enrol() async -> OfficerView? {
        let request = EnrolOfficer(
            name: name, role: role, organisation: organisation,
            certificateNo: certificateNo.isEmpty ? nil : certificateNo,
            certificateValidUntil: certificateValidUntil.isEmpty ? nil : certificateValidUntil)
        var enrolled: OfficerView?
        await work.run {
            guard let established else { return }
            enrolled = try await session.core.call {
                try $0.enrolOfficer(writer: established.administrator, request: request)
            }
            (name, certificateNo, certificateValidUntil) = ("", "", "")
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
