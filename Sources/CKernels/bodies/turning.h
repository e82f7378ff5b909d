// Rows turned against each other to a triangle, and what is done with the triangle.
// Sources/Exact/StateSpaces/Rotations.swift is the definition.
#include "vectors.h"

// A row is whole registers of four; what stands after its end stays zero, or is never read.
typedef double KERNEL(four) __attribute__((vector_size(32), aligned(8)));
#define FOUR(place) (*(KERNEL(four) *)(place))
#define FOUR_READ(place) (*(const KERNEL(four) *)(place))
#define STRIDE(width) (((width) + 3) & ~(ptrdiff_t)3)

// sqrt(a^2 + b^2), scaled by a power of two where a square would leave the doubles.
KERNEL_INLINE double KERNEL(hypotenuse)(double a, double b) {
  double square = a * a + b * b;
  if (square >= 0x1p-900 && square <= 0x1p1000) return __builtin_elementwise_sqrt(square);
  double scale = square < 1 ? 0x1p600 : 0x1p-600;
  double x = a * scale, y = b * scale;
  return __builtin_elementwise_sqrt(x * x + y * y) / scale;
}

static ptrdiff_t KERNEL(largest_column)(
  ptrdiff_t count, ptrdiff_t stride, ptrdiff_t first, ptrdiff_t end, const double *rows,
  double *sizes) {
  for (ptrdiff_t k = first & ~(ptrdiff_t)3; k < end; k += 4) {
    double largest[4] = {0, 0, 0, 0};
    for (ptrdiff_t i = first; i < count; i++)
      for (int l = 0; l < 4; l++) {
        double size = __builtin_fabs(rows[i * stride + k + l]);
        largest[l] = size > largest[l] ? size : largest[l];
      }
    for (int l = 0; l < 4; l++) sizes[k + l] = largest[l];
  }
  ptrdiff_t best = first;
  double size = 0;
  for (ptrdiff_t j = first; j < end; j++)
    if (sizes[j] > size) {
      best = j;
      size = sizes[j];
    }
  return best;
}

static void KERNEL(clear)(ptrdiff_t count, ptrdiff_t stride, ptrdiff_t j, double *rows) {
  ptrdiff_t largest = j, start = j & ~(ptrdiff_t)3;
  double size = __builtin_fabs(rows[j * stride + j]);
  for (ptrdiff_t i = j; i < count; i++)
    if (__builtin_fabs(rows[i * stride + j]) > size) {
      largest = i;
      size = __builtin_fabs(rows[i * stride + j]);
    }
  double *restrict top = rows + j * stride;
  if (largest != j)
    for (ptrdiff_t k = start; k < stride; k += 4) {
      KERNEL(four) upper = FOUR(top + k);
      FOUR(top + k) = FOUR(rows + largest * stride + k);
      FOUR(rows + largest * stride + k) = upper;
    }
  double length = top[j];
  for (ptrdiff_t i = j + 1; i < count; i++) {
    double *restrict row = rows + i * stride;
    double entry = row[j], before = length;
    if (entry == 0) continue;
    length = KERNEL(hypotenuse)(before, entry);
    double cosine = before / length, sine = entry / length;
    for (ptrdiff_t k = start; k < stride; k += 4) {
      KERNEL(four) upper = FOUR(top + k), lower = FOUR(row + k);
      FOUR(top + k) = cosine * upper + sine * lower;
      FOUR(row + k) = cosine * lower - sine * upper;
    }
    row[j] = 0;
  }
  top[j] = length;
}

// Turns rows until their first columns, in the order that is found, are a triangle.
static void KERNEL(turn_rows)(
  ptrdiff_t count, ptrdiff_t stride, ptrdiff_t columns, double *rows, ptrdiff_t *order,
  double *sizes) {
  for (ptrdiff_t j = 0; j < columns; j++) order[j] = j;
  for (ptrdiff_t j = 0; j < columns && j < count; j++) {
    ptrdiff_t best = KERNEL(largest_column)(count, stride, j, columns, rows, sizes);
    if (best != j) {
      ptrdiff_t column = order[j];
      order[j] = order[best];
      order[best] = column;
      for (double *row = rows; row < rows + count * stride; row += stride) {
        double entry = row[j];
        row[j] = row[best];
        row[best] = entry;
      }
    }
    KERNEL(clear)(count, stride, j, rows);
  }
}

// The first columns of the first rows, put back to where they were.
static void KERNEL(restore)(
  ptrdiff_t count, ptrdiff_t stride, ptrdiff_t columns, const double *rows, const ptrdiff_t *order,
  double *restored) {
  for (ptrdiff_t i = 0; i < count; i++)
    for (ptrdiff_t j = 0; j < columns; j++)
      restored[i * stride + order[j]] = rows[i * stride + j];
}

// R^-1 v for the column v beside the triangle R.
static void KERNEL(solve)(
  ptrdiff_t count, ptrdiff_t stride, const double *rows, double *solution) {
  for (ptrdiff_t i = count - 1; i >= 0; i--) {
    double rest = rows[i * stride + count];
    for (ptrdiff_t j = i + 1; j < count; j++) rest -= rows[i * stride + j] * solution[j];
    solution[i] = rest / rows[i * stride + i];
  }
}

// R'^-1 M for the triangle R, the rows of M in the order of its columns.
static void KERNEL(solve_turned)(
  ptrdiff_t count, ptrdiff_t stride, const double *rows, const ptrdiff_t *order, ptrdiff_t of_row,
  const double *matrix, double *solution) {
  for (ptrdiff_t j = 0; j < count; j++)
    for (ptrdiff_t k = 0; k < of_row; k += 4) {
      KERNEL(four) rest = FOUR_READ(matrix + order[j] * of_row + k);
      for (ptrdiff_t i = 0; i < j; i++)
        rest -= FOUR(solution + i * of_row + k) * rows[i * stride + j];
      FOUR(solution + j * of_row + k) = rest / rows[j * stride + j];
    }
}

// left right: rows of left times a matrix of `inner` rows.
static void KERNEL(times)(
  ptrdiff_t count, ptrdiff_t inner, const double *left, ptrdiff_t of_left, const double *right,
  ptrdiff_t stride, double *result) {
  for (ptrdiff_t i = 0; i < count; i++)
    for (ptrdiff_t k = 0; k < stride; k += 4) {
      KERNEL(four) total = {0, 0, 0, 0};
      for (ptrdiff_t j = 0; j < inner; j++)
        total += left[i * of_left + j] * FOUR_READ(right + j * stride + k);
      FOUR(result + i * stride + k) = total;
    }
}

// rows' rows, n by n without gaps.
static void KERNEL(squares)(
  ptrdiff_t n, ptrdiff_t count, const double *rows, ptrdiff_t stride, double *result) {
  for (ptrdiff_t i = 0; i < n; i++)
    for (ptrdiff_t k = 0; k < n; k += 4) {
      KERNEL(four) total = {0, 0, 0, 0};
      for (ptrdiff_t j = 0; j < count; j++)
        total += rows[j * stride + i] * FOUR_READ(rows + j * stride + k);
      for (ptrdiff_t l = 0; l < 4 && k + l < n; l++) result[i * n + k + l] = total[l];
    }
}

// The identity, and zeros after it.
static void KERNEL(identity)(ptrdiff_t count, ptrdiff_t stride, double *rows) {
  for (ptrdiff_t i = 0; i < count * stride; i++) rows[i] = 0;
  for (ptrdiff_t i = 0; i < count; i++) rows[i * stride + i] = 1;
}

static void KERNEL(copy)(
  ptrdiff_t count, ptrdiff_t width, const double *from, ptrdiff_t of_from, double *to,
  ptrdiff_t of_to) {
  for (ptrdiff_t i = 0; i < count; i++)
    for (ptrdiff_t j = 0; j < width; j++) to[i * of_to + j] = from[i * of_from + j];
}
