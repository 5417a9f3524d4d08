/// How the flat page lies in the photo, and how many page pixels a millimetre of paper has.
///
/// The page raster is made once, from the full-resolution photo, by reading for
/// each page pixel the photo point ``photoPoint(_:)``.
///
/// Conventions: page pixel (x, y) lies at paper millimetres
/// (x / ``pixelsPerMillimeterX``, y / ``pixelsPerMillimeterY``) from the centre of pixel (0, 0).
public struct PageGeometry: Hashable, Codable, Sendable {
  /// The map from paper to photo.
  public enum Map: Hashable, Codable, Sendable {
    /// Flat paper: one projective map.
    case homography(Homography<PageSpace, PhotoSpace>)
    /// Curled, folded or crumpled paper: a dense lattice. Lattice node (0, 0) lies at
    /// the page pixel `origin`.
    case lattice(PageLattice, origin: Point<PageSpace>)
  }

  /// From page to photo.
  public var map: Map
  /// The size of the page raster.
  public var pageSize: PixelSize
  /// Page pixels per millimetre of paper along time.
  public var pixelsPerMillimeterX: Double
  /// Page pixels per millimetre of paper along voltage.
  public var pixelsPerMillimeterY: Double
  /// Quarter turns (clockwise, of the photo) that brought the page upright, 0…3.
  public var quarterTurns: Int
  /// Whether the photo shows the page mirrored.
  public var isMirrored: Bool
  /// Local error of the map on paper, rms in mm; `nil` if nothing is known of it, as in truth.
  public var errorMillimeters: Double?
  /// How well the lattice fits the printed grid; `nil` where none was found.
  public var gridQuality: GridQuality?

  /// Creates a geometry.
  public init(
    map: Map, pageSize: PixelSize, pixelsPerMillimeterX: Double, pixelsPerMillimeterY: Double,
    quarterTurns: Int = 0, isMirrored: Bool = false, errorMillimeters: Double? = nil,
    gridQuality: GridQuality? = nil
  ) {
    self.map = map
    self.pageSize = pageSize
    self.pixelsPerMillimeterX = pixelsPerMillimeterX
    self.pixelsPerMillimeterY = pixelsPerMillimeterY
    self.quarterTurns = quarterTurns
    self.isMirrored = isMirrored
    self.errorMillimeters = errorMillimeters
    self.gridQuality = gridQuality
  }

  /// The photo point that shows `page`.
  public func photoPoint(_ page: Point<PageSpace>) -> Point<PhotoSpace> {
    switch map {
    case .homography(let photoFromPage):
      return photoFromPage(page)
    case .lattice(let lattice, let origin):
      return lattice.photoPoint(
        u: (page.x - origin.x) / (pixelsPerMillimeterX * lattice.spacingMillimeters),
        v: (page.y - origin.y) / (pixelsPerMillimeterY * lattice.spacingMillimeters))
    }
  }

  /// The page point that `photo` shows, found by Newton's method.
  ///
  /// - Returns: `nil` if the iteration does not settle (far outside the paper).
  public func pagePoint(_ photo: Point<PhotoSpace>) -> Point<PageSpace>? {
    if case .homography(let photoFromPage) = map {
      return photoFromPage.inverse.map { $0(photo) }
    }
    var page = Point<PageSpace>(
      x: Double(pageSize.width) / 2, y: Double(pageSize.height) / 2)
    for _ in 0..<40 {
      let here = photoPoint(page)
      let (ex, ey) = (photo.x - here.x, photo.y - here.y)
      let (px, py) = (
        photoPoint(Point(x: page.x + 1, y: page.y)), photoPoint(Point(x: page.x, y: page.y + 1))
      )
      let (a, b, c, d) = (px.x - here.x, py.x - here.x, px.y - here.y, py.y - here.y)
      let determinant = a * d - b * c
      guard abs(determinant) > 1e-9 else { return nil }
      let (dx, dy) = ((d * ex - b * ey) / determinant, (a * ey - c * ex) / determinant)
      page.x += dx
      page.y += dy
      guard page.x.isFinite && page.y.isFinite else { return nil }
      if abs(dx) + abs(dy) < 1e-4 { return page }
    }
    return nil
  }
}
