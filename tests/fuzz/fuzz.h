/* A fuzz target is one function; libFuzzer or replay.c calls it. Build with -DFUZZ_TARGET=name for a single program. */
#ifndef ERZ_TESTS_FUZZ_H
#define ERZ_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* The model that was built with the program; ends the program when it cannot be opened. */
struct erz_model *fuzz_model(void);
/* A broken promise: print and abort. */
void fuzz_fail(const char *what);
/* The data as a file that can be opened by name. */
const char *fuzz_file(const uint8_t *data, size_t size);

#endif
