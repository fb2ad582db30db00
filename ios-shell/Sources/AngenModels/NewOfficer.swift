// A person who is put on the roster, as an administrator enters them.

import AngenCore

/// Whom an administrator enrols, on this phone or on another.
public struct NewOfficer: Sendable, Equatable {
    public var name = ""
    public var role = Role.enforcer
    public var organisation = ""
    public var certificateNo = ""
    public var certificateValidUntil = ""

    public init() {}

    /// As the core takes it: what was left empty is not there.
    var request: EnrolOfficer {
        EnrolOfficer(
            name: name, role: role, organisation: organisation,
            certificateNo: certificateNo.isEmpty ? nil : certificateNo,
            certificateValidUntil: certificateValidUntil.isEmpty ? nil : certificateValidUntil)
    }

    /// The form for the next person, who is most likely of the same body.
    var next: NewOfficer {
        var next = NewOfficer()
        (next.role, next.organisation) = (role, organisation)
        return next
    }
}
