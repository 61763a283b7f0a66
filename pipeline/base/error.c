#include "erz/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

erz_status(erz_fail)(erz_error *err, erz_status status, const char *file, uint64_t line, uint64_t column, const char *format,
                     ...)
{
    if (err == NULL) return status;
    memset(err, 0, sizeof *err);
    err->status = status;
    err->line = line;
    err->column = column;
    if (file != NULL) snprintf(err->file, sizeof err->file, "%s", file);
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

const char *erz_status_name(erz_status status)
{
    static const char *const names[] = {"ok",           "end of input", "out of memory", "usage", "cannot open", "bad input",
                                        "input/output", "model",        "rule",          "UTF-8", "limit"};
    return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown";
}
