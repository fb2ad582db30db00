// swift-tools-version: 6.0
// Angen's iOS shell: the core's bindings, the state of its screens, the screens, and their tests.
//
// On a Mac the core comes as an xcframework (toolchain/xcframework.sh). On Linux it is the shared
// library of a Rust build, and Apple's own libraries are stubs with just what is called of them, so
// that the use of them and of the view models is checked wherever the project builds.

import PackageDescription

#if os(Linux)
/// A stub of one of Apple's libraries.
func stub(_ name: String, over others: Target.Dependency...) -> Target {
    .target(name: name, dependencies: others, path: "Stubs/\(name)")
}
let core: [Target] = [
    .target(name: "AngenCoreFFI"),
    stub("AVFAudio"),
    stub("AVKit", over: "SwiftUI"),
    stub("CoreGraphics"),
    stub("CoreImage", over: "CoreGraphics"),
    stub("CryptoKit", over: "LocalAuthentication", "Security"),
    stub("ImageIO", over: "CoreGraphics"),
    stub("LocalAuthentication"),
    stub("Security", over: "CoreGraphics"),
    stub("SwiftUI", over: "UIKit", "UniformTypeIdentifiers"),
    stub("UIKit", over: "CoreGraphics"),
    stub("UniformTypeIdentifiers"),
    stub("VisionKit", over: "UIKit"),
    stub("WebKit", over: "CoreGraphics", "UIKit"),
    // The app's own target, which Xcode builds of `project.yml`.
    .target(name: "Inspector", dependencies: ["AngenApp", "SwiftUI", "UIKit"], path: "App"),
]
let host: [Target.Dependency] = [
    "AVFAudio", "AngenCore", "AngenModels", "CoreImage", "CryptoKit", "ImageIO",
    "LocalAuthentication", "Security", "UIKit", "UniformTypeIdentifiers",
]
let screens: [Target.Dependency] = [
    "AngenModels", "AngenHost", "AVKit", "SwiftUI", "UIKit", "UniformTypeIdentifiers",
    "VisionKit", "WebKit",
]
/// What generate.sh puts beside the source, for the linker and for tests.
let beside = ["angen", "libangen_bindings.so"]
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
let beside: [String] = []
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
            exclude: beside, sources: ["AngenCore.swift"], swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: linking),
        .target(name: "AngenModels", dependencies: ["AngenCore"]),
        .target(name: "AngenHost", dependencies: host),
        .target(name: "AngenApp", dependencies: screens, resources: [.process("Resources")]),
        .testTarget(name: "AngenModelsTests", dependencies: ["AngenModels", "AngenHost"]),
        .testTarget(name: "AngenAppTests", dependencies: ["AngenApp"]),
        .testTarget(name: "ScenarioTests", dependencies: ["AngenCore"]),
    ]
)
