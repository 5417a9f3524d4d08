import ECGCore

extension GridQuality {
  /// Whether there is a printed grid at all.
  ///
  /// On real pages 46 % and more of the places could be measured, on black-and-white photocopies
  /// 29 % to 0.02 mm. Lines of text and the grain of wood reach 28 %, but not to 0.03 mm.
  var isCredible: Bool {
    guard crossings >= 60 else { return false }
    return measuredShare >= 0.4
      ? residualMillimeters <= 0.06 : measuredShare >= 0.1 && residualMillimeters <= 0.022
  }

  /// Whether the grid is so faint or broken that a person should look.
  var isWeak: Bool {
    crossings < 200 || coverage < 0.5 || measuredShare < 0.2 || residualMillimeters > 0.035
  }
}
