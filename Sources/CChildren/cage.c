#define _GNU_SOURCE
#include "cage.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "children.h"

// Landlock by number: headers are often older than the kernel.
enum { create_ruleset = 444, add_rule = 445, restrict_self = 446 };
enum { beneath_a_path = 1, ask_for_version = 1 };

struct ruleset {
  uint64_t files, network, scopes;
};
struct __attribute__((packed)) beneath {
  uint64_t allowed;
  int32_t folder;
};

#define execute (1ull << 0)
#define write_file (1ull << 1)
#define read_file (1ull << 2)
#define read_folder (1ull << 3)
#define all_of_version_1 ((1ull << 13) - 1)

static uint64_t rights(int version) {
  uint64_t known = all_of_version_1;
  if (version >= 2) known |= 1ull << 13;  // refer
  if (version >= 3) known |= 1ull << 14;  // truncate
  if (version >= 5) known |= 1ull << 15;  // ioctl of devices
  return known;
}

static void allow(int rules, const char *path, uint64_t allowed) {
  int folder = open(path, O_PATH | O_CLOEXEC);
  if (folder < 0) return;
  struct beneath rule = {allowed, folder};
  syscall(add_rule, rules, beneath_a_path, &rule, 0);
  close(folder);
}

static int version(void) {
  return (int)syscall(create_ruleset, NULL, 0, ask_for_version);
}

// A set of rules for the process that calls: /proc/self is its own.
static int make_rules(char **folders) {
  int known = version();
  if (known < 1) return -1;
  struct ruleset set = {rights(known), known >= 4 ? 3 : 0, known >= 6 ? 3 : 0};
  size_t size = known >= 6 ? 24 : known >= 4 ? 16 : 8;
  int rules = (int)syscall(create_ruleset, &set, size, 0);
  if (rules < 0) return -1;
  static const char *const systems[] = {
      "/usr", "/lib", "/lib64", "/bin", "/opt", "/etc/ld.so.cache", "/etc/alternatives",
      "/etc/localtime", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"};
  for (size_t i = 0; i < sizeof systems / sizeof systems[0]; i++) {
    int is_file = i == 5 || i == 7 || i == 9 || i == 10;
    allow(rules, systems[i], read_file | (is_file ? 0 : execute | read_folder));
  }
  static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"};
  for (size_t i = 0; i < 4; i++) allow(rules, devices[i], read_file | (i < 2 ? write_file : 0));
  for (int i = 0; folders[i]; i++) {
    uint64_t own = rights(known) & ~(1ull << 15);
    allow(rules, folders[i], i == 0 ? own : execute | read_file | read_folder);
  }
  return rules;
}

#if defined(__x86_64__)
#define this_machine AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define this_machine AUDIT_ARCH_AARCH64
#endif

// What no estimator needs: sockets, by any door; other processes' memory; namespaces, in which one is root;
// what would be left behind in the system (shared memory, queues, keys).
static const unsigned refused[] = {
    __NR_socket, __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev, __NR_open_by_handle_at,
    __NR_unshare, __NR_setns, __NR_mount, __NR_umount2, __NR_pivot_root, __NR_chroot, __NR_bpf,
    __NR_perf_event_open, __NR_userfaultfd, __NR_kcmp, __NR_shmget, __NR_semget, __NR_msgget,
    __NR_mq_open, __NR_add_key, __NR_request_key, __NR_keyctl, 425 /* io_uring_setup */,
    438 /* pidfd_getfd */};

static int refuse_calls(void) {
#ifdef this_machine
  enum { not_permitted = 1, no_such_call = 38, clone_three = 435, other_machine = 0x40000000 };
  enum { count = sizeof refused / sizeof refused[0], new_user = 0x10000000 };
  struct sock_filter code[count + 16];
  unsigned short n = 0;
#define load(field) \
  (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define answer(value) (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, value)
#define skip_unless(test, value) \
  (struct sock_filter) BPF_JUMP(BPF_JMP | test | BPF_K, value, 0, 1)
  code[n++] = load(arch);
  code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, this_machine, 1, 0);
  code[n++] = answer(SECCOMP_RET_ERRNO | not_permitted);
  code[n++] = load(nr);
  // The same calls by other numbers.
  code[n++] = skip_unless(BPF_JGE, other_machine);
  code[n++] = answer(SECCOMP_RET_ERRNO | not_permitted);
  // Its flags cannot be looked at; who is told that there is none uses the older one.
  code[n++] = skip_unless(BPF_JEQ, clone_three);
  code[n++] = answer(SECCOMP_RET_ERRNO | no_such_call);
  for (int i = 0; i < count; i++)
    code[n++] = (struct sock_filter)BPF_JUMP(
        BPF_JMP | BPF_JEQ | BPF_K, refused[i], (unsigned char)(count - i + 4), 0);
  code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 1, 0);
  code[n++] = answer(SECCOMP_RET_ALLOW);
  code[n++] = load(args[0]);
  code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, new_user, 1, 0);
  code[n++] = answer(SECCOMP_RET_ALLOW);
  code[n++] = answer(SECCOMP_RET_ERRNO | not_permitted);
#undef load
#undef answer
#undef skip_unless
  struct sock_fprog program = {n, code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
#else
  return 0;
#endif
}

int cage_enter(char **folders) {
  int held = 0;
  int rules = make_rules(folders);
  if (rules >= 0 && syscall(restrict_self, rules, 0) == 0) {
    int known = version();
    held |= child_cage_files;
    if (known >= 4) held |= child_cage_network;
    if (known >= 6) held |= child_cage_signals;
  }
  if (refuse_calls()) held |= child_cage_sockets;
  return held;
}

// Keeps one capability across the change of user and the start of the program.
static int keep(int capability) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  uint32_t bit = 1u << capability;
  struct __user_cap_data_struct data[2] = {{bit, bit, bit}, {0, 0, 0}};
  return syscall(SYS_capset, &header, data) == 0 &&
         prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0;
}

int cage_become(long user, int held) {
  // Where the cage says which files it sees, their owners need not agree: an interpreter may lie in a private folder.
  int reads_all = (held & child_cage_files) != 0;
  if (reads_all) prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
  // By number: the library's own would look for the threads of the process that this one was made from.
  if (syscall(SYS_setgroups, 0, NULL) != 0 || syscall(SYS_setresgid, user, user, user) != 0 ||
      syscall(SYS_setresuid, user, user, user) != 0)
    return 0;
  if (reads_all && !keep(CAP_DAC_READ_SEARCH)) keep(CAP_DAC_OVERRIDE);
  return 1;
}
