// swift-tools-version: 6.2
// A package of somebody else that uses the library: built and run by `make test`.
import PackageDescription

let package = Package(
  name: "client",
  dependencies: [.package(name: "einthoven", path: "../..")],
  targets: [
    .executableTarget(
      name: "Client",
      dependencies: [
        .product(name: "ECGBundledNetworks", package: "einthoven"),
        .product(name: "ECGCore", package: "einthoven"),
        .product(name: "ECGDigitizer", package: "einthoven"),
        .product(name: "ECGFormats", package: "einthoven"),
      ])
  ])
