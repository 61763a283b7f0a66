/* What the rule files share: looking at the text around a position and editing the window's boundaries. */
#ifndef ERZ_TOKENIZE_RULES_H
#define ERZ_TOKENIZE_RULES_H

#include "scan.h"
#include "unicode.h"

/* The byte at pos, 0 outside the text. */
static inline uint8_t rules_byte(const erz_scan *s, size_t pos)
{
    return pos < s->len ? s->text[pos] : 0;
}

static inline bool rules_is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool rules_is_letter(uint8_t c)
{
    return (uint8_t)((c | 32) - 'a') < 26;
}

/* Is the character one of these of ASCII? */
static inline bool rules_one_of(uint32_t c, const char *set)
{
    while (*set != '\0' && c != (uint8_t)*set) set++;
    return *set != '\0';
}

/* Class of the character at pos (UC_SPACE at the end; UC_OTHER if not UTF-8) and its length. ASCII as in Unicode. */
extern const uint8_t rules_ascii_class[128];
erz_uclass rules_wide_class(const erz_scan *s, size_t pos, unsigned *n);
static inline erz_uclass rules_class(const erz_scan *s, size_t pos, unsigned *n)
{
    *n = 1;
    if (pos >= s->len) return UC_SPACE;
    uint8_t c = s->text[pos];
    return c < 0x80 ? (erz_uclass)rules_ascii_class[c] : rules_wide_class(s, pos, n);
}
/* Class of the character that ends before pos; UC_SPACE at the start. */
erz_uclass rules_class_before(const erz_scan *s, size_t pos);
uint32_t rules_wide_decode(const erz_scan *s, size_t pos, unsigned *n);
/* The character at pos; 0xFFFD and n 1 if not UTF-8 or outside the text. */
static inline uint32_t rules_decode(const erz_scan *s, size_t pos, unsigned *n)
{
    *n = 1;
    if (pos < s->len && s->text[pos] < 0x80) return s->text[pos];
    return rules_wide_decode(s, pos, n);
}
/* A character that does not show is none: one inside a word has joined what follows already. */
bool rules_word_before(const erz_scan *s, size_t pos);
/* Is there a word character at pos, or one behind characters that do not show? */
bool rules_word_at(const erz_scan *s, size_t pos);
bool rules_letter_before(const erz_scan *s, size_t pos);
bool rules_letter_at(const erz_scan *s, size_t pos);

/* Kinds of bytes among events: signs and what the signs of three bytes consist of. */
enum {
    SIGN_HARD,  /* only the rules know */
    SIGN_PLAIN, /* means nothing to others */
    SIGN_COLON,
    SIGN_SEMICOLON,
    SIGN_TERMINATOR, /* ! ? */
    SIGN_SYMBOL,     /* % $ */
    SIGN_SLASH,
    SIGN_APOSTROPHE,
    SIGN_AMPERSAND,
    SIGN_QUOTE,  /* " */
    SIGN_OPENER, /* ( [ { */
    SIGN_CLOSER, /* ) ] } */
    SIGN_SCALE,  /* first letters of scale words */
    SIGN_I,
    SIGN_E2,
    SIGN_80,
    SIGN_82,
    SIGN_93,
    SIGN_94,
    SIGN_9C, /* and 9D */
    SIGN_9E,
    SIGN_AC,
    SIGNS
};
extern const uint8_t rules_sign[256];

/* What follows pos after blanks. */
typedef enum erz_follow {
    FOLLOW_END, /* end of the line or text */
    FOLLOW_LOWER,
    FOLLOW_UPPER,
    FOLLOW_DIGIT,
    FOLLOW_OPEN, /* a quote or an opening bracket */
    FOLLOW_OTHER,
    FOLLOW_GLUED /* no blank */
} erz_follow;
erz_follow rules_follow(const erz_scan *s, size_t pos, size_t *next);
/* What is known of the word [begin, end), of the one that begins at pos: KNOWN_* bits. */
unsigned rules_known(const erz_scan *s, size_t begin, size_t end);
unsigned rules_known_at(const erz_scan *s, size_t pos);
void rules_learn_words(known_words *known);
/* Does the word [begin, end) stand in a sorted list of n words? They are filled with zeros. */
bool rules_bytes_in_list(const void *word, size_t len, const char (*list)[LIST_WORD], size_t n);
bool rules_in_list(const erz_scan *s, size_t begin, size_t end, const char (*list)[LIST_WORD], size_t n);
size_t rules_word_end(const erz_scan *s, size_t pos); /* end of letters and digits from pos on */

/* Edits at or after the event's position, not further than one window. */
void rules_cut(erz_scan *s, size_t pos);               /* a token ends before pos */
void rules_join(erz_scan *s, size_t pos);              /* no token begins or ends at pos */
void rules_blank(erz_scan *s, size_t pos, size_t end); /* these bytes belong to no token */
/* The token in which pos lies ends at `to` (any distance) and is of class cls. */
void rules_extend(erz_scan *s, size_t pos, size_t to, unsigned cls);
/* Start of the token in which pos lies, and its number. */
size_t rules_begin(const erz_scan *s, size_t pos);
uint32_t rules_token(const erz_scan *s, size_t pos);
void rules_patch(erz_scan *s, uint32_t token, unsigned cls);
void rules_patch_fixed(erz_scan *s, uint32_t token, unsigned cls, unsigned fixed);
static inline size_t rules_pos(const erz_scan *s, unsigned bit)
{
    return s->base + bit;
}

/* A terminator ended before pos: the next sentence begins behind closing quotes and blanks if what follows looks like one. */
void rules_end_sentence(erz_scan *s, size_t pos);

/* Number of the first token of the sentence to which the token before pos belongs. */
uint32_t rules_sentence_start(const erz_scan *s, size_t pos);

void rules_dot(erz_scan *s, size_t pos);
/* One to three digits [begin, pos) before a dot: is the dot an ordinal's? `first`: a sentence begins with them. */
bool rules_is_ordinal(const erz_scan *s, size_t begin, size_t pos, bool first);
/* A word [begin, pos) before a dot that no word character follows: class of the word with its dot, or punctuation if the dot is
 * a full stop. A sentence that begins behind an abbreviation: where what follows begins (pos + 1: closing quotes), otherwise
 * ERZ_NOWHERE. */
erz_token_class rules_word_stop(erz_scan *s, size_t begin, size_t pos, size_t *sentence);
void rules_newline(erz_scan *s, size_t pos);
void rules_colon(erz_scan *s, size_t pos);
void rules_unicode(erz_scan *s, size_t pos);
/* URLs, addresses, emoticons: true if the event was one. */
bool rules_url(erz_scan *s, size_t pos); /* at : or . or @ inside a chunk */
bool rules_emoticon(erz_scan *s, size_t pos);
bool rules_handle(erz_scan *s, size_t pos); /* @name #name */

#endif
