// Tasks shared out among threads that live as long as the call.
//
// Which thread takes a task is chance; what a task computes must not depend on it. Callers cut
// their work into a number of tasks that does not depend on the number of threads either.
#define _GNU_SOURCE
#include "kernels.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

// The processors that this process may use.
int kernel_processors(void) {
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : (int)online;
}

struct crew {
  kernel_task task;
  void *context;
  int tasks;
  atomic_int ready;
  atomic_int next;
  atomic_int workers;
  atomic_int done;
  atomic_int range;
  atomic_int holders;
};

// Waiting is short: for the calling thread to lay out the work, or for tasks that are under way.
static void wait_for(atomic_int *flag, int value) {
  for (int turns = 0; atomic_load_explicit(flag, memory_order_acquire) != value; turns++)
    if (turns > 2000) sched_yield();
}

static void take_tasks(struct crew *crew) {
  int worker = -1;
  for (int i; (i = atomic_fetch_add(&crew->next, 1)) < crew->tasks;) {
    if (worker < 0) worker = atomic_fetch_add(&crew->workers, 1);
    kernel_range_begin();
    crew->task(crew->context, i, worker);
    atomic_fetch_or(&crew->range, kernel_range_end());
    atomic_fetch_add_explicit(&crew->done, 1, memory_order_release);
  }
}

static void leave(struct crew *crew) {
  if (atomic_fetch_sub_explicit(&crew->holders, 1, memory_order_acq_rel) == 1) free(crew);
}

static void *help(void *shared) {
  struct crew *crew = shared;
  wait_for(&crew->ready, 1);
  take_tasks(crew);
  leave(crew);
  return NULL;
}

static void start_helpers(struct crew *crew, int wanted) {
  pthread_attr_t detached;
  if (pthread_attr_init(&detached) != 0) return;
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  for (int i = 0; i < wanted; i++) {
    pthread_t helper;
    atomic_fetch_add(&crew->holders, 1);
    if (pthread_create(&helper, &detached, help, crew) != 0) {
      atomic_fetch_sub(&crew->holders, 1);
      break;
    }
  }
  pthread_attr_destroy(&detached);
}

// Runs task(context, 0 ... tasks - 1, worker) on up to `threads` threads, this one among them, and
// returns what became of the range in any of them. No two threads have the same worker, a number
// below `threads`. Before the first task this thread runs prepare(context), while the others are
// still being made. A thread that cannot be had is done without, and one that a busy machine has
// not let run before the last task was taken is not waited for: it finds nothing to do and leaves.
int kernel_parallel(
  int threads, int tasks, void (*prepare)(void *), kernel_task task, void *context) {
  struct crew alone = {.task = task, .context = context, .tasks = tasks, .holders = 2};
  int wanted = (threads < tasks ? threads : tasks) - 1;
  struct crew *crew = wanted > 0 ? malloc(sizeof *crew) : NULL;
  if (crew) {
    *crew = alone;
    atomic_store(&crew->holders, 1);
    start_helpers(crew, wanted);
  } else {
    crew = &alone;
  }
  kernel_range_begin();
  if (prepare) prepare(context);
  int range = kernel_range_end();
  atomic_store_explicit(&crew->ready, 1, memory_order_release);
  take_tasks(crew);
  wait_for(&crew->done, tasks);
  range |= atomic_load(&crew->range);
  leave(crew);
  return range;
}
