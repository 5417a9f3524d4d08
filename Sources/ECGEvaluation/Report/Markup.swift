import Foundation

/// Tables, and pieces of HTML.
enum Markup {
  static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
      .replacingOccurrences(of: "'", with: "&#39;")
  }

  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let top = head.map { "<th>\(escaped($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>"
    }
    return "<table><tr>\(top)</tr>\(body.joined(separator: "\n"))</table>"
  }

  /// A table for a document in Markdown; the first column is text, the others are figures.
  static func markdown(_ head: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ")
        + " |\n"
    }
    let rule = "|---|" + String(repeating: "---:|", count: max(0, head.count - 1)) + "\n"
    return line(head) + rule + rows.map(line).joined()
  }

  /// A table for a terminal; the first column is text, the others are figures.
  static func text(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head] + rows
    // Long remarks run on.
    let widths = head.indices.map { k in
      max(k == 0 ? 16 : 7, lines.map { $0[k].count }.filter { k == 0 || $0 <= 24 }.max() ?? 0)
    }
    return lines.map { cells in
      zip(cells, widths).enumerated().map { k, cell in
        let space = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
        return k == 0 ? cell.0 + space : " " + space + cell.0
      }.joined() + "\n"
    }.joined()
  }

  /// A page that needs nothing from anywhere else.
  static func page(title: String, body: String) -> String {
    """
    <!doctype html>
    <html lang=en><meta charset=utf-8><title>\(title)</title>
    <style>
    body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;color:#222}
    table{border-collapse:collapse;font-size:13px}td,th{padding:3px 9px;text-align:right;\
    border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}
    svg,img{display:block;max-width:100%;margin:.5em 0}.note{color:#666;font-size:13px}
    </style>
    <body>
    \(body)
    </body></html>

    """
  }
}
