import ECGCore
import ECGFormats
import ECGImaging
import Foundation

/// Overlays of many pages on contact sheets and on one page of HTML.
struct Gallery {
  let pages: [GalleryPage]
  let folder: URL
  let perSheet: Int

  /// Writes `index.html` and the sheets.
  ///
  /// - Throws: `PageError.cannotWrite`.
  func write() throws(PageError) {
    var sheets: [String] = []
    for first in stride(from: 0, to: pages.count, by: perSheet) {
      let number = first / perSheet + 1
      let name = "sheet-\(number < 10 ? "0" : "")\(number).png"
      let sheet = ContactSheet(pages: pages[first..<min(first + perSheet, pages.count)]).raster()
      try AtomicFile.write(sheet.pngData(level: 4), to: folder.appendingPathComponent(name))
      sheets.append(name)
    }
    try AtomicFile.write(
      Data(html(sheets).utf8), to: folder.appendingPathComponent("index.html"))
  }

  private func html(_ sheets: [String]) -> String {
    let links = sheets.map { "<a href=\"\($0)\">\($0)</a>" }.joined(separator: " ")
    let figures = pages.map { page in
      let name = Gallery.escaped(page.name)
      let picture = page.picture.map { file in
        let path = Gallery.link(file, from: folder)
        return "<a href=\"\(path)\"><img loading=\"lazy\" alt=\"\(name)\" src=\"\(path)\"></a>"
      }
      return """
        <figure><figcaption><b>\(name)</b> \(Gallery.escaped(page.caption))</figcaption>
        \(picture ?? "<p>no picture</p>")</figure>
        """
    }
    return """
      <!doctype html>
      <html lang="en"><meta charset="utf-8"><title>Einthoven: \(pages.count) pages</title>
      <style>
      body{font:15px/1.4 system-ui,sans-serif;margin:1.5rem;color:#1b1f24;background:#fff}
      figure{margin:0 0 2rem}img{max-width:100%;border:1px solid #d0d4da}p{color:#b91c1c}
      </style>
      <h1>\(pages.count) pages, the doubtful ones first</h1>
      <p style="color:inherit">\(links)</p>
      \(figures.joined(separator: "\n"))
      </html>

      """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  private static func link(_ file: URL, from folder: URL) -> String {
    let (path, root) = (file.standardizedFileURL.path, folder.standardizedFileURL.path + "/")
    let relative = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
    let allowed = CharacterSet.urlPathAllowed
    return escaped(relative.addingPercentEncoding(withAllowedCharacters: allowed) ?? relative)
  }
}
