/* Companies: units, evidence, labels, mentions. */
#include <stdlib.h>

#include "base/buf.h"
#include "erz/compile.h"
#include "erz/match.h"
#include "match/company.h"

static const char section_name[] = "company.crf";

erz_status erz_companies_new(const erz_model *model, erz_companies **out, erz_error *err)
{
    erz_companies *c = calloc(1, sizeof *c);
    if (c == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    c->model = model;
    c->lexicon = erz_model_lexicon(model);
    company_lists_open(&c->lists, c->lexicon);
    size_t len;
    const void *data = erz_model_section(model, section_name, &len);
    if (data != NULL && !crf_open(&c->crf, data, len)) {
        free(c);
        return erz_fail(err, ERZ_E_MODEL, erz_model_path(model), 0, 0, "section %s is damaged", section_name);
    }
    company_tagger_open(c);
    c->memory = crf_memory_new();
    if (c->memory == NULL) {
        free(c);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    *out = c;
    return ERZ_OK;
}

void erz_companies_free(erz_companies *c)
{
    if (c == NULL) return;
    company_units_free(&c->units);
    free(c->types);
    free(c->facts);
    free(c->parts);
    free(c->spans);
    free(c->names);
    free(c->acronyms);
    company_tagger_free(&c->tagger);
    crf_memory_free(c->memory);
    free(c);
}

void erz_companies_ask(const erz_companies *c, const erz_text *text)
{
    company_units_ask(c, &text->tokens, 0, COMPANY_ASKED);
}

erz_status erz_companies_find(erz_companies *c, erz_text *text, erz_error *err)
{
    if (!company_units_build(c, text)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    company_mark(c, erz_words_array(text->words));
    c->doubt = company_doubt_of(c, text);
    if (c->crf.header == NULL)
        company_rules_label(c, text->words);
    else if (!company_tag(c, text->words) || !company_context(c, text->words))
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    return company_spans_emit(c, text, err);
}

erz_status erz_companies_compile(erz_builder *builder, erz_error *err)
{
    erz_buf path = {0};
    char *data;
    size_t len;
    crf_model crf;
    erz_buf_printf(&path, "%s/company.crf", erz_builder_dir(builder));
    if (path.failed) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    erz_status status = erz_source_read(path.data, &data, &len, NULL);
    if (status == ERZ_OK) {
        status = crf_open(&crf, data, len)
                     ? erz_builder_section(builder, section_name, data, len, err)
                     : erz_fail(err, ERZ_E_MODEL, path.data, 0, 0, "not a file of weights of this version");
        free(data);
    } else if (status == ERZ_E_OPEN) {
        status = ERZ_OK; /* without weights the rules decide */
    }
    erz_buf_free(&path);
    return status;
}

erz_status erz_companies_dump(const erz_model *model, FILE *out)
{
    size_t len = 0;
    const void *data = erz_model_section(model, section_name, &len);
    crf_model crf;
    if (data == NULL || !crf_open(&crf, data, len)) return ERZ_OK;
    fprintf(out, "tagger\t%u rows in %u buckets, %u dense rows\n", crf.header->nrows, crf.header->nbuckets,
            crf.header->dense_rows);
    return ERZ_OK;
}
