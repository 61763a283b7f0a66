/* Rules of the model and of the user: loaded, added, told about. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "erz/compile.h"
#include "erz/match.h"
#include "rules_find.h"

/* Of how many needs is each a company? */
static uint32_t companies_needed(const rule_image *im, const rule_def *d)
{
    const uint32_t *p = im->pool + d->needs;
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->nneeds; i++, p += 1 + p[0]) n += p[0] == 1 && p[1] == ATOM_COMPANY;
    return n;
}

static uint32_t what_to_see(const rule_image *im, const rule_def *d)
{
    uint32_t companies = companies_needed(im, d);
    if (d->flags & RULE_NAMES) return companies > 0 ? RULE_SEE_COMPANY_NAMES : RULE_SEE_NAMES;
    return companies == 0 ? RULE_SEE_ANY : companies == 1 ? RULE_SEE_COMPANY : RULE_SEE_COMPANIES;
}

static bool add_groups(erz_rules *r, const rule_image *im, const rule_def *d)
{
    const uint32_t *need = im->pool + d->needs;
    for (uint32_t i = 0; i < d->nneeds; i++, need += 1 + need[0]) {
        uint32_t group = rule_words_need_group(r->words, need, i == 0);
        for (uint32_t k = 1; k <= need[0] && group != RULE_NO_GROUP; k++)
            if (!rule_words_group(r->words, need[k], group)) return false;
    }
    return true;
}

static bool add_image(erz_rules *r, const rule_image *im)
{
    if (!rule_row_atoms(&r->row, im->base + im->natoms)) return false;
    for (uint32_t i = 0; i < im->ndefs; i++) {
        const rule_def *d = &im->defs[i];
        if (d->flags & RULE_REGEX) r->every |= d->flags & RULE_NAMES ? TRY_NAMES : TRY;
        if (d->nneeds == 0) continue;
        const uint32_t *need_atoms = im->pool + d->needs;
        if (!add_groups(r, im, d)) return false;
        uint32_t see = what_to_see(im, d);
        for (uint32_t k = 1; k <= need_atoms[0]; k++) {
            uint64_t *triggers = d->flags & RULE_NAMES ? &r->name_triggers : &r->mention_triggers;
            if (need_atoms[k] < ATOM_FIXED) *triggers |= UINT64_C(1) << need_atoms[k];
            if (!rule_words_trigger(r->words, need_atoms[k], see)) return false;
        }
    }
    return rule_words_add(r->words, im) && rule_engine_add(r->engine, r->words, im);
}

erz_status erz_rules_new(const erz_model *model, erz_rules **out, erz_error *err)
{
    erz_rules *r = calloc(1, sizeof *r);
    if (r == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    r->model = model;
    r->model_image.base = ATOM_FIXED;
    r->words = rule_words_new(erz_model_lexicon(model));
    r->engine = rule_engine_new();
    bool good = r->words != NULL && r->engine != NULL;
    erz_status status = good ? ERZ_OK : erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    size_t len;
    const void *data = erz_model_section(model, "rules", &len);
    if (status == ERZ_OK && data != NULL) status = rule_image_open(data, len, &r->model_image, err);
    if (status == ERZ_OK && !add_image(r, &r->model_image)) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    if (status != ERZ_OK) {
        erz_rules_free(r);
        return status;
    }
    deal_finder_bind(&r->deals, &r->model_image);
    deal_names_bind(&r->names, &r->model_image, erz_model_lexicon(model));
    rule_words_name_tail(r->words, r->names.tails, r->names.common | r->names.barred);
    *out = r;
    return ERZ_OK;
}

void erz_rules_free(erz_rules *r)
{
    if (r == NULL) return;
    for (size_t i = 0; i < r->nuser; i++) rule_image_free(&r->user[i]);
    rule_engine_free(r->engine);
    rule_words_free(r->words);
    rule_row_free(&r->row);
    erz_buf_free(&r->explained);
    free(r->order);
    free(r->see);
    free(r->visits);
    free(r->deals.deals);
    free(r);
}

erz_status erz_rules_add(erz_rules *r, const char *file, const char *text, size_t len, erz_error *err)
{
    if (r->nuser == MAX_USER_FILES) return erz_fail(err, ERZ_E_USAGE, file, 0, 0, "at most %d rule files", MAX_USER_FILES);
    rule_source source = {file, text, len};
    rule_image *im = &r->user[r->nuser];
    const rule_image *outer[MAX_USER_FILES + 1] = {&r->model_image};
    for (size_t i = 0; i < r->nuser; i++) outer[i + 1] = &r->user[i];
    erz_status status = rule_parse(&source, 1, outer, r->nuser + 1, im, err);
    if (status != ERZ_OK) return status;
    r->nuser++;
    status = rule_engine_check(im, err);
    if (status == ERZ_OK && !add_image(r, im)) status = erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    return status;
}

void erz_rules_explain(erz_rules *r)
{
    r->explain = true;
}

const char *erz_rules_explained(erz_rules *r, size_t *len)
{
    *len = r->explained.len;
    return r->explained.data;
}

void erz_rules_time(erz_rules *r)
{
    rule_engine_time(r->engine);
}

bool erz_rules_profile(const erz_rules *r, size_t i, erz_rule_profile *out)
{
    if (i >= rule_engine_count(r->engine)) return false;
    const rule_profile *p = rule_engine_profile(r->engine, i);
    *out = (erz_rule_profile){p->name, p->tried, p->matched, p->limited, p->ns};
    return true;
}

/* ---- explaining ---- */
