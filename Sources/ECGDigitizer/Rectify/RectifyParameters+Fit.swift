extension RectifyParameters {
  /// The robust fit of a lattice to its measured lines.
  package struct Fit: Codable, Hashable, Sendable {
    /// Cells of the working picture, in pixels: below 20 the measurement loses, above 30 it gains
    /// nothing.
    package var pixelsPerCell = 28.0
    /// The same where lines are 1 mm apart and all alike: what blurs one must not reach the next.
    package var pixelsPerFineCell = 56.0
    /// Factors by which a picture may miss that and is taken as it is.
    package var goodEnough = 0.8...1.35
    /// Stiffness of the first, smooth lattice, and bends in cells beyond which it yields.
    package var smoothStiffness = 0.3
    package var smoothBend = 0.02
    /// Bends in cells beyond which the lattice yields: smaller lets it fold.
    package var bend = 0.015
    /// What a twist counts against a bend.
    package var twist = 1.4
    /// Residuals in cells beyond which measurements count less: when smoothing, and at first.
    package var smoothResidual = 0.03
    package var firstResidual: Float = 0.05
    /// Where conjugate gradients stop, as parts of the right side's norm.
    package var smoothTolerance = 3e-3
    package var tolerance = 2e-3
    /// Search, fit and again: each pass looks closer.
    package var passes = [
      Pass(range: 0.25, stiffness: 0.3, tukey: 0.10),
      Pass(range: 0.14, stiffness: 0.10, tukey: 0.06),
      Pass(range: 0.10, stiffness: 0.05, tukey: 0.03),
    ]
    /// The widest search where lines are 1 mm apart, in cells: half way to the next.
    package var fineRange = 0.1
    /// Measurements this near the lattice are its lines', in cells.
    package var near: Float = 0.03
    /// Lines with fewer measurements than this part of the fullest tell nothing of quantization.
    package var leastShare = 0.2
    /// The spread of a lattice without any measurement, in cells.
    package var unknownSpread = 0.25

    /// One pass.
    package struct Pass: Codable, Hashable, Sendable {
      /// How far across lines are looked for, in cells.
      package var range: Double
      /// Weight against bending: lower follows each measurement.
      package var stiffness: Double
      /// Residuals beyond this count nothing, in cells.
      package var tukey: Double
    }
  }

  /// Whether a lattice that was measured is a grid.
  ///
  /// On real pages 46 % and more of the places could be measured, on black-and-white photocopies
  /// 29 % to 0.02 mm. Lines of text and the grain of wood reach 28 %, but not to 0.03 mm.
  package struct Quality: Codable, Hashable, Sendable {
    /// Fewer crossings are no grid.
    package var fewestCrossings = 60
    /// The share of places measured from which on residuals in mm may be this large.
    package var goodShare = 0.4
    package var goodResidual = 0.06
    /// The least share, and what residuals may be there.
    package var leastShare = 0.1
    package var leastShareResidual = 0.022
    /// A person should look at grids of fewer crossings, less coverage, less measured, or larger
    /// residuals in mm.
    package var weakCrossings = 200
    package var weakCoverage = 0.5
    package var weakShare = 0.2
    package var weakResidual = 0.035
  }

  /// Pictures without a grid that may be paper with a trace.
  package struct Gridless: Codable, Hashable, Sendable {
    /// Longer side of the picture that is looked at, in pixels.
    package var longSide = 800.0
    /// Darkness below which a pixel is paper, and above which it is ink.
    package var paperDarkness: Float = 0.1
    package var inkDarkness: Float = 0.3
    /// Parts of the picture that must be paper, and that may be ink.
    package var leastPaper = 0.75
    package var inkShares = 0.0003...0.15
    /// The darkest paper against the lightest: landscapes are less even.
    package var leastEvenness = 0.5
    /// The longest stroke, as part of the longer side: text has shorter ones.
    package var leastStroke = 0.12
  }
}
