import ECGTraining
import Testing

@Suite("Learning rates and settings")
struct ScheduleTests {
  @Test("a cosine falls from the rate to its lowest part")
  func cosine() {
    let schedule = RateSchedule(.cosine, rate: 2, warmUpSteps: 0, lowest: 0.1)
    #expect(schedule.rate(step: 0, fraction: 0) == 2)
    #expect(abs(schedule.rate(step: 5, fraction: 0.5) - 1.1) < 1e-12)
    #expect(abs(schedule.rate(step: 9, fraction: 1) - 0.2) < 1e-12)
    #expect(abs(schedule.rate(step: 9, fraction: 3) - 0.2) < 1e-12)
  }

  @Test("the rate rises over the first steps")
  func warmUp() {
    let schedule = RateSchedule(.constant, rate: 1, warmUpSteps: 4)
    #expect((0..<6).map { schedule.rate(step: $0, fraction: 0) } == [0.25, 0.5, 0.75, 1, 1, 1])
  }

  @Test("one cycle rises from a 25th and falls to the lowest part")
  func oneCycle() {
    let schedule = RateSchedule(.oneCycle, rate: 1, warmUpSteps: 0, lowest: 0.001, rising: 0.3)
    #expect(abs(schedule.rate(step: 0, fraction: 0) - 0.04) < 1e-12)
    #expect(abs(schedule.rate(step: 3, fraction: 0.3) - 1) < 1e-12)
    #expect(abs(schedule.rate(step: 9, fraction: 1) - 0.001) < 1e-12)
    let rates = (0...30).map { schedule.rate(step: 0, fraction: Double($0) / 100) }
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("settings that make no sense are named")
  func problems() {
    var settings = TrainingSettings()
    #expect(settings.problem == "Either steps or minutes must be given.")
    settings.steps = 10
    #expect(settings.problem == nil)
    settings.fresh = 17
    #expect(settings.problem == "fresh must lie between 1 and batch (16).")
    settings.fresh = 8
    settings.device = "tpu"
    #expect(settings.problem == "device must be cpu or cuda, not tpu.")
  }
}
