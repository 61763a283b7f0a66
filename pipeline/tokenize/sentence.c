/* Ends of sentences: terminators, colons, line ends. */
#include <string.h>

#include "rules.h"

static uint32_t token_at(const erz_scan *s, uint64_t begins)
{
    return s->nbegin + (uint32_t)__builtin_popcountll(erz_scan_begins(s) & s->window & ((begins & -begins) - 1));
}

void erz_scan_sentence(erz_scan *s, size_t pos)
{
    size_t bit = pos - s->base;
    if (bit < 64) {
        s->sentence_bits |= UINT64_C(1) << bit;
    } else if (s->sentence_at == ERZ_NOWHERE) {
        s->sentence_at = pos;
        s->pending = true;
    }
}

/* The first token of the sentence in which the token before pos stands. */
uint32_t rules_sentence_start(const erz_scan *s, size_t pos)
{
    uint64_t before = s->window & ((UINT64_C(1) << (pos - s->base)) - 1), wanted = s->sentence_bits & before;
    while (wanted != 0) { /* the last one that has a token before pos */
        uint64_t high = UINT64_C(1) << (63 - __builtin_clzll(wanted)), begins = erz_scan_begins(s) & before & ~(high - 1);
        if (begins != 0) return token_at(s, begins);
        wanted &= ~high;
    }
    return s->nsent == 0 ? 0 : s->t.sent[s->nsent - 1];
}

static bool is_closer(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0xab:
    case 0xbb:
    case 0x2018:
    case 0x2019:
    case 0x201c:
    case 0x201d:
    case 0x2039:
    case 0x203a:
        return true;
    default:
        return false;
    }
}

void rules_end_sentence(erz_scan *s, size_t pos)
{
    unsigned n;
    size_t next;
    bool closed = false;
    while (pos < s->len && is_closer(rules_decode(s, pos, &n))) pos += n, closed = true;
    erz_follow follow = rules_follow(s, pos, &next);
    if (follow == FOLLOW_GLUED && !closed && rules_class(s, pos, &n) == UC_UPPER) follow = FOLLOW_UPPER;
    if (follow == FOLLOW_UPPER || follow == FOLLOW_DIGIT || follow == FOLLOW_OPEN) erz_scan_sentence(s, next);
    if (follow == FOLLOW_OTHER) {
        uint32_t cp = rules_decode(s, next, &n);
        if (rules_class(s, next, &n) != UC_EMOJI && !rules_one_of(cp, ",;:.!?)") && cp != 0x2013) erz_scan_sentence(s, next);
    }
}

enum { LEAD_IN = 3 }; /* shorter texts before a colon are a label: "Beispiel: Der" */

void rules_colon(erz_scan *s, size_t pos)
{
    size_t next;
    if (rules_token(s, pos) < rules_sentence_start(s, pos) + LEAD_IN) return;
    if (rules_follow(s, pos + 1, &next) == FOLLOW_UPPER) erz_scan_sentence(s, next);
}

/* Lines of about the same length that run on are wrapped text; other line ends are ends of paragraphs, headlines, items. */
static bool is_wrapped(const erz_scan *s, size_t pos, size_t next)
{
    enum { SHORT = 55, LONG = 90 };
    uint8_t last = pos > 0 ? s->text[pos - 1] : 0;
    if (rules_one_of(last, ".!?:;")) return false;
    size_t begin = pos, end = next, room = s->len - next < LONG + 1 ? s->len - next : LONG + 1;
    const uint8_t *newline = memchr(s->text + next, '\n', room);
    if (newline == NULL && room > LONG) return false;
    end = newline == NULL ? s->len : (size_t)(newline - s->text);
    while (begin > 0 && pos - begin <= LONG && s->text[begin - 1] != '\n') begin--;
    return pos - begin >= SHORT && pos - begin <= LONG && end - next <= LONG;
}

void rules_newline(erz_scan *s, size_t pos)
{
    size_t next = pos + 1;
    unsigned n, lines = 1;
    /* The first line feed of a run of blanks has judged the whole run. */
    for (size_t k = pos; k > 0 && s->text[k - 1] <= ' '; k--)
        if (s->text[k - 1] == '\n') return;
    while (next < s->len && s->text[next] <= ' ') lines += s->text[next++] == '\n';
    if (next == s->len) return;
    if (lines > 1) {
        erz_scan_sentence(s, next);
        return;
    }
    if (rules_class(s, next, &n) == UC_LOWER) return;
    if (!is_wrapped(s, pos, next)) erz_scan_sentence(s, next);
}
