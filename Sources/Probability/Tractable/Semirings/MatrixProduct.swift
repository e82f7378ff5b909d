/// The product of two matrices over a semiring, given as lists of rows.
///
/// ```
/// (A ⊗ B)(i, k) = ⊕_j A(i, j) ⊗ B(j, k)
/// ```
@inlinable
public func matrixProduct<S: Semiring>(_ left: [[S]], _ right: [[S]]) -> [[S]] {
  left.map { row in
    (right.first ?? []).indices.map { k in
      .sum(over: row.indices) { j in row[j] * right[j][k] }
    }
  }
}
