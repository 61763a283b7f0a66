/* Classes of code points, from a generated table: no library call while tokenizing. */
#ifndef ERZ_TOKENIZE_UNICODE_H
#define ERZ_TOKENIZE_UNICODE_H

#include <stdint.h>

typedef enum erz_uclass {
    UC_OTHER, /* unassigned, private use */
    UC_UPPER,
    UC_LOWER,
    UC_LETTER, /* without case */
    UC_MARK,
    UC_DIGIT,
    UC_SPACE,
    UC_PUNCT,
    UC_SYMBOL,
    UC_EMOJI,
    UC_IGNORE, /* soft hyphen, zero-width and bidirectional controls */
    UC_CONTROL
} erz_uclass;

erz_uclass erz_uclass_of(uint32_t cp);

/* Letters, marks, digits and characters that do not show: they stay inside a word. */
static inline int uclass_is_word(erz_uclass c)
{
    return (1U << c & (1U << UC_UPPER | 1U << UC_LOWER | 1U << UC_LETTER | 1U << UC_MARK | 1U << UC_DIGIT | 1U << UC_IGNORE)) !=
           0;
}

static inline int uclass_is_letter(erz_uclass c)
{
    return c == UC_UPPER || c == UC_LOWER || c == UC_LETTER;
}

#endif
