/* Compiled rules as bytes of a model section, and readable. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"

typedef struct image_header {
    uint32_t magic, version, base, natoms, nentries, ndefs, npool, nstrings, macros, nmacros;
} image_header;

enum { IMAGE_MAGIC = 0x656c7572, IMAGE_VERSION = 4 };

erz_status rule_image_write(const rule_image *im, erz_buf *out, erz_error *err)
{
    image_header h = {IMAGE_MAGIC, IMAGE_VERSION, im->base,     im->natoms, im->nentries,
                      im->ndefs,   im->npool,     im->nstrings, im->macros, im->nmacros};
    erz_buf_add(out, &h, sizeof h);
    erz_buf_add(out, im->names, im->natoms * sizeof *im->names);
    erz_buf_add(out, im->entries, im->nentries * sizeof *im->entries);
    erz_buf_add(out, im->defs, im->ndefs * sizeof *im->defs);
    erz_buf_add(out, im->pool, im->npool * sizeof *im->pool);
    erz_buf_add(out, im->strings, im->nstrings);
    return out->failed ? erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory") : ERZ_OK;
}

static bool pool_has(const rule_image *im, uint32_t at, uint32_t n)
{
    return at <= im->npool && n <= im->npool - at;
}

static bool def_fits(const rule_image *im, const rule_def *d)
{
    bool good = d->name < im->nstrings && d->file < im->nstrings && d->type < im->nstrings && d->value < im->nstrings &&
                d->nargs <= RULE_MAX_ARGS && d->nsets <= 16 && d->nunless <= 16 && pool_has(im, d->args, d->nargs) &&
                pool_has(im, d->sets, 2 * d->nsets) && pool_has(im, d->unless, 3 * d->nunless);
    good = good && d->pattern < im->nstrings && d->npattern < im->nstrings - d->pattern && pool_has(im, d->begins, d->nbegins);
    for (uint32_t i = 0; good && i < d->nargs; i++) good = im->pool[d->args + i] < im->nstrings;
    for (uint32_t i = 0; good && i < 2 * d->nsets; i++) good = im->pool[d->sets + i] < im->nstrings;
    for (uint32_t i = 0; good && i < d->nunless; i++)
        good = pool_has(im, im->pool[d->unless + 3 * i + 1], im->pool[d->unless + 3 * i + 2]);
    uint32_t at = d->needs;
    for (uint32_t i = 0; good && i < d->nneeds; i++) {
        good = at < im->npool && pool_has(im, at + 1, im->pool[at]);
        for (uint32_t k = 0; good && k < im->pool[at]; k++) good = im->pool[at + 1 + k] < im->base + im->natoms;
        if (good) at += 1 + im->pool[at];
    }
    return good;
}

static bool image_fits(const rule_image *im)
{
    bool good = im->nstrings > 0 && im->strings[im->nstrings - 1] == '\0' && im->base >= ATOM_FIXED;
    for (uint32_t i = 0; good && i < im->natoms; i++) good = im->names[i] < im->nstrings;
    for (uint32_t i = 0; good && i < im->nentries; i++) {
        const rule_entry *e = &im->entries[i];
        good = e->mode < RULE_MODES && e->string < im->nstrings && e->len < im->nstrings - e->string && e->atom >= im->base &&
               e->atom < im->base + im->natoms;
    }
    for (uint32_t i = 0; good && i < im->ndefs; i++) good = def_fits(im, &im->defs[i]);
    good = good && im->nmacros <= im->npool / 3 && pool_has(im, im->macros, 3 * im->nmacros);
    for (uint32_t i = 0; good && i < 3 * im->nmacros; i++) good = im->pool[im->macros + i] < im->nstrings;
    return good;
}

erz_status rule_image_open(const void *data, size_t len, rule_image *im, erz_error *err)
{
    const image_header *h = data;
    if (len < sizeof *h || h->magic != IMAGE_MAGIC || h->version != IMAGE_VERSION || h->natoms > 1 << 20)
        return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "rules section is damaged");
    uint64_t need = sizeof *h + (uint64_t)h->natoms * 4 + (uint64_t)h->nentries * sizeof(rule_entry) +
                    (uint64_t)h->ndefs * sizeof(rule_def) + (uint64_t)h->npool * 4 + h->nstrings;
    if (need != len) return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "rules section is damaged");
    /* Only read from then on: the image's pointers are not const because the parser fills them. */
    char *p = (char *)(uintptr_t)data + sizeof *h;
    rule_image o = {.base = h->base,
                    .natoms = h->natoms,
                    .nentries = h->nentries,
                    .ndefs = h->ndefs,
                    .npool = h->npool,
                    .macros = h->macros,
                    .nmacros = h->nmacros,
                    .nstrings = h->nstrings};
    o.names = (uint32_t *)(void *)p;
    o.entries = (rule_entry *)(void *)(p += h->natoms * sizeof(uint32_t));
    o.defs = (rule_def *)(void *)(p += h->nentries * sizeof(rule_entry));
    o.pool = (uint32_t *)(void *)(p += h->ndefs * sizeof(rule_def));
    o.strings = p + h->npool * sizeof(uint32_t);
    if (!image_fits(&o)) return erz_fail(err, ERZ_E_MODEL, NULL, 0, 0, "rules section is damaged");
    *im = o;
    return ERZ_OK;
}

static void dump_atom(const rule_image *im, uint32_t atom, FILE *out)
{
    static const char *const fixed[ATOM_FIXED] = {"\\part", "\\mention", "$COMPANY", "$MONEY", "$PERCENT"};
    if (atom < ATOM_FIXED)
        fputs(fixed[atom], out);
    else
        fputs(rule_string(im, im->names[atom - im->base]), out);
}

/* Units below RULE_ITEM are the regular expression's own; an item is written as a middle dot. */
static void dump_units(const rule_image *im, const rule_def *d, FILE *out)
{
    const uint8_t *at = (const uint8_t *)im->strings + d->pattern, *end = at + d->npattern;
    for (uint32_t u; rule_unit_next(&at, end, &u);) {
        if (u < RULE_ITEM)
            fputc((int)u, out);
        else if (u == RULE_ITEM)
            fputs("\xc2\xb7", out);
        else
            fputc('{', out), dump_atom(im, u - RULE_ATOM_BASE, out), fputc('}', out);
    }
}

static void dump_needs(const rule_image *im, const rule_def *d, FILE *out)
{
    uint32_t at = d->needs;
    for (uint32_t i = 0; i < d->nneeds; i++) {
        fputs(i == 0 ? "\ttrigger" : "\tneed", out);
        for (uint32_t k = 0; k < im->pool[at]; k++) fputc(k == 0 ? '=' : '|', out), dump_atom(im, im->pool[at + 1 + k], out);
        at += 1 + im->pool[at];
    }
}

void rule_image_dump(const rule_image *im, FILE *out)
{
    static const char *const modes[RULE_MODES] = {"exact", "fold", "stem", "prefix", "suffix", "class", "property"};
    for (uint32_t i = 0; i < im->nentries; i++) {
        const rule_entry *e = &im->entries[i];
        fputs("atom\t", out);
        dump_atom(im, e->atom, out);
        fprintf(out, "\t%s\t%s\n", modes[e->mode], rule_string(im, e->string));
    }
    for (uint32_t i = 0; i < im->ndefs; i++) {
        const rule_def *d = &im->defs[i];
        const char *value = rule_string(im, d->value);
        fprintf(out, "rule\t%s\t%s:%u\t%d\t%s\t%s", rule_string(im, d->name), rule_string(im, d->file), d->line,
                (int)d->priority, rule_string(im, d->type), *value == '=' ? value + 1 : value);
        dump_needs(im, d, out);
        fputc('\t', out);
        if (d->flags & RULE_REGEX)
            fputs(rule_string(im, d->pattern), out);
        else
            dump_units(im, d, out);
        fputc('\n', out);
    }
}

void rule_image_free(rule_image *im)
{
    free(im->entries);
    free(im->defs);
    free(im->pool);
    free(im->names);
    free(im->strings);
    memset(im, 0, sizeof *im);
}
