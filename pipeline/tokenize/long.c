/* Stretches of text that windows do not divide at blanks: tokens or blanks of more than 60 bytes, the last bytes before the
 * end. Windows of 64 bytes overlap by four: bits 0-1 are looked back at, bits 62-63 ahead, and bits 2-61 are worked on. Marks,
 * runs and what rules ask for flow from one window into the next. Cold code. */
#include <string.h>

#include "scan.h"

/* Marks that flow from any byte of a word to the bit after its end: the shape flags of tokens. */
enum { MARK_INITIAL, MARK_UPPER, MARK_LOWER, MARK_DIGIT, MARK_HYPHEN, MARK_DOT, MARK_WIDE, MARKS };
static const uint16_t mark_flags[MARKS] = {ERZ_SHAPE_INITIAL_UPPER, ERZ_SHAPE_OTHER_UPPER, ERZ_SHAPE_LOWER,    ERZ_SHAPE_DIGIT,
                                           ERZ_SHAPE_HYPHEN,        ERZ_SHAPE_DOT,         ERZ_SHAPE_NON_ASCII};

typedef struct long_state {
    uint64_t carry[MARKS];
    uint64_t solid, run, first; /* bits 0 and 1, as the window before had them */
} long_state;

/* Flood: for each word that holds a mark, the bit after its end. */
static uint64_t flood(const erz_scan *s, uint64_t run, uint64_t marks, uint64_t *carry)
{
    uint64_t sum = (run & s->window) + (marks & s->window) + *carry;
    *carry = sum >> ERZ_WINDOW & (1 << ERZ_WINDOW_FIRST);
    return sum & ~run;
}

/* Bits of the window from position `until` on. */
static uint64_t bits_from(const erz_scan *s, size_t until)
{
    size_t bit = until - s->base;
    return bit >= 64 ? 0 : ~UINT64_C(0) << bit;
}

/* Apply what earlier windows asked for. */
static void apply_pending(erz_scan *s)
{
    uint64_t cut = s->next_cut & ~s->next_join;
    s->cut_bits &= ~s->next_join;
    s->solid_bits &= ~s->next_blank;
    s->next_cut = s->next_join = s->next_blank = 0;
    size_t at = s->base + ERZ_WINDOW_FIRST, next = at + ERZ_WINDOW;
    if (s->no_boundary_until != 0) { /* a long token */
        s->cut_bits &= bits_from(s, s->no_boundary_until);
        if (s->no_boundary_until < next) { /* and its end */
            s->cut_bits |= UINT64_C(1) << (s->no_boundary_until - s->base);
            s->no_boundary_until = 0;
        }
    }
    s->cut_bits |= cut; /* also before the first byte of a long token */
    if (s->no_event_until > at) s->event_bits &= bits_from(s, s->no_event_until);
    if (s->sentence_at < next) {
        s->sentence_bits |= UINT64_C(1) << (s->sentence_at - s->base);
        s->sentence_at = ERZ_NOWHERE;
    }
    s->pending = s->no_boundary_until != 0 || s->no_event_until >= next || s->sentence_at != ERZ_NOWHERE;
}

/* Number the sentences that begin in this window; `over`: the last one. */
static void settle(erz_scan *s, uint64_t begins, bool over)
{
    uint64_t wanted = s->sentence_bits & s->window, later = s->sentence_bits & ~s->window;
    s->sentence_bits = over ? (uint64_t)(later != 0) << ERZ_WINDOW_FIRST : later >> ERZ_WINDOW;
    for (; wanted != 0; wanted &= wanted - 1) {
        uint64_t after = begins & ~((wanted & -wanted) - 1);
        if (after == 0) { /* its first token is further on */
            s->sentence_bits |= 1 << ERZ_WINDOW_FIRST;
            return;
        }
        erz_scan_open_sentence(s, s->nbegin + (uint32_t)__builtin_popcountll(begins & ((after & -after) - 1)));
    }
}

static void load(const erz_scan *s, uint8_t bytes[64])
{
    size_t at = s->base + ERZ_WINDOW_FIRST, from = at >= ERZ_WINDOW_FIRST ? s->base : 0;
    size_t skip = from - s->base, n = s->len - from < 64 - skip ? s->len - from : 64 - skip;
    memset(bytes, ' ', 64);
    memcpy(bytes + skip, s->text + from, n);
}

/* Offsets of tokens, and the shapes of those that end here. */
static void emit(erz_scan *s, uint64_t begins, uint64_t ends, const uint64_t has[MARKS], uint64_t punct)
{
    const uint64_t letters = has[MARK_INITIAL] | has[MARK_UPPER] | has[MARK_LOWER];
    for (; begins != 0; begins &= begins - 1) s->t.begin[s->nbegin++] = (uint32_t)(s->base + (unsigned)__builtin_ctzll(begins));
    for (; ends != 0; ends &= ends - 1) {
        unsigned e = (unsigned)__builtin_ctzll(ends);
        unsigned shape = 0, number = has[MARK_DIGIT] >> e & ~letters >> e & 1;
        for (unsigned k = 0; k < MARKS; k++) shape |= (unsigned)(has[k] >> e & 1) * mark_flags[k];
        s->t.end[s->nend] = (uint32_t)(s->base + e);
        s->t.cls[s->nend] = (uint8_t)(number * ERZ_TOKEN_NUMBER | (punct << 1 >> e & 1) * ERZ_TOKEN_PUNCTUATION);
        s->t.shape[s->nend++] = (uint16_t)shape;
    }
}

static void one_window(erz_scan *s, const erz_masks *m, long_state *before, bool over)
{
    erz_runs r;
    erz_scan_runs(m, &r);
    r.run = (r.run & ~UINT64_C(3)) | before->run;
    uint64_t punct = ~(r.run | m->space | m->other);
    s->solid_bits = (~m->space & ~UINT64_C(3)) | before->solid;
    s->cut_bits = (r.run ^ r.run << 1) | punct | punct << 1;
    s->event_bits = r.events & s->window;
    if (s->pending) apply_pending(s);
    while (s->event_bits != 0) {
        unsigned bit = (unsigned)__builtin_ctzll(s->event_bits);
        s->event_bits &= s->event_bits - 1;
        erz_scan_event(s, bit);
    }
    uint64_t begins = erz_scan_begins(s) & s->window, ends = erz_scan_ends(s) & s->window;
    settle(s, begins, over);
    uint64_t first = begins | ((r.first_hyphen & ~UINT64_C(3)) | before->first) << 1;
    uint64_t has[MARKS], marks[MARKS] = {m->upper & first, m->upper & ~first,      m->lower,           m->digit,
                                         r.inner_hyphen,   r.separator & m->event, m->letter & m->wide};
    for (unsigned k = 0; k < MARKS; k++) has[k] = flood(s, r.run, marks[k], &before->carry[k]);
    before->solid = s->solid_bits >> ERZ_WINDOW & 3;
    before->run = r.run >> ERZ_WINDOW & 3;
    before->first = r.first_hyphen >> ERZ_WINDOW & 3;
    emit(s, begins, ends, has, punct);
}

size_t erz_scan_long(erz_scan *s, size_t pos)
{
    long_state state = {.solid = 0};
    s->sentence_bits = s->sentence_due ? 1 << ERZ_WINDOW_FIRST : 0;
    s->pending = false;
    s->nend = s->nbegin;
    for (bool over = false; pos <= s->len && s->bad == ERZ_NOWHERE && !over;) {
        if (!erz_scan_room(s)) return s->len;
        uint8_t bytes[64];
        erz_masks m;
        s->base = pos - ERZ_WINDOW_FIRST;
        load(s, bytes);
        erz_kernel_scalar.classify(bytes, &m);
        /* Up to a token after a blank, or a whole window. */
        uint64_t starts = ~m.space & m.space << 1 & ERZ_WINDOW_MASK & ~(UINT64_C(1) << ERZ_WINDOW_FIRST);
        over = starts != 0;
        unsigned end = over ? 63 - (unsigned)__builtin_clzll(starts) : ERZ_WINDOW_END;
        s->window = ERZ_WINDOW_MASK & ((UINT64_C(1) << end) - 1);
        one_window(s, &m, &state, over);
        pos += end - ERZ_WINDOW_FIRST;
    }
    s->sentence_due = s->sentence_bits != 0 || s->sentence_at != ERZ_NOWHERE;
    erz_scan_forget(s);
    return pos < s->len ? pos : s->len;
}
