#include "cli.h"

static uint64_t stamp(const cli_run *run)
{
    return run->options->stats != STATS_NONE ? cli_now() : 0;
}

static erz_status work(cli_run *run, erz_extractor *x, const erz_document *doc, erz_buf *out, cli_counts *counts,
                       erz_error *err)
{
    erz_text *text;
    uint64_t begin = stamp(run);
    erz_status status = erz_extractor_tokenize(x, doc, &text, err);
    uint64_t tokenized = stamp(run);
    if (status == ERZ_OK) status = erz_extractor_match(x, text, err);
    uint64_t matched = stamp(run);
    if (status != ERZ_OK) return status;
    cli_count_text(counts, text);
    status = cli_write_text(run->options, text, out, err);
    cli_rules_explained(run->options, x, out);
    counts->tokenize_ns += tokenized - begin;
    counts->match_ns += matched - tokenized;
    counts->write_ns += stamp(run) - matched;
    return status;
}

erz_status cli_write_text(const cli_options *options, const erz_text *text, erz_buf *out, erz_error *err)
{
    erz_status status = options->format == ERZ_FORMAT_TSV ? erz_record_write(text, options->table, options->offsets, out)
                                                          : erz_export_write(text, options->format, options->offsets, out);
    return status == ERZ_OK ? ERZ_OK : erz_fail(err, status, NULL, 0, 0, "out of memory");
}

int cmd_extract(int argc, char **argv)
{
    cli_options options;
    int code = cli_parse(&options, "extract", argc, argv);
    if (code < 0) code = cli_run_documents(&options, options.header ? erz_record_header(options.table) : NULL, work);
    cli_options_free(&options);
    return code;
}
