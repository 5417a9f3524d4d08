/// What is wrong with a recipe, and where.
package struct RecipeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, the line and the sentence.
  package var description: String

  init(_ place: RecipeValue.Place, _ message: String) { description = "\(place): \(message)" }
}
