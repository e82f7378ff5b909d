// The two passes of smoother.h for models of up to WIDTH states.

typedef double OF_WIDTH(row) __attribute__((vector_size(8 * WIDTH)));
#define ROW OF_WIDTH(row)

// What one output did to the belief at one step.
struct OF_WIDTH(update) { ROW gain; double surprise, inverse; };

// The model in rows, and its squares for the measure of lost digits.
struct OF_WIDTH(model) {
  ROW dynamics[WIDTH], turned[WIDTH], noise[WIDTH], squares[WIDTH], noise_diagonal;
  ROW *emission, *emission_squares;
};

// The largest loss of digits so far, and the least variance that a difference has left.
struct OF_WIDTH(losses) { ROW most, least; };

KERNEL_INLINE void OF_WIDTH(note)(struct OF_WIDTH(losses) *losses, ROW before, ROW after) {
  losses->most = __builtin_elementwise_max(losses->most, before / after);
  losses->least = __builtin_elementwise_min(losses->least, after);
}

static double OF_WIDTH(largest)(const struct OF_WIDTH(losses) *losses) {
  double most = 1;
  for (int i = 0; i < WIDTH; i++) {
    if (!(losses->least[i] > 0)) return __builtin_inf();
    if (losses->most[i] > most) most = losses->most[i];
  }
  return most;
}

KERNEL_INLINE double OF_WIDTH(sum)(ROW a) {
  double sum = 0;
  for (int i = 0; i < WIDTH; i++) sum += a[i];
  return sum;
}

// sum_i weight[i] rows[i], in two chains.
KERNEL_INLINE ROW OF_WIDTH(combined)(ROW weight, const ROW *rows) {
  ROW even = weight[0] * rows[0], odd = weight[1] * rows[1];
  for (int i = 2; i < WIDTH; i += 2) {
    even += weight[i] * rows[i];
    odd += weight[i + 1] * rows[i + 1];
  }
  return even + odd;
}

KERNEL_INLINE ROW OF_WIDTH(diagonal)(const ROW *rows) {
  ROW diagonal;
  for (int i = 0; i < WIDTH; i++) diagonal[i] = rows[i][i];
  return diagonal;
}

// Half of a matrix and its transpose: symmetric to the last digit.
KERNEL_INLINE void OF_WIDTH(symmetrise)(ROW *rows) {
  ROW columns[WIDTH];
  for (int i = 0; i < WIDTH; i++)
    for (int j = 0; j < WIDTH; j++) columns[i][j] = rows[j][i];
  for (int i = 0; i < WIDTH; i++) rows[i] = 0.5 * (rows[i] + columns[i]);
}

// left middle left' for a symmetric middle; turned is left', so that its rows are left's columns.
KERNEL_INLINE void OF_WIDTH(congruence)(const ROW *left, const ROW *turned, ROW *middle) {
  ROW half[WIDTH];
  for (int i = 0; i < WIDTH; i++) half[i] = OF_WIDTH(combined)(left[i], middle);
  for (int i = 0; i < WIDTH; i++) middle[i] = OF_WIDTH(combined)(half[i], turned);
}

// Rows of `columns` numbers, filled up with zeros.
static void OF_WIDTH(load)(const double *from, int rows, int columns, ROW *to) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < WIDTH; j++) to[i][j] = j < columns ? from[i * columns + j] : 0;
}

static void OF_WIDTH(store)(const ROW *from, int n, double *to) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) to[i * n + j] = from[i][j];
}

// Filters; leaves filtered means and covariances where the smoothed ones will stand. Returns the
// largest loss of digits.
static double OF_WIDTH(forward)(
  const struct kernel_smoother *problem, const struct OF_WIDTH(model) *model, ROW mean, ROW *cov,
  const double *observed, struct OF_WIDTH(update) *updates, ROW *means, ROW *covariances,
  double *scales, struct kernel_smoother_answer *answer) {
  int m = problem->outputs;
  struct OF_WIDTH(losses) losses = {{0}, (ROW){0} + 1};
  double squares = 0, most_loss = 1;
  for (ptrdiff_t t = 0; t < problem->steps; t++) {
    const double *output = observed + t * m;
    ROW before = OF_WIDTH(diagonal)(cov);
    for (int k = 0; k < m; k++) {
      struct OF_WIDTH(update) *update = updates + t * m + k;
      ROW c = model->emission[k];
      ROW u = OF_WIDTH(combined)(c, cov);
      double signal = OF_WIDTH(sum)(c * u), s = 1 + signal;
      // |c' P c| as a sum of magnitudes, at most: Cauchy and Schwarz.
      double most = 1 + WIDTH * OF_WIDTH(sum)(model->emission_squares[k] * OF_WIDTH(diagonal)(cov));
      double inverse = 1 / s, surprise = output[k] - OF_WIDTH(sum)(c * mean);
      ROW gain = u * inverse;
      mean += gain * surprise;
      for (int i = 0; i < WIDTH; i++) cov[i] -= gain[i] * u;
      squares += surprise * surprise * inverse;
      scales[t * m + k] = s;
      *update = (struct OF_WIDTH(update)){gain, surprise, inverse};
      // How much larger the terms of s were than s; and s itself, which is how much smaller the
      // variance along c has become.
      double loss = most * inverse > s ? most * inverse : s;
      most_loss = loss > most_loss ? loss : most_loss;
    }
    ROW after = OF_WIDTH(diagonal)(cov);
    OF_WIDTH(note)(&losses, before, after);
    means[t] = mean;
    for (int i = 0; i < WIDTH; i++) covariances[t * WIDTH + i] = cov[i];
    mean = OF_WIDTH(combined)(mean, model->turned);
    OF_WIDTH(congruence)(model->dynamics, model->turned, cov);
    for (int i = 0; i < WIDTH; i++) cov[i] += model->noise[i];
    OF_WIDTH(symmetrise)(cov);
    ROW made = model->noise_diagonal + WIDTH * OF_WIDTH(combined)(after, model->squares);
    OF_WIDTH(note)(&losses, made, OF_WIDTH(diagonal)(cov));
  }
  answer->misfit = squares;
  double largest = OF_WIDTH(largest)(&losses);
  return largest > most_loss ? largest : most_loss;
}

// Smooths what the filter left; returns the largest loss of digits.
static double OF_WIDTH(backward)(
  const struct kernel_smoother *problem, const struct OF_WIDTH(model) *model,
  const struct OF_WIDTH(update) *updates, const ROW *means, const ROW *covariances,
  struct kernel_smoother_answer *answer) {
  int n = problem->states, m = problem->outputs;
  ROW slope = {0}, curvature[WIDTH] = {{0}};
  struct OF_WIDTH(losses) losses = {{0}, (ROW){0} + 1};
  for (ptrdiff_t t = problem->steps; t-- > 0;) {
    slope = OF_WIDTH(combined)(slope, model->dynamics);
    OF_WIDTH(congruence)(model->turned, model->dynamics, curvature);
    OF_WIDTH(symmetrise)(curvature);

    const ROW *cov = covariances + t * WIDTH;
    ROW mean = means[t] - OF_WIDTH(combined)(slope, cov), smoothed[WIDTH];
    for (int i = 0; i < WIDTH; i++) smoothed[i] = curvature[i];
    OF_WIDTH(congruence)(cov, cov, smoothed);
    for (int i = 0; i < WIDTH; i++) smoothed[i] = cov[i] - smoothed[i];
    OF_WIDTH(symmetrise)(smoothed);
    OF_WIDTH(note)(&losses, OF_WIDTH(diagonal)(cov), OF_WIDTH(diagonal)(smoothed));
    for (int i = 0; i < n; i++) answer->means[t * n + i] = mean[i];
    OF_WIDTH(store)(smoothed, n, answer->covariances + t * n * n);

    // Through each output: Lambda' = (1 - c K') Lambda (1 - K c') + c c'/s, and lambda likewise.
    for (int k = m; k-- > 0;) {
      struct OF_WIDTH(update) update = updates[t * m + k];
      ROW c = model->emission[k];
      ROW turned = OF_WIDTH(combined)(update.gain, curvature);
      double both = OF_WIDTH(sum)(update.gain * turned) + update.inverse;
      ROW less = turned - (0.5 * both) * c;
      slope -= c * (OF_WIDTH(sum)(update.gain * slope) + update.surprise * update.inverse);
      for (int i = 0; i < WIDTH; i++) curvature[i] -= c[i] * less + less[i] * c;
    }
  }
  return OF_WIDTH(largest)(&losses);
}

static int OF_WIDTH(smoother)(
  const struct kernel_smoother *problem, struct kernel_smoother_answer *answer) {
  int n = problem->states, m = problem->outputs;
  size_t steps = (size_t)problem->steps, outputs = (size_t)m;
  size_t rows = steps * (1 + WIDTH) + 2 * outputs;
  char *memory = aligned_alloc(
    64, rows * sizeof(ROW) + steps * outputs * (sizeof(struct OF_WIDTH(update)) + 16) + 64 & ~63);
  if (!memory) return KERNEL_NO_MEMORY;
  ROW *means = (ROW *)memory, *covariances = means + steps;
  struct OF_WIDTH(model) model = {.emission = covariances + steps * WIDTH};
  model.emission_squares = model.emission + outputs;
  struct OF_WIDTH(update) *updates = (struct OF_WIDTH(update) *)(model.emission + 2 * outputs);
  double *scales = (double *)(updates + steps * outputs), *observed = scales + steps * outputs;

  kernel_range_begin();
  ROW mean = {0}, covariance[WIDTH] = {{0}};
  OF_WIDTH(load)(problem->mean, 1, n, &mean);
  OF_WIDTH(load)(problem->covariance, n, n, covariance);
  OF_WIDTH(load)(problem->dynamics, n, n, model.dynamics);
  OF_WIDTH(load)(problem->noise, n, n, model.noise);
  OF_WIDTH(load)(problem->emission, m, n, model.emission);
  // States that the model does not have: variance 1, forgotten and renewed at every step.
  for (int i = n; i < WIDTH; i++) covariance[i][i] = model.noise[i][i] = 1;
  for (int i = 0; i < WIDTH; i++)
    for (int j = 0; j < WIDTH; j++) {
      model.turned[j][i] = model.dynamics[i][j];
      model.squares[j][i] = model.dynamics[i][j] * model.dynamics[i][j];
    }
  for (int k = 0; k < m; k++) {
    model.emission_squares[k] = model.emission[k] * model.emission[k];
  }
  model.noise_diagonal = OF_WIDTH(diagonal)(model.noise);
  KERNEL(whiten)(problem, observed);

  double first = OF_WIDTH(forward)(
    problem, &model, mean, covariance, observed, updates, means, covariances, scales, answer);
  double second = OF_WIDTH(backward)(problem, &model, updates, means, covariances, answer);
  answer->loss = first * second;
  answer->log_scales = KERNEL(sum_of_logs)((ptrdiff_t)(steps * outputs), scales);
  int range = kernel_range_end();
  free(memory);
  return range;
}

#undef ROW
