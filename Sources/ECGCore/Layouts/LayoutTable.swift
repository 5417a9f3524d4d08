/// The layouts this project knows, as data: one line per layout.
///
/// A line is `name: row / row / …`; a row names the leads from left to right. `-aVR`
/// is aVR printed upside down. A name that contains `cabrera` is in Cabrera order
/// (aVL, I, −aVR, II, aVF, III); some devices print that order with aVR upright.
/// Rhythm strips are not listed: any layout may carry some below its rows.
///
/// I, II and III alone make no layout: these names look the same upside down.
enum LayoutTable {
  /// Layouts that few pages have: what speaks for them must be clear.
  static let rare: Set<String> = [
    "3x4-by-rows", "3x4-chest-first", "4x3-by-columns", "2x3-limb", "2x3-chest", "3x5",
    "3x5-posterior", "3x5-right", "3x5-right-V7", "5x3", "5x3-right", "3x6", "15x1",
  ]

  static let text = """
    3x4:               I aVR V1 V4 / II aVL V2 V5 / III aVF V3 V6
    3x4-cabrera:       aVL II V1 V4 / I aVF V2 V5 / -aVR III V3 V6
    3x4-cabrera-aVR:   aVL II V1 V4 / I aVF V2 V5 / aVR III V3 V6
    3x4-by-rows:       I II III aVR / aVL aVF V1 V2 / V3 V4 V5 V6
    3x4-chest-first:   V1 V4 I aVR / V2 V5 II aVL / V3 V6 III aVF
    6x2:               I V1 / II V2 / III V3 / aVR V4 / aVL V5 / aVF V6
    6x2-cabrera:       aVL V1 / I V2 / -aVR V3 / II V4 / aVF V5 / III V6
    6x2-cabrera-aVR:   aVL V1 / I V2 / aVR V3 / II V4 / aVF V5 / III V6
    12x1:              I / II / III / aVR / aVL / aVF / V1 / V2 / V3 / V4 / V5 / V6
    12x1-cabrera:      aVL / I / -aVR / II / aVF / III / V1 / V2 / V3 / V4 / V5 / V6
    12x1-cabrera-aVR:  aVL / I / aVR / II / aVF / III / V1 / V2 / V3 / V4 / V5 / V6
    2x6:               I II III aVR aVL aVF / V1 V2 V3 V4 V5 V6
    4x3:               I II III / aVR aVL aVF / V1 V2 V3 / V4 V5 V6
    4x3-by-columns:    I aVL V3 / II aVF V4 / III V1 V5 / aVR V2 V6
    6x1-limb:          I / II / III / aVR / aVL / aVF
    6x1-limb-cabrera:  aVL / I / -aVR / II / aVF / III
    6x1-limb-cabrera-aVR: aVL / I / aVR / II / aVF / III
    6x1-chest:         V1 / V2 / V3 / V4 / V5 / V6
    3x2-limb:          I aVR / II aVL / III aVF
    3x2-chest:         V1 V4 / V2 V5 / V3 V6
    2x3-limb:          I II III / aVR aVL aVF
    2x3-chest:         V1 V2 V3 / V4 V5 V6
    3x5:               I aVR V1 V4 V4R / II aVL V2 V5 V8 / III aVF V3 V6 V9
    3x5-posterior:     I aVR V1 V4 V7 / II aVL V2 V5 V8 / III aVF V3 V6 V9
    3x5-right:         I aVR V1 V4 V3R / II aVL V2 V5 V4R / III aVF V3 V6 V5R
    3x5-right-V7:      I aVR V1 V4 V3R / II aVL V2 V5 V4R / III aVF V3 V6 V7
    5x3:               I II III / aVR aVL aVF / V1 V2 V3 / V4 V5 V6 / V7 V8 V9
    5x3-right:         I II III / aVR aVL aVF / V1 V2 V3 / V4 V5 V6 / V3R V4R V5R
    3x6:               I aVR V1 V4 V7 V3R / II aVL V2 V5 V8 V4R / III aVF V3 V6 V9 V5R
    15x1:              I / II / III / aVR / aVL / aVF / V1 / V2 / V3 / V4 / V5 / V6 / V7 / V8 / V9
    """
}
