#include "erz/match.h"

#include <stdlib.h>

#include "erz/compile.h"

struct erz_rules {
    const erz_model *model;
};

erz_status erz_rules_new(const erz_model *model, erz_rules **out, erz_error *err)
{
    erz_rules *m = calloc(1, sizeof *m);
    if (m == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    m->model = model;
    *out = m;
    return ERZ_OK;
}

void erz_rules_free(erz_rules *m)
{
    free(m);
}

erz_status erz_rules_find(erz_rules *m, erz_text *text, erz_error *err)
{
    (void)m, (void)text, (void)err;
    return ERZ_OK;
}

erz_status erz_rules_compile(erz_builder *builder, erz_error *err)
{
    (void)builder, (void)err;
    return ERZ_OK;
}

erz_status erz_rules_dump(const erz_model *model, FILE *out)
{
    (void)model, (void)out;
    return ERZ_OK;
}
