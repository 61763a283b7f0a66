#include "cli.h"

static erz_status work(cli_run *run, erz_extractor *x, const erz_document *doc, erz_buf *out, uint64_t *records, erz_error *err)
{
    erz_text *text;
    erz_status status = erz_extractor_run(x, doc, &text, err);
    if (status != ERZ_OK) return status;
    *records += text->nmentions;
    status = erz_record_write(text, run->options->table, run->options->offsets, out);
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
