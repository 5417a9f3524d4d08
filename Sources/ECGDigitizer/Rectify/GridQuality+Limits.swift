import ECGCore

extension GridQuality {
  /// Whether there is a printed grid at all.
  func isCredible(_ parameters: RectifyParameters.Quality) -> Bool {
    guard crossings >= parameters.fewestCrossings else { return false }
    return measuredShare >= parameters.goodShare
      ? residualMillimeters <= parameters.goodResidual
      : measuredShare >= parameters.leastShare
        && residualMillimeters <= parameters.leastShareResidual
  }

  /// Whether the grid is so faint or broken that a person should look.
  func isWeak(_ parameters: RectifyParameters.Quality) -> Bool {
    crossings < parameters.weakCrossings || coverage < parameters.weakCoverage
      || measuredShare < parameters.weakShare || residualMillimeters > parameters.weakResidual
  }
}
