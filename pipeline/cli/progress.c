/* Progress: bytes, speed and time left, on standard error when that is a terminal. */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
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

/* Adds up the inputs' sizes beside the workers; unknown when one of them is no file. */
static void *measure(void *context)
{
    cli_progress *p = context;
    erz_measure *m = NULL;
    uint64_t total = 0, bytes;
    erz_status status = erz_measure_new(p->input, &m, NULL);
    while (status == ERZ_OK && !atomic_load(&p->stop) && (status = erz_measure_next(m, &bytes, NULL)) == ERZ_OK) total += bytes;
    if (status == ERZ_END) atomic_store(&p->total, total);
    erz_measure_free(m);
    return NULL;
}

static void start_measuring(cli_progress *p)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    p->measuring = pthread_create(&p->measurer, NULL, measure, p) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void cli_progress_begin(cli_progress *p, const cli_options *options, const erz_input_options *input)
{
    p->on = !options->quiet && isatty(STDERR_FILENO) != 0;
    if (!p->on) return;
    p->input = input;
    p->begin_ns = cli_now();
    p->due_ns = p->begin_ns + (options->progress ? 0 : LONG_RUN_S * UINT64_C(1000000000));
}

void cli_progress_draw(cli_progress *p, uint64_t bytes, uint64_t documents)
{
    uint64_t now;
    if (!p->on || (now = cli_now()) < p->due_ns) return;
    if (!p->measuring) start_measuring(p);
    p->due_ns = now + STEP_MS * UINT64_C(1000000);
    double seconds = (double)(now - p->begin_ns) / 1e9, speed = seconds > 0 ? (double)bytes / seconds : 0;
    fprintf(stderr, "\r\033[K%" PRIu64 " documents, %.1f MB, %.1f MB/s", documents, (double)bytes / 1e6, speed / 1e6);
    uint64_t total = atomic_load(&p->total);
    if (total > bytes && speed > 0) {
        uint64_t left = (uint64_t)((double)(total - bytes) / speed);
        fprintf(stderr, ", %.0f %%, ETA %" PRIu64 ":%02u:%02u", 100.0 * (double)bytes / (double)total, left / 3600,
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

void cli_progress_end(cli_progress *p)
{
    cli_progress_clear(p);
    if (!p->measuring) return;
    atomic_store(&p->stop, true);
    pthread_join(p->measurer, NULL);
    p->measuring = p->on = false;
}
