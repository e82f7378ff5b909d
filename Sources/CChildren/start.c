#define _GNU_SOURCE
#include "children.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#if __has_include(<linux/close_range.h>)
  #include <linux/close_range.h>
#endif

#include "apart.h"
#include "cage.h"
#include "state.h"

struct child children[most_children];
volatile int children_are_ended = 0;
static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;

// What the next start is made of; each text is a row of words that end in 0.
enum { most_text = 1 << 16, most_words = 256 };
struct text {
  char data[most_text];
  size_t count;
};
static _Thread_local struct text command, folders, environment;
static _Thread_local long limits[child_limit_count];

struct child *child_of(int number) {
  if (number < 0 || number >= most_children || !children[number].used) return NULL;
  return &children[number];
}

int bytes_append(struct bytes *bytes, const unsigned char *data, size_t count) {
  enum { most = 64 << 20 };
  if (bytes->start == bytes->end) bytes->start = bytes->end = 0;
  if (bytes->end + count > bytes->capacity && bytes->start > 0) {
    memmove(bytes->data, bytes->data + bytes->start, bytes->end - bytes->start);
    bytes->end -= bytes->start;
    bytes->start = 0;
  }
  if (bytes->end + count > bytes->capacity) {
    size_t capacity = bytes->capacity ? bytes->capacity : 4096;
    while (capacity < bytes->end + count) capacity *= 2;
    if (capacity > most) return 0;
    unsigned char *grown = realloc(bytes->data, capacity);
    if (!grown) return 0;
    bytes->data = grown;
    bytes->capacity = capacity;
  }
  memcpy(bytes->data + bytes->end, data, count);
  bytes->end += count;
  return 1;
}

void child_prepare(void) {
  command.count = folders.count = environment.count = 0;
  memset(limits, 0, sizeof limits);
}

static int put(struct text *text, int byte) {
  // One byte is kept for the end.
  if (text->count + 1 >= most_text) return 0;
  text->data[text->count++] = (char)byte;
  text->data[text->count] = 0;
  return 1;
}

int child_argument_byte(int byte) { return put(&command, byte); }
int child_folder_byte(int byte) { return put(&folders, byte); }
int child_environment_byte(int byte) { return put(&environment, byte); }

void child_set_limit(int limit, long value) {
  if (limit >= 0 && limit < child_limit_count) limits[limit] = value;
}

static int words(struct text *text, char *list[most_words]) {
  int count = 0;
  for (size_t at = 0; at < text->count && count + 1 < most_words; at += strlen(text->data + at) + 1)
    list[count++] = text->data + at;
  list[count] = NULL;
  return count;
}

static void limit(int resource, long value) {
  if (value <= 0) return;
  struct rlimit both = {(rlim_t)value, (rlim_t)value};
  setrlimit((__rlimit_resource_t)resource, &both);
}

// Whoever started this program may have left it files open that are nobody else's business.
static void close_others_at_exec(void) {
#if defined(SYS_close_range) && defined(CLOSE_RANGE_CLOEXEC)
  if (syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) == 0) return;
#endif
  struct rlimit most;
  int end = getrlimit(RLIMIT_NOFILE, &most) == 0 && most.rlim_cur < 1 << 16 ? (int)most.rlim_cur : 1 << 16;
  for (int file = 3; file < end; file++) fcntl(file, F_SETFD, FD_CLOEXEC);
}

// In the child, between fork and exec: only calls that are safe there.
static void become(char **arguments, char **places, char **variables, long user, const int pipes[3][2],
                   int report, int held_apart) {
  setpgid(0, 0);
  int held = child_cage_limits | held_apart;
  if (held_apart && places[0]) held |= apart_furnish(places[0], limits[child_limit_folder_megabytes]);
  if (places[0] && chdir(places[0]) != 0) _exit(126);
  dup2(pipes[0][0], 0);
  dup2(pipes[1][1], 1);
  dup2(pipes[2][1], 2);
  limit(RLIMIT_CPU, limits[child_limit_cpu_seconds]);
  limit(RLIMIT_DATA, limits[child_limit_megabytes] << 20);
  limit(RLIMIT_FSIZE, limits[child_limit_file_megabytes] << 20);
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  held |= cage_enter(places);
  if (user > 0 && getuid() == 0 && cage_become(user, held)) held |= child_cage_user;
  // It ends with whoever started it, however that ends.
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  limit(RLIMIT_NPROC, limits[child_limit_processes]);
  for (int signal_number = 1; signal_number < 32; signal_number++) signal(signal_number, SIG_DFL);
  sigset_t all;
  sigemptyset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  // Every other descriptor closes at exec; the report goes first.
  close_others_at_exec();
  ssize_t ignored = write(report, &held, sizeof held);
  (void)ignored;
  limit(RLIMIT_NOFILE, limits[child_limit_files]);
  execvpe(arguments[0], arguments, variables);
  held = -errno;
  ignored = write(report, &held, sizeof held);
  _exit(127);
}

static void close_all(int pipes[4][2]) {
  for (int i = 0; i < 4; i++)
    for (int end = 0; end < 2; end++)
      if (pipes[i][end] >= 0) close(pipes[i][end]);
}

// The child's number for its cages, or minus an error, once it has started.
static int reported(int descriptor, int *cages) {
  int held = 0, failure = 0;
  if (read(descriptor, &held, sizeof held) != sizeof held) return ENOEXEC;
  if (read(descriptor, &failure, sizeof failure) == sizeof failure) return -failure;
  *cages = held;
  return 0;
}

int child_start(void) {
  char *arguments[most_words], *places[most_words], *variables[most_words];
  if (words(&command, arguments) == 0) return -ENOENT;
  words(&folders, places);
  // What is left behind carries this, whatever becomes of its parents.
  char mark[64];
  snprintf(mark, sizeof mark, "TIGHTBOUND_JUDGE=%ld", (long)getpid());
  for (size_t i = 0; i <= strlen(mark); i++) child_environment_byte(mark[i]);
  words(&environment, variables);

  pthread_mutex_lock(&starting);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  signal(SIGPIPE, SIG_IGN);
  int number = 0;
  while (number < most_children && children[number].used) number++;
  int pipes[4][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  int failure = children_are_ended ? EINTR : number == most_children ? EAGAIN : 0;
  for (int i = 0; !failure && i < 4; i++)
    if (pipe2(pipes[i], O_CLOEXEC) != 0) failure = errno;
  long user = limits[child_limit_user];
  if (user > 0) user += getpid() % 2800 * most_children + number;
  int held_apart = 0;
  pid_t process = failure ? -1 : apart_fork(&held_apart);
  if (process == 0) become(arguments, places, variables, user, pipes, pipes[3][1], held_apart);
  if (!failure && process < 0) failure = errno;
  if (!failure) {
    close(pipes[3][1]);
    pipes[3][1] = -1;
    struct child *child = &children[number];
    memset(child, 0, sizeof *child);
    failure = reported(pipes[3][0], &child->cages);
    child->used = 1;
    child->process = process;
    child->user = (child->cages & child_cage_user) ? user : 0;
    child->sweeps_all = limits[child_limit_sweeps_all] != 0;
    child->input = pipes[0][1];
    child->output = pipes[1][0];
    child->errors = pipes[2][0];
    fcntl(child->input, F_SETFL, O_NONBLOCK);
    fcntl(child->output, F_SETFL, O_NONBLOCK);
    fcntl(child->errors, F_SETFL, O_NONBLOCK);
    pipes[0][1] = pipes[1][0] = pipes[2][0] = -1;
  }
  close_all(pipes);
  // Whoever asked for an end may have looked through the list a moment before this one stood in it.
  if (children_are_ended && process > 0) kill(process, SIGKILL);
  pthread_mutex_unlock(&starting);
  if (failure) {
    if (process > 0) child_finish(number);
    return -failure;
  }
  return number;
}

int child_cages(int number) {
  struct child *child = child_of(number);
  return child ? child->cages : 0;
}
