/* Companies: units, evidence, labels, mentions. */
#include <stdlib.h>

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
    *out = c;
    return ERZ_OK;
}

void erz_companies_free(erz_companies *c)
{
    if (c == NULL) return;
    company_units_free(&c->units);
    free(c->types);
    free(c->parts);
    free(c->spans);
    free(c);
}

erz_status erz_companies_find(erz_companies *c, erz_text *text, erz_error *err)
{
    if (!company_units_build(c, text)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    company_mark(c, text->words, erz_words_array(text->words));
    company_rules_label(c, text->words);
    return company_spans_emit(c, text, err);
}

erz_status erz_companies_compile(erz_builder *builder, erz_error *err)
{
    (void)builder, (void)err;
    return ERZ_OK;
}

erz_status erz_companies_dump(const erz_model *model, FILE *out)
{
    size_t len = 0;
    const void *data = erz_model_section(model, section_name, &len);
    crf_model crf;
    if (data == NULL || !crf_open(&crf, data, len)) return ERZ_OK;
    fprintf(out, "tagger\t%u rows in %u slots, %u dense rows\n", crf.header->nrows, crf.header->nslots, crf.header->dense_rows);
    return ERZ_OK;
}
