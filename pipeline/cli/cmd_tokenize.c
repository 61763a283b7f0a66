#include "cli.h"

static erz_status work(cli_run *run, erz_extractor *x, const erz_document *doc, erz_buf *out, cli_counts *counts,
                       erz_error *err)
{
    erz_text *text;
    erz_status status = erz_extractor_tokenize(x, doc, &text, err);
    if (status != ERZ_OK) return status;
    cli_count_text(counts, text);
    counts->records = counts->tokens;
    if (run->options->split_hyphens && !cli_split_hyphens(text))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    status = run->options->text ? erz_tokens_write_text(text, out) : erz_tokens_write(text, false, out);
    return status == ERZ_OK ? ERZ_OK : erz_fail(err, status, NULL, 0, 0, "out of memory");
}

int cmd_tokenize(int argc, char **argv)
{
    cli_options options;
    int code = cli_parse(&options, "tokenize", argc, argv);
    if (code < 0) {
        const char *header = options.header && !options.text ? "doc\tsent\tbegin\tend\tclass\ttext\tgap\n" : NULL;
        code = cli_run_documents(&options, header, work);
    }
    cli_options_free(&options);
    return code;
}
