public enum SpecialFunctions {
  public static func normalUpper(_ x: Double) throws(GSLError) -> Double { 0.5 * erfcc(x / 2.0.squareRoot()) }
  public static func normalLower(_ x: Double) throws(GSLError) -> Double { 0.5 * erfcc(-x / 2.0.squareRoot()) }
  public static func normalUpperQuantile(_ x: Double) throws(GSLError) -> Double { 4.75 }
}
import Glibc
func erfcc(_ x: Double) -> Double { Glibc.erfc(x) }
