import ECGCore
import ECGNumerics
import Foundation

extension LatticePatchGenerator {
  /// How dark ink over the grid is, 0…255: traces, text, scribble, separators.
  func inkLayer(
    cellPixels: Double, turn: Double, using numbers: inout SeededGenerator
  ) -> [Float] {
    let size = Double(pixels) * 5 / cellPixels
    let canvas = PatchCanvas(
      millimeters: size, pixels: pixels, turn: turn, stretchX: 1, stretchY: 1, paper: .grey(0))
    canvas.use(.grey(1))
    // At least two thirds of a pixel, else ink would vanish on small pictures.
    let width = max(numbers.uniform(0.2, 0.6), 3.3 / cellPixels)
    if numbers.happens(0.9) { drawTraces(on: canvas, size: size, width: width, using: &numbers) }
    if numbers.happens(0.4) { drawText(on: canvas, size: size, using: &numbers) }
    canvas.use(.grey(1))
    if numbers.happens(0.2) {
      for _ in 0..<numbers.whole(1...2) {
        var place = PatchPlace(numbers.uniform(0, size), numbers.uniform(0, size))
        let step = numbers.uniform(1, 6) * size / 50
        let places = (0..<14).map { _ in
          place = PatchPlace(
            place.x + numbers.boundedNormal(0, step), place.y + numbers.boundedNormal(0, step))
          return place
        }
        canvas.stroke(places, width: width * numbers.uniform(0.7, 2))
      }
    }
    if numbers.happens(0.15) {
      let x = numbers.uniform(0, size)
      canvas.stroke(
        [PatchPlace(x, -size), PatchPlace(x, 2 * size)], width: width,
        dash: numbers.happens(0.3) ? [1, 1] : [])
    }
    let colors = canvas.colors()
    return (0..<(pixels * pixels)).map { colors[3 * $0] }
  }

  private func drawTraces(
    on canvas: PatchCanvas, size: Double, width: Double, using numbers: inout SeededGenerator
  ) {
    let (first, last) = (-0.3 * size, 1.3 * size)
    let pitch = numbers.uniform(14, 45)
    let period = numbers.uniform(8, 35)
    let step = max(0.12, 0.25 * size / Double(pixels))
    var level = first + numbers.uniform(0, pitch)
    while level < last {
      let height = numbers.uniform(3, 20) * (numbers.happens(0.3) ? -1 : 1)
      let noise = numbers.happens(0.3) ? numbers.uniform(0.05, 0.5) : 0
      let wander = numbers.happens(0.3) ? numbers.uniform(0.2, 3) : 0
      let wave = numbers.uniform(3, 12)
      let beats = Beats(period: period, until: last - first, using: &numbers)
      var places: [PatchPlace] = []
      var x = first
      while x < last {
        var y = height * beats.value(at: x - first)
        if noise > 0 { y += numbers.boundedNormal(0, noise) }
        if wander > 0 { y += wander * sin(x / wave) }
        places.append(PatchPlace(x, level - y))
        x += step
      }
      canvas.stroke(places, width: width)
      level += pitch * numbers.uniform(0.6, 1.4)
    }
  }

  private func drawText(
    on canvas: PatchCanvas, size: Double, using numbers: inout SeededGenerator
  ) {
    let letters = Array("aVRLF123456 mms/ID:25Hz.0789 filter HR bpm QRS")
    for _ in 0..<numbers.whole(1...6) {
      let text = String((0..<numbers.whole(1...14)).map { _ in numbers.pick(letters) })
      canvas.write(
        text, at: PatchPlace(numbers.uniform(0, size), numbers.uniform(0, size)),
        style: NameStyle(using: &numbers), color: .grey(1), scale: numbers.uniform(0.5, 2),
        quarterTurned: numbers.happens(0.1))
    }
  }
}
