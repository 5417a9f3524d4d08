internal import ECGCore

extension PageGeometry {
  var json: JSONValue {
    [
      "page": pageSize.json,
      "pixels_per_mm_x": .number(pixelsPerMillimeterX),
      "pixels_per_mm_y": .number(pixelsPerMillimeterY),
      "quarter_turns": .int(quarterTurns),
      "mirrored": .bool(isMirrored),
      "error_mm": errorMillimeters.map(JSONValue.number) ?? .null,
      "grid": gridQuality?.json ?? .null,
      "photo_from_page": map.json,
    ]
  }

  init(_ reader: JSONReader) throws(PageError) {
    try self.init(
      map: Map(reader.object("photo_from_page")), pageSize: PixelSize(reader.object("page")),
      pixelsPerMillimeterX: reader.number("pixels_per_mm_x"),
      pixelsPerMillimeterY: reader.number("pixels_per_mm_y"),
      quarterTurns: reader.int("quarter_turns"), isMirrored: reader.bool("mirrored"))
    // Documents of before these were kept have none.
    if let error = reader.value["error_mm"], error != .null {
      errorMillimeters = try reader.number("error_mm")
    }
    if let grid = reader.value["grid"], grid != .null {
      gridQuality = try GridQuality(reader.object("grid"))
    }
  }
}

extension GridQuality {
  fileprivate var json: JSONValue {
    [
      "crossings": .int(crossings), "mean_phase": .rounded(meanPhase, 3),
      "coverage": .rounded(coverage, 3), "measured_share": .rounded(measuredShare, 3),
      // Unrounded: decisions hang on them when the geometry is given back.
      "residual_mm": .number(residualMillimeters),
      "print_pixel_mm": printPixelMillimeters.map(JSONValue.number) ?? .null,
    ]
  }

  fileprivate init(_ reader: JSONReader) throws(PageError) {
    try self.init(
      crossings: reader.int("crossings"), meanPhase: reader.number("mean_phase"),
      coverage: reader.number("coverage"), measuredShare: reader.number("measured_share"),
      residualMillimeters: reader.number("residual_mm"))
    if let pixel = reader.value["print_pixel_mm"], pixel != .null {
      printPixelMillimeters = try reader.number("print_pixel_mm")
    }
  }
}

extension PageGeometry.Map {
  fileprivate var json: JSONValue {
    switch self {
    case .homography(let homography):
      ["kind": "homography", "rows": .array(homography.m.map(JSONValue.number))]
    case .lattice(let lattice, let origin):
      [
        "kind": "lattice",
        "origin": [.number(origin.x), .number(origin.y)],
        "spacing_mm": .number(lattice.spacingMillimeters),
        "columns": .int(lattice.columns),
        "rows": .int(lattice.rows),
        // x and y of each node in turn, to 1/100 of a photo pixel.
        "nodes": .array(lattice.nodes.flatMap { [.rounded($0.x, 2), .rounded($0.y, 2)] }),
      ]
    }
  }

  fileprivate init(_ reader: JSONReader) throws(PageError) {
    guard try reader.string("kind") == "lattice" else {
      let coefficients = try reader.numbers("rows")
      guard coefficients.count == 9 else { throw reader.error("rows", "nine numbers") }
      self = .homography(Homography(coefficients))
      return
    }
    let (columns, rows) = try (reader.int("columns"), reader.int("rows"))
    let flat = try reader.numbers("nodes")
    let origin = try reader.numbers("origin")
    guard (2...100_000).contains(columns), (2...100_000).contains(rows), origin.count == 2,
      flat.count == 2 * columns * rows
    else { throw reader.error("nodes", "two numbers per node") }
    let nodes = (0..<(columns * rows)).map {
      Point<PhotoSpace>(x: flat[2 * $0], y: flat[2 * $0 + 1])
    }
    let lattice = try PageLattice(
      columns: columns, rows: rows, spacingMillimeters: reader.number("spacing_mm"), nodes: nodes)
    self = .lattice(lattice, origin: Point(x: origin[0], y: origin[1]))
  }
}
