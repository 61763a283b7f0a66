/* Status codes and error records. Every fallible call of the library returns an erz_status and, when its last parameter is not
 * NULL, fills it. The library never prints, exits or reads the environment. */
#ifndef ERZ_ERROR_H
#define ERZ_ERROR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum erz_status {
    ERZ_OK = 0,
    ERZ_END,      /* no more input; not an error */
    ERZ_E_MEMORY, /* an allocation failed */
    ERZ_E_USAGE,  /* an argument is out of its range */
    ERZ_E_OPEN,   /* a file or directory could not be opened or read: reported, the rest goes on */
    ERZ_E_INPUT,  /* bad data in an input: reported, the rest goes on */
    ERZ_E_IO,     /* reading or writing failed: nothing can go on */
    ERZ_E_MODEL,  /* the compiled model or its sources are bad */
    ERZ_E_RULE,   /* a rule file is bad */
    ERZ_E_UTF8,   /* text is not UTF-8; `offset` is the first bad byte */
    ERZ_E_LIMIT   /* a documented limit was passed */
} erz_status;

typedef struct erz_error {
    erz_status status;
    uint64_t line;     /* from 1; 0: unknown */
    uint64_t column;   /* bytes, from 1; 0: unknown */
    uint64_t offset;   /* bytes, from 0 */
    char file[512];    /* name of the file concerned, "" if none */
    char message[512]; /* English, without file and position */
    char source[256];  /* the source line concerned, "" if none; shown with a caret under `column` */
} erz_error;

/* Fill *err (NULL: nothing happens) and return status, so that a caller can write `return erz_fail(...)`.
 * file may be NULL. The message is cut at the size of its field. */
#if defined(__GNUC__)
__attribute__((format(printf, 6, 7)))
#endif
erz_status
erz_fail(erz_error *err, erz_status status, const char *file, uint64_t line, uint64_t column, const char *format, ...);

/* The result is the second argument: put so that compilers and analyzers see it. */
static inline erz_status erz_failed(erz_status returned, erz_status status)
{
    (void)returned;
    return status;
}
#define erz_fail(err, status, ...) erz_failed(erz_fail(err, status, __VA_ARGS__), status)

/* A constant English name of the status. */
const char *erz_status_name(erz_status status);

#ifdef __cplusplus
}
#endif
#endif
