/* `erz model dump`: the readable contents of a model. */
#include <string.h>

#include "erz/compile.h"

erz_status erz_model_dump(const erz_model *model, const char *section, FILE *out, erz_error *err)
{
    erz_status status = ERZ_OK;
    bool all = section == NULL, known = all;
    if (all || strcmp(section, "lexicon") == 0) known = true, status = erz_lexicon_dump(erz_model_lexicon(model), out);
    if (status == ERZ_OK && (all || strcmp(section, "quantities") == 0)) known = true, status = erz_quantities_dump(model, out);
    if (status == ERZ_OK && (all || strcmp(section, "companies") == 0)) known = true, status = erz_companies_dump(model, out);
    if (status == ERZ_OK && (all || strcmp(section, "rules") == 0)) known = true, status = erz_rules_dump(model, out);
    if (!known)
        return erz_fail(err, ERZ_E_USAGE, NULL, 0, 0, "no such section: %s (lexicon, quantities, companies, rules)", section);
    if (status == ERZ_OK && ferror(out)) return erz_fail(err, ERZ_E_IO, NULL, 0, 0, "cannot write");
    return status;
}
