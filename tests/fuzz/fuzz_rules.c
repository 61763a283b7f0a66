/* Any text as a rule file: refused, or compiled to rules that run. */
#include "erz/extract.h"
#include "erz/match.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char words[] = "Die Alpha AG kauft 51 Prozent der Beta GmbH f\xc3\xbcr 5,3 Millionen Euro. Sie \xc3\xbc"
                                "bernimmt Gamma.";
    static erz_extractor *x;
    erz_error err;
    erz_rules *rules;
    erz_text *text;
    if (x == NULL && erz_extractor_new(fuzz_model(), NULL, &x, &err) != ERZ_OK) fuzz_fail(err.message);
    if (erz_rules_new(fuzz_model(), &rules, &err) != ERZ_OK) fuzz_fail(err.message);
    if (erz_rules_add(rules, "fuzz", (const char *)data, size, &err) == ERZ_OK) {
        erz_document doc = {.id = "x", .id_len = 1, .text = words, .len = sizeof words - 1, .first = true, .last = true};
        if (erz_extractor_run(x, &doc, &text, &err) == ERZ_OK) (void)erz_rules_find(rules, text, &err);
    }
    erz_rules_free(rules);
    return 0;
}
