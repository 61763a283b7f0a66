#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "erz/stream.h"
#include "lines.h"

enum { OUTPUT_BLOCK = 1 << 18 };

typedef struct matcher {
    const cli_options *options;
    cli_lines lines;
    erz_model *model;
    erz_extractor *extractor;
    erz_stream *stream;
    erz_buf out;
    cli_run run;
} matcher;

static void report(matcher *m, erz_error *err)
{
    strcpy(err->file, "-");
    err->line = m->lines.number;
    if (!m->options->quiet) cli_message(err);
    m->run.bad_input = true;
}

static erz_status take_line(matcher *m, char *line, size_t len, erz_error *err)
{
    erz_row row;
    erz_text *text = NULL;
    erz_status status = erz_row_parse(line, len, &row, err);
    if (status == ERZ_OK && row.stem == NULL && row.cls != ERZ_TOKEN_END)
        return erz_fail(err, ERZ_E_USAGE, "-", m->lines.number, 0,
                        "the stream has no stems: erz tokenize | erz stem | erz match");
    if (status == ERZ_OK) status = erz_stream_add(m->stream, &row, &text, err);
    if (status == ERZ_OK && text != NULL) {
        m->run.counts.documents += text->doc->last;
        cli_count_text(&m->run.counts, text);
        status = cli_write_text(m->options, text, &m->out, err);
        cli_rules_explained(m->options, m->extractor, &m->out);
    }
    if (status != ERZ_E_INPUT) return status;
    report(m, err);
    return ERZ_OK;
}

static erz_status match_all(matcher *m, erz_error *err)
{
    char *line;
    size_t len;
    erz_status status = ERZ_OK;
    if (m->options->header) erz_buf_str(&m->out, erz_record_header(m->options->table));
    while (status == ERZ_OK && !m->run.out.closed_pipe && (status = cli_lines_next(&m->lines, &line, &len, err)) == ERZ_OK) {
        if (m->lines.number == 1 && len > 9 && memcmp(line, "doc\tsent\t", 9) == 0) continue;
        status = take_line(m, line, len, err);
        if (status == ERZ_OK && (m->out.len > OUTPUT_BLOCK || (m->out.len > 0 && cli_lines_blocks(&m->lines)))) {
            status = cli_output_write(&m->run.out, m->out.data, m->out.len, err);
            m->out.len = 0;
        }
    }
    if (status == ERZ_END || status == ERZ_OK) erz_export_end(m->options->format, &m->out);
    if (status == ERZ_END || status == ERZ_OK) status = cli_output_write(&m->run.out, m->out.data, m->out.len, err);
    if (status == ERZ_OK && !m->run.out.closed_pipe && cli_signal() == 0 && erz_stream_open(m->stream)) {
        erz_error e;
        erz_fail(&e, ERZ_E_INPUT, NULL, 0, 0, "the stream ends inside a document: its 'end' row is missing");
        report(m, &e);
    }
    return status;
}

static int run(const cli_options *options)
{
    matcher m;
    memset(&m, 0, sizeof m);
    m.options = m.run.options = options;
    m.run.begin_ns = cli_now();
    m.lines.stop_fd = cli_signals_catch();
    m.lines.fd = STDIN_FILENO;
    m.lines.read_size = options->input.read_size ? options->input.read_size : 1 << 20;
    erz_error err;
    erz_status status = cli_model_open(options, &m.model, &err);
    if (status == ERZ_OK) status = erz_extractor_new(m.model, options->kernel, &m.extractor, &err);
    if (status == ERZ_OK) status = cli_rules_setup(options, m.extractor, &err);
    if (status == ERZ_OK) status = erz_stream_new(m.extractor, &m.stream, &err);
    if (status == ERZ_OK) status = cli_output_open(&m.run.out, options->output, &err);
    if (status == ERZ_OK) {
        status = match_all(&m, &err);
        erz_status closed =
            cli_output_close(&m.run.out, status == ERZ_OK && cli_signal() == 0, false, status == ERZ_OK ? &err : NULL);
        if (status == ERZ_OK) status = closed;
    }
    if (status != ERZ_OK) cli_message(&err);
    if (options->stats != STATS_NONE) cli_stats_print(&m.run, NULL);
    cli_rules_count(&m.run, m.extractor);
    cli_rules_print(&m.run);
    erz_stream_free(m.stream);
    erz_extractor_free(m.extractor);
    erz_model_close(m.model);
    erz_buf_free(&m.out);
    erz_buf_free(&m.lines.buf);
    if (status == ERZ_OK) cli_signal_raise();
    return status == ERZ_E_OPEN ? EXIT_USAGE : cli_run_code(&m.run, status);
}

int cmd_match(int argc, char **argv)
{
    cli_options options;
    int code = cli_parse(&options, "match", argc, argv);
    if (code < 0) code = run(&options);
    cli_options_free(&options);
    return code;
}
