extension TraceParameters {
  /// How the pen is read off flat stretches.
  package struct Pen: Codable, Hashable, Sendable {
    /// Bins of a cross-section, and how many there are of a pixel.
    package var bins = 49
    package var binsPerPixel = 4.0
    /// A stretch of so many columns to either side is flat if its centroids lie within so much.
    package var reach = 3
    package var flatness: Float = 0.9
    /// Pixels above and below the centre that are looked at.
    package var extent = 7
    /// Columns taller than the typical one by more than this many pixels are not flat.
    package var heightSlack = 0.5
    /// The least flat columns, pixels of a bin, and bins.
    package var leastColumns = 40
    package var leastPixels = 10.0
    package var leastBins = 20
    /// So many of a hundred columns are paler than the darkness of full ink.
    package var darkPercent = 97
    /// What full ink may be darker, as a factor; the darkest that is believed; and the palest
    /// stroke, as a part of full ink.
    package var darkFactor = 1.05
    package var darkest = 1.2
    package var palest = 0.8
    /// Half widths and blurs that are tried, in pixels: from, to and step.
    package var halfWidths = Trials(from: 0.4, to: 4.0, step: 0.2)
    package var blurs = Trials(from: 0.08, to: 2.2, step: 0.16)
    /// Steps of the finer searches about the best, and what is not tried there.
    package var finerSteps = [0.08, 0.03, 0.012]
    package var leastHalfWidth = 0.2
    package var leastBlur = 0.03

    /// Evenly spaced values.
    package struct Trials: Codable, Hashable, Sendable {
      package var from: Double
      package var to: Double
      package var step: Double

      var values: StrideThrough<Double> { stride(from: from, through: to, by: step) }
    }
  }

  /// How half width, blur and darkness are bettered on steep stretches.
  package struct Refinement: Codable, Hashable, Sendable {
    /// The most steps.
    package var steps = 4
    /// Relative step of the numerical derivatives.
    package var delta = 0.03
    /// Blur from which the search starts, at least, and which it keeps, in pixels.
    package var startingBlur = 0.15
    package var leastBlur = 0.1
    package var darkest = 1.1
    /// Misses weigh less beyond so many deviations, from so much darkness on.
    package var deviations: Float = 3
    package var deviationOfMedian: Float = 1.5
    package var floor: Float = 0.02
    /// The weight of staying, for each pixel; the largest step, and the smallest that counts.
    package var ridge = 1e-5
    package var longestStep = 0.3
    package var leastStep = 0.004
    /// Pixels covered by more than this and less than the rest lie on an edge; misses beyond so
    /// much count as that.
    package var edge: Float = 0.03
    package var largestMiss: Float = 0.4
    /// The stretches that are looked at: so many windows of so many columns, the tallest.
    package var windows = 10
    package var windowColumns = 100
  }

  /// How the curve is found whose drawn stroke explains the pixels.
  package struct Fit: Codable, Hashable, Sendable {
    /// Blurs along the columns, in pixels, under which the fit comes near: edges pull within a pixel
    /// or two only.
    package var anneals = [3.0, 1.0]
    package var annealSteps = 7
    package var annealLimit = 6.0
    package var annealGain = 1e-3
    /// Steps of the first and of the last fit, and the farthest that a knot goes in one, in pixels.
    package var steps = 6
    package var lastSteps = 8
    package var stepLimit = 3.0
    /// A fit that gained less than this part in a step is over.
    package var leastGain = 1e-4
    /// How far knots may move before a column is computed again, in pixels; under a blur, in units
    /// of it.
    package var tolerance = 0.015
    package var annealTolerance = 0.05
    /// A stretch that gained less than this part of its cost in a step is at rest; under a blur.
    package var restGain = 0.003
    package var annealRestGain = 0.02
    /// The damping at first: sharp pixels pull within a pixel, and envelopes bend away from what a
    /// full step expects; under a blur of more than so many pixels they lead far.
    package var damping = 1.0
    package var blurredDamping = 0.1
    package var farBlur = 2.0
    /// Misses beyond so many noise levels pull with constant force.
    package var robustDeviations = 3.0
    /// Strokes of less blur than this, in pixels, are sharp and get three knots a pixel; up to the
    /// other sub-columns are finer.
    package var sharpBlur = 0.6
    package var softBlur = 0.9
    /// The noise levels that the fit believes: least and largest.
    package var leastNoise = 0.03
    package var largestNoise = 0.15
    /// The noise level before anything is fitted, in units of the map's noise, and its limits.
    package var noiseShare = 0.6
    package var leastStartingNoise = 0.05
    package var largestStartingNoise = 0.1
    /// Darkness of full ink, and of what is an edge, where pages of two tones are told.
    package var fullInk: Float = 0.8
    package var edgeInk: Float = InkLevel.faint
    /// The scale of second differences between knots at 8 px/mm, in pixels; what noise takes off
    /// it, and between which levels of the map's noise.
    package var smoothness = 1.8
    package var noisySmoothness = 0.48
    package var quietNoise = 0.015
    package var noiseRange = 0.015
    /// The least residual that is believed.
    package var leastResidual = 0.02
    /// The darkest ink that a fit is asked to explain.
    package var darkest: Float = 1.2
  }

  /// Which stretches of a row are fitted, and on what.
  package struct Runs: Codable, Hashable, Sendable {
    /// Ink-free stretches longer than this split a row into runs.
    package var longestGap = 3.0
    /// Runs of no more columns are left out.
    package var leastColumns = 5
    /// How far beyond a row's own ink pixels are explained.
    package var band = 0.6
    /// How far before and behind its ink a curve is drawn on where its trace goes on.
    package var beyond = 0.4
    /// The least standard deviation that a network's curve holds with, in pixels, and what it is
    /// multiplied with: an error is alike over some columns, and two knots share one.
    package var anchorDeviation = 2.0
    package var anchorFactor = 2.0
  }

  /// How the ends of a curve beside a bar are looked for.
  package struct Ends: Codable, Hashable, Sendable {
    /// How much of a run is looked at, and how much of it may be drawn anew, in pixels.
    package var columns = 12
    package var drawn = 3
    /// How near to a bar a run must end, in pixels.
    package var nearBar = 2.0
    /// Rows from one level that is tried to the next.
    package var step = 2.0
    /// How many are fitted.
    package var fitted = 3
    /// By how much a way must be better, in units of the objective: two inked pixels that nothing
    /// else explains.
    package var leastGain = 60.0
  }

  /// How sure a fitted curve is, and where it is absent.
  package struct Intervals: Codable, Hashable, Sendable {
    /// How exactly what is beside a mask must tell where the curve runs behind it, in mm; more is
    /// allowed where a thin bar closes the row, by a factor over the last so much.
    package var hidden = 0.1
    package var closedFactor = 3.0
    package var closedEnd = 0.5
    /// The steepest slope and the sharpest bend that count, in pixels per pixel, and pixels.
    package var steepest = 60.0
    package var sharpest = 30.0
    /// What a bend adds: knots cannot show corners between them.
    package var bendShare = 1.4
    /// What slopes add, and the least deviation, in pixels.
    package var slopeShare = 0.03
    package var least = 0.03
    /// So many raw standard deviations hold 95 %: the curvature is overconfident.
    package var deviationsOf95 = 2.17
  }
}
