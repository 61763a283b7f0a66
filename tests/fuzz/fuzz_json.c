/* The JSON scanner says what jansson says. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "input/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *p = (const char *)data;
    if (erz_utf8_valid(p, size) < size || size > 900) return 0; /* jansson nests deeper */
    json_field f = {.name = "text"};
    json_fault fault;
    json_error_t e;
    bool object;
    bool good = json_scan(p, size, &f, 1, &object, &fault);
    json_t *value = json_loadb(p, size, JSON_ALLOW_NUL | JSON_DECODE_ANY, &e);
    /* jansson refuses lone surrogates and numbers out of range, and U+0000 in names: those are JSON nevertheless. */
    bool range = value == NULL && (strstr(e.text, "too big") != NULL || strstr(e.text, "real number overflow") != NULL ||
                                   strstr(e.text, "invalid Unicode") != NULL || strstr(e.text, "NUL byte in object key") != NULL);
    if (!range && good != (value != NULL)) fuzz_fail(good ? e.text : fault.what);
    if (good && value != NULL && json_is_object(value)) {
        json_t *text = json_object_get(value, "text");
        if (!object || json_is_string(text) != (f.kind == KIND_STRING)) fuzz_fail("the field");
        if (json_is_string(text)) {
            erz_buf out = {0};
            uint64_t lone = 0;
            json_unescape(&f, &out, &lone);
            if (out.len != json_string_length(text) || (out.len > 0 && memcmp(out.data, json_string_value(text), out.len) != 0))
                fuzz_fail("the string");
            erz_buf_free(&out);
        }
    }
    json_decref(value);
    return 0;
}
