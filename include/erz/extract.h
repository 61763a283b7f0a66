/* The whole pipeline over one document or section: text in, mentions or tokens out. */
#ifndef ERZ_EXTRACT_H
#define ERZ_EXTRACT_H

#include "erz/document.h"
#include "erz/error.h"
#include "erz/mention.h"
#include "erz/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct erz_extractor erz_extractor; /* one a thread */

/* model is borrowed and may be shared by extractors of several threads. kernel: see erz_tokenizer_new(). */
erz_status erz_extractor_new(const erz_model *model, const char *kernel, erz_extractor **out, erz_error *err);
void erz_extractor_free(erz_extractor *extractor); /* NULL is allowed */
/* Its rules (match.h), to add some, to explain and to time them. */
struct erz_rules *erz_extractor_rules(erz_extractor *extractor);
/* Tokenize a document and look its words up. *text is valid until the next call with this extractor. Sections of one document
 * are given in order. */
erz_status erz_extractor_tokenize(erz_extractor *extractor, const erz_document *doc, erz_text **text, erz_error *err);
/* The same and run all matchers: text->mentions are sorted by begin, end, type. */
erz_status erz_extractor_run(erz_extractor *extractor, const erz_document *doc, erz_text **text, erz_error *err);
/* Start a text whose tokens the caller fills in (by `erz match` from a token stream): an empty text over doc. */
erz_status erz_extractor_begin(erz_extractor *extractor, const erz_document *doc, erz_text **text, erz_error *err);
/* Run all matchers over a text from erz_extractor_tokenize() or erz_extractor_begin(). */
erz_status erz_extractor_match(erz_extractor *extractor, erz_text *text, erz_error *err);

#ifdef __cplusplus
}
#endif
#endif
