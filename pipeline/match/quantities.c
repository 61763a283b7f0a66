#include "erz/match.h"

#include <stdlib.h>

#include "erz/compile.h"

struct erz_quantities {
    const erz_model *model;
};

erz_status erz_quantities_new(const erz_model *model, erz_quantities **out, erz_error *err)
{
    erz_quantities *m = calloc(1, sizeof *m);
    if (m == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    m->model = model;
    *out = m;
    return ERZ_OK;
}

void erz_quantities_free(erz_quantities *m)
{
    free(m);
}

erz_status erz_quantities_find(erz_quantities *m, erz_text *text, erz_error *err)
{
    (void)m, (void)text, (void)err;
    return ERZ_OK;
}

erz_status erz_quantities_compile(erz_builder *builder, erz_error *err)
{
    (void)builder, (void)err;
    return ERZ_OK;
}

erz_status erz_quantities_dump(const erz_model *model, FILE *out)
{
    (void)model, (void)out;
    return ERZ_OK;
}
