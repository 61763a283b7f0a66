#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "erz/stream.h"
#include "lines.h"
#include "record/escape.h"

enum { WORD_LIMIT = 98304, OUTPUT_BLOCK = 1 << 18 };

/* The row as it came, with the stem behind it. */
static erz_status stem_line(cli_counts *counts, erz_words *words, char *line, size_t len, erz_buf *out, erz_error *err)
{
    erz_buf_add(out, line, len);
    erz_row row;
    erz_status status = erz_row_parse(line, len, &row, err);
    if (status != ERZ_OK) return status;
    if (row.stem != NULL) return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "the stream has stems already");
    counts->tokens += row.cls != ERZ_TOKEN_END;
    counts->documents += row.cls == ERZ_TOKEN_END && row.sent == 0;
    erz_buf_char(out, '\t');
    if (row.cls != ERZ_TOKEN_END) {
        uint32_t index;
        status = erz_words_intern(words, row.text, row.text_len, (uint8_t)row.cls, ERZ_SHAPE_UNKNOWN, NULL, 0, &index, err);
        if (status != ERZ_OK) return status;
        size_t stem_len;
        const char *stem = erz_words_stem(words, index, &stem_len);
        if (stem == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        record_escape(out, stem, stem_len);
        erz_words_trim(words);
    }
    erz_buf_char(out, '\n');
    return ERZ_OK;
}

static erz_status stem_all(cli_run *run, erz_error *err)
{
    const cli_options *options = run->options;
    cli_output *output = &run->out;
    cli_lines lines = {.fd = STDIN_FILENO,
                       .stop_fd = cli_signals_catch(),
                       .read_size = options->input.read_size ? options->input.read_size : 1 << 20};
    erz_buf out = {0};
    erz_words *words = NULL;
    char *line;
    size_t len;
    erz_status status = erz_words_new(NULL, WORD_LIMIT, &words, err);
    while (status == ERZ_OK && !output->closed_pipe && (status = cli_lines_next(&lines, &line, &len, err)) == ERZ_OK) {
        if (lines.number == 1 && len > 9 && memcmp(line, "doc\tsent\t", 9) == 0) {
            erz_buf_printf(&out, "%s\tstem\n", line);
            continue;
        }
        size_t before = out.len;
        status = stem_line(&run->counts, words, line, len, &out, err);
        if (status == ERZ_E_INPUT) {
            strcpy(err->file, "-");
            err->line = lines.number;
            if (!options->quiet) cli_message(err);
            run->bad_input = true;
            out.len = before;
            status = ERZ_OK;
        }
        if (status == ERZ_OK && out.failed) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
        if (status == ERZ_OK && (out.len > OUTPUT_BLOCK || cli_lines_blocks(&lines))) {
            status = cli_output_write(output, out.data, out.len, err);
            out.len = 0;
        }
    }
    if (status == ERZ_END || status == ERZ_OK) status = cli_output_write(output, out.data, out.len, err);
    erz_words_free(words);
    erz_buf_free(&out);
    erz_buf_free(&lines.buf);
    return status;
}

int cmd_stem(int argc, char **argv)
{
    cli_options options;
    int code = cli_parse(&options, "stem", argc, argv);
    if (code < 0) {
        erz_error err;
        cli_run run;
        memset(&run, 0, sizeof run);
        run.options = &options;
        run.begin_ns = cli_now();
        erz_status status = cli_output_open(&run.out, options.output, &err);
        if (status == ERZ_OK) {
            status = stem_all(&run, &err);
            erz_status closed =
                cli_output_close(&run.out, status == ERZ_OK && cli_signal() == 0, false, status == ERZ_OK ? &err : NULL);
            if (status == ERZ_OK) status = closed;
        }
        run.counts.records = run.counts.tokens;
        if (status != ERZ_OK) cli_message(&err);
        if (options.stats != STATS_NONE) cli_stats_print(&run, NULL);
        if (status == ERZ_OK) cli_signal_raise();
        code = status != ERZ_OK ? cli_exit_status(status) : run.bad_input ? EXIT_BAD_INPUT : 0;
    }
    cli_options_free(&options);
    return code;
}
