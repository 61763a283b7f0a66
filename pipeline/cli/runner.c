/* Workers over batches. Each worker reads the next batch under the input lock, works on it alone and parks its output in a
 * ring; whoever completes the batch whose turn it is writes it and all that wait behind it. So output keeps the order of the
 * input, a slow batch holds up nobody until the ring is full, and memory is bounded by the ring. */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { RING_PER_THREAD = 4 };

typedef struct slot {
    erz_buf out;
    erz_position position; /* of the input behind the batch */
    bool done;
    bool last; /* --fail-fast: nothing is written behind it */
} slot;

typedef struct runner {
    cli_run run;
    erz_input_options options; /* of the input */
    cli_work *work;
    erz_input *input;
    pthread_mutex_t read_lock, lock;
    pthread_cond_t turn;
    slot *ring;
    size_t ring_size;
    uint64_t next_read, next_write;
    bool writing, stop;
    cli_journal journal;
    cli_progress progress;
    uint64_t raw_bytes; /* read so far, for progress */
    erz_status status;  /* first failure that ends the run */
    erz_error err;
} runner;

static void fail(runner *r, erz_status status, const erz_error *err)
{
    pthread_mutex_lock(&r->lock);
    if (r->status == ERZ_OK) {
        r->status = status;
        r->err = *err;
    }
    r->stop = true;
    pthread_cond_broadcast(&r->turn);
    pthread_mutex_unlock(&r->lock);
}

static void report(void *context, const erz_error *err)
{
    runner *r = context;
    pthread_mutex_lock(&r->lock);
    r->run.bad_input |= err->status != ERZ_OK;
    r->run.failed_input |= err->status == ERZ_E_IO;
    cli_progress_clear(&r->progress);
    if (!r->run.options->quiet) cli_message(err);
    pthread_mutex_unlock(&r->lock);
}

/* Write what is due. Called with the lock held; writing itself happens outside of it. */
static void write_due(runner *r)
{
    while (!r->writing && !r->stop) {
        slot *s = &r->ring[r->next_write % r->ring_size];
        if (!s->done) return;
        r->writing = true;
        pthread_mutex_unlock(&r->lock);
        erz_error err;
        erz_status status = cli_output_write(&r->run.out, s->out.data, s->out.len, &err);
        if (status == ERZ_OK) status = cli_journal_write(&r->journal, &r->run, &s->position, &err);
        if (status != ERZ_OK) fail(r, status, &err);
        pthread_mutex_lock(&r->lock);
        cli_progress_draw(&r->progress, r->raw_bytes, r->run.counts.documents);
        r->writing = false;
        r->stop |= r->run.out.closed_pipe || s->last;
        s->done = false;
        r->next_write++;
        pthread_cond_broadcast(&r->turn);
    }
}

static erz_status work_batch(runner *r, erz_extractor *x, const erz_batch *batch, slot *s, cli_counts *counts, erz_error *err)
{
    s->out.len = 0;
    s->last = false;
    erz_batch_position(batch, &s->position);
    for (size_t i = 0; i < erz_batch_count(batch); i++) {
        const erz_document *doc = erz_batch_document(batch, i);
        erz_status status = r->work(&r->run, x, doc, &s->out, counts, err);
        counts->documents += doc->last;
        if (status == ERZ_E_INPUT || status == ERZ_E_UTF8 || status == ERZ_E_LIMIT) {
            if (err->file[0] == '\0')
                strncpy(err->file, doc->id, doc->id_len < sizeof err->file - 1 ? doc->id_len : sizeof err->file - 1);
            report(r, err);
            s->last = r->run.options->fail_fast;
            if (s->last) return ERZ_OK;
        } else if (status != ERZ_OK) {
            return status;
        }
    }
    return ERZ_OK;
}

/* Read the next batch when there is room for its output. Called with the read lock held. */
static erz_status next_batch(runner *r, erz_batch *batch, uint64_t *number, erz_error *err)
{
    pthread_mutex_lock(&r->lock);
    while (r->next_read - r->next_write >= r->ring_size && !r->stop) pthread_cond_wait(&r->turn, &r->lock);
    bool stop = r->stop || cli_signal() != 0;
    pthread_mutex_unlock(&r->lock);
    uint64_t begin = r->run.options->stats != STATS_NONE ? cli_now() : 0;
    erz_status status = stop ? ERZ_END : erz_input_read(r->input, batch, err);
    if (begin != 0) r->run.read_ns += cli_now() - begin;
    *number = r->next_read;
    if (status == ERZ_OK) r->next_read++;
    return status;
}

/* One batch: false when there is nothing more to do. The sections of a document go through one extractor in order, so the
 * read lock is kept (*keep) until the last of them is done. */
static bool turn(runner *r, erz_extractor *x, erz_batch *batch, bool *keep)
{
    erz_error err;
    uint64_t number;
    if (!*keep) pthread_mutex_lock(&r->read_lock);
    erz_status status = next_batch(r, batch, &number, &err);
    *keep = status == ERZ_OK && !erz_batch_document(batch, erz_batch_count(batch) - 1)->last;
    uint64_t raw_bytes = 0;
    if (r->progress.on) {
        erz_input_counts counts;
        erz_input_count(r->input, &counts);
        raw_bytes = counts.raw_bytes;
    }
    if (!*keep) pthread_mutex_unlock(&r->read_lock);
    if (status == ERZ_END) return false;
    cli_counts counts = {0};
    slot *s = &r->ring[number % r->ring_size];
    if (status == ERZ_OK) status = work_batch(r, x, batch, s, &counts, &err);
    if (status != ERZ_OK) {
        fail(r, status, &err);
        return false;
    }
    pthread_mutex_lock(&r->lock);
    s->done = true;
    cli_counts_add(&r->run.counts, &counts);
    if (raw_bytes > r->raw_bytes) r->raw_bytes = raw_bytes;
    write_due(r);
    pthread_mutex_unlock(&r->lock);
    return true;
}

static void *worker(void *context)
{
    runner *r = context;
    erz_error err;
    erz_extractor *x = NULL;
    erz_batch *batch = NULL;
    erz_status status = erz_extractor_new(r->run.model, r->run.options->kernel, &x, &err);
    if (status == ERZ_OK) status = cli_rules_setup(r->run.options, x, &err);
    if (status == ERZ_OK) status = erz_batch_new(&batch, &err);
    if (status != ERZ_OK) fail(r, status, &err);
    bool keep = false;
    while (status == ERZ_OK && turn(r, x, batch, &keep)) {
    }
    if (keep) pthread_mutex_unlock(&r->read_lock);
    pthread_mutex_lock(&r->lock);
    cli_rules_count(&r->run, x);
    pthread_mutex_unlock(&r->lock);
    erz_batch_free(batch);
    erz_extractor_free(x);
    return NULL;
}

/* Several workers have threads of their own, which leave signals to the main thread: it only waits for them. */
static void run_workers(runner *r, unsigned threads)
{
    pthread_t *ids = threads > 1 ? calloc(threads, sizeof *ids) : NULL;
    unsigned started = 0;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (ids != NULL)
        while (started < threads && pthread_create(&ids[started], NULL, worker, r) == 0) started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started == 0) worker(r);
    for (unsigned i = 0; i < started; i++) pthread_join(ids[i], NULL);
    free(ids);
}

static unsigned thread_count(const cli_options *options)
{
    if (options->threads != 0) return options->threads;
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

static erz_status open_output(runner *r, const cli_options *options, erz_input_options *input)
{
    if (!options->resume) return cli_output_open(&r->run.out, options->output, &r->err);
    erz_status status = cli_journal_open(&r->journal, options, r->run.model, &r->run.out, &r->err);
    if (status != ERZ_OK || !r->journal.resumed) return status;
    r->run.bad_input = r->journal.bad;
    r->run.failed_input = r->journal.failed;
    r->run.counts.records = r->journal.records;
    input->start = &r->journal.position;
    return ERZ_OK;
}

static erz_status open_all(runner *r, const cli_options *options, const char *header, unsigned threads)
{
    r->run.options = options;
    r->run.begin_ns = cli_now();
    r->ring_size = (size_t)threads * RING_PER_THREAD;
    r->ring = calloc(r->ring_size, sizeof *r->ring);
    if (r->ring == NULL) return erz_fail(&r->err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    erz_status status = cli_model_open(options, &r->run.model, &r->err);
    if (status == ERZ_E_OPEN) status = ERZ_E_MODEL;
    if (status == ERZ_OK) status = cli_rules_check(options, r->run.model, &r->err);
    erz_input_options *input = &r->options;
    *input = options->input;
    input->report = report;
    input->report_context = r;
    input->verbose = options->verbose;
    input->stop_fd = cli_signals_catch();
    if (status == ERZ_OK) status = open_output(r, options, input);
    if (status == ERZ_OK && r->journal.done) return ERZ_END;
    if (status == ERZ_OK) status = erz_input_open(input, &r->input, &r->err);
    if (status == ERZ_OK && header != NULL && r->run.out.bytes == 0)
        status = cli_output_write(&r->run.out, header, strlen(header), &r->err);
    cli_progress_begin(&r->progress, options, input);
    return status;
}

/* What the format puts behind the last document. */
static void write_end(runner *r)
{
    erz_buf end = {0};
    erz_export_end(r->run.options->format, &end);
    if (end.failed) r->status = erz_fail(&r->err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    if (end.len > 0 && r->status == ERZ_OK) r->status = cli_output_write(&r->run.out, end.data, end.len, &r->err);
    erz_buf_free(&end);
}

/* Give the output its name, or leave it as it was: for --resume the part written so far stays. */
static void close_output(runner *r)
{
    erz_error err;
    bool whole = r->status == ERZ_OK && cli_signal() == 0 && !(r->run.bad_input && r->run.options->fail_fast);
    if (whole) write_end(r);
    bool keep_part = !whole && r->journal.path != NULL;
    erz_status status = cli_output_close(&r->run.out, whole && r->status == ERZ_OK, keep_part, &err);
    cli_journal_close(&r->journal, whole && status == ERZ_OK && r->status == ERZ_OK);
    if (r->status != ERZ_OK || status == ERZ_OK) return;
    r->status = status;
    r->err = err;
}

int cli_run_code(const cli_run *run, erz_status status)
{
    if (status != ERZ_OK) return cli_exit_status(status);
    if (run->failed_input) return EXIT_IO;
    if (run->bad_input) return EXIT_BAD_INPUT;
    return run->options->exit_status && run->counts.records == 0 ? EXIT_NOTHING : 0;
}

static void free_all(runner *r)
{
    for (size_t i = 0; r->ring != NULL && i < r->ring_size; i++) erz_buf_free(&r->ring[i].out);
    free(r->ring);
    erz_input_close(r->input);
    erz_model_close(r->run.model);
    pthread_mutex_destroy(&r->read_lock);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->turn);
}

int cli_run_documents(const cli_options *options, const char *header, cli_work *work)
{
    runner r;
    memset(&r, 0, sizeof r);
    r.work = work;
    r.run.out.fd = -1;
    pthread_mutex_init(&r.read_lock, NULL);
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.turn, NULL);
    unsigned threads = thread_count(options);
    r.status = open_all(&r, options, header, threads);
    if (r.status == ERZ_END) {
        r.status = ERZ_OK; /* all was written by the run before */
    } else if (r.status == ERZ_OK) {
        run_workers(&r, threads);
        cli_progress_end(&r.progress);
    }
    close_output(&r);
    if (r.status != ERZ_OK) cli_message(&r.err);
    if (options->stats != STATS_NONE && r.input != NULL) {
        erz_input_counts counts;
        erz_input_count(r.input, &counts);
        cli_stats_print(&r.run, &counts);
    }
    cli_rules_print(&r.run);
    int code = cli_run_code(&r.run, r.status);
    free_all(&r);
    if (r.status == ERZ_OK) cli_signal_raise();
    return code;
}
