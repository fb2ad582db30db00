// swift-tools-version: 6.0
// Angen's iOS shell: the core's bindings, the state of its screens, the screens, and their tests.
//
// On a Mac the core comes as an xcframework (toolchain/xcframework.sh). On Linux it is the shared
// library of a Rust build, and Apple's own libraries are stubs with just what is called of them, so
// that the use of them and of the view models is checked wherever the project builds.

import PackageDescription

#if os(Linux)
let core: [Target] = [
    .target(name: "AngenCoreFFI"),
    .target(name: "SwiftUI", path: "Stubs/SwiftUI"),
    .target(name: "Security", path: "Stubs/Security"),
    .target(name: "LocalAuthentication", path: "Stubs/LocalAuthentication"),
    .target(
        name: "CryptoKit", dependencies: ["LocalAuthentication", "Security"],
        path: "Stubs/CryptoKit"),
]
let host: [Target.Dependency] = [
    "AngenCore", "AngenModels", "CryptoKit", "LocalAuthentication", "Security",
]
let screens: [Target.Dependency] = ["AngenModels", "AngenHost", "SwiftUI"]
let generated = "\(Context.packageDirectory)/generated"
// Swift 6.0 on Linux leaves one symbol of libswiftObservation open (swiftlang/swift#75670).
let linking: [LinkerSetting] = [
    .linkedLibrary("angen_bindings"),
    .unsafeFlags([
        "-L\(generated)", "-Xlinker", "-rpath=\(generated)",
        "-Xlinker", "--allow-shlib-undefined",
    ]),
]
#else
let core: [Target] = [
    .binaryTarget(name: "AngenCoreFFI", path: "generated/AngenCoreFFI.xcframework")
]
let host: [Target.Dependency] = ["AngenCore", "AngenModels"]
let screens: [Target.Dependency] = ["AngenModels", "AngenHost"]
let linking: [LinkerSetting] = []
#endif

let package = Package(
    name: "Angen",
    defaultLocalization: "zh-Hans",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "AngenApp", targets: ["AngenApp"])],
    targets: core + [
        // Generated; its closures for foreign traits do not build as Swift 6.
        .target(
            name: "AngenCore", dependencies: ["AngenCoreFFI"], path: "generated",
            sources: ["AngenCore.swift"], swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: linking),
        .target(name: "AngenModels", dependencies: ["AngenCore"]),
        .target(name: "AngenHost", dependencies: host),
        .target(name: "AngenApp", dependencies: screens, resources: [.process("Resources")]),
        .testTarget(name: "AngenModelsTests", dependencies: ["AngenModels", "AngenHost"]),
        .testTarget(name: "AngenAppTests", dependencies: ["AngenApp"]),
        .testTarget(name: "ScenarioTests", dependencies: ["AngenCore"]),
    ]
)
