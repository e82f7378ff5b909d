#include "libfuzzer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { most_outcomes = 256, most_letters = 80, most_of_a_kind = 8 };

static struct {
  char name[most_letters];
  unsigned long count;
} outcomes[most_outcomes];
static int outcome_count;

static void print_outcomes(void) {
  for (int i = 0; i < outcome_count; i++)
    fprintf(stderr, "outcome %10lu  %s\n", outcomes[i].count, outcomes[i].name);
}

void fuzz_tally(const char *outcome) {
  for (int i = 0; i < outcome_count; i++)
    if (strncmp(outcomes[i].name, outcome, most_letters - 1) == 0) {
      outcomes[i].count++;
      return;
    }
  if (outcome_count == 0) atexit(print_outcomes);
  if (outcome_count == most_outcomes) return;
  snprintf(outcomes[outcome_count].name, most_letters, "%s", outcome);
  outcomes[outcome_count++].count = 1;
}

void fuzz_finding(const char *kind, const char *message, const uint8_t *data, size_t size) {
  const char *folder = getenv("FUZZ_FINDINGS");
  if (folder == NULL) {
    fprintf(stderr, "FINDING %s: %s\n", kind, message);
    abort();
  }
  for (int number = 0; number < most_of_a_kind; number++) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s-%d.json", folder, kind, number);
    FILE *file = fopen(path, "wx");  // x: not where one exists
    if (file == NULL) continue;
    fwrite(data, 1, size, file);
    fclose(file);
    fprintf(stderr, "FINDING %s: %s\n  kept as %s\n", kind, message, path);
    return;
  }
}
