/* --stats: what was read, found and met, how fast, and where the time went. */
#include <inttypes.h>
#include <stdio.h>

#include "cli.h"

static const char *const type_names[CLI_TYPES] = {"money", "percent", "company", "deal", "other"};

void cli_count_text(cli_counts *counts, const erz_text *text)
{
    counts->tokens += text->tokens.n;
    counts->sentences += text->tokens.nsent;
    counts->records += text->nmentions;
    for (size_t i = 0; i < text->nmentions; i++)
        counts->types[text->mentions[i].type < ERZ_USER ? text->mentions[i].type : ERZ_USER]++;
}

void cli_counts_add(cli_counts *sum, const cli_counts *more)
{
    sum->documents += more->documents;
    sum->tokens += more->tokens;
    sum->sentences += more->sentences;
    sum->records += more->records;
    for (size_t i = 0; i < CLI_TYPES; i++) sum->types[i] += more->types[i];
    sum->tokenize_ns += more->tokenize_ns;
    sum->match_ns += more->match_ns;
    sum->write_ns += more->write_ns;
}

typedef struct line {
    const char *name;
    uint64_t value;
} line;

static void print_object(const char *name, const line *lines, size_t n)
{
    fprintf(stderr, "\"%s\":{", name);
    for (size_t i = 0; i < n; i++) fprintf(stderr, "%s\"%s\":%" PRIu64, i > 0 ? "," : "", lines[i].name, lines[i].value);
    fputs("}", stderr);
}

static void print_lines(const char *name, const line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) fprintf(stderr, "%-12s %-18s %14" PRIu64 "\n", name, lines[i].name, lines[i].value);
}

void cli_stats_print(const cli_run *run, const erz_input_counts *input)
{
    static const erz_input_counts none;
    const cli_counts *c = &run->counts;
    const erz_input_counts *in = input != NULL ? input : &none;
    double seconds = (double)(cli_now() - run->begin_ns) / 1e9, speed = seconds > 0 ? (double)in->bytes / 1e6 / seconds : 0;
    line types[CLI_TYPES];
    for (size_t i = 0; i < CLI_TYPES; i++) types[i] = (line){type_names[i], c->types[i]};
    const line done[] = {{"inputs", in->inputs},       {"documents", c->documents},     {"bytes", in->bytes},
                         {"raw_bytes", in->raw_bytes}, {"sentences", c->sentences},     {"tokens", c->tokens},
                         {"records", c->records},      {"output_bytes", run->out.bytes}};
    const line bad[] = {
        {"unreadable", in->unreadable},   {"bad_records", in->bad_records}, {"broken_documents", in->broken_documents},
        {"broken_sequences", in->broken}, {"converted", in->converted},     {"mixed_encodings", in->mixed},
        {"mojibake", in->mojibake},       {"sectioned", in->sectioned}};
    const line stages[] = {{"read", run->read_ns / 1000},
                           {"tokenize", c->tokenize_ns / 1000},
                           {"match", c->match_ns / 1000},
                           {"write", c->write_ns / 1000}};
    const size_t ndone = sizeof done / sizeof *done, nbad = sizeof bad / sizeof *bad;
    if (run->options->stats == STATS_JSON) {
        fputs("{", stderr);
        print_object("done", done, ndone);
        fputs(",", stderr);
        print_object("types", types, CLI_TYPES);
        fputs(",", stderr);
        print_object("input", bad, nbad);
        fputs(",", stderr);
        print_object("stage_us", stages, 4);
        fprintf(stderr, ",\"seconds\":%.6f,\"mb_per_s\":%.3f}\n", seconds, speed);
        return;
    }
    print_lines("done", done, ndone);
    print_lines("type", types, CLI_TYPES);
    print_lines("input", bad, nbad);
    print_lines("stage (us)", stages, 4);
    fprintf(stderr, "%-12s %-18s %14.3f\n%-12s %-18s %14.3f\n", "time", "seconds", seconds, "speed", "MB/s", speed);
}
