/* Tokens and sentences of one section of a document. docs/tokens.md states the rules with examples. */
#ifndef ERZ_TOKEN_H
#define ERZ_TOKEN_H

#include <stddef.h>
#include <stdint.h>

#include "erz/error.h"

#ifdef __cplusplus
extern "C" {
#endif

struct erz_lexicon;

/* The names in the token stream are those of erz_token_class_name(). */
typedef enum erz_token_class {
    ERZ_TOKEN_WORD,
    ERZ_TOKEN_NUMBER, /* begins with a digit and holds digits and number separators only: 1.234,56 */
    ERZ_TOKEN_ABBREVIATION,
    ERZ_TOKEN_ORDINAL, /* digits with an ordinal's dot: 3. (Juni) */
    ERZ_TOKEN_PUNCTUATION,
    ERZ_TOKEN_SYMBOL,
    ERZ_TOKEN_URL,
    ERZ_TOKEN_EMAIL,
    ERZ_TOKEN_HANDLE,
    ERZ_TOKEN_HASHTAG,
    ERZ_TOKEN_EMOJI,
    ERZ_TOKEN_END, /* in the token stream only: carries what follows the last token */
    ERZ_TOKEN_CLASSES
} erz_token_class;

/* Case and shape, any combination. */
enum {
    ERZ_SHAPE_INITIAL_UPPER = 1 << 0, /* the first character, a leading hyphen left out, is an upper-case letter */
    ERZ_SHAPE_OTHER_UPPER = 1 << 1,   /* another letter is upper case */
    ERZ_SHAPE_LOWER = 1 << 2,         /* holds a lower-case letter */
    ERZ_SHAPE_DIGIT = 1 << 3,
    ERZ_SHAPE_HYPHEN = 1 << 4,     /* holds a hyphen between word characters: parts are reachable by erz_token_parts() */
    ERZ_SHAPE_DOT = 1 << 5,        /* holds a full stop */
    ERZ_SHAPE_APOSTROPHE = 1 << 6, /* holds an apostrophe of any kind */
    ERZ_SHAPE_NON_ASCII = 1 << 7,
    ERZ_SHAPE_DIRTY = 1 << 8, /* holds soft hyphens, zero-width characters, combining marks or other bytes that
                                 normalization changes: its form is not its normal form */
    ERZ_SHAPE_OTHER = 1 << 9  /* holds another character inside: & / + ' : _ */
};

/* Arrays of n elements each, owned by the tokenizer that made them and valid until its next call. */
enum { ERZ_TOKEN_BLOCK = 32 };
typedef struct erz_tokens {
    size_t n;
    uint32_t *begin; /* byte offsets in the section's text */
    uint32_t *end;
    uint8_t *cls;    /* erz_token_class */
    uint16_t *shape; /* ERZ_SHAPE_* */
    uint32_t *word;  /* index in the word table; filled by erz_words_map(), otherwise undefined */
    /* Of each ERZ_TOKEN_BLOCK tokens the bits that erz_words_tell() gave their words, all of words told nothing of; set by
     * erz_words_map() until the next one, NULL: not known. */
    const uint8_t *bits;
    size_t nsent;
    uint32_t *sent; /* nsent + 1 elements: the first token of each sentence; sent[nsent] == n */
} erz_tokens;

typedef struct erz_tokenizer erz_tokenizer;

/* One tokenizer a thread. lexicon (borrowed, may be NULL: no abbreviations known) must outlive it.
 * kernel: a name of erz_kernel_names(), NULL: the best this machine has; an unknown one gives ERZ_E_USAGE. */
erz_status erz_tokenizer_new(const struct erz_lexicon *lexicon, const char *kernel, erz_tokenizer **out, erz_error *err);
void erz_tokenizer_free(erz_tokenizer *tokenizer); /* NULL is allowed */

/* Tokenize and split text[0, len) (len < 2^32 - 64; only those bytes are read). Text that is not UTF-8 gives ERZ_E_UTF8 with
 * err->offset; *out is then undefined. */
erz_status erz_tokenize(erz_tokenizer *tokenizer, const char *text, size_t len, erz_tokens *out, erz_error *err);

/* Parts of a hyphen compound: fills part_begin/part_end (byte offsets in text, at most max) for the token text[begin, end) and
 * returns how many parts it has (1: no inner hyphen). */
size_t erz_token_parts(const char *text, uint32_t begin, uint32_t end, uint32_t *part_begin, uint32_t *part_end, size_t max);

/* ERZ_SHAPE_* of one token as the tokenizer gives them. */
uint16_t erz_token_shape(const char *token, size_t len);

const char *erz_token_class_name(erz_token_class cls);
/* The class with that name (len bytes), or ERZ_TOKEN_CLASSES. */
erz_token_class erz_token_class_parse(const char *name, size_t len);

/* Kernels built in and usable on this machine, best first, NULL at the end; a constant. */
const char *const *erz_kernel_names(void);
/* The kernel the tokenizer uses. */
const char *erz_tokenizer_kernel(const erz_tokenizer *tokenizer);

#ifdef __cplusplus
}
#endif
#endif
