/* The lexicon (word lists of the model) and the word table (what is known of each word type met so far).
 *
 * A word type is a sequence of bytes that occurred as a token. Everything that depends on these bytes alone (normal form, stem,
 * lexicon symbols, classes, tagger features) is worked out once and kept in the word table; each later token costs one probe.
 */
#ifndef ERZ_LEXICON_H
#define ERZ_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/error.h"
#include "erz/token.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct erz_lexicon erz_lexicon;
typedef struct erz_words erz_words;

enum { ERZ_LEXICON_MAX_CLASSES = 64, ERZ_NO_CLASS = 255, ERZ_SHAPE_UNKNOWN = 0xffff };

/* How a form of the lexicon is compared with a token. */
typedef enum erz_match_mode { ERZ_MATCH_EXACT, ERZ_MATCH_FOLD, ERZ_MATCH_STEM } erz_match_mode;

/* One entry found: strings are NUL-terminated and live as long as the lexicon. */
typedef struct erz_lexicon_entry {
    uint8_t cls;
    uint8_t ntokens;
    const char *value;
    const char *flags; /* comma-separated, "" if none */
} erz_lexicon_entry;

/* 64 bytes: one cache line a word type. Indices stay valid until erz_words_trim() or erz_words_clear(). */
typedef struct erz_word {
    const char *form;   /* bytes of the token, NUL-terminated; owned by the table */
    const char *stem;   /* see erz_words_stem(); NULL: not worked out yet */
    uint64_t classes;   /* bit c: a one-token entry of lexicon class c matches */
    uint32_t symbol[3]; /* lexicon symbol by erz_match_mode, 0: none */
    uint32_t form_len, stem_len;
    uint16_t shape; /* ERZ_SHAPE_* */
    uint8_t cls;    /* erz_token_class */
    uint8_t spare;
    uint32_t tagger;    /* owned by the company tagger: 0 not worked out yet */
    uint32_t quantity;  /* owned by the quantity grammar */
    uint16_t starts;    /* not 0: an entry of several tokens begins with it; */
    uint16_t continues; /* not 0: one goes on with it. With x, then y one begins only if x.starts & y.continues is not 0 */
    uint32_t place;     /* owned by the table: where it is looked up */
} erz_word;

/* Number of the class with that name, or ERZ_NO_CLASS. */
uint8_t erz_lexicon_class(const erz_lexicon *lexicon, const char *name);
/* 1 << class, or 0 when the lexicon has no such class. */
uint64_t erz_lexicon_mask(const erz_lexicon *lexicon, const char *name);
/* Symbol of a form in its mode (already normalized for that mode), 0: none. */
uint32_t erz_lexicon_symbol(const erz_lexicon *lexicon, erz_match_mode mode, const char *form, size_t len);

/* Classes of a symbol's one-token entries, a bit a class; 0 of symbol 0. */
uint64_t erz_lexicon_symbol_classes(const erz_lexicon *lexicon, uint32_t symbol);

/* Call each() for every form known in exact mode that ends in a full stop, in no order worth relying on. */
void erz_lexicon_each_dotted(const erz_lexicon *lexicon, void (*each)(void *context, const char *form, size_t len),
                             void *context);

/* Call each() for the form, in its mode, of every one-token entry of these classes (a bit a class), in no order worth relying
 * on. */
void erz_lexicon_each_of(const erz_lexicon *lexicon, uint64_t classes,
                         void (*each)(void *context, erz_match_mode mode, const char *form, size_t len), void *context);

/* Classes of the one-token entries of a form in its mode (already normalized for that mode), a bit a class. */
uint64_t erz_lexicon_classes(const erz_lexicon *lexicon, erz_match_mode mode, const char *form, size_t len);

/* Which ends of form[0, len), a form in lower case, may be the form of a one-token entry in lower case? Bit k, k >= least: the
 * last k bytes may be one; no bit: they are none. Ends of more than ERZ_LEXICON_MAX_TAIL bytes are left out. */
enum { ERZ_LEXICON_MAX_TAIL = 24 };
uint64_t erz_lexicon_tails(const erz_lexicon *lexicon, const char *form, size_t len, size_t least);

/* The table is for one thread. lexicon (borrowed) may be NULL. limit: word types from which on erz_words_trim() drops some. */
erz_status erz_words_new(const erz_lexicon *lexicon, size_t limit, erz_words **out, erz_error *err);
void erz_words_free(erz_words *words); /* NULL is allowed */
/* Fill tokens->word for all tokens of text[0, len). */
erz_status erz_words_map(erz_words *words, const char *text, size_t len, erz_tokens *tokens, erz_error *err);
/* Index of one form; shape ERZ_SHAPE_UNKNOWN: worked out if the form is new; stem (NULL: worked out when asked for) is what
 * `erz stem` wrote for it. */
erz_status erz_words_intern(erz_words *words, const char *form, size_t len, uint8_t cls, uint16_t shape, const char *stem,
                            size_t stem_len, uint32_t *index, erz_error *err);
/* Between documents: if the table holds more than its limit, drop the words that no text had again since they came or were
 * last kept; the others move together, in order, up to half the limit. Returns true if so: indices and strings of before are
 * void then. */
bool erz_words_trim(erz_words *words);
/* The index now of a word of the generation before. */
#define ERZ_WORD_DROPPED UINT32_MAX
uint32_t erz_words_moved(const erz_words *words, uint32_t index);
/* Empty the table; its memory is kept for what comes. */
void erz_words_clear(erz_words *words);

/* Claim erz_words_rules() for an owner in a version of its: if another had it, all are zeroed; false then. */
bool erz_words_claim_rules(erz_words *words, const void *owner, uint64_t version);
/* What the rule engine knows of each word type, 0: nothing yet; by itself, as every token of every text needs it. Valid until
 * the next erz_words_map() or erz_words_intern(). */
uint32_t *erz_words_rules(erz_words *words);
/* Tell of the word types from `from` to before `to` whether they have the bit, which a matcher asks blocks of tokens for (see
 * erz_tokens.bits): type i has it if types[i] & mask is not 0. */
enum { ERZ_WORD_QUANTITY = 1, ERZ_WORD_RULE = 2 };
void erz_words_tell(erz_words *words, size_t from, size_t to, const uint8_t *types, uint8_t mask, unsigned bit);
/* The table's array; valid until the next erz_words_map() or erz_words_intern(). */
erz_word *erz_words_array(erz_words *words);
size_t erz_words_count(const erz_words *words);
/* How often words were dropped: indices from another generation are void. Of the one before, erz_words_moved() tells. */
uint64_t erz_words_generation(const erz_words *words);
/* Normal form (NFC, without soft hyphens and zero-width characters), its lower case, and its stem: NUL-terminated, owned by
 * the table; len may be NULL. NULL when memory is short. Words and abbreviations have stems; for others it is the lower case.
 */
const char *erz_words_normal(erz_words *words, uint32_t index, size_t *len);
const char *erz_words_fold(erz_words *words, uint32_t index, size_t *len);
const char *erz_words_stem(erz_words *words, uint32_t index, size_t *len);

/* Entries that match the tokens from `at` on (before `end`), longest first, at most max; returns their number. */
size_t erz_lexicon_match(const erz_lexicon *lexicon, const erz_word *words, const erz_tokens *tokens, size_t at, size_t end,
                         erz_lexicon_entry *out, size_t max);
/* Does an entry of several tokens begin with these two words? */
bool erz_lexicon_joins(const erz_lexicon *lexicon, const erz_word *word, const erz_word *next);
/* The first one-token entry of class cls for the word; false: none. */
bool erz_lexicon_get(const erz_lexicon *lexicon, const erz_word *word, uint8_t cls, erz_lexicon_entry *out);
/* Does the comma-separated flags hold `flag` (or `flag=...`)? *value (may be NULL) is set to what follows "=". */
bool erz_flag(const char *flags, const char *flag, const char **value);

#ifdef __cplusplus
}
#endif
#endif
