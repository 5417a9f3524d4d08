/// The version of the programs, kept in every result.
package let programVersion = "0.1.0"
