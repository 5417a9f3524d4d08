import ECGExperiments
import ECGNetworks
import ECGTraining
import Foundation
import Synchronization
import Testing

@Suite("Tasks of training")
struct TaskTests {
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 5
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private var tasks: [any TrainingTask] {
    [
      NameExamples(), LatticeExamples(), LetterExamples(),
      CurveExamples(sources: DrawnHearts.sources(count: 2, seed: 1)),
    ]
  }

  @Test("several threads draw what one draws")
  func threads() async throws {
    // Fonts are in a cache of the drawing library that does not bear two threads, and hinted
    // letters depend on what was drawn before.
    let task = NameExamples()
    let together = await withCheckedContinuation { done in
      let drawn = Mutex<[Int: [Float]]>([:])
      for thread in 0..<8 {
        Thread.detachNewThread {
          for k in stride(from: thread, to: 200, by: 8) {
            let values = task.example(number: UInt64(k), seed: 2).input.values
            let all = drawn.withLock { drawn in
              drawn[k] = values
              return drawn
            }
            if all.count == 200 { done.resume(returning: all) }
          }
        }
      }
    }
    let different = (0..<200).filter {
      task.example(number: UInt64($0), seed: 2).input.values != together[$0]
    }
    #expect(different.isEmpty)
  }

  @Test("the same number gives the same example, another another")
  func repeatable() throws {
    for task in tasks {
      let (a, b) = (
        try task.example(number: 3, seed: 1), try task.example(number: 3, seed: 1)
      )
      #expect(a.input == b.input && a.truths == b.truths)
      #expect(try task.example(number: 4, seed: 1).input != a.input)
      #expect(try task.example(number: 3, seed: 2).input != a.input)
    }
  }

  @Test("examples hold what the losses ask for")
  func truths() throws {
    for task in tasks {
      let example = try task.example(number: 0, seed: 1)
      #expect(example.input.shape[0] == task.graph.nodes[0].channels)
      for term in task.losses {
        #expect(example.truths[term.truth] != nil)
        if let mask = term.mask { #expect(example.truths[mask] != nil) }
      }
    }
  }

  @Test("mirroring a lattice turns the sign of u's sine and nothing else")
  func mirrors() throws {
    let example = LatticeExamples().example(number: 8, seed: 1)
    let mirrored = LatticeExamples.mirrored(example)
    let (a, b) = (try #require(example.truths["phases"]), try #require(mirrored.truths["phases"]))
    let (height, width) = (a.shape[1], a.shape[2])
    for (row, column) in [(0, 15), (3, 9), (15, 12)] {
      let (here, there) = (row * width + column, row * width + width - 1 - column)
      for map in 0..<4 {
        let sign: Float = map == 1 ? -1 : 1
        let start = map * height * width
        #expect(b.values[start + here] == sign * a.values[start + there])
      }
    }
    let twice = LatticeExamples.flipped(
      LatticeExamples.flipped(LatticeExamples.mirrored(mirrored)))
    #expect(twice.input == example.input && twice.truths == example.truths)
    #expect(mirrored.input != example.input)
  }
}
