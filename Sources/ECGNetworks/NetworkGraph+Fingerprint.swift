extension NetworkGraph {
  /// A short text that tells graphs apart: 64 bits over all nodes, the same on every machine.
  ///
  /// > Source: FNV-1a; Fowler, Noll, Vo, IETF draft-eastlake-fnv.
  public var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for node in nodes {
      for byte in "\(node.name) \(node.operation) \(node.inputs);".utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
