extension PageGeometry {
  /// The same page in a photo whose pixels were moved by `newFromOld`.
  ///
  /// ``quarterTurns`` and ``isMirrored`` stay as they are: they tell of the photo as it was.
  package func moved(by newFromOld: Homography<PhotoSpace, PhotoSpace>) -> PageGeometry {
    var out = self
    switch map {
    case .homography(let photoFromPage): out.map = .homography(photoFromPage.then(newFromOld))
    case .lattice(var lattice, let origin):
      lattice.nodes = lattice.nodes.map { newFromOld($0) }
      out.map = .lattice(lattice, origin: origin)
    }
    return out
  }
}
