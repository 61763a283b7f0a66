/* Splitters of the structured formats, and what they share. */
#ifndef ERZ_INPUT_FORMATS_H
#define ERZ_INPUT_FORMATS_H

#include "reader.h"

split_result input_csv_next(input_split *split, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err);
split_result input_jsonl_next(input_split *split, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err);
void input_jsonl_end(input_split *split);
split_result input_warc_next(input_split *split, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err);

/* The next line, without its end. */
split_result input_split_line(input_split *split, const char *p, size_t len, bool eof, input_piece *piece);
size_t input_split_lines(const char *p, size_t len);
/* Pass over the rest of a line. */
split_result input_split_lost(input_split *split, const char *p, size_t len, input_piece *piece);
/* A record is longer than can be held: it is bad up to the end of its first line. */
split_result input_split_long(input_split *split, const char *p, size_t len, input_piece *piece, erz_error *err);

#endif
