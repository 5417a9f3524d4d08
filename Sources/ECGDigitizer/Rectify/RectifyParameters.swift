/// What Rectify goes by when it searches for the grid, makes it precise and flattens the page.
///
/// A cell is 5 mm of the printed grid. Contrast is in standard deviations of the grid signal.
package struct RectifyParameters: Codable, Hashable, Sendable {
  package var search = Search()
  package var signal = Signal()
  package var spectra = Spectra()
  package var scale = Scale()
  package var phases = Phases()
  package var growing = Growing()
  package var ink = Ink()
  package var lines = Lines()
  package var fit = Fit()
  package var quantization = Quantization()
  package var flatPaper = FlatPaper()
  package var drawing = Drawing()
  package var page = Page()
  package var quality = Quality()
  package var gridless = Gridless()

  package init() {}

  /// Which of the two searches is believed, and how pictures are shown to them.
  package struct Search: Codable, Hashable, Sendable {
    /// Longer side of the picture that the network sees, in pixels: finer costs time.
    package var networkLongSide = 1280.0
    /// Longer side of the picture whose spectra are taken, in pixels: finer costs time.
    package var spectraLongSide = 1600.0
    /// Mean length of the network's phases below which there is no grid: higher loses pages.
    package var leastQuality = 0.5
    /// Below this length the network may have taken other lines for the grid's.
    package var fairQuality = 0.75
    /// From this length on the network is not checked against spectra: higher costs time.
    package var sureQuality = 0.87
    /// How much closer a second look is at a large page on which nothing was found.
    package var secondLook = 1.7
    /// How much more the turned picture must give to be preferred, as a factor.
    package var turnedGain = 1.1
    /// How many more crossings the network must find than spectra do, as a factor.
    package var fuller = 1.03
    /// Ratios of two cells that count as equal.
    package var sameCell = 0.85...1.18
    /// Combs of spectra lower than this are no grid: higher loses faint grids.
    package var leastStrength = 0.45
    /// A lattice of more cells than this has lines 1 mm apart: paper is no 40 cm long.
    package var mostCells = 80
    /// Crossings of another lattice from which on there are two sheets, at least.
    package var leastSecondSheet = 80
    /// Pixels per cell below which thin strokes may be lost.
    package var coarseCell = 14.0
  }

  /// Darkness against local paper, in units of local contrast.
  package struct Signal: Codable, Hashable, Sendable {
    /// Deviations at which ink is capped: higher lets the trace outweigh the grid.
    package var cap: Float = 2.5
    /// Added to the local deviation of darkness: higher silences noise, and faint grids.
    package var leastDeviation: Float = 0.006
  }

  /// Tiles, their spectra, and what they say about spacing.
  package struct Spectra: Codable, Hashable, Sendable {
    /// Distance of tiles, as part of a tile's side: smaller costs time.
    package var tileStep = 0.7
    /// Shortest spacing that is looked for, in pixels.
    package var shortestSpacing = 2.5
    /// Periods of the longest spacing that a tile must hold.
    package var fewestPeriods = 2.6
    /// Logarithm of the ratio of neighbouring candidates: smaller costs time.
    package var candidateStep = 0.025
    /// What a vote counts for its neighbours: perspective spreads the spacing.
    package var voteBlur: [Float] = [0.15, 0.4, 0.75, 1, 0.75, 0.4, 0.15]
    /// Frequencies up to this are read, in cycles per pixel; one half is the most there is.
    package var highest = 0.46
    /// Amplitudes count from this part of the strongest on: lower takes mixed peaks for lines.
    package var floor: Float = 0.02
    /// The height of the best pair of combs below which there is no grid.
    package var leastPair = 0.1
    /// Agreement with the fit from which on a tile belongs to the grid, 0…1.
    package var leastAgreement = 0.3
    /// Widths of the Cauchy weights of the first and of the later rounds, as parts of the
    /// frequency: wider lets strays pull.
    package var firstWidth = 0.15
    package var width = 0.06
    /// Weight against slopes of the frequency, as part of all weights: higher takes perspective
    /// for noise.
    package var slopeRidge = 0.02
    /// How far the place of a multiple may be off, as part of the frequency.
    package var combSlack = 0.02
    /// How much higher the amplitude of printed lines is than that of what pixels make of them.
    package var printedRatio: Float = 2.5
  }

  /// Whether lines are 5 mm or 1 mm apart.
  package struct Scale: Codable, Hashable, Sendable {
    /// Excess of fifth parts over the places between, from which on lines are 1 mm apart.
    package var fifthParts: Float = 0.45
    /// Excess of the fifth multiple over the fourth and sixth that confirms 5 mm.
    package var fifthOverNeighbors: Float = 0.12
    /// The same over four and a half and five and a half.
    package var fifthOverBetween: Float = 0.5
    /// More lines beside each other than this are 1 mm apart, where nothing else tells.
    package var mostLines = 120.0
    /// Cells of the longer side of usual paper: 150 to 350 mm.
    package var usualCells = 30...70
  }

  /// Phases by demodulation of the grid signal.
  package struct Phases: Codable, Hashable, Sendable {
    /// Blur of lines 5 mm apart, in periods: longer is steadier, and stiffer at folds.
    package var coarseBlur = 0.7
    /// Blur of lines 1 mm apart, in periods.
    package var fineBlur = 1.5
    /// Samples of the field per period, of lines 1 mm apart.
    package var fineSamples = 2.4
    /// Amplitude that counts as sure, as part of the signal's deviation nearby.
    package var sureAmplitude: Float = 0.12
    /// Added to the signal's power nearby, so that blank paper is not sure of anything.
    package var leastPower: Float = 0.1
  }

  /// Region growing from crossing to crossing.
  package struct Growing: Codable, Hashable, Sendable {
    /// Length of the phase below which a crossing is not accepted: higher leaves holes.
    package var leastQuality = 0.35
    /// Greatest distance between expected and measured place, in periods of the phase.
    package var greatestJump = 0.3
    /// Weight of the parent's cell against the crossings around: higher is stiffer.
    package var priorWeight = 0.15
    /// Steps smaller than this end a crossing's refinement, in cells.
    package var smallestStep = 0.01
    /// Cells per square pixel at which something may grow: one in 17 to 250 000 pixels.
    package var cellDensity = 4e-6...0.06
    /// Rows and columns with fewer crossings than this part of the fullest are trimmed.
    package var leastShare = 0.12
    /// How near a crossing a place must be to count as reached, in cells.
    package var reach = 1.5
  }

  /// Ink that would disturb the measurement of lines.
  package struct Ink: Codable, Hashable, Sendable {
    /// Pieces of fewer pixels are noise, or dots of the grid.
    package var fewestPixels = 6
    /// What is kept clear around ink, in cells: wider hides more lines.
    package var margin = 0.05
    /// The share of all places on lines that the spread is measured from, 0…0.5.
    package var lowShare = 0.16
    /// Spreads, and darkness more, by which ink is darker than the lines' median.
    package var spreads: Float = 1.6
    package var extra: Float = 0.03
    /// Darkness that is ink on any grid, and how much darker than the lines it is at least.
    package var surely: Float = 0.6
    package var surelyExtra: Float = 0.1
    /// Where along an edge darkness is looked for, and about these places, in cells: the darkest
    /// of a millimetre counts, as lines may be rows of dots.
    package var places = [0.3, 0.7]
    package var about = [-0.1, -0.05, 0, 0.05, 0.1]
  }

  /// The centre of a printed line in a profile across it.
  package struct Lines: Codable, Hashable, Sendable {
    /// Blur of the profile: in pixels at least, and in cells.
    package var leastBlurPixels = 0.9
    package var blur = 0.022
    /// Contrast lost at the profile's ends, 0…1: higher prefers the prediction.
    package var endPenalty: Float = 0.6
    /// Samples with less clear paper than this part are hidden.
    package var leastClear: Float = 0.3
    /// The part of a profile that may be hidden.
    package var mostHidden = 0.35
    /// Contrast from which on a line was seen.
    package var leastContrast: Float = 0.3
    /// Added to the noise of a profile, and to what the contrast is measured against.
    package var leastNoise: Float = 0.15
    package var confidenceNoise: Float = 0.35
  }

  /// A page whose crossings are drawn on whole pixels.
  package struct Quantization: Codable, Hashable, Sendable {
    /// Lines that must be known.
    package var fewestLines = 12
    /// The part of the lines' variation that a raster must explain: lower finds it in noise.
    package var leastExplained = 0.6
    /// Pixels smaller or larger than this are none: 1000 to 25 dots per inch, in cells.
    package var pixels = 0.005...0.2
    /// Steps of the search: turns over all lines, and into how many a turn is cut.
    package var frequencyStep = 0.25
    package var phases = 20
    /// How near the picture's own pixels must be to be the ones, as part of their size.
    package var ownPixel = 0.15
  }

  /// Paper that lies flat enough for one projective map.
  package struct FlatPaper: Codable, Hashable, Sendable {
    /// Half the crossings lie closer to the map than this, in cells.
    package var medianLimit = 0.035
    /// Crossings further away than this are put back, in cells.
    package var slip = 0.12
    /// The least scale of the weights, in cells.
    package var leastScale = 0.02
  }

  /// Grids drawn on the picture's own pixels.
  package struct Drawing: Codable, Hashable, Sendable {
    /// The most that crossings of a drawn grid spread about the map, in pixels of the picture: 37
    /// drawn pages have 0.03 to 0.05, 19 scans 0.16 to 0.8.
    package var mostSpread = 0.075
    /// Places further off than this are the measurement's, in pixels, and those may be this part
    /// of all.
    package var far = 0.3
    package var mostFar = 0.1
    /// Outermost crossings that do not count, where a lattice goes on beyond its grid.
    package var margin = 2
    /// What tilts less than this over the whole page is upright, in pixels of the picture.
    package var mostTilt = 0.15
  }

  /// The flat page.
  package struct Page: Codable, Hashable, Sendable {
    /// Pixels a millimetre of resampled pages: finer gains nothing, coarser loses strokes' edges.
    package var scales = 8.0...10.0
    /// Pixels a millimetre at which drawn pages are read as they are: 180 to 320 dots per inch.
    package var ownScales = 7.0...12.6
    /// How much a drawn page's two scales may differ, as a part: stages before the voltages take
    /// one for both.
    package var mostUneven = 0.06
    /// What places are off at least, in mm, on paper and on drawn pages.
    package var leastError = 0.01
    package var leastDrawnError = 0.004
    /// What places are off, in spreads of single measurements: seen to be two to three.
    package var errorPerSpread = 2.5
    /// What places of a geometry without an estimate are taken to be off, in mm.
    package var unknownError = 0.05
  }
}
