/// Pages as they were read and found good.
enum Golden {
  static let page = """
    ════════════════════════════════════════════════════════════════════════════════
    Halves                                                                 07-halves
    ════════════════════════════════════════════════════════════════════════════════

    ── Half ────────────────────────────────────────────────────────────────────────

    Half of x is what is left when half is taken away.

        h(x) = x / 2

    ── Half of it ───────────────────────────────────────────────────────────── half

    ✓  1  h(x) + h(x) = x                                                      A-001
                  1.5 = 1.5
          two halves make a whole
          200 models, worst 0 of 5.7e-14 allowed                               twice

    ✓  2  h(x) ≤ x                                                       A-002 A-003
          0.75 ≤ 1.50   gap 0.75
          x is positive
          200 models, gap off by 0 of 5.7e-14 allowed                           less

    ✓  3  h(2) = 1
             1 = 1
          counted on fingers
          200 models, worst 0 of 5.7e-14 allowed                              of-two

    Task  Write `half`.
    Break 3 wrong versions, refused by some of these lines and passed by others:
          square-root, minus-one, always-one. See one:
          lessons run 07-halves --mistake square-root

    Halves
      of    half
      ────  ────
      one    0.5
      ten    5.0
      seed   0.5
      All numbers are exact.

    Halves of 1, 2, 3
      0.5 ▁▅█ 1.5
      Up.

    ✓ 07-halves: all 3 checks hold (200 models a line, seed 1)
    """

  static let mistake = """
    ════════════════════════════════════════════════════════════════════════════════
    Halves                                                                 07-halves
    ════════════════════════════════════════════════════════════════════════════════

    ── Half of it ───────────────────────────────────────────────────────────── half

    Mistake minus-one
      takes one away

    ✗  1  h(x) + h(x) = x                                                      A-001
                  1.0 ≠ 1.5
          two halves make a whole
          refused: off by 0.14 where 5.7e-14 is allowed                        twice
          case t0, the smallest found after 200 models:
                 1.50 ≠ 1.75

    ✗  2  h(x) ≤ x                                                       A-002 A-003
           0.5 ≤ 1.5   gap 1.00, should be 0.75
          x is positive
          refused: gap off by 0.071 where 5.7e-14 is allowed                    less
          case t0, the smallest found after 200 models:
          0.75 ≤ 1.75   gap 1.000, should be 0.875

    Again lessons run 07-halves --mistake minus-one --only twice --case t0

    It passes:
    ✓  3  h(2) = 1

    minus-one is refused by 2 of 3 lines, and passes 1.

    ✗ 07-halves: 2 of 3 checks refused (200 models a line, seed 1)
    """
}
