// Who is at the phone: one officer at a time, and the township that it belongs to.

import AngenCore
import Observation

/// Opens and closes officers' keys: the PIN or the face is the platform's affair, not the core's.
public protocol OfficerLock: Sendable {
    /// Opens the key of a writer; throws a `Fault` when the PIN is wrong or was not given.
    func unlock(_ writer: WriterId, pin: String) async throws
    /// Closes it: whoever takes the phone next must open their own.
    func lock(_ writer: WriterId) async
    /// Binds the keys that are made next to this PIN; none: that is over, and they are closed. A
    /// township that is established makes two, its root's and its administrator's.
    func choosePin(_ pin: String?) async
}

/// The phone as all screens share it: the core, and the officer who is signed in.
@MainActor @Observable
public final class Session {
    public let core: Core
    public let language: Language
    /// Who is signed in; the screens below the sign-in exist only while somebody is.
    public private(set) var officer: KeyHolder?
    /// Grows with every commit: a screen that shows data reads again when it does.
    public private(set) var commits = 0

    /// Whether an order stands that this phone be emptied: then nothing else is shown.
    public private(set) var isOrderedEmpty = false
    /// Whether this start went on with a wipe that was cut off: the first screen says so.
    public let wasEmptied: Bool

    private let locks: any OfficerLock
    private var watch: WatchHandle?

    public init(core: Core, locks: any OfficerLock, language: Language) {
        (self.core, self.locks, self.language) = (core, locks, language)
        wasEmptied = core.inspector.finishedWipe()
    }

    /// The writer of whoever is signed in.
    public func writer() throws -> WriterId {
        guard let officer else { throw Fault.nobodySignedIn }
        return officer.writer
    }

    /// Opens the officer's key and makes them the writer of what follows.
    public func signIn(_ officer: KeyHolder, pin: String) async throws {
        try await locks.unlock(officer.writer, pin: pin)
        if let before = self.officer, before.writer != officer.writer {
            await locks.lock(before.writer)
        }
        self.officer = officer
    }

    /// Closes the key and goes back to the list of officers.
    public func signOut() async {
        guard let officer else { return }
        self.officer = nil
        await locks.lock(officer.writer)
    }

    /// Lends the phone to another writer for one piece of work, an assent say, and gives it back
    /// to whoever had it: the second officer's key is open no longer than that.
    public func lend<Answer: Sendable>(
        to second: WriterId, pin: String,
        _ work: (WriterId) async throws -> Answer
    ) async throws -> Answer {
        try await locks.unlock(second, pin: pin)
        do {
            let answer = try await work(second)
            await giveBack(second)
            return answer
        } catch {
            await giveBack(second)
            throw error
        }
    }

    /// Whoever is signed in and lends the phone to themselves stays signed in.
    private func giveBack(_ second: WriterId) async {
        if officer?.writer != second { await locks.lock(second) }
    }

    /// Does a piece of work in which keys are made, and binds them to the PIN that their owner
    /// chose. They are closed again when it is done: who is enrolled is not yet signed in.
    public func makeKeys<Made: Sendable>(
        under pin: NewPin, _ work: () async throws -> Made
    ) async throws -> Made {
        await locks.choosePin(try pin.checked())
        do {
            let made = try await work()
            await locks.choosePin(nil)
            return made
        } catch {
            // The next person's keys must not be bound to it.
            await locks.choosePin(nil)
            throw error
        }
    }

    /// The app came to the front, or went from it: the system ends an app that holds a lock on a
    /// file while it is suspended, and whoever finds the phone must not find an open key.
    public func entered(inForeground: Bool) async {
        if inForeground {
            _ = try? await core.call { try $0.resume() }
        } else {
            await signOut()
            _ = try? await core.call { try $0.pause() }
        }
    }

    /// Looks whether the phone is to be emptied: at the start, and after whatever brought records.
    public func lookForOrder() async {
        if (try? await core.call { try $0.orderedWipe() }) != nil { isOrderedEmpty = true }
    }

    /// The order was carried out, and others work on here.
    public func orderIsDone() {
        isOrderedEmpty = false
    }

    /// Begins to hear of commits; those of the background sync come here too.
    public func listen() throws {
        let listener = Listener { [weak self] in self?.commits += 1 }
        watch = try core.inspector.watch(listener: listener)
    }

    /// Hears no more of commits.
    public func stopListening() {
        watch?.stop()
        watch = nil
    }
}

extension Fault {
    /// A screen that needs an officer and has none; the sign-in is shown instead.
    public static let nobodySignedIn = Fault(
        zh: "还没有人登录，请先选择执法人员并输入 PIN",
        en: "nobody is signed in: choose an officer and enter the PIN", remedy: .unlock)
}

/// Carries the news of a commit from the core's thread to the main actor.
private final class Listener: Changes {
    private let heard: @MainActor @Sendable () -> Void

    init(heard: @escaping @MainActor @Sendable () -> Void) {
        self.heard = heard
    }

    func changed(changed: Changed) throws {
        let heard = heard
        Task { @MainActor in heard() }
    }
}
