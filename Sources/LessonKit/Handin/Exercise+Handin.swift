import Verification

extension Exercise {
  /// Judges a program outside by the checks of this exercise: each of its functions in turn, with the
  /// library's own in the place of the others.
  ///
  /// Nil where nothing can be handed in.
  public func judge(_ program: any OutsideProgram, plan: HandinPlan) -> [HandinPartReport]? {
    guard let offer else { return nil }
    let court = HandinCourt(exercise: self, plan: plan)
    return court.reports(offer.parts, program)
  }
}

/// The problems that a hand-in is judged on, with what each check finds of the answer there.
private struct HandinCourt<Subject: Sendable, Problem: Sendable> {
  let derivation: Derivation<Subject, Problem>
  let problems: [Problem]
  /// What the checks find of the library's answer: a row a problem.
  let answers: [[Finding?]]

  init(exercise: Exercise<Subject, Problem>, plan: HandinPlan) {
    let derivation = exercise.derivation
    self.derivation = derivation
    let drawn = (0..<plan.problems).compactMap { index in
      try? CaseToken.drawn(seed: plan.seed, index: index)
        .draw(stream: derivation.id, derivation.draw).0.get()
    }
    problems = ((try? derivation.example()).map { [$0] } ?? []) + drawn
    answers = problems.map { derivation.findings(of: derivation.answer, on: $0) }
  }

  func reports(
    _ parts: [HandinPart<Subject>], _ program: any OutsideProgram
  ) -> [HandinPartReport] {
    var together = derivation.answer
    var reports: [HandinPartReport] = []
    for part in parts {
      let report = report(part, program)
      if case .wrong = report.verdict { install(part, program, in: &together) }
      reports.append(report)
    }
    // A mistake that was made in several parts shows as itself only where all of them are in place.
    guard reports.contains(where: \.isUnexplained) else { return reports }
    let whole = mistakes(like: problems.map { derivation.findings(of: together, on: $0) })
    return reports.map { $0.isUnexplained ? $0.with(whole) : $0 }
  }

  private func install(
    _ part: HandinPart<Subject>, _ program: any OutsideProgram, in subject: inout Subject
  ) {
    part.install(&subject, OutsidePart(part.signature.name, of: program))
  }

  private func report(
    _ part: HandinPart<Subject>, _ program: any OutsideProgram
  ) -> HandinPartReport {
    let outside = OutsidePart(part.signature.name, of: program)
    var subject = derivation.answer
    part.install(&subject, outside)
    var findings: [[Finding?]] = []
    for problem in problems where outside.fault == nil {
      findings.append(derivation.findings(of: subject, on: problem))
    }
    outside.askAgain()
    func report(
      _ verdict: HandinPartReport.Verdict, _ mistakes: [MistakeSummary] = [], held: [String] = []
    ) -> HandinPartReport {
      HandinPartReport(
        part: part.signature, verdict: verdict, mistakes: mistakes, held: held,
        checks: derivation.all.count)
    }
    switch outside.fault {
    case .unwritten: return report(.unwritten)
    case .failed(let words): return report(.failed(words))
    case nil: break
    }
    let refused = derivation.all.indices.filter { check in
      findings.indices.contains { problem in
        !holds(findings[problem][check], answers[problem][check], isSingle: outside.isSingle)
      }
    }
    let held = derivation.all.indices.filter { !refused.contains($0) }.map { derivation.all[$0].id }
    if refused.isEmpty, outside.difference == nil {
      return report(outside.isSingle ? .rightInSinglePrecision : .right, held: held)
    }
    let refusal = refusal(
      refused.first, findings, outside, isRandom: part.signature.returns.isRandom)
    return report(.wrong(refusal), mistakes(like: findings, in: part), held: held)
  }

  private func refusal(
    _ check: Int?, _ findings: [[Finding?]], _ outside: OutsidePart, isRandom: Bool
  ) -> HandinRefusal {
    let problem = check.flatMap { check in
      findings.indices.first {
        !holds(findings[$0][check], answers[$0][check], isSingle: outside.isSingle)
      }
    }
    let finding = check.flatMap { check in problem.flatMap { findings[$0][check] } }
    return HandinRefusal(
      check: check.map { derivation.checks[$0] },
      sides: finding.map { ($0.left, $0.right) },
      givens: problem.map { derivation.shows(problems[$0]) } ?? [],
      difference: outside.difference,
      isRightInTheMean: isRandom && (outside.difference?.isBesidesTheMean ?? false))
  }

  /// Whether a check holds of something handed in.
  ///
  /// Its sides are those of the answer, or it holds by itself, with room for another order of
  /// operations. How many outcomes there are is nobody's business.
  private func holds(_ finding: Finding?, _ answer: Finding?, isSingle: Bool) -> Bool {
    guard let finding else { return answer == nil }
    if finding.isCount { return true }
    if let answer, finding.resembles(answer, isSingle: isSingle) { return true }
    if finding.violation().holds { return true }
    return finding.relation == .equal
      && agrees(finding.left, finding.right, isSingle: isSingle, size: finding.scale)
  }

  /// The mistakes whose every number on these problems is the one that was found.
  private func mistakes(like findings: [[Finding?]]) -> [MistakeSummary] {
    derivation.catalogue.filter { mistake in
      let subject = mistake.subject(from: derivation.answer)
      return areAlike(findings, of: subject)
    }.map { MistakeSummary($0) }
  }

  /// The same; where there are none, those that would show these numbers if they were made in this part
  /// alone, and the others were the library's.
  private func mistakes(
    like findings: [[Finding?]], in part: HandinPart<Subject>
  ) -> [MistakeSummary] {
    let whole = mistakes(like: findings)
    guard whole.isEmpty, !areAlike(findings, of: derivation.answer) else { return whole }
    return derivation.catalogue.filter { mistake in
      var subject = derivation.answer
      part.transplant(&subject, mistake.subject(from: derivation.answer))
      return areAlike(findings, of: subject)
    }.map { MistakeSummary($0) }
  }

  /// Whether every number of a subject on these problems is the one that was found.
  private func areAlike(_ findings: [[Finding?]], of subject: Subject) -> Bool {
    zip(problems, findings).allSatisfy { problem, found in
      zip(found, derivation.findings(of: subject, on: problem)).allSatisfy { mine, its in
        switch (mine, its) {
        case (nil, nil): true
        case (let mine?, let its?): mine.isCount || mine.resembles(its, isSingle: false)
        default: false
        }
      }
    }
  }
}

extension MistakeSummary {
  init<Subject>(_ mistake: Mistake<Subject>) {
    self.init(name: mistake.name, summary: mistake.summary, source: mistake.source)
  }
}

extension Derivation {
  /// What each check finds of a subject on a problem; nil where it cannot be evaluated.
  fileprivate func findings(of subject: Subject, on problem: Problem) -> [Finding?] {
    all.map { try? $0.evaluate(subject, problem) }
  }
}

extension HandinPartReport {
  fileprivate var isUnexplained: Bool {
    guard case .wrong = verdict else { return false }
    return mistakes.isEmpty
  }

  fileprivate func with(_ mistakes: [MistakeSummary]) -> HandinPartReport {
    HandinPartReport(part: part, verdict: verdict, mistakes: mistakes, held: held, checks: checks)
  }
}

extension Finding {
  /// Whether it compares two counts, which must be the same.
  fileprivate var isCount: Bool { relation == .equal && rounding == 0 }

  /// Whether all its numbers are those of another, up to rounding.
  fileprivate func resembles(_ other: Finding, isSingle: Bool) -> Bool {
    let size = max(scale, other.scale)
    return alike(left, other.left, isSingle, size) && alike(right, other.right, isSingle, size)
      && alike(gap ?? [], other.gap ?? [], isSingle, size)
  }

  private func alike(
    _ mine: [Double], _ its: [Double], _ isSingle: Bool, _ size: Double
  ) -> Bool {
    mine.count == its.count
      && zip(mine, its).allSatisfy { a, b in
        (a.isNaN && b.isNaN) || agrees([a], [b], isSingle: isSingle, size: size)
      }
  }
}
