/* Ends of sentences: terminators, colons, line ends. */
#include <string.h>

#include "base/buf.h"
#include "rules.h"

static uint64_t from_bit(const erz_scan *s, size_t pos)
{
    if (pos <= s->at) return ~UINT64_C(0);
    size_t bit = pos + ERZ_WINDOW_FIRST - s->at;
    return bit >= 64 ? 0 : ~UINT64_C(0) << bit;
}

/* Fix the start of the sentence asked for if its first token is among `begins`. */
static void settle(erz_scan *s, uint64_t begins)
{
    begins &= from_bit(s, s->sentence_at) & ERZ_WINDOW_MASK;
    if (begins == 0) return;
    uint32_t token = s->nbegin + (uint32_t)__builtin_popcountll(s->begin_bits & ERZ_WINDOW_MASK & ((begins & -begins) - 1));
    s->sentence_at = ERZ_NOWHERE;
    if (!erz_grow(&s->t.sent, &s->cap_sent, (size_t)s->nsent + 2, sizeof *s->t.sent)) {
        s->failed = true;
        return;
    }
    s->t.sent[s->nsent++] = token;
}

void erz_scan_settle_sentence(erz_scan *s)
{
    settle(s, s->begin_bits);
}

void erz_scan_sentence(erz_scan *s, size_t pos)
{
    if (s->sentence_at != ERZ_NOWHERE) settle(s, s->begin_bits & ~from_bit(s, pos));
    if (s->sentence_at == ERZ_NOWHERE) s->sentence_at = pos;
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
        if (rules_class(s, next, &n) != UC_EMOJI && memchr(",;:.!?)", (int)(cp < 0x80 ? cp : 0), 7) == NULL && cp != 0x2013)
            erz_scan_sentence(s, next);
    }
}

enum { LEAD_IN = 3 }; /* shorter texts before a colon are a label: "Beispiel: Der" */

void rules_colon(erz_scan *s, size_t pos)
{
    size_t next;
    uint32_t first = s->nsent == 0 ? 0 : s->t.sent[s->nsent - 1];
    if (s->sentence_at != ERZ_NOWHERE && s->sentence_at < s->at + ERZ_WINDOW) {
        uint64_t begins = s->begin_bits & from_bit(s, s->sentence_at) & ERZ_WINDOW_MASK;
        if (begins != 0)
            first = s->nbegin + (uint32_t)__builtin_popcountll(s->begin_bits & ERZ_WINDOW_MASK & ((begins & -begins) - 1));
    }
    if (rules_token(s, pos) < first + LEAD_IN) return;
    if (rules_follow(s, pos + 1, &next) == FOLLOW_UPPER) erz_scan_sentence(s, next);
}

/* Lines of about the same length that run on are wrapped text; other line ends are ends of paragraphs, headlines, items. */
static bool is_wrapped(const erz_scan *s, size_t pos, size_t next)
{
    enum { SHORT = 55, LONG = 90 };
    size_t begin = pos, end = next;
    while (begin > 0 && pos - begin <= LONG && s->text[begin - 1] != '\n') begin--;
    while (end < s->len && end - next <= LONG && s->text[end] != '\n') end++;
    if (pos - begin < SHORT || pos - begin > LONG || end - next > LONG) return false;
    uint8_t last = pos > 0 ? s->text[pos - 1] : 0;
    return memchr(".!?:;", last, 5) == NULL;
}

void rules_newline(erz_scan *s, size_t pos)
{
    size_t next = pos + 1;
    unsigned n, lines = 1;
    while (next < s->len && s->text[next] <= ' ') lines += s->text[next++] == '\n';
    if (next == s->len) return;
    if (lines > 1) {
        erz_scan_sentence(s, next);
        return;
    }
    if (rules_class(s, next, &n) == UC_LOWER) return;
    if (!is_wrapped(s, pos, next)) erz_scan_sentence(s, next);
}
