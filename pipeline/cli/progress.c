/* Progress: bytes, speed and time left, on standard error when that is a terminal. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum { LONG_RUN_S = 5, STEP_MS = 250 };

uint64_t cli_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
}

/* Bytes of all inputs, 0 when that is not known without reading: directories, lists, pipes. */
static uint64_t total_bytes(const erz_input_options *o)
{
    uint64_t total = 0;
    struct stat st;
    if (o->files_from != NULL || o->npaths == 0 || (o->shards > 0 && o->npaths > 1)) return 0;
    for (size_t i = 0; i < o->npaths; i++) {
        if (strcmp(o->paths[i], "-") == 0) return 0;
        if (stat(o->paths[i], &st) != 0) continue;
        if (!S_ISREG(st.st_mode)) return 0;
        total += (uint64_t)st.st_size;
    }
    return total;
}

void cli_progress_begin(cli_progress *p, const cli_options *options)
{
    memset(p, 0, sizeof *p);
    p->on = !options->quiet && isatty(STDERR_FILENO) != 0;
    if (!p->on) return;
    p->begin_ns = cli_now();
    p->due_ns = p->begin_ns + (options->progress ? 0 : LONG_RUN_S * UINT64_C(1000000000));
    p->total = total_bytes(&options->input);
}

void cli_progress_draw(cli_progress *p, uint64_t bytes, uint64_t documents)
{
    uint64_t now;
    if (!p->on || (now = cli_now()) < p->due_ns) return;
    p->due_ns = now + STEP_MS * UINT64_C(1000000);
    double seconds = (double)(now - p->begin_ns) / 1e9, speed = seconds > 0 ? (double)bytes / seconds : 0;
    fprintf(stderr, "\r\033[K%" PRIu64 " documents, %.1f MB, %.1f MB/s", documents, (double)bytes / 1e6, speed / 1e6);
    if (p->total > bytes && speed > 0) {
        uint64_t left = (uint64_t)((double)(p->total - bytes) / speed);
        fprintf(stderr, ", %.0f %%, ETA %" PRIu64 ":%02u:%02u", 100.0 * (double)bytes / (double)p->total, left / 3600,
                (unsigned)(left / 60 % 60), (unsigned)(left % 60));
    }
    fflush(stderr);
    p->drawn = true;
}

void cli_progress_clear(cli_progress *p)
{
    if (p->drawn) fputs("\r\033[K", stderr);
    p->drawn = false;
}
