import Probability

/// Pieces of a page that stand between its paragraphs.
extension BookText {
  /// "Given p(z) = (0.2, 0.5, 0.3)": the model above the numbers.
  func given(_ givens: [Given], word: String = "Given") -> HTML {
    guard !givens.isEmpty else { return HTML() }
    let items = givens.map { given -> HTML in
      .tag(
        "span", ["class": "value"],
        long(given.symbol) + " = "
          + .tag("span", ["class": "n"], HTML(given.text)))
    }
    return .tag(
      "div", ["class": "given"], .tag("b", [:], HTML(word)) + " " + items.joined(" "))
  }

  /// A formula that scrolls by itself where it is long.
  private func long(_ symbol: String) -> HTML {
    let formula = BookText.formula(symbol)
    return symbol.count > BookText.longest ? .tag("span", ["class": "long"], formula) : formula
  }

  /// The same in characters, where there is little room.
  func plainGiven(_ givens: [Given], word: String) -> HTML {
    guard !givens.isEmpty else { return HTML() }
    let items = givens.map { "\($0.symbol) = \($0.text)" }.joined(separator: "; ")
    return .tag("p", ["class": "given"], .tag("b", [:], HTML(word)), HTML(" " + items))
  }

  /// The symbols that are new.
  func symbols(_ symbols: [Symbol]) -> HTML {
    guard !symbols.isEmpty else { return HTML() }
    let items = symbols.flatMap { symbol -> [HTML] in
      [
        .tag("dt", [:], BookText.formula(symbol.name)),
        .tag("dd", [:], inline(symbol.meaning)),
      ]
    }
    return .tag("dl", ["class": "symbols"], items)
  }

  /// A table with its note.
  func table(_ table: Table) -> HTML {
    let columns = TableText.columns(of: table)
    let head = columns.map { column -> HTML in
      .tag(
        "th", ["scope": "col", "class": column.isNumeric ? "n" : nil], inline(column.head))
    }
    let rows = table.rows.indices.map { row -> HTML in
      .tag(
        "tr", [:],
        columns.map { column in
          column.isNumeric
            ? .tag("td", ["class": "n"], HTML(column.cells[row].trimmingBlanks))
            : .tag("td", [:], inline(column.cells[row]))
        })
    }
    let foot = [table.note, table.kinds].filter { !$0.isEmpty }.joined(separator: " ")
    return .tag(
      "figure", ["class": "table"],
      .tag("figcaption", [:], .tag("b", [:], inline(table.title))),
      .tag(
        "div", ["class": "scroll"],
        .tag("table", [:], .tag("thead", [:], .tag("tr", [:], head)), .tag("tbody", [:], rows))),
      foot.isEmpty ? HTML() : .tag("p", ["class": "foot"], inline(foot)))
  }

  /// A picture with its caption; what is seen is said in words inside it.
  func picture(_ picture: Picture) -> HTML {
    .tag(
      "figure", ["class": "picture"],
      picture.title.isEmpty
        ? HTML() : .tag("figcaption", [:], .tag("b", [:], inline(picture.title))),
      .tag("div", ["class": "scroll"], HTML(markup: picture.svg())),
      picture.foot.isEmpty ? HTML() : .tag("p", ["class": "foot"], inline(picture.foot)))
  }

  /// Code under the name of its file.
  func code(_ listing: Listing) -> HTML {
    let lines = listing.lines.map(BookCode.line)
    return .tag(
      "figure", ["class": "code"], .tag("figcaption", [:], HTML(listing.file)),
      .tag("pre", ["tabindex": "0"], .tag("code", [:], lines.joined("\n"))))
  }

  /// What a mistake changes: struck lines are right, marked lines stand there instead.
  func difference(_ right: Listing?, _ wrong: Listing) -> HTML {
    guard let right else { return code(wrong) }
    let difference = right.difference(to: wrong)
    // Code of another place than the one shown differs from it everywhere.
    guard difference.contains(where: { $0.mark == " " && $0.line.contains(where: \.isLetter) })
    else { return code(wrong) }
    let lines = difference.map { mark, line -> HTML in
      let text = HTML("\(mark) ") + BookCode.line(line)
      switch mark {
      case "−": return .tag("del", [:], text)
      case "+": return .tag("ins", [:], text)
      default: return text
      }
    }
    return .tag(
      "figure", ["class": "code"], .tag("figcaption", [:], HTML(wrong.file)),
      .tag("pre", ["tabindex": "0"], .tag("code", [:], lines.joined("\n"))))
  }
}

/// Code with the colours that its symbols have in formulas.
enum BookCode {
  static func line(_ line: String) -> HTML {
    if let comment = line.ranges(of: "//").first?.lowerBound {
      return words(line[..<comment])
        + .tag("span", ["class": "comment"], HTML(String(line[comment...])))
    }
    return words(line[...])
  }

  private static func words(_ line: Substring) -> HTML {
    var result = HTML()
    var plain = ""
    var rest = line
    while let first = rest.first {
      guard first.isLetter || first == "_" else {
        plain.append(rest.removeFirst())
        continue
      }
      let word = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      rest = rest.dropFirst(word.count)
      if let name = ink(word) {
        result += HTML(plain) + .tag("span", ["class": name], HTML(word))
        plain = ""
      } else {
        plain += word
      }
    }
    return result + HTML(plain)
  }

  /// What a name stands for, by its words.
  private static func ink(_ name: String) -> String? {
    let lower = name.lowercased()
    if name == "q" || lower.hasPrefix("logq") || lower.contains("approximation") { return "q" }
    if lower.contains("elbo") || lower.contains("bound") { return "bound" }
    if lower.contains("evidence") { return "evidence" }
    let ofModel = ["posterior", "prior", "likelihood", "joint"]
    if name == "p" || lower.hasPrefix("logp") || ofModel.contains(where: lower.contains) {
      return "p"
    }
    return nil
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmingBlanks: String {
    var text = Substring(self).drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
