/* --rules, --explain, --profile. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "cli.h"
#include "erz/compile.h"
#include "erz/match.h"

static erz_status add_files(const cli_options *options, erz_rules *rules, erz_error *err)
{
    erz_status status = ERZ_OK;
    for (size_t i = 0; i < options->nrules && status == ERZ_OK; i++) {
        char *data;
        size_t len;
        status = erz_source_read(options->rules[i], &data, &len, err);
        if (status != ERZ_OK) return ERZ_E_RULE; /* with the message of the read */
        status = erz_rules_add(rules, options->rules[i], data, len, err);
        free(data);
    }
    return status;
}

uint64_t cli_rules_hash(const cli_options *options)
{
    uint64_t hash = options->nrules;
    for (size_t i = 0; i < options->nrules; i++) {
        char *data;
        size_t len;
        if (erz_source_read(options->rules[i], &data, &len, NULL) != ERZ_OK) continue;
        hash = erz_hash(data, len, hash);
        free(data);
    }
    return hash;
}

erz_status cli_rules_check(const cli_options *options, const erz_model *model, erz_error *err)
{
    if (options->nrules == 0) return ERZ_OK;
    erz_rules *rules;
    erz_status status = erz_rules_new(model, &rules, err);
    if (status != ERZ_OK) return status;
    status = add_files(options, rules, err);
    erz_rules_free(rules);
    return status;
}

erz_status cli_rules_setup(const cli_options *options, erz_extractor *x, erz_error *err)
{
    erz_rules *rules = erz_extractor_rules(x);
    if (options->explain) erz_rules_explain(rules);
    if (options->profile) erz_rules_time(rules);
    return add_files(options, rules, err);
}

void cli_rules_explained(const cli_options *options, erz_extractor *x, erz_buf *out)
{
    size_t len;
    if (!options->explain) return;
    const char *lines = erz_rules_explained(erz_extractor_rules(x), &len);
    if (len > 0) erz_buf_add(out, lines, len);
}

bool cli_rules_count(cli_run *run, erz_extractor *x)
{
    if (!run->options->profile || x == NULL) return true;
    const erz_rules *rules = erz_extractor_rules(x);
    erz_rule_profile p;
    for (size_t i = 0; erz_rules_profile(rules, i, &p); i++) {
        if (!erz_grow(&run->profile, &run->cap_profile, i + 1, sizeof *run->profile)) return false;
        if (i == run->nprofile) run->profile[run->nprofile++] = (cli_profile){"", 0, 0, 0, 0};
        cli_profile *sum = &run->profile[i];
        snprintf(sum->name, sizeof sum->name, "%s", p.name);
        sum->tried += p.tried;
        sum->matched += p.matched;
        sum->limited += p.limited;
        sum->ns += p.ns;
    }
    return true;
}

static int by_time(const void *a, const void *b)
{
    const cli_profile *x = a, *y = b;
    if (x->ns != y->ns) return x->ns > y->ns ? -1 : 1;
    return strcmp(x->name, y->name);
}

void cli_rules_print(cli_run *run)
{
    if (!run->options->profile) return;
    fputs("rule\tsentences\tmatches\tlimited\tms\n", stderr);
    if (run->nprofile > 1) qsort(run->profile, run->nprofile, sizeof *run->profile, by_time);
    for (size_t i = 0; i < run->nprofile; i++) {
        const cli_profile *p = &run->profile[i];
        if (p->tried > 0)
            fprintf(stderr, "%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%.3f\n", p->name, p->tried, p->matched, p->limited,
                    (double)p->ns / 1e6);
    }
    free(run->profile);
    run->profile = NULL;
}
