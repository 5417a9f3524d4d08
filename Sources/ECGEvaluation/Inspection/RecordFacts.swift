public import ECGCore
import ECGFormats
public import Foundation

/// What one file of signals holds.
public struct RecordFacts: Sendable, Hashable {
  /// The record's name and the split (the folder) it lies in.
  public var id: String
  /// The split (the folder) it lies in.
  public var split: String
  /// What is wrong with it; `nil` if it can be read.
  public var problem: String?
  /// Samples per second, in Hz, and whether they are even.
  public var samplingFrequency = 0.0
  /// Whether its times are even.
  public var isEven = true
  /// Seconds from the first sample to the last.
  public var seconds = 0.0
  /// The leads that hold a sample.
  public var leads: [Lead] = []
  /// The share of samples that are missing in those leads.
  public var missingShare = 0.0
  /// The smallest, middle and largest value, in mV.
  public var lowest = 0.0
  /// The middle value, in mV.
  public var typical = 0.0
  /// The largest value, in mV.
  public var highest = 0.0
  /// The hash of its samples: equal for copies under other names.
  public var contentHash = ""
  /// The patient, where a manifest says.
  public var patient: String?

  /// Reads `file` and looks at it; a file that cannot be read is a fact too.
  public init(id: String, split: String, file: URL, samplingFrequency rate: Double? = nil) {
    (self.id, self.split) = (id, split)
    let table: SignalTable
    do throws(PageError) {
      table = try SignalTable(file: file, samplingFrequency: rate)
    } catch {
      problem = error.message
      return
    }
    samplingFrequency = table.samplingFrequency
    isEven = TimeGrid(table, samplingFrequency: table.samplingFrequency).isEven
    seconds = table.times[table.times.count - 1] - table.times[0]
    leads = Lead.standard12.filter { table.leads[$0]?.contains(where: \.isFinite) ?? false }
    let all = leads.flatMap { table.leads[$0] ?? [] }
    let finite = all.filter(\.isFinite)
    missingShare = all.isEmpty ? 0 : 1 - Double(finite.count) / Double(all.count)
    lowest = finite.min() ?? 0
    highest = finite.max() ?? 0
    typical = finite.isEmpty ? 0 : median(finite)
    contentHash = RecordFacts.hash(table, leads)
    if leads.isEmpty {
      problem = "no finite sample of a lead"
    } else if highest - lowest > 50 {
      problem = "values span \(Evaluation.text(highest - lowest, 0)): microvolts rather than mV?"
    } else if highest - lowest == 0 {
      problem = "all samples are equal"
    }
  }

  /// Samples to 1 µV, lead by lead.
  private static func hash(_ table: SignalTable, _ leads: [Lead]) -> String {
    var bytes = Data()
    for lead in leads {
      for value in table.leads[lead] ?? [] {
        let microvolts = value.isFinite ? Int32(clamping: Int((value * 1000).rounded())) : .min
        withUnsafeBytes(of: microvolts.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return SHA256.hexDigest(of: bytes)
  }
}
