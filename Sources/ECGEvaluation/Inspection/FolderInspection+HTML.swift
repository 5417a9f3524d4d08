extension FolderInspection {
  /// The description as one self-contained page.
  public var html: String {
    var body = "<h1>What the folder holds</h1>"
    body += Markup.table(["", ""], facts.map { [$0.name, $0.text] })
    if !records.isEmpty {
      let splits = records.map(\.split).uniqued
      body += "<h2>Span of values per split, in mV</h2>"
      body += Plot.boxes(
        splits.map { split in
          let values = records.filter { $0.split == split && !$0.contentHash.isEmpty }
            .map { min($0.highest - $0.lowest, 100) }
          return (name: split.isEmpty ? "." : split, values: values)
        }, unit: "mV")
    }
    if !pictures.isEmpty {
      let splits = pictures.map(\.split).uniqued
      body += "<h2>Brightness per folder</h2>"
      body += Plot.boxes(
        splits.map { split in
          let values = pictures.filter { $0.split == split && $0.width > 0 }.map(\.brightness)
          return (name: split.isEmpty ? "." : split, values: values)
        }, unit: "")
    }
    body += "<h2>Remarks</h2><ul>"
    body += remarks.map { "<li>\(Markup.escaped($0))</li>" }.joined(separator: "\n") + "</ul>"
    return Markup.page(title: "What the folder holds", body: body)
  }
}
