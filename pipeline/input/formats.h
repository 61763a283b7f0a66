/* Splitters of the structured formats. */
#ifndef ERZ_INPUT_FORMATS_H
#define ERZ_INPUT_FORMATS_H

#include "reader.h"

split_result input_csv_next(input_split *split, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err);
split_result input_jsonl_next(input_split *split, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err);
void input_jsonl_end(input_split *split);
split_result input_warc_next(input_split *split, const char *p, size_t len, bool eof, input_piece *piece, erz_error *err);

#endif
