/// What one picture of a page is like.
public struct PictureFacts: Sendable, Hashable {
  /// The page's name and the split (the folder) it lies in.
  public var id: String
  /// The split (the folder) it lies in.
  public var split: String
  /// What is wrong with it; `nil` if it can be read.
  public var problem: String?
  /// The size in pixels.
  public var width = 0
  /// The height in pixels.
  public var height = 0
  /// Mean brightness and its standard deviation, 0 (black) … 255.
  public var brightness = 0.0
  /// The standard deviation of brightness.
  public var contrast = 0.0
  /// The hash of its pixels: equal for copies under other names.
  public var contentHash = ""

  /// Names a picture.
  public init(id: String, split: String) {
    (self.id, self.split) = (id, split)
  }
}
