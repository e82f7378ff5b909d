// The weight of all arborescences of a graph and the share of it that uses each edge, by elimination
// without subtractions, in plain doubles.
//
// With w(i, j) the weight of the edge from head i to modifier j, node k is replaced by its detours:
//
//   D_k = sum over i < k of w(i, k)      u_k(i) = w(i, k) / D_k
//   w(i, j) += u_k(i) w(k, j)            for i, j < k
//   t_0 = 1,  t_k = sum over j < k of w(k, j) t_j / D_k
//   total = D_1 D_2 ... S,               S = sum over r of root(r) t_r
//
// Going back through it, G(i, j) is the derivative of log total by w(i, j), T_k that by t_k:
//
//   T_k = root(k) / S + sum over l > k of T_l w(l, k) / D_l
//   G(k, j) = sum over i of u_k(i) G(i, j) + T_k t_j / D_k
//   G(i, k) = (1 - T_k t_k + g_i - sum over h of u_k(h) g_h) / D_k,   g_i = sum over j of G(i, j) w(k, j)
//
// each a row times a matrix, since G is kept together with its transpose. What is subtracted are
// shares of the total, each as good to rounding as they all are. Reference: Grassmann, Taksar and
// Heyman 1985.
#include "exponential.h"
#include "row_times.h"
#include <math.h>
#include <stdlib.h>

// A table has `count` rows of `width`, a multiple of eight; what is beyond `count` is zero.
struct KERNEL(tree_tables) {
  int count, width;
  double *edges;       // w as given
  double *weights;     // w as left by the elimination: row k as it was when node k went
  double *shares;      // row k: u_k
  double *by_head;     // G
  double *by_modifier; // G transposed
  double *roots, *pivots, *trees, *tree_shares, *row, *column;
};

KERNEL_INLINE int up_to_vector(int k) { return (k + 7) & ~7; }

// Replaces scores by exp(score - the greatest of the column); returns the sum of those greatest.
KERNEL_INLINE double exponentiate_columns(
  const struct KERNEL(tree_tables) *at, int with_roots, double *greatest) {
  int width = at->width;
  double total = 0;
  for (int j = 0; j < width; j += 8) {
    eight most = with_roots ? load8(at->roots + j) : all8(-INFINITY);
    for (int i = 0; i < at->count; i++) {
      eight x = load8(at->edges + i * width + j);
      most = choose8(x > most, x, most);
    }
    // A column without any edge keeps its minus infinities: nothing is taken from them.
    most = choose8(most == -INFINITY, all8(0), most);
    store8(greatest + j, most);
    if (with_roots) store8(at->roots + j, exp8(load8(at->roots + j) - most));
    for (int i = 0; i < at->count; i++) {
      eight x = exp8(load8(at->edges + i * width + j) - most);
      store8(at->edges + i * width + j, x);
      store8(at->weights + i * width + j, x);
    }
  }
  for (int j = 0; j < at->count; j++) total += greatest[j];
  return total;
}

// Eliminates all nodes but the first; the product of the D_k is the result times 2^exponent.
KERNEL_INLINE double eliminate_nodes(const struct KERNEL(tree_tables) *at, double *exponent) {
  double product = 1;
  for (int k = at->count - 1; k > 0; k--) {
    double *u = at->shares + k * at->width, *gone = at->weights + k * at->width;
    const double *column = at->weights + k;
    double parts[4] = {0, 0, 0, 0};
    int i = 0;
    for (; i + 4 <= k; i += 4)
      for (int p = 0; p < 4; p++) parts[p] += column[(i + p) * at->width];
    for (; i < k; i++) parts[0] += column[i * at->width];
    double pivot = (parts[0] + parts[1]) + (parts[2] + parts[3]);
    // Nothing leads to node k: another order may do, but not this one.
    if (pivot == 0) return 0;
    at->pivots[k] = pivot;
    product *= pivot;
    product *= towards_one(product, exponent);
    double inverse = 1 / pivot;
    for (i = 0; i < k; i++) u[i] = column[i * at->width] * inverse;
    for (int j = k; j < up_to_vector(k); j++) gone[j] = 0;
    for (int j = 0; j < k; j += 8) {
      eight detour = load8(gone + j);
      for (i = 0; i < k; i++) {
        double *w = at->weights + i * at->width + j;
        store8(w, load8(w) + u[i] * detour);
      }
    }
  }
  return product;
}

// t and T; returns S.
KERNEL_INLINE double weigh_roots(const struct KERNEL(tree_tables) *at) {
  at->trees[0] = 1;
  for (int k = 1; k < at->count; k++)
    at->trees[k] = dot_of_rows(up_to_vector(k), at->weights + k * at->width, at->trees) /
      at->pivots[k];
  double sum = dot_of_rows(at->width, at->roots, at->trees);
  if (sum == 0) return 0;
  for (int k = 0; k < at->width; k += 8)
    store8(at->tree_shares + k, load8(at->roots + k) / sum);
  for (int k = at->count - 1; k > 0; k--) {
    double share = at->tree_shares[k] / at->pivots[k];
    for (int j = 0; j < k; j += 8)
      store8(
        at->tree_shares + j,
        load8(at->tree_shares + j) + share * load8(at->weights + k * at->width + j));
  }
  return sum;
}

// result = row matrix, for the first `columns` columns.
KERNEL_INLINE void row_times_square(
  int rows, int columns, int width, const double *row, const double *matrix, double *result) {
  eight sums[ROW_VECTORS];
  int k = 0;
  for (; k + 8 * ROW_VECTORS <= columns; k += 8 * ROW_VECTORS) {
    row_times(ROW_VECTORS, rows, width, row, matrix + k, sums);
    for (int v = 0; v < ROW_VECTORS; v++) store8(result + k + 8 * v, sums[v]);
  }
  for (; k < columns; k += 8) {
    row_times(1, rows, width, row, matrix + k, sums);
    store8(result + k, sums[0]);
  }
}

KERNEL_INLINE void restore_nodes(const struct KERNEL(tree_tables) *at, int with_roots) {
  int width = at->width;
  for (int k = 1; k < at->count; k++) {
    const double *u = at->shares + k * width, *gone = at->weights + k * width;
    int rows = (k + 1) & ~1, columns = up_to_vector(k);
    row_times_square(rows, columns, width, u, at->by_head, at->row);
    row_times_square(rows, columns, width, gone, at->by_modifier, at->column);
    double inverse = 1 / at->pivots[k], upward = with_roots ? at->tree_shares[k] : 0;
    double rest = 1 - upward * (with_roots ? at->trees[k] : 0) -
      dot_of_rows(columns, u, at->column);
    double *head = at->by_head + k * width, *modifier = at->by_modifier + k * width;
    for (int j = 0; j < k; j += 8) {
      eight down = load8(at->row + j);
      if (with_roots) down += load8(at->trees + j) * (upward * inverse);
      store8(head + j, down);
      store8(modifier + j, (load8(at->column + j) + rest) * inverse);
    }
    for (int j = k; j < columns; j++) head[j] = modifier[j] = 0;
    for (int j = 0; j < k; j++) {
      at->by_head[j * width + k] = modifier[j];
      at->by_modifier[j * width + k] = head[j];
    }
  }
}

// Rows of `count` become rows of `width`; what is no edge gets minus infinity.
KERNEL_INLINE void copy_scores(
  const struct KERNEL(tree_tables) *at, const double *scores, const double *root_scores) {
  for (int i = 0; i < at->count; i++) {
    double *row = at->edges + i * at->width;
    memcpy(row, scores + i * at->count, (size_t)at->count * sizeof(double));
    row[i] = -INFINITY;
    if (!root_scores) row[0] = -INFINITY;
    for (int j = at->count; j < at->width; j++) row[j] = -INFINITY;
  }
  for (int j = 0; root_scores && j < at->width; j++)
    at->roots[j] = j < at->count ? root_scores[j] : -INFINITY;
}

int KERNEL(tree)(
  int count, const double *scores, const double *root_scores, double *total, double *edges,
  double *roots) {
  // At least one column more than there are nodes: an odd number of rows is made even by one of zeros.
  struct KERNEL(tree_tables) at = {.count = count, .width = up_to_vector(count + 1)};
  size_t width = (size_t)at.width, square = width * width;
  double *memory = aligned_alloc(64, (5 * square + 7 * width) * sizeof(double));
  if (!memory) return KERNEL_NO_MEMORY;
  // The last two tables are written before they are read.
  memset(memory, 0, (3 * square + 7 * width) * sizeof(double));
  double **tables[] = {&at.shares, &at.by_head, &at.by_modifier, &at.edges, &at.weights};
  double **lines[] = {&at.roots, &at.pivots, &at.trees, &at.tree_shares, &at.row, &at.column};
  double *next = memory;
  for (int i = 0; i < 6; i++, next += width) *lines[i] = next;
  double *greatest = next;
  next += width;
  for (int i = 0; i < 5; i++, next += square) *tables[i] = next;
  copy_scores(&at, scores, root_scores);
  kernel_range_begin();
  double exponent = 0, sum = 1;
  total[2] = exponentiate_columns(&at, root_scores != NULL, greatest);
  double product = eliminate_nodes(&at, &exponent);
  if (product > 0 && root_scores) product *= sum = weigh_roots(&at);
  if (product > 0) restore_nodes(&at, root_scores != NULL);
  total[0] = product;
  total[1] = exponent;
  for (int i = 0; i < count; i++)
    for (int j = 0; j < count; j++) {
      double share = at.edges[i * at.width + j] * at.by_head[i * at.width + j];
      // What is impossible comes out as a difference of roundings: never below zero.
      edges[i * count + j] = share > 0 ? share : 0;
    }
  for (int j = 0; root_scores && product > 0 && j < count; j++)
    roots[j] = at.roots[j] * at.trees[j] / sum;
  int range = kernel_range_end();
  free(memory);
  return range;
}
