/// Pages as they were read and found good.
enum Golden {
  static let page = """
    ════════════════════════════════════════════════════════════════════════════════
    Halves                                                                 07-halves
    ════════════════════════════════════════════════════════════════════════════════

    You need
      · counting
    You will be able to
      · halve a number
    It takes about 2 minutes.
    L0 to L4 are five lectures, which `lessons bibliography lectures` names.

    ── 1. Half ───────────────────────────────────────────────────────────── halving

      h(x)  half of x
      x     a number

    Half of x is what is left when half is taken away.

        h(x) = x / 2

    Half of it                                                               07/half

    Given  x = 1.5

      h(x) + h(x) = x  1.5   two halves make a whole
      ✓ held on 200 random models

      ✓ h(x) ≤ x  0.75 ≤ 1.50
        x is positive

      ✓ and 1 special case

    Code  Half.swift
        func half(_ x: Double) -> Double {
          x / 2
        }

    Task  Write `half`.
    Break 3 wrong versions of this (lessons mistakes 07). One of them:
          lessons run 07-halves --mistake square-root

    ── 2. Halves of halves ────────────────────────────────────────────────── tables

    Half of three is +1.50.

    Code  Half.swift
        func half(_ x: Double) -> Double {
          x / 2
        }

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

    Try   Halve a number.
          lessons try 07/halve

    ── Try yourself ────────────────────────────────────────────────────────────────

    1. What is half of 4?
       Answers: lessons quiz 07

    Halve something.
        lessons try 07/halve

    Homework: the task of 07/half.

    ── The lectures, corrected ─────────────────────────────────────────────────────

    E-012  x = 3
         ✓ printed 2.00000, corrected 1.50000

    What was printed and where: lessons errata E-012

    ── Read on ─────────────────────────────────────────────────────────────────────

    · Euclid: Elements, book VII

    ✓ 07-halves: all 3 checks hold (200 models a line, seed 1)
    """

  static let mistake = """
    ════════════════════════════════════════════════════════════════════════════════
    Halves                                                                 07-halves
    ════════════════════════════════════════════════════════════════════════════════

    Half of it                                                               07/half

    Mistake minus-one
      takes one away

        func half(_ x: Double) -> Double {
      −   x / 2
      +   x - 1
        }

    Given  x = 1.5

    ✗  1  h(x) + h(x) = x
                  1.0 ≠ 1.5
          two halves make a whole
          refused: the sides are 0.25 (14 %) apart
          case t0, the smallest found after 200 models:
          Given  x = 1.75
                 1.50 ≠ 1.75

    ✗  2  h(x) ≤ x
           0.5 ≤ 1.5   gap 1.00, should be 0.75
          x is positive
          refused: the gap is wrong by 0.13 (13 %)
          case t0, the smallest found after 200 models:
          Given  x = 1.75
          0.75 ≤ 1.75   gap 1.000, should be 0.875

    Again lessons run 07-halves --mistake minus-one --only twice --case t0

    It passes:
    ✓  3  h(2) = 1

    minus-one is refused by 2 of 3 lines, and passes 1.

    ✗ 07-halves: 2 of 3 checks refused (200 models a line, seed 1)
    """
}
