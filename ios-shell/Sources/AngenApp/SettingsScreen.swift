// Settings and enrolment: the township, who writes on this phone, the hub.

#if canImport(SwiftUI)
import AngenCore
import AngenModels
import Foundation
import SwiftUI

struct SettingsScreen: View {
    @Bindable var model: SettingsModel
    let transport: any Transport

    var body: some View {
        Form {
            FaultSection(work: model.work, language: model.session.language)
            if let established = model.established {
                Section {
                    Text(verbatim: established.township).font(.headline)
                    say("settings.root").font(.footnote).foregroundStyle(.secondary)
                    Text(verbatim: established.root).font(.footnote)
                }
                enrol
                if model.session.officer != nil { admit }
            } else {
                establish
            }
            Section {
                Entry(key: "settings.hub", text: $model.hub)
                WideButton(key: "settings.keep", symbol: "checkmark", work: model.work) {
                    await model.keepHub()
                }
            }
        }
        .navigationTitle(say("settings.title"))
        .task { await model.load() }
    }

    private var admit: some View {
        Section {
            NavigationLink {
                Kept(AdmitModel(model.session, transport: transport)) { AdmitScreen(model: $0) }
            } label: {
                say("admit.title", symbol: "person.badge.key").frame(minHeight: 56)
            }
            NavigationLink {
                Kept(ExpertModel(model.session)) { ExpertScreen(model: $0) }
            } label: {
                say("expert.title", symbol: "graduationcap").frame(minHeight: 56)
            }
            NavigationLink {
                Kept(CertifyHubModel(model.session, in: FileManager.default.temporaryDirectory)) {
                    CertifyHubScreen(model: $0)
                }
            } label: {
                say("hub.title", symbol: "server.rack").frame(minHeight: 56)
            }
        }
    }

    private var establish: some View {
        Section {
            Entry(key: "settings.area", text: $model.area)
            Entry(key: "settings.township", text: $model.township)
            Entry(key: "settings.organisation", text: $model.organisation)
            Entry(key: "settings.administrator", text: $model.administrator)
            NewPinFields(pin: $model.newPin)
            WideButton(key: "settings.establish", symbol: "building.2", work: model.work) {
                await model.establish()
            }
        } header: {
            say("settings.new")
        }
    }

    private var enrol: some View {
        Section {
            OfficerFields(who: $model.who)
            NewPinFields(pin: $model.newPin)
            PinField(key: "settings.administrator_pin", pin: $model.administratorPin)
            WideButton(key: "officer.enrol", symbol: "person.badge.plus", work: model.work) {
                await model.enrol()
            }
        } header: {
            say("settings.enrol")
        }
    }
}

/// A person, as an administrator enters them.
struct OfficerFields: View {
    let who: Binding<NewOfficer>

    var body: some View {
        Entry(key: "officer.name", text: who.name)
        Picker(selection: who.role) {
            say("role.enforcer").tag(Role.enforcer)
            say("role.mentor").tag(Role.mentor)
            say("role.assistant").tag(Role.assistant)
        } label: {
            say("officer.role")
        }
        Entry(key: "settings.organisation", text: who.organisation)
        Entry(key: "officer.certificate", text: who.certificateNo)
        Entry(key: "officer.valid_until", text: who.certificateValidUntil)
    }
}

/// Leads whoever has this phone and no key on it to joining.
struct JoinLink: View {
    let session: Session
    let transport: any Transport

    var body: some View {
        NavigationLink {
            Kept(JoinModel(session, transport: transport)) { JoinScreen(model: $0) }
        } label: {
            say("join.title", symbol: "person.crop.circle.badge.plus").frame(minHeight: 56)
        }
    }
}

/// A PIN that its owner chooses: the phone is handed to them for these two fields.
struct NewPinFields: View {
    let pin: Binding<NewPin>

    var body: some View {
        PinField(key: "settings.new_pin", pin: pin.entered)
        PinField(key: "settings.new_pin_again", pin: pin.again)
    }
}
#endif
