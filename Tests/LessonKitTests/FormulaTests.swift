import Testing

@testable import LessonKit

@Suite("Formulas as trees")
struct FormulaTests {
  @Test(
    "What is written comes back, byte by byte",
    arguments: [
      "E_q[log p(x|z)] − KL(q‖p(z)) ≤ log p(x)", "e^ELBO(q) + 1 = 1",
      "w = (½, ½):  gap = log((a + b)/2) − log √(a b)", "δᵀΣ_p⁻¹δ",
      "Var_{z₋d}[f] · #{u < n: u² ≡ v}",
      "q*_β(z)  at  π̄ σ'(−2t) ‖u_1 − u_2‖²", "log p(x_t|z_t, x_{<t})", "m′ = a m + (1 − a) ELBO",
      "α_t = (M_1 ⊗ … ⊗ M_t)(any row, ·)", "rounds ⌈log₂ T⌉ ≠ T − 1", "= N KL(π′‖π)", "10⁻³⁰⁸",
    ])
  func roundTrip(text: String) throws {
    #expect(Array(try Formula(text).text.utf8) == Array(text.utf8))
  }

  @Test("An error names the column and what is missing there")
  func errors() {
    func error(_ text: String) -> FormulaError? {
      do throws(FormulaError) {
        _ = try Formula(text)
        return nil
      } catch { return error }
    }
    #expect(error("") == FormulaError(column: 1, expected: "a formula"))
    #expect(error("p(x") == FormulaError(column: 4, expected: ")"))
    #expect(error("p(x]") == FormulaError(column: 4, expected: "an operand instead of ]"))
    #expect(error("q = ") == FormulaError(column: 5, expected: "something after the last sign"))
    #expect(error("q = = p") == FormulaError(column: 5, expected: "something in front of ="))
    #expect(error("a - b") == FormulaError(column: 3, expected: "an operand instead of -"))
    #expect(error("E[]") == FormulaError(column: 3, expected: "something inside the brackets"))
    #expect(error("x_") == FormulaError(column: 3, expected: "an index"))
    #expect(error("x^ ") == FormulaError(column: 3, expected: "a power"))
    #expect(
      error("x_i_j")
        == FormulaError(column: 5, expected: "one index, with braces if it has its own"))
    #expect(error("√ x")?.column == 2)
    #expect(error(String(repeating: "(", count: 5000))?.expected == "less nesting")
  }

  @Test(
    "Symbols as a student names them: no words, no functions, no signs",
    arguments: [
      ("KL(q‖p) = Σ_z q(z) log q(z)/p(z)", ["KL", "q", "p", "z"]),
      ("E_p(z)[log p(x|z)] = E[f]", ["E_q", "p", "z", "x", "E", "f"]),
      ("p(z) flat:  q̃_j = p_old for all h′", ["p", "z", "q̃", "j", "h"]),
      ("e^gap(c) = max_ρ H(q_ρ)", ["gap", "c", "ρ", "H", "q"]),
      ("d/dλ KL = ∂_λ E_x KL", ["λ", "KL", "E_q", "x"]),
      ("½ δᵀΣ⁻¹δ = Σ_i r_nk", ["δ", "Σ", "i", "r", "n", "k"]),
      ("a word that no rule makes:  a m = ∫ q(x) dx", ["a", "m", "q", "x"]),
      ("mean′_k = baseline_s of the batch", ["mean", "k", "baseline", "s"]),
      ("E[fs²] = √(pp′)", ["E", "f", "s", "p"]),
    ])
  func symbols(text: String, expected: [String]) throws {
    #expect(try Formula(text).orderedSymbols == expected)
  }

  @Test("A name that a lesson introduces is a symbol wherever it stands")
  func names() throws {
    #expect(try Formula("penalty = 0").symbols == [])
    #expect(Formula.parse("run 04 --mistake leaks") == nil && Formula.parse("∇q = q ∇log q") != nil)
    #expect(try Formula("penalty = 0", names: ["penalty"]).symbols == ["penalty"])
  }

  @Test("A formula is cut at its sign: the condition in front, the remark behind")
  func statements() throws {
    let cut = try #require(
      try Formula("d = 1:  E[x], KL(q‖p) = 0 < m, v/2,  by (a, b) = c").split(at: "="))
    #expect(cut.condition == "d = 1" && cut.left == "E[x], KL(q‖p)")
    #expect(cut.right == "0 < m, v/2" && cut.trailing == "by (a, b) = c")
    let arrow = try #require(try Formula("f = 0  ⇒  E[g] ≠ 1  at  h = 0").statement)
    #expect(arrow.condition?.text == "f = 0" && arrow.left.text == "E[g]")
    #expect(arrow.relation == "≠" && arrow.right.text == "1" && arrow.trailing?.text == "at  h = 0")
    #expect(try Formula("= q  +  p").split(at: "=") == nil)
    #expect(try Formula("p(y|k) = 0 for all k:  no posterior").split(at: "=") == nil)
    #expect(try Formula("p(z = 1)").statement == nil)
  }
}

@Suite("Formulas as MathML")
struct FormulaMathMLTests {
  private func body(_ text: String, _ colouring: [String: String] = [:]) throws -> String {
    let element = try Formula(text).mathML(colouring: colouring)
    return String(element.drop { $0 != ">" }.dropFirst().dropLast("</math>".count))
  }

  @Test("The element says how it is set and what it was")
  func element() throws {
    #expect(try Formula("x < 1").mathML.hasPrefix(#"<math alttext="x &lt; 1"><mrow><mi>x</mi>"#))
    #expect(
      try Formula("x").mathML(display: true).hasPrefix(#"<math display="block" alttext="x">"#))
  }

  @Test("Indices, powers and primes stand where they belong")
  func scripts() throws {
    #expect(try body("x_i") == "<msub><mi>x</mi><mi>i</mi></msub>")
    #expect(try body("x₁²") == "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>")
    #expect(
      try body("π_k′")
        == "<msub><mi>π</mi><msup><mi>k</mi><mo lspace=\"0\" rspace=\"0\">′</mo></msup></msub>")
    #expect(try body("max_q ELBO").hasPrefix("<mrow><munder><mi>max</mi><mi>q</mi></munder>"))
    #expect(try body("Σ_z q").hasPrefix("<mrow><munder><mo>∑</mo><mi>z</mi></munder>"))
    #expect(try body("Σ_p⁻¹").hasPrefix("<msubsup><mi>Σ</mi><mi>p</mi>"))
    #expect(try body("q̃") == #"<mover accent="true"><mi>q</mi><mo>˜</mo></mover>"#)
  }

  @Test("Roots and fractions lose the parentheses that their lines replace")
  func fractions() throws {
    #expect(try body("√(x)") == "<msqrt><mi>x</mi></msqrt>")
    #expect(try body("N_k / N") == "<mfrac><msub><mi>N</mi><mi>k</mi></msub><mi>N</mi></mfrac>")
    #expect(try !body("(a + b)/2").contains("(") && body("(a + b)/2").contains("<mfrac>"))
    #expect(try !body("1/S").contains("<mfrac>"))
    #expect(
      try body("d/dλ")
        == "<mfrac><mi mathvariant=\"normal\">d</mi><mrow><mi mathvariant=\"normal\">d</mi>"
        + "<mi>λ</mi></mrow></mfrac>")
    let rate = try Formula("c ∂ log p(x)/∂ log a_ij = 0").row
    #expect(
      rate.contains {
        if case .fraction(let above, _, _) = $0 { above.text == "∂ log p(x)" } else { false }
      })
  }

  @Test("One symbol, one class")
  func colours() throws {
    let text = try body("q = E_q[ELBO]", ["q": "c1", "ELBO": "c2", "E_q": "c3"])
    #expect(text.contains(#"<mi class="c1">q</mi>"#) && text.contains(#"<mi class="c2">ELBO</mi>"#))
    #expect(text.contains(#"<msub class="c3"><mi>E</mi><mi class="c1">q</mi></msub>"#))
  }
}

@Suite("Formulas from noise")
struct FormulaNoiseTests {
  @Test("Any text is a formula that comes back or an error within it", arguments: 1...4)
  func noise(seed: UInt64) {
    let alphabet = Array(
      "abdxzqEKLθΣΠ∫∂∇√π̄q̃½.12²⁻₁₋_^{}()[]|‖⌈⌉ ′'*-−+·/=≤<:;,…!#~⇒Ω\u{301}\t\u{0}é漢")
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var parsed = 0
    for _ in 0..<6_000 {
      let text = String((0..<(1 + random(14))).map { _ in alphabet[random(alphabet.count)] })
      do throws(FormulaError) {
        let formula = try Formula(text)
        parsed += 1
        #expect(Array(formula.text.utf8) == Array(text.utf8))
        _ = (formula.mathML, formula.symbols, formula.statement)
      } catch {
        #expect((1...text.count + 1).contains(error.column), "\(text): \(error)")
      }
    }
    #expect(parsed > 150)
  }

  @Test("Nesting of every kind ends in an error, not in a trap")
  func depth() {
    for piece in ["(", "x_{", "x^{", "√", "|", "E_p(", "e^", "‖", "x^ELBO("] {
      let text = String(repeating: piece, count: 3000) + "x"
      #expect(throws: FormulaError.self) { try Formula(text) }
    }
  }
}
