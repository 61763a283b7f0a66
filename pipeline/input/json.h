/* One JSON value (RFC 8259) in memory, checked as a whole, of which two fields are taken. Nothing is allocated while scanning; a
 * library would build every value, and the one in Debian writes out of bounds when memory is short. */
#ifndef ERZ_INPUT_JSON_H
#define ERZ_INPUT_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

typedef enum json_kind { KIND_MISSING, KIND_STRING, KIND_NUMBER, KIND_OTHER } json_kind;

typedef struct json_field {
    const char *name; /* wanted; NULL: none */
    json_kind kind;
    const char *p; /* a string's inside, as it stands; a number's digits */
    size_t len;
    bool escaped;
} json_field;

typedef struct json_fault {
    size_t at; /* byte offset */
    const char *what;
} json_fault;

/* Scan the value p[0, len), valid UTF-8. *object: is it an object? Its last field of a name counts. False: it is no JSON. */
bool json_scan(const char *p, size_t len, json_field *fields, size_t nfields, bool *object, json_fault *fault);
/* Append a string without its escapes. Lone halves of surrogate pairs become U+FFFD and are counted. */
void json_unescape(const json_field *field, erz_buf *out, uint64_t *lone);

#endif
