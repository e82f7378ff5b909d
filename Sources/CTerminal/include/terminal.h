// What Swift cannot say without pointers: widths of terminals, single bytes, a pager, a screen whose
// keys are read one by one. Numbers in, numbers out.
#pragma once

// MARK: Streams (streams.c)

/// The columns of the terminal behind a descriptor; 0 where there is none.
int terminal_columns(int descriptor);

/// The rows of the terminal behind a descriptor; 0 where there is none.
int terminal_rows(int descriptor);

/// The next byte of standard input; -1 at its end or where it cannot be read.
int input_byte(void);

/// Whether standard input ended in an error.
int input_failed(void);

/// The next byte behind a descriptor; -1 at its end, -2 where it cannot be read.
int descriptor_byte(int descriptor);

/// Whether something written to standard output was lost, a reader that went away excepted.
int output_failed(void);

/// Hands what was printed to whoever reads standard output.
void output_flush(void);

/// Writes one byte to standard error.
void terminal_complain(int byte);

// MARK: The pager (pager.c)

/// Puts one more byte behind the command of the pager; 0 where it has become too long.
int pager_command_byte(int byte);

/// Starts the command as a pager behind standard output; 0 where there is no such program.
int pager_start(void);

/// Closes standard output for the pager, waits for it, and gives the terminal back.
///
/// The pager's exit status; 127 where the shell did not find it.
int pager_finish(void);

// MARK: A screen (screen.c)

/// Takes the terminal over: keys one by one, no echo, the other screen; 0 where that cannot be.
///
/// A signal that ends or stops the process gives the terminal back first.
int screen_open(void);

/// Gives the terminal back as it was; does nothing where it was not taken.
void screen_close(void);

/// The next byte typed; -1 where nobody types any more, -2 where the page has to be drawn anew, -3
/// where nothing came for so many milliseconds (negative: wait for ever).
int screen_byte(int milliseconds);

// MARK: Interrupts (interrupts.c)

/// From now on the first signal that asks for an end is noted; the second ends the process.
void interrupts_catch(void);

/// From now on a signal that asks for an end ends the process at once, with status 128 and its number.
void interrupts_end(void);

/// The signal that asked for an end; 0 where none did.
int interrupts_noted(void);
