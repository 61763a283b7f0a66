/* erz schema: the columns of the tables, as TSV or as DDL. */
#include <stdio.h>
#include <string.h>

#include "cli.h"

typedef enum column_type { COLUMN_TEXT, COLUMN_INTEGER, COLUMN_DECIMAL } column_type;
typedef struct column {
    const char *name;
    column_type type;
    const char *content;
} column;

static const column mentions[] = {
    {"doc", COLUMN_TEXT, "document id"},
    {"sent", COLUMN_INTEGER, "sentence number in the document, from 1"},
    {"begin", COLUMN_INTEGER, "offset of the span in the document"},
    {"end", COLUMN_INTEGER, "offset behind the span"},
    {"type", COLUMN_TEXT, "money, percent, company, deal, or the type of a user's rule"},
    {"value", COLUMN_TEXT, "money, percent: decimal number; company: canonical name; deal: its type"},
    {"unit", COLUMN_TEXT, "money: ISO 4217; percent: %, pp, bp, per mille sign; company: legal form; deal: status"},
    {"attrs", COLUMN_TEXT, "key=value joined by ';'"},
    {"text", COLUMN_TEXT, "the span as it stands in the document"},
};
static const column deals[] = {
    {"doc", COLUMN_TEXT, "document id"},
    {"sent", COLUMN_INTEGER, "sentence number in the document, from 1"},
    {"begin", COLUMN_INTEGER, "offset of the span in the document"},
    {"end", COLUMN_INTEGER, "offset behind the span"},
    {"deal", COLUMN_TEXT, "type of the deal"},
    {"status", COLUMN_TEXT, "rumoured, planned, completed, terminated; empty: not told"},
    {"buyer", COLUMN_TEXT, "canonical names joined by ';'"},
    {"target", COLUMN_TEXT, "the same"},
    {"seller", COLUMN_TEXT, "the same"},
    {"parties", COLUMN_TEXT, "the same"},
    {"stake", COLUMN_TEXT, "percent"},
    {"amount", COLUMN_DECIMAL, "price or volume"},
    {"currency", COLUMN_TEXT, "ISO 4217"},
    {"valuation", COLUMN_TEXT, "amount and currency"},
    {"date", COLUMN_TEXT, "date of the deal"},
    {"evidence", COLUMN_TEXT, "the sentence"},
    {"rules", COLUMN_TEXT, "rules that found it"},
    {"stake_before", COLUMN_TEXT, "percent held before the deal"},
};
static const column tokens[] = {
    {"doc", COLUMN_TEXT, "document id"},
    {"sent", COLUMN_INTEGER, "sentence number in the document, from 1"},
    {"begin", COLUMN_INTEGER, "offset of the token in the document"},
    {"end", COLUMN_INTEGER, "offset behind the token"},
    {"class", COLUMN_TEXT, "class of the token; end: closes a document"},
    {"text", COLUMN_TEXT, "the token as it stands in the document"},
    {"gap", COLUMN_TEXT, "characters since the token before"},
    {"stem", COLUMN_TEXT, "only behind erz stem"},
};
static const struct table {
    const char *name;
    const column *columns;
    size_t n;
} tables[] = {
    {"mentions", mentions, sizeof mentions / sizeof *mentions},
    {"deals", deals, sizeof deals / sizeof *deals},
    {"tokens", tokens, sizeof tokens / sizeof *tokens},
};

static void print_tsv(const struct table *t)
{
    static const char *const types[] = {"text", "integer", "decimal"};
    for (size_t i = 0; i < t->n; i++)
        printf("%s\t%zu\t%s\t%s\t%s\n", t->name, i + 1, t->columns[i].name, types[t->columns[i].type], t->columns[i].content);
}

/* "end" is a key word of SQL, so names are quoted. */
static void print_ddl(const struct table *t, bool postgres)
{
    static const char *const types[2][3] = {{"VARCHAR", "BIGINT", "DECIMAL(38, 9)"}, {"text", "bigint", "numeric"}};
    printf("CREATE TABLE erz_%s (\n", t->name);
    for (size_t i = 0; i < t->n; i++)
        printf("    \"%s\" %s%s\n", t->columns[i].name, types[postgres][t->columns[i].type], i + 1 < t->n ? "," : "");
    printf(");\n");
    if (postgres)
        printf("-- \\copy erz_%s from 'FILE.tsv' with (format text, null '')\n", t->name);
    else
        printf("-- COPY erz_%s FROM 'FILE.tsv' (DELIMITER '\\t', HEADER false, QUOTE '', ESCAPE '', NULLSTR '');\n", t->name);
}

static int usage(FILE *to, int code)
{
    fputs("usage: erz schema [mentions|deals|tokens] [tsv|postgres|duckdb]\n", to);
    return code;
}

int cmd_schema(int argc, char **argv)
{
    static const char *const forms[] = {"tsv", "postgres", "duckdb"};
    int table = -1, form = 0;
    for (int i = 1; i < argc; i++) {
        bool known = false;
        if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) return usage(stdout, 0);
        for (int k = 0; k < 3; k++) {
            if (strcmp(argv[i], tables[k].name) == 0) table = k, known = true;
            if (strcmp(argv[i], forms[k]) == 0) form = k, known = true;
        }
        if (!known) return usage(stderr, EXIT_USAGE);
    }
    for (int k = 0; k < 3; k++) {
        if (table >= 0 && k != table) continue;
        if (form == 0)
            print_tsv(&tables[k]);
        else
            print_ddl(&tables[k], form == 1);
    }
    return cli_flush();
}
