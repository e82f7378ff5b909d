// Programs that are not trusted, as processes: started in a cage, written to, read from, swept away.
// Numbers in, numbers out; a child is named by a small number.
#pragma once

// MARK: Before a start (start.c)

/// Begins a new command; arguments, readable folders and limits given before are forgotten.
void child_prepare(void);

/// Puts one more byte behind the command; 0 ends an argument. 0 where there is no room left.
int child_argument_byte(int byte);

/// Puts one more byte behind the folders: 0 ends one. The first is where the child starts and may write,
/// the others are those that it may read besides the system's own. 0 where there is no room left.
int child_folder_byte(int byte);

/// Puts one more byte behind the environment: 0 ends one "NAME=value". 0 where there is no room left.
int child_environment_byte(int byte);

/// What a child may use.
enum child_limit {
  child_limit_cpu_seconds,
  child_limit_megabytes,
  child_limit_processes,
  child_limit_files,
  child_limit_file_megabytes,
  /// The first of 45,000 users, of which it becomes one that no other child is; only root can give one, 0 is none.
  child_limit_user,
  /// 1 where every process that lost its parent is taken for something that a child left behind; else
  /// those that run as the child's own user or carry its mark in their environment.
  child_limit_sweeps_all,
  /// How much the files that it writes may take in all, in megabytes, where it can have a folder that is gone
  /// with it; 0 where what it writes is wanted.
  child_limit_folder_megabytes,
  child_limit_count
};

/// Sets a limit for the next start.
void child_set_limit(int limit, long value);

/// Starts the command: the child's number, or minus the system's number for what went wrong.
int child_start(void);

/// What holds a child back.
enum child_cage {
  child_cage_limits = 1,
  child_cage_user = 2,
  child_cage_files = 4,
  child_cage_sockets = 8,
  child_cage_network = 16,
  child_cage_signals = 32,
  /// It sees its own processes only, and they end with it.
  child_cage_processes = 64,
  /// All its files together are bounded.
  child_cage_space = 128
};

/// What holds this child back, one bit each.
int child_cages(int child);

// MARK: While it runs (talk.c)

/// Puts one more byte behind what waits to be written; 0 where there is no room left.
int child_write_byte(int child, int byte);

/// Writes what waits, reading meanwhile, until so many milliseconds have passed; 1 when all is written,
/// 0 when time is over, -1 when nobody reads any more.
int child_flush(int child, int milliseconds);

/// From now on the child has so many milliseconds for what is read next.
void child_expect(int child, int milliseconds);

/// The next byte of the child's output; -1 at its end, -2 when its time is over.
int child_read_byte(int child);

/// Whether something stands in the output that has not been read.
int child_has_output(int child);

/// The bytes kept of what the child wrote to standard error, its end: how many, and each of them.
int child_error_count(int child);
int child_error_byte(int child, int index);

// MARK: Afterwards (finish.c)

/// Ends the child and everything that it started, and forgets it.
///
/// Its exit status if it had ended by itself, 256 + the signal that ended it, or 512 if it was ended here.
int child_finish(int child);

/// Ends all children at once, and lets none be started any more: whoever waits for one is told that it
/// ended. For a process that is about to end itself.
void children_end(void);
