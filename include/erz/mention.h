/* Mentions: what the matchers find in a text and the record writer prints. */
#ifndef ERZ_MENTION_H
#define ERZ_MENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/document.h"
#include "erz/error.h"
#include "erz/lexicon.h"
#include "erz/model.h"
#include "erz/token.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum erz_mention_type {
    ERZ_MONEY,
    ERZ_PERCENT,
    ERZ_COMPANY,
    ERZ_DEAL,
    ERZ_USER /* a type of a user's rule: see type_name */
} erz_mention_type;

/* In the order in which attributes are written. ERZ_ATTR_OTHER carries its own name. */
typedef enum erz_attr_key {
    ERZ_ATTR_MOD,
    ERZ_ATTR_TO,
    ERZ_ATTR_PER,
    ERZ_ATTR_DIR,
    ERZ_ATTR_ROLE,
    ERZ_ATTR_CUR,
    ERZ_ATTR_TICKER,
    ERZ_ATTR_ISIN,
    ERZ_ATTR_BUYER,
    ERZ_ATTR_TARGET,
    ERZ_ATTR_SELLER,
    ERZ_ATTR_PARTY,
    ERZ_ATTR_STAKE,
    ERZ_ATTR_STAKE_BEFORE,
    ERZ_ATTR_AMOUNT,
    ERZ_ATTR_VALUATION,
    ERZ_ATTR_DATE,
    ERZ_ATTR_STATUS,
    ERZ_ATTR_RULE,
    ERZ_ATTR_OTHER
} erz_attr_key;

typedef struct erz_attr {
    struct erz_attr *next;
    erz_attr_key key;
    const char *name; /* ERZ_ATTR_OTHER only */
    const char *value;
} erz_attr;

/* Strings live in the text's arena (or the model) until the next document. */
typedef struct erz_mention {
    uint32_t begin, end;  /* bytes of the section's text; a span may begin or end inside a token */
    uint32_t first, last; /* tokens it touches, last inclusive */
    uint32_t sent;        /* sentence of the section, from 0 */
    erz_mention_type type;
    const char *type_name; /* ERZ_USER only, else NULL */
    const char *value;     /* "" if none */
    const char *unit;      /* "" if none */
    erz_attr *attrs;       /* list ordered by key, then by insertion */
    uint32_t link;         /* company: number of the canonical name within the document; else free for the matcher */
    float score;           /* confidence of the matcher, 0..1 */
} erz_mention;

struct erz_arena;

/* A text on its way through the matchers: a section of a document, its tokens and what has been found in it. */
typedef struct erz_text {
    const erz_document *doc;
    const char *text; /* = doc->text */
    size_t len;
    erz_tokens tokens;
    const erz_model *model;
    const erz_lexicon *lexicon;
    erz_words *words;
    struct erz_arena *arena; /* emptied between documents */
    erz_mention *mentions;   /* sorted by begin, end, type once all matchers ran */
    size_t nmentions, cap_mentions;
    uint64_t sent_base; /* sentences of the document before this section */
} erz_text;

/* Append a mention: zeroed but for its span, tokens and sentence (found from first). NULL: memory is short. The pointer is
 * valid until the next mention is added. */
erz_mention *erz_text_add(erz_text *text, erz_mention_type type, uint32_t begin, uint32_t end, uint32_t first, uint32_t last);
/* Add an attribute (value copied into the arena). */
erz_status erz_mention_attr(erz_text *text, erz_mention *mention, erz_attr_key key, const char *value);
/* The same under a name of the caller's (ERZ_ATTR_OTHER; name must live as long as the mention). */
erz_status erz_mention_attr_named(erz_text *text, erz_mention *mention, const char *name, const char *value);
/* First value of a key, NULL if none. */
const char *erz_mention_get(const erz_mention *mention, erz_attr_key key);
/* Sentence (of the section, from 0) that holds a token. */
uint32_t erz_text_sentence(const erz_text *text, uint32_t token);
const char *erz_mention_type_name(const erz_mention *mention);
const char *erz_attr_key_name(erz_attr_key key);

#ifdef __cplusplus
}
#endif
#endif
