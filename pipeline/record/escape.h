/* TSV escaping: TAB, LF, CR and backslash as \t \n \r \\. */
#ifndef ERZ_RECORD_ESCAPE_H
#define ERZ_RECORD_ESCAPE_H

#include "base/buf.h"

/* The letter behind the backslash for c, '\0' if c stands for itself. */
char record_escape_letter(char c);
void record_escape(erz_buf *out, const char *s, size_t len);
/* Undo it in place; returns the new length. */
size_t record_unescape(char *s, size_t len);

#endif
