import Curriculum
import Foundation
import FoundationXML
import LessonKit
import Testing

@testable import Lesson00
@testable import Lesson01
@testable import Lesson02
@testable import Lesson03
@testable import Lesson04

@Suite("Pictures of the lessons")
struct PictureTests {
  /// All pictures that lessons draw, on their pages and for them.
  private static let all: [String: @Sendable (RunContext) throws -> [Picture]] = {
    var all: [String: @Sendable (RunContext) throws -> [Picture]] = [
      "for 00": { [try stackPicture($0), try posteriorPicture($0)] },
      "for 01": { [try bothFitsPicture($0), try twoDirectionsPicture($0)] },
      "for 02": { [try mixturePlate($0), try chainGraph($0)] },
      "for 03": { [try sprinklerGraph($0), try surfacePicture($0), try ellipsePicture($0)] },
      "for 04": { [try cloudPicture($0), try parabolaPicture($0), try networksGraph($0)] },
    ]
    for lesson in Catalogue.lessons {
      all[lesson.id] = { context in
        try lesson.sections.flatMap(\.blocks).flatMap { try pictures($0, context) }
      }
    }
    return all
  }()

  /// The pictures of a block, of computed ones too.
  private static func pictures(_ block: Block, _ context: RunContext) throws -> [Picture] {
    switch block {
    case .picture(let draw): [try draw(context)]
    case .computed(let make): try make(context).flatMap { try pictures($0, context) }
    default: []
    }
  }

  @Test("No bound is drawn above what it bounds", arguments: all.keys.sorted())
  func bounds(where place: String) throws {
    let draw = try #require(Self.all[place])
    for picture in try draw(RunContext(seed: 1)) {
      guard case .curves(let curves) = picture.content else { continue }
      #expect(curves.crossings == [], "\(picture.title)")
      // A curve that is called a bound in the legend has said what it bounds.
      for series in curves.series
      where series.name.contains("ELBO") || series.name.contains("F(q") {
        #expect(series.role != .plain, "\(picture.title): \(series.name)")
      }
    }
  }

  @Test(
    "No line is wider than the page, and every shade has its legend",
    arguments: all.keys.sorted())
  func page(where place: String) throws {
    let draw = try #require(Self.all[place])
    for picture in try draw(RunContext(seed: 1)) {
      for page in [40, 60, 80, 120] {
        let lines = picture.lines(width: page - 4)
        #expect(!lines.isEmpty)
        for line in lines { #expect(line.count <= page - 4, "\(picture.title): \(line)") }
        guard case .grid = picture.content else { continue }
        for shade in "░▒▓█" where lines.joined().contains(shade) {
          // In a legend a shade stands alone, with words behind it.
          let legend = lines.contains { $0.contains("  \(shade) ") }
          #expect(legend, "\(picture.title): \(shade)")
        }
      }
    }
  }

  @Test(
    "As SVG every picture is XML with a title, and has all that is written in characters",
    arguments: all.keys.sorted())
  func vector(where place: String) throws {
    let draw = try #require(Self.all[place])
    for picture in try draw(RunContext(seed: 1)) {
      let reader = TextOfXML()
      let parser = XMLParser(data: .init(picture.svg().utf8))
      parser.delegate = reader
      #expect(parser.parse(), "\(picture.title)")
      #expect(reader.texts["title"] == [picture.title])
      #expect(reader.texts["desc"] == [picture.alternative])
      let written = (reader.texts["text"] ?? []).joined(separator: " ")
      for line in picture.lines(width: 116) {
        // Brackets of nodes and borders of pictures are drawn, not written: they end a word.
        let words = line.split { " ┤┴─│█▒▓░●▶◀·".contains($0) }
        for word in words where word.contains(where: \.isNumber) {
          let bare = word.trimmingPrefix { "([⟨".contains($0) }.filter { !",;".contains($0) }
          #expect(written.filter { !",;".contains($0) }.contains(bare), "\(picture.title): \(word)")
        }
      }
      #expect(picture.svg() == picture.svg())
    }
  }
}

/// The texts of all elements by their names.
private final class TextOfXML: NSObject, XMLParserDelegate {
  private(set) var texts: [String: [String]] = [:]
  private var text = ""

  func parser(
    _: XMLParser, didStartElement _: String, namespaceURI _: String?, qualifiedName _: String?,
    attributes _: [String: String]
  ) { text = "" }

  func parser(_: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(
    _: XMLParser, didEndElement name: String, namespaceURI _: String?, qualifiedName _: String?
  ) { texts[name, default: []].append(text) }
}
