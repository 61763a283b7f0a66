#include "wide.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

#include "base/utf8.h"

enum { WIDE_BYTES = 1 << 16, WIDE_UNITS = 1 << 14 };

struct input_wide {
    bool active, ended, drained;
    UConverter *from, *to;
    size_t at, len; /* of bytes */
    char bytes[WIDE_BYTES];
    UChar units[WIDE_UNITS], *unit_at, *unit_end;
};

bool input_wide_named(const char *encoding)
{
    if (encoding == NULL) return false;
    UErrorCode code = U_ZERO_ERROR;
    UConverter *c = ucnv_open(encoding, &code);
    if (U_FAILURE(code)) return false;
    UConverterType type = ucnv_getType(c);
    /* EBCDIC, UTF-16 and UTF-32: the byte 0x0A is not U+000A, or is a part of other characters. */
    char out[8];
    UChar lf = '\n';
    int32_t n = ucnv_fromUChars(c, out, sizeof out, &lf, 1, &code);
    bool wide = type != UCNV_UTF8 && (U_FAILURE(code) || n != 1 || out[0] != '\n');
    ucnv_close(c);
    return wide;
}

/* Bytes that are no character become a lone surrogate, which no converter gives otherwise, so that encode() can tell. */
static void mark_broken(const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t len,
                        UConverterCallbackReason reason, UErrorCode *code)
{
    static const UChar mark = 0xdfff;
    (void)context, (void)units, (void)len;
    if (reason > UCNV_IRREGULAR) return;
    *code = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &mark, 1, 0, code);
}

erz_status input_wide_begin(input_wide **wide, const char *encoding, erz_error *err)
{
    input_wide *w = *wide != NULL ? *wide : calloc(1, sizeof *w);
    if (w == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    *wide = w;
    input_wide_end(w);
    UErrorCode code = U_ZERO_ERROR;
    w->from = ucnv_open(encoding, &code);
    w->to = ucnv_open("UTF-8", &code);
    if (U_SUCCESS(code)) ucnv_setToUCallBack(w->from, mark_broken, NULL, NULL, NULL, &code);
    if (U_FAILURE(code)) {
        input_wide_end(w);
        /* ICU knows the name: it was checked, or is one of the sniffer's */
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    }
    w->active = true;
    w->ended = w->drained = false;
    w->at = w->len = 0;
    w->unit_at = w->unit_end = w->units;
    return ERZ_OK;
}

void input_wide_end(input_wide *w)
{
    if (w == NULL) return;
    ucnv_close(w->from);
    ucnv_close(w->to);
    w->from = w->to = NULL;
    w->active = false;
}

void input_wide_free(input_wide *w)
{
    input_wide_end(w);
    free(w);
}

bool input_wide_active(const input_wide *w)
{
    return w != NULL && w->active;
}

/* The next units, behind a lead surrogate that waits for its other half. */
static erz_status fill(input_wide *w, input_read_fn *read, void *context, erz_error *err)
{
    size_t kept = (size_t)(w->unit_end - w->unit_at);
    if (kept > 0) w->units[0] = *w->unit_at;
    if (w->at == w->len && !w->ended) {
        w->at = w->len = 0;
        erz_status status = read(context, w->bytes, sizeof w->bytes, &w->len, err);
        if (status != ERZ_OK) return status;
        w->ended = w->len == 0;
    }
    UErrorCode code = U_ZERO_ERROR;
    const char *p = w->bytes + w->at;
    UChar *to = w->units + kept;
    ucnv_toUnicode(w->from, &to, w->units + WIDE_UNITS, &p, w->bytes + w->len, NULL, w->ended, &code);
    w->at = (size_t)(p - w->bytes);
    w->unit_at = w->units;
    w->unit_end = to;
    w->drained = w->ended && code != U_BUFFER_OVERFLOW_ERROR;
    if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR)
        return erz_fail(err, ERZ_E_INPUT, NULL, 0, 0, "cannot convert: %s", u_errorName(code));
    return ERZ_OK;
}

/* What was broken becomes three bytes that are no UTF-8 and count as one sequence, so that it is replaced, counted and told
 * like broken UTF-8, and U+FFFD is as long. */
static size_t encode(input_wide *w, char *to, size_t cap)
{
    size_t n = 0;
    while (w->unit_at < w->unit_end && cap - n >= 4) {
        uint32_t c = *w->unit_at;
        if (U16_IS_LEAD(c) && w->unit_at + 1 == w->unit_end && !w->drained) break;
        if (U16_IS_LEAD(c) && w->unit_at + 1 < w->unit_end && U16_IS_TRAIL(w->unit_at[1])) {
            c = (uint32_t)U16_GET_SUPPLEMENTARY(c, w->unit_at[1]);
            w->unit_at++;
        }
        w->unit_at++;
        if (!U16_IS_SURROGATE(c)) {
            n += erz_utf8_encode(c, to + n);
            continue;
        }
        memcpy(to + n, "\xf0\x90\x80", 3); /* NOLINT(bugprone-not-null-terminated-result): no string */
        n += 3;
    }
    return n;
}

erz_status input_wide_read(input_wide *w, input_read_fn *read, void *context, char *to, size_t cap, size_t *got, erz_error *err)
{
    for (;;) {
        *got = encode(w, to, cap);
        if (*got > 0 || w->drained) return ERZ_OK;
        erz_status status = fill(w, read, context, err);
        if (status != ERZ_OK) return status;
    }
}
