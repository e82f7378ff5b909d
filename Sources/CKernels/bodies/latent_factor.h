// The sum over all settings of binary factors, the factors being cut into two halves.
//
//   p(x, z) = L(h) R(l) / norm(h, l)^N       z = (h, l)
//   norm(h, l) = sum over v of E[h][v] F[l][v]
//
// where E and F are the exponentials of what each half adds to the scores of the V words, and L and R
// its prior times its share of the document's scores. All 2^D normalisers are one product of
// matrices, and the gradient is two more:
//
//   sum over z of p(x, z) z_d softmax_v = sum over h of z_d E[h][v] (A F)[h][v]      d in h
//                                       = sum over l of z_d F[l][v] (A^T E)[l][v]    d in l
//   with A(h, l) = p(x, z) / norm(h, l)
//
// Rows h go in blocks of 32, columns l in blocks of 64, words in panels of 16; what is missing is
// filled up with settings of weight zero. Blocks of rows make up slabs, whose number does not
// depend on the threads; each slab sums alone and the slabs are added in their order.
#include "latent_blocks.h"

// MARK: Slabs

// totals[d] += the rows whose setting has factor d, all += every row: the table, sixteen numbers a
// row, is folded together factor by factor.
static void KERNEL(fold)(double *table, int bits, double (*totals)[PANEL], double *all) {
  for (int d = bits - 1; d >= 0; d--) {
    ptrdiff_t half = (ptrdiff_t)PANEL << d;
    eight one = all8(0), other = all8(0);
    for (ptrdiff_t i = 0; i < half; i += PANEL) {
      eight a = load8(table + half + i), b = load8(table + half + i + 8);
      one += a, other += b;
      store8(table + i, load8(table + i) + a);
      store8(table + i + 8, load8(table + i + 8) + b);
    }
    store8(totals[d], one);
    store8(totals[d] + 8, other);
  }
  for (int i = 0; i < PANEL; i += 8) store8(all + i, load8(table + i));
}

static int KERNEL(bits)(int settings) { return 31 - __builtin_clz((unsigned)settings); }

// One panel of a table times the exponentials of its half, summed by factors into the answer.
static void KERNEL(collect)(
  const struct KERNEL(latent_sum) *sum, struct KERNEL(slab) *slab, double *panel,
  const double *factor, int settings, int first, int k, int row, double *every) {
  int bits = KERNEL(bits)(settings), words = sum->problem->words;
  double totals[31][PANEL], all[PANEL];
  for (ptrdiff_t i = 0; i < (ptrdiff_t)settings * PANEL; i += 8)
    store8(panel + i, load8(panel + i) * load8(factor + i));
  KERNEL(fold)(panel, bits, totals, all);
  int width = words - k * PANEL < PANEL ? words - k * PANEL : PANEL;
  for (int v = 0; v < width; v++) {
    for (int d = 0; d < bits; d++)
      slab->expected[(ptrdiff_t)(first + d) * words + k * PANEL + v] += totals[d][v];
    // The factors that are the same in all rows of the block.
    for (int d = bits; row >> d; d++)
      if (row >> d & 1) slab->expected[(ptrdiff_t)(first + d) * words + k * PANEL + v] += all[v];
    if (every) every[k * PANEL + v] += all[v];
  }
}

static struct KERNEL(scratch) KERNEL(scratch_of)(
  const struct KERNEL(latent_sum) *sum, double *at, double **logarithms) {
  struct KERNEL(scratch) s;
  s.joint = at;
  *logarithms = s.joint + ROW_BLOCK * COLUMN_BLOCK;
  s.rows = *logarithms + ROW_BLOCK * COLUMN_BLOCK;
  s.columns = s.rows + 8 * ROW_BLOCK;
  s.ahead = s.columns + sum->low.padded;
  s.upward = s.ahead + (ptrdiff_t)sum->panels * ROW_BLOCK * PANEL;
  return s;
}

static ptrdiff_t KERNEL(scratch_count)(const struct KERNEL(latent_sum) *sum) {
  ptrdiff_t tables = (ptrdiff_t)sum->panels * (ROW_BLOCK + sum->low.padded) * PANEL;
  return 2 * ROW_BLOCK * COLUMN_BLOCK + 8 * ROW_BLOCK + sum->low.padded +
         (sum->with_gradient ? tables : 0);
}

// A F and A^T E of one block.
static void KERNEL(products)(
  const struct KERNEL(latent_sum) *sum, int row, int column, struct KERNEL(scratch) s) {
  struct left a = {
    .at = s.joint, .of_row = COLUMN_BLOCK, .of_step = 1, .blocks = 1, .steps = COLUMN_BLOCK};
  struct left turned = {
    .at = s.joint, .of_row = 1, .of_step = COLUMN_BLOCK, .blocks = 1, .steps = ROW_BLOCK};
  for (int k = 0; k < sum->panels; k++) {
    ptrdiff_t low = ((ptrdiff_t)k * sum->low.padded + column) * PANEL;
    ptrdiff_t high = ((ptrdiff_t)k * sum->high.padded + row) * PANEL;
    panel_product(
      ROW_BLOCK, a, sum->low.factor + low, s.ahead + (ptrdiff_t)k * ROW_BLOCK * PANEL, PANEL, 1);
    panel_product(COLUMN_BLOCK, turned, sum->high.factor + high, s.upward + low, PANEL, 1);
  }
}

static void KERNEL(add_rows)(
  const struct KERNEL(latent_sum) *sum, struct KERNEL(slab) *slab, int row,
  struct KERNEL(scratch) s) {
  const struct kernel_latent *p = sum->problem;
  for (int r = 0; r < ROW_BLOCK && row + r < sum->high.settings; r++) {
    double joint = sum8(load8(s.rows + 8 * r));
    slab->sum += joint;
    if (!sum->with_gradient) continue;
    for (int d = 0; d < p->high; d++)
      if ((row + r) >> d & 1) slab->on[d] += joint;
  }
  if (!sum->with_gradient) return;
  int settings = sum->high.settings < ROW_BLOCK ? sum->high.settings : ROW_BLOCK;
  double *every = slab->expected + (ptrdiff_t)(p->high + p->low) * p->words;
  for (int k = 0; k < sum->panels; k++)
    KERNEL(collect)(
      sum, slab, s.ahead + (ptrdiff_t)k * ROW_BLOCK * PANEL,
      sum->high.factor + ((ptrdiff_t)k * sum->high.padded + row) * PANEL, settings, 0, k, row,
      every);
}

static void KERNEL(latent_slab)(void *context, int index, int worker) {
  struct KERNEL(latent_sum) *sum = context;
  const struct kernel_latent *p = sum->problem;
  struct KERNEL(slab) *slab = &sum->slab[index];
  double *logarithms;
  double *own = sum->scratch + worker * sum->scratch_size;
  struct KERNEL(scratch) s = KERNEL(scratch_of)(sum, own, &logarithms);
  memset(own, 0, (size_t)sum->scratch_size * sizeof(double));
  int second_pass = sum->logarithmic && sum->with_gradient && sum->evidence > -__builtin_inf();
  int first = (int)((int64_t)sum->row_blocks * index / sum->slabs);
  int last = (int)((int64_t)sum->row_blocks * (index + 1) / sum->slabs);
  for (int block = first; block < last; block++) {
    int row = block * ROW_BLOCK;
    memset(s.rows, 0, 8 * ROW_BLOCK * sizeof(double));
    if (sum->with_gradient)
      memset(s.ahead, 0, (size_t)sum->panels * ROW_BLOCK * PANEL * sizeof(double));
    for (int column = 0; column < sum->low.padded; column += COLUMN_BLOCK) {
      KERNEL(normalisers)(sum, row, column, s.joint);
      if (!sum->logarithmic) {
        KERNEL(linear_joint)(sum, row, column, s);
      } else {
        KERNEL(logarithms)(sum, row, column, s.joint, logarithms);
        if (second_pass) KERNEL(posterior)(sum, slab, row, column, logarithms, s);
        else KERNEL(gather)(slab, logarithms);
      }
      if (sum->with_gradient && (second_pass || !sum->logarithmic))
        KERNEL(products)(sum, row, column, s);
    }
    if (second_pass || !sum->logarithmic) KERNEL(add_rows)(sum, slab, row, s);
  }
  if (!sum->with_gradient || (sum->logarithmic && !second_pass)) return;
  for (int d = 0; d < p->low; d++)
    for (int l = 0; l < sum->low.settings; l++)
      if (l >> d & 1) slab->on[p->high + d] += s.columns[l];
  for (int k = 0; k < sum->panels; k++) {
    ptrdiff_t at = (ptrdiff_t)k * sum->low.padded * PANEL;
    KERNEL(collect)(
      sum, slab, s.upward + at, sum->low.factor + at, sum->low.settings, p->high, k, 0, NULL);
  }
}

// MARK: The whole sum

static void KERNEL(shape)(struct KERNEL(half) *half, int factors, int block) {
  half->factors = factors;
  half->settings = 1 << factors;
  half->padded = half->settings < block ? block : half->settings;
}

// Adds the slabs in their order.
static void KERNEL(add_slabs)(
  struct KERNEL(latent_sum) *sum, struct kernel_latent_answer *answer) {
  const struct kernel_latent *p = sum->problem;
  int factors = p->high + p->low;
  answer->sum = 0;
  for (int i = 0; i < sum->slabs; i++) answer->sum += sum->slab[i].sum;
  if (!sum->with_gradient) return;
  memset(answer->on, 0, (size_t)factors * sizeof(double));
  memset(answer->expected, 0, (size_t)(factors + 1) * p->words * sizeof(double));
  for (int i = 0; i < sum->slabs; i++) {
    for (int d = 0; d < factors; d++) answer->on[d] += sum->slab[i].on[d];
    for (ptrdiff_t j = 0; j < (ptrdiff_t)(factors + 1) * p->words; j++)
      answer->expected[j] += sum->slab[i].expected[j];
  }
}

static void KERNEL(clear_slabs)(struct KERNEL(latent_sum) *sum) {
  double *at = sum->slabs_at;
  int factors = sum->problem->high + sum->problem->low;
  ptrdiff_t size = (ptrdiff_t)(factors + 1) * sum->problem->words;
  memset(at, 0, (size_t)(size + factors) * sum->slabs * sizeof(double));
  for (int i = 0; i < sum->slabs; i++, at += size + factors)
    sum->slab[i] = (struct KERNEL(slab)){
      .sum = 0, .greatest = -__builtin_inf(), .on = at, .expected = at + factors};
}

// The tables of both halves; meanwhile the other threads are on their way.
static void KERNEL(prepare)(void *context) {
  struct KERNEL(latent_sum) *sum = context;
  const struct kernel_latent *p = sum->problem;
  double start = 0;
  for (int v = 0; v < p->words; v++)
    if (p->counts[v] != 0) start += p->counts[v] * p->bias[v];
  KERNEL(weights)(p, &sum->high, 0, start, sum->logarithmic);
  KERNEL(weights)(p, &sum->low, p->high, 0, sum->logarithmic);
  if (sum->logarithmic) {
    KERNEL(scores)(sum, &sum->high, 0, p->bias, sum->high.score, 0);
    KERNEL(scores)(sum, &sum->low, p->high, NULL, sum->low.score, 0);
    KERNEL(exponentiate)(&sum->high, p->words, sum->panels);
    KERNEL(exponentiate)(&sum->low, p->words, sum->panels);
    KERNEL(turn)(sum);
  } else {
    KERNEL(scores)(sum, &sum->high, 0, p->bias, sum->high.factor, 1);
    if (sum->with_gradient) KERNEL(scores)(sum, &sum->low, p->high, NULL, sum->low.factor, 1);
    KERNEL(turned_products)(sum);
    KERNEL(centre)(sum);
  }
  KERNEL(clear_slabs)(sum);
}

int KERNEL(latent)(
  const struct kernel_latent *p, int logarithmic, int with_gradient, int threads,
  struct kernel_latent_answer *answer) {
  struct KERNEL(latent_sum) sum = {
    .problem = p, .logarithmic = logarithmic, .with_gradient = with_gradient,
    .panels = (p->words + PANEL - 1) / PANEL, .evidence = -__builtin_inf(), .centre = 1};
  KERNEL(shape)(&sum.high, p->high, ROW_BLOCK);
  KERNEL(shape)(&sum.low, p->low, COLUMN_BLOCK);
  sum.row_blocks = sum.high.padded / ROW_BLOCK;
  sum.slabs = sum.row_blocks < MOST_SLABS ? sum.row_blocks : MOST_SLABS;
  if (threads > sum.slabs) threads = sum.slabs;
  sum.scratch_size = KERNEL(scratch_count)(&sum);
  ptrdiff_t high = (ptrdiff_t)sum.panels * sum.high.padded * PANEL;
  ptrdiff_t low = (ptrdiff_t)sum.panels * sum.low.padded * PANEL;
  ptrdiff_t slab = (ptrdiff_t)(p->high + p->low + 1) * (p->words + 1);
  ptrdiff_t count = (high + low) * (logarithmic ? 2 : 1) + low + 2 * sum.high.padded +
                    2 * sum.low.padded + slab * sum.slabs + sum.panels * PANEL + sum.scratch_size * threads;
  double *memory = aligned_alloc(64, ((size_t)count * sizeof(double) + 63) / 64 * 64);
  if (!memory) return KERNEL_NO_MEMORY;
  double *at = memory;
  sum.high.factor = at, at += high;
  sum.low.factor = at, at += low;
  sum.turned = at, at += low;
  if (logarithmic) sum.high.score = at, at += high;
  if (logarithmic) sum.low.score = at, at += low;
  sum.scratch = at, at += sum.scratch_size * threads;
  sum.high.weight = at, at += sum.high.padded;
  sum.high.greatest = at, at += sum.high.padded;
  sum.low.weight = at, at += sum.low.padded;
  sum.low.greatest = at, at += sum.low.padded;
  sum.row = at, at += sum.panels * PANEL;
  sum.slabs_at = at;

  int range =
    kernel_parallel(threads, sum.slabs, KERNEL(prepare), KERNEL(latent_slab), &sum);
  answer->log_scale = sum.high.offset + sum.low.offset - (double)p->length * log(sum.centre);
  if (logarithmic) {
    double greatest = sum.slab[0].greatest, total = 0;
    for (int i = 1; i < sum.slabs; i++)
      greatest = sum.slab[i].greatest > greatest ? sum.slab[i].greatest : greatest;
    for (int i = 0; i < sum.slabs; i++)
      total += sum.slab[i].sum * exp(sum.slab[i].greatest - greatest);
    answer->log_scale = sum.evidence = greatest + log(total);
    for (int i = 0; i < sum.slabs; i++) sum.slab[i].sum = i == 0;
    if (with_gradient) {
      KERNEL(clear_slabs)(&sum);
      range |= kernel_parallel(threads, sum.slabs, NULL, KERNEL(latent_slab), &sum);
    }
  }
  KERNEL(add_slabs)(&sum, answer);
  free(memory);
  // A share of the sum that is too small for a double is small beside the sum.
  return logarithmic ? range & ~KERNEL_UNDERFLOW : range;
}
