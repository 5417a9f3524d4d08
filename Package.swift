// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors in CI and in `make test`; a user's newer compiler must not break their build.
let strict = Context.environment["EINTHOVEN_STRICT"] != nil

let swiftSettings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
  name: "einthoven",
  products: [
    .library(name: "ECGCore", targets: ["ECGCore"]),
    .library(name: "ECGImaging", targets: ["ECGImaging"]),
    .library(name: "ECGFormats", targets: ["ECGFormats"]),
    .library(name: "ECGDigitizer", targets: ["ECGDigitizer"]),
    .library(name: "ECGBundledNetworks", targets: ["ECGBundledNetworks"]),
    .executable(name: "einthoven", targets: ["einthoven"]),
    .executable(name: "einthoven-lab", targets: ["einthoven-lab"]),
    .executable(name: "einthoven-train", targets: ["einthoven-train"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: The words
    .target(name: "ECGCore", swiftSettings: swiftSettings),

    // MARK: Numbers, signals and pictures
    .target(name: "ECGNumerics", swiftSettings: swiftSettings),
    .target(
      name: "CImageCodecs",
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .target(
      name: "ECGImaging", dependencies: ["ECGNumerics", "ECGCore", "CImageCodecs", "CCairo"],
      swiftSettings: swiftSettings),

    // MARK: Signals to photo
    .target(
      name: "ECGSynthesis", dependencies: ["ECGNumerics", "ECGCore", "ECGImaging", "CCairo"],
      swiftSettings: swiftSettings),

    // MARK: Default weights
    .target(name: "CBundledData"),
    .target(
      name: "ECGBundledNetworks", dependencies: ["CBundledData", "ECGDigitizer", "ECGFormats"],
      swiftSettings: swiftSettings),

    // MARK: Training
    .target(name: "CTorch", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "ECGTraining", dependencies: ["ECGNumerics", "ECGNetworks", "CTorch"],
      swiftSettings: swiftSettings),
    .target(
      name: "ECGExperiments",
      dependencies: [
        "ECGNumerics",
        "ECGCore", "ECGImaging", "ECGFormats", "ECGDigitizer", "ECGNetworks", "ECGSynthesis",
        "ECGTraining",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "einthoven-train",
      dependencies: [
        "ECGNumerics",
        "ECGCore", "ECGExperiments", "ECGTraining", "ECGImaging", "ECGSynthesis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),

    // MARK: Files of signals
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "ECGFormats", dependencies: ["ECGCore", "CZlib"], swiftSettings: swiftSettings),

    // MARK: Scores
    .target(
      name: "ECGSignals", dependencies: ["ECGCore", "ECGNumerics"], swiftSettings: swiftSettings),
    .target(
      name: "ECGEvaluation",
      dependencies: ["ECGNumerics", "ECGCore", "ECGSignals", "ECGImaging", "ECGFormats"],
      swiftSettings: swiftSettings),

    // MARK: Networks
    .target(name: "COpenVINO", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "ECGNetworks", dependencies: ["ECGNumerics", "COpenVINO"], swiftSettings: swiftSettings),

    // MARK: Photo to signals
    .target(
      name: "ECGDigitizer", dependencies: ["ECGNumerics", "ECGCore", "ECGImaging", "ECGNetworks"],
      swiftSettings: swiftSettings),

    // MARK: The command line
    .target(
      name: "ECGCommandSupport", dependencies: ["ECGCore", "ECGFormats"],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "einthoven",
      dependencies: [
        "ECGBundledNetworks", "ECGCommandSupport", "ECGCore", "ECGImaging", "ECGDigitizer",
        "ECGFormats", "ECGNetworks", "ECGEvaluation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "einthoven-lab",
      dependencies: [
        "ECGBundledNetworks", "ECGCommandSupport", "ECGCore", "ECGImaging", "ECGDigitizer",
        "ECGFormats", "ECGNetworks", "ECGNumerics", "ECGSynthesis", "ECGEvaluation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),

    // MARK: Tests
    .target(
      name: "ECGTestSupport", dependencies: ["ECGDigitizer", "ECGNetworks"], path: "Tests/Support",
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "ECGTestSupport", "ECGEvaluation",
        "ECGNumerics",
        "ECGBundledNetworks", "ECGCore", "ECGImaging", "ECGDigitizer", "ECGNetworks",
        "ECGSynthesis",
        "einthoven",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGSignalsTests", dependencies: ["ECGNumerics", "ECGSignals"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGEvaluationTests",
      dependencies: [
        "ECGTestSupport",
        "ECGNumerics",
        "ECGCore", "ECGSignals", "ECGImaging", "ECGFormats", "ECGSynthesis", "ECGEvaluation",
      ],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGDigitizerTests",
      dependencies: [
        "ECGNumerics", "ECGCore", "ECGImaging", "ECGDigitizer", "ECGFormats", "ECGSynthesis",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EinthovenTests",
      dependencies: [
        "ECGTestSupport",
        "ECGNumerics", "ECGCore", "ECGImaging", "ECGFormats", "ECGSynthesis", "einthoven",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGNetworksTests", dependencies: ["ECGNetworks"], swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGTrainingTests",
      dependencies: ["ECGTestSupport", "ECGNumerics", "ECGNetworks", "ECGTraining"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGExperimentsTests",
      dependencies: [
        "ECGFormats", "ECGTestSupport",
        "ECGNumerics",
        "ECGDigitizer", "ECGExperiments", "ECGNetworks", "ECGTraining", "einthoven-train",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGSynthesisTests",
      dependencies: ["ECGNumerics", "ECGCore", "ECGImaging", "ECGSynthesis"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGNumericsTests", dependencies: ["ECGNumerics"], swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGCoreTests", dependencies: ["ECGTestSupport", "ECGCore"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGImagingTests", dependencies: ["ECGCore", "ECGImaging"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "ECGFormatsTests", dependencies: ["ECGTestSupport", "ECGCore", "ECGFormats"],
      swiftSettings: swiftSettings),
  ],
  cLanguageStandard: .c2x
)
