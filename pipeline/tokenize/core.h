/* The window loop, compiled once for each kernel: the including file defines
 *   static inline void classify(const uint8_t *bytes, erz_masks *m)      (64 bytes)
 *   CORE_PEXT  1 if pext is one instruction, together with AVX2
 * and, if it has something better, CORE_POSITIONS(out, bits, n, base),
 * and gets static void core_scan(erz_scan *s). */
#include <string.h>

#include "scan.h"

#define CORE_INLINE inline __attribute__((always_inline))
#define CORE_RARE(x) __builtin_expect(!!(x), 0)

#if CORE_PEXT && !defined(ERZ_SIMDE)
#include <immintrin.h>
#endif

/* A window: what its masks say, and what becomes of it. */
typedef struct core_view {
    erz_masks m;
    erz_runs r;
    const uint8_t *bytes;
    size_t pos;
    uint64_t window;
    uint64_t plain; /* full stops behind words that are no abbreviations */
    uint64_t begins, ends;
    uint64_t sentences; /* a sentence begins with the token here */
    uint64_t triples;   /* first bytes of dashes and quotes of three bytes */
    bool exact;         /* rules have changed tokens: nothing is known of the blanks between them */
} core_view;

static CORE_INLINE unsigned core_count(uint64_t x)
{
#if CORE_PEXT || defined(__POPCNT__) || !defined(__x86_64__)
    return (unsigned)__builtin_popcountll(x);
#else
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    return (unsigned)(((x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f)) * UINT64_C(0x0101010101010101) >> 56);
#endif
}

/* Some number below 65 for 0. */
static CORE_INLINE unsigned core_lowest(uint64_t x)
{
#if CORE_PEXT && defined(__GNUC__) && !defined(ERZ_SIMDE)
    uint64_t n;
    __asm__("tzcnt %1, %0" : "=r"(n) : "r"(x)); /* the compiler would clear n before, for older processors */
    return (unsigned)n;
#elif CORE_PEXT
    return (unsigned)_tzcnt_u64(x);
#else
    return (unsigned)__builtin_ctzll(x | UINT64_C(1) << 63);
#endif
}

static CORE_INLINE uint64_t core_below(uint64_t bit)
{
    return bit - 1;
}

/* The lowest clear bit of mask at or above each of these bits. */
static CORE_INLINE uint64_t core_past(uint64_t bits, uint64_t mask)
{
    return ((mask + (bits & mask)) | bits) & ~mask;
}

#ifndef CORE_POSITIONS
/* Positions of set bits plus base. Up to 11 more elements are written than there are bits. */
static CORE_INLINE void core_positions(uint32_t *out, uint64_t bits, unsigned n, uint32_t base)
{
#define CORE_POSITION(i) out[i] = base + core_lowest(bits), bits &= bits - 1
    CORE_POSITION(0), CORE_POSITION(1), CORE_POSITION(2), CORE_POSITION(3);
    CORE_POSITION(4), CORE_POSITION(5), CORE_POSITION(6), CORE_POSITION(7);
    CORE_POSITION(8), CORE_POSITION(9), CORE_POSITION(10), CORE_POSITION(11);
    for (unsigned i = 12; i < n; i++) CORE_POSITION(i);
#undef CORE_POSITION
}
#define CORE_POSITIONS(out, bits, n, base) core_positions(out, bits, n, base)
#endif

/* Which of the full stops behind words certainly end no abbreviation? One is looked at, without branches that depend on the
 * word: its last eight letters in a table of all abbreviations, its last three in one of all endings that no word has. */
static CORE_INLINE uint64_t core_plain_stop(const erz_scan *s, uint64_t letters, const uint8_t *bytes, uint64_t dots)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t dot = dots & -dots, gaps = ~letters & core_below(dot), word;
    unsigned bit = core_lowest(dots), n = bit - (63 - (unsigned)__builtin_clzll(gaps << 1 | 1));
    memcpy(&word, bytes + bit - 8, 8);
    word &= ~UINT64_C(0) << (8 * (0 - (n < 8 ? n : 8)) & 63);
    unsigned listed = erz_scan_dotted_bit(word), ending = erz_scan_ending_bit(word, n);
    return ((s->dotted[listed / 64] >> listed % 64 | s->endings[ending / 64] >> ending % 64) & 1) != 0 ? 0 : dot;
#else
    (void)s, (void)letters, (void)bytes, (void)dots;
    return 0;
#endif
}

/* Full stops behind two letters and more. */
static CORE_INLINE uint64_t core_word_stops(const erz_masks *m, uint64_t dots)
{
    return dots & m->letter << 1 & m->letter << 2 & (m->letter << 3 | ~m->wide << 1);
}

/* Signs that are none of words: all that masks do not decide is `hard`. */
typedef struct core_signs {
    uint64_t colon, semicolon, terminator, dash, quote_open, quote_close, hard;
} core_signs;

static CORE_INLINE void core_sort_signs(const core_view *v, uint64_t left, core_signs *x)
{
    while (left != 0) {
        uint64_t bit = left & -left;
        const uint8_t *c = v->bytes + core_lowest(left);
        left &= left - 1;
        if (*c == 0xe2 && c[1] == 0x80 && (c[2] == 0x93 || (c[2] >= 0x9c && c[2] <= 0x9e))) {
            x->dash |= c[2] == 0x93 ? bit : 0;
            x->quote_open |= c[2] == 0x9e ? bit : 0;
            x->quote_close |= c[2] == 0x9c || c[2] == 0x9d ? bit : 0;
            left &= ~(bit << 1 | bit << 2);
        } else if (*c == ':') {
            x->colon |= bit;
        } else if (*c == '!' || *c == '?') {
            x->terminator |= bit;
        } else if (*c == ';') {
            x->semicolon |= bit;
        } else {
            x->hard |= bit;
        }
    }
    x->hard |= (x->colon | x->semicolon) & ~(v->m.space >> 1);
}

/* A terminator stands before bit `at`: does a sentence begin behind closing signs and blanks? False if masks do not tell. */
static CORE_INLINE bool core_follow(core_view *v, const core_signs *x, uint64_t at)
{
    uint64_t newline = v->m.event & v->m.space, blank = v->m.space & ~newline;
    for (;;) { /* closing signs */
        const uint8_t *c = v->bytes + core_lowest(at);
        if ((at & x->quote_close) != 0)
            at <<= 3;
        else if (at != 0 && (*c == '"' || *c == ')' || *c == ']' || *c == '}'))
            at <<= 1;
        else
            break;
    }
    if ((at & blank) == 0) return true;
    at = core_past(at, blank);
    uint64_t quote = x->quote_close | x->quote_open;
    if ((at & (v->m.upper | v->m.digit | quote)) != 0) v->sentences |= at;
    return (at & ~(v->m.upper | v->m.digit | v->m.lower | quote | x->dash | newline)) == 0;
}

static void core_colons(const erz_scan *s, core_view *v, uint64_t colons)
{
    enum { LEAD_IN = 3 };
    uint64_t blank = v->m.space & ~v->m.event;
    for (; colons != 0; colons &= colons - 1) {
        uint64_t colon = colons & -colons, at = core_past(colon << 1, blank) & v->m.upper;
        if (at == 0) continue;
        uint64_t before = v->sentences & core_below(colon), begins = v->begins & core_below(colon);
        uint32_t start = s->nsent == 0 ? 0 : s->t.sent[s->nsent - 1];
        if (before != 0) start = s->nbegin + core_count(begins & core_below(UINT64_C(1) << (63 - __builtin_clzll(before))));
        if (s->nbegin + core_count(begins) >= start + LEAD_IN) v->sentences |= at;
    }
}

/* Sentences after line ends. One alone that no terminator stands before may be wrapped text: then the first byte behind is in
 * `open`. */
static CORE_INLINE uint64_t core_newlines(const erz_masks *m, uint64_t newline, uint64_t stops, uint64_t *open)
{
    uint64_t blank = m->space, sum = blank + newline, second = sum & newline;
    uint64_t many = (blank + second) & ~blank, one = sum & ~blank & ~many, lone = newline & ~second & ~(stops << 1);
    *open = (blank + lone) & one;
    return many | (one & ~m->lower & ~*open);
}

static CORE_INLINE void core_boundaries(core_view *v)
{
    uint64_t run = v->r.run & v->window, punct = v->window & ~(v->r.run | v->m.space | v->m.other), edge = run ^ run << 1;
    v->begins = (edge & run) | punct;
    v->ends = (edge & ~run) | punct << 1;
}

static void core_open_window(erz_scan *s, const core_view *v, uint64_t events)
{
    uint64_t run = v->r.run, punct = ~(run | v->m.space | v->m.other);
    s->base = v->pos;
    s->window = v->window;
    s->solid_bits = ~v->m.space;
    s->cut_bits = (run ^ run << 1) | punct | punct << 1;
    s->event_bits = events & v->window;
    s->sentence_bits = v->sentences;
}

static void core_close_window(erz_scan *s)
{
    s->sentence_due = (s->sentence_bits & ~s->window) != 0 || s->sentence_at != ERZ_NOWHERE;
    erz_scan_forget(s);
}

static void core_run_events(erz_scan *s)
{
    while (s->event_bits != 0) {
        unsigned bit = core_lowest(s->event_bits);
        s->event_bits &= s->event_bits - 1;
        erz_scan_event(s, bit);
    }
}

/* Everything but plain full stops before blanks goes to the rules. */
static __attribute__((noinline)) void core_rules(erz_scan *s, core_view *v, uint64_t due)
{
    static const core_signs none;
    uint64_t decided = 0;
    v->sentences = due;
    uint64_t odd = v->m.digit | (v->m.event & ~v->m.space) | (v->m.hyphen & ~(v->m.letter << 1)) | v->m.other;
    for (uint64_t left = v->plain & v->m.space >> 1; left != 0; left &= left - 1) {
        uint64_t dot = left & -left, gaps = ~v->m.letter & core_below(dot);
        bool alone = (odd << 1 >> (63 - (unsigned)__builtin_clzll(gaps << 1 | 1)) & 1) == 0; /* all of a token */
        if (alone && core_follow(v, &none, dot << 1)) decided |= dot;
    }
    core_open_window(s, v, v->r.events & ~decided);
    core_run_events(s);
    v->begins = erz_scan_begins(s) & v->window;
    v->ends = erz_scan_ends(s) & v->window;
    v->sentences = 0;
    for (uint64_t wanted = s->sentence_bits & v->window; wanted != 0; wanted &= wanted - 1) {
        uint64_t after = v->begins & ~core_below(wanted & -wanted);
        v->sentences |= after & -after;
        if (after == 0) s->sentence_bits |= ~v->window;
    }
    core_close_window(s);
    v->exact = true;
}

/* A window with more than words, plain full stops and paragraphs: signs that masks can tell, or the rules. */
static __attribute__((noinline)) void core_careful(erz_scan *s, core_view *v, uint64_t due)
{
    core_signs x = {.hard = 0};
    s->sentence_due = false;
    if ((v->m.hyphen & v->m.hyphen >> 1) != 0) {
        erz_scan_runs(&v->m, &v->r);
        core_boundaries(v);
    }
    uint64_t newline = v->m.event & v->m.space & v->window, dot = v->r.events & v->m.dot_comma & v->window, open;
    v->sentences = due;
    core_sort_signs(v, v->r.events & v->window & ~(dot | newline), &x);
    uint64_t quotes = x.quote_open | x.quote_close, known = (quotes | x.dash) * 7;
    uint64_t word = v->m.letter | v->m.digit | (v->m.other & ~known), digit = v->m.digit;
    uint64_t years = dot & digit << 1 & digit << 2 & digit << 3 & digit << 4;
    uint64_t stops = v->plain | years | (dot & ~((word | dot) << 1)) | x.terminator;
    uint64_t clash = (stops & ~x.terminator) << 1 & (word | v->m.hyphen | (v->m.dot_comma & v->m.event));
    if (((dot & ~stops) | clash | (x.terminator << 1 & word) | x.hard) != 0) {
        core_rules(s, v, due);
        return;
    }
    v->triples = quotes | x.dash;
    v->begins |= v->triples;
    v->ends |= v->triples << 3;
    bool good = true;
    for (uint64_t left = stops; left != 0; left &= left - 1) good &= core_follow(v, &x, (left & -left) << 1);
    v->sentences |= core_newlines(&v->m, newline, dot | x.terminator | x.colon | x.semicolon, &open);
    uint64_t after = (v->m.space + newline) & ~v->m.space; /* and behind colons; letters of other scripts may be upper case */
    after = (after | core_past(x.colon << 1, v->m.space & ~v->m.event)) & v->m.other & ~known;
    if (!good || after != 0) {
        v->triples = 0;
        core_rules(s, v, due);
        return;
    }
    if (open != 0) {
        core_open_window(s, v, newline);
        core_run_events(s);
        v->sentences |= s->sentence_bits;
        core_close_window(s);
    }
    core_colons(s, v, x.colon);
}

enum { RECORDS = 192, RECORD_TOKENS = 16, FIXES = 384 };

/* What was seen of tokens, one bit a token and mark; mark 6 is a blank behind. Ends, classes and shapes are made of it. */
typedef struct core_records {
    uint16_t marks[RECORDS + 1][8];
    uint8_t count[RECORDS + 1];
    unsigned n, nfixes;
    uint32_t first; /* token of record 0 */
    uint32_t fix_token[FIXES], fix_end[FIXES];
} core_records;
enum { MARK_INITIAL, MARK_UPPER, MARK_LOWER, MARK_DIGIT, MARK_HYPHEN, MARK_DOT, MARK_BLANK, MARK_WIDE, MARKS };

/* For each word that holds a mark, the bit after its end. */
static CORE_INLINE uint64_t core_flood(uint64_t run, uint64_t marks)
{
    return (run + marks) & ~run;
}

static CORE_INLINE void core_marks(const core_view *v, uint64_t has[MARKS])
{
    const erz_masks *m = &v->m;
    uint64_t run = v->r.run, first = v->begins | v->r.first_hyphen << 1;
    has[MARK_INITIAL] = core_flood(run, m->upper & first);
    has[MARK_UPPER] = core_flood(run, m->upper & ~first);
    has[MARK_LOWER] = core_flood(run, m->lower);
    has[MARK_DIGIT] = core_flood(run, m->digit);
    has[MARK_HYPHEN] = core_flood(run, v->r.inner_hyphen);
    has[MARK_DOT] = core_flood(run, v->r.separator & m->event);
    has[MARK_BLANK] = m->space;
    has[MARK_WIDE] = core_flood(run, m->letter & m->wide) | v->triples << 3;
}

/* The end of a token cannot be told from the next one's begin. */
static CORE_INLINE void core_fix(core_records *r, uint32_t token, size_t end)
{
    r->fix_token[r->nfixes] = token;
    r->fix_end[r->nfixes++] = (uint32_t)end;
}

#if CORE_PEXT
/* Classes, shapes and ends of 16 tokens. */
static CORE_INLINE void core_spread(const erz_scan *s, uint32_t token, __m128i marks, __m128i cls)
{
    __m256i shape = _mm256_cvtepu8_epi16(_mm_andnot_si128(_mm_set1_epi8(1 << MARK_BLANK), marks));
    __m128i blank = _mm_and_si128(_mm_srli_epi16(marks, MARK_BLANK), _mm_set1_epi8(1));
    _mm_storeu_si128((__m128i *)(void *)(s->t.cls + token), cls);
    _mm256_storeu_si256((__m256i *)(void *)(s->t.shape + token), shape);
    const uint32_t *next = s->t.begin + token + 1;
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)next);
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(next + 8));
    a = _mm256_sub_epi32(a, _mm256_cvtepu8_epi32(blank));
    b = _mm256_sub_epi32(b, _mm256_cvtepu8_epi32(_mm_srli_si128(blank, 8)));
    _mm256_storeu_si256((__m256i *)(void *)(s->t.end + token), a);
    _mm256_storeu_si256((__m256i *)(void *)(s->t.end + token + 8), b);
}

/* Write what the records say; the next token begins at `next`. An odd last record is followed by one of no tokens. */
static void core_flush(erz_scan *s, core_records *r, size_t next)
{
    const __m256i lanes = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
    const __m256i classes = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(ERZ_TOKEN_PUNCTUATION, 0, 0, 0, 0, 0, 0, 0, ERZ_TOKEN_NUMBER, 0, 0, 0, 0, 0, 0, 0));
    uint32_t token = r->first;
    r->count[r->n] = 0;
    s->t.begin[s->nbegin] = (uint32_t)next;
    for (unsigned i = 0; i < r->n; i += 2) {
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)r->marks[i]), t;
        x = _mm256_shuffle_epi8(x, lanes);
        t = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 7)), _mm256_set1_epi64x(0x00aa00aa00aa00aa));
        x = _mm256_xor_si256(x, _mm256_xor_si256(t, _mm256_slli_epi64(t, 7)));
        t = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 14)), _mm256_set1_epi64x(0x0000cccc0000cccc));
        x = _mm256_xor_si256(x, _mm256_xor_si256(t, _mm256_slli_epi64(t, 14)));
        t = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 28)), _mm256_set1_epi64x(0x00000000f0f0f0f0));
        x = _mm256_xor_si256(x, _mm256_xor_si256(t, _mm256_slli_epi64(t, 28)));
        __m256i cls = _mm256_shuffle_epi8(classes, _mm256_and_si256(x, _mm256_set1_epi8(15)));
        core_spread(s, token, _mm256_castsi256_si128(x), _mm256_castsi256_si128(cls));
        token += r->count[i];
        core_spread(s, token, _mm256_extracti128_si256(x, 1), _mm256_extracti128_si256(cls, 1));
        token += r->count[i + 1];
    }
    for (unsigned i = 0; i < r->nfixes; i++) s->t.end[r->fix_token[i]] = r->fix_end[i];
    r->n = r->nfixes = 0;
    r->first = s->nbegin;
}

#define CORE_EACH_MARK(what) what(0), what(1), what(2), what(3), what(4), what(5), what(6), what(7)

static CORE_INLINE void core_emit(erz_scan *s, core_records *r, const core_view *v)
{
    uint64_t has[MARKS];
    uint32_t token = s->nbegin;
    core_marks(v, has);
    unsigned n = core_count(v->begins);
    uint16_t *marks = r->marks[r->n];
#define CORE_PACK(k) has[k] = _pext_u64(has[k], v->ends), marks[k] = (uint16_t)has[k]
    CORE_EACH_MARK(CORE_PACK);
    r->count[r->n++] = (uint8_t)n;
    for (unsigned done = RECORD_TOKENS; CORE_RARE(done < n); done += RECORD_TOKENS) {
        r->count[r->n - 1] = RECORD_TOKENS;
#define CORE_REST(k) r->marks[r->n][k] = (uint16_t)(has[k] >> done)
        CORE_EACH_MARK(CORE_REST);
        r->count[r->n++] = (uint8_t)(n - done);
    }
    uint64_t odd = v->ends & ((v->m.space & v->m.space >> 1) | -(uint64_t)v->exact);
    for (; CORE_RARE(odd != 0); odd &= odd - 1)
        core_fix(r, token + core_count(v->ends & core_below(odd & -odd)), v->pos + core_lowest(odd));
    CORE_POSITIONS(s->t.begin + token, v->begins, n, (uint32_t)v->pos);
    s->nbegin = token + n;
}
#else
static CORE_INLINE void core_flush(erz_scan *s, core_records *r, size_t next)
{
    (void)s, (void)r, (void)next;
}

static CORE_INLINE void core_emit(erz_scan *s, core_records *r, const core_view *v)
{
    static const uint8_t classes[16] = {[0] = ERZ_TOKEN_PUNCTUATION, [1 << MARK_DIGIT] = ERZ_TOKEN_NUMBER};
    uint64_t has[MARKS], begins = v->begins;
    uint32_t *begin = s->t.begin + s->nbegin, *end = s->t.end + s->nbegin, pos = (uint32_t)v->pos, n = 0;
    uint8_t *cls = s->t.cls + s->nbegin;
    uint16_t *shape = s->t.shape + s->nbegin;
    core_marks(v, has);
    has[MARK_BLANK] = 0;
    erz_scan_transpose(has); /* now a byte for each mark, a number for eight ends */
    (void)r;
    for (uint64_t ends = v->ends; ends != 0; ends &= ends - 1, begins &= begins - 1) {
        unsigned e = (unsigned)__builtin_ctzll(ends);
        uint64_t bits = has[e / 8] >> e % 8 & UINT64_C(0x0101010101010101);
        unsigned marks = (unsigned)(bits * UINT64_C(0x0102040810204080) >> 56); /* bit k of byte k */
        begin[n] = pos + (unsigned)__builtin_ctzll(begins);
        end[n] = pos + e;
        cls[n] = classes[marks & 15];
        shape[n++] = (uint16_t)marks;
    }
    s->nbegin += n;
}
#endif

/* Number the sentences that begin in this window. */
static CORE_INLINE void core_settle(erz_scan *s, const core_view *v)
{
    uint64_t wanted = v->sentences & v->window;
    s->t.sent[s->nsent] = s->nbegin + core_count(v->begins & core_below(wanted & -wanted));
    s->nsent += wanted != 0;
    for (wanted &= wanted - 1; CORE_RARE(wanted != 0); wanted &= wanted - 1)
        s->t.sent[s->nsent++] = s->nbegin + core_count(v->begins & core_below(wanted & -wanted));
}

/* erz_scan_runs() for windows without two hyphens in a row; those have events. */
static CORE_INLINE void core_quick_runs(const erz_masks *m, erz_runs *r)
{
    r->separator = r->inner_hyphen = r->first_hyphen = 0;
    r->run = m->letter;
    r->events = m->event | m->other;
    if ((m->digit | m->hyphen) == 0) return;
    uint64_t word = m->letter | m->digit, before = word << 1, after = word >> 1;
    uint64_t digit_before = m->digit << 1, between_digits = digit_before & m->digit >> 1;
    uint64_t joined = m->hyphen & before & ~between_digits;
    r->separator = m->dot_comma & between_digits;
    r->inner_hyphen = joined & after;
    r->first_hyphen = m->hyphen & ~before & m->letter >> 1;
    r->run = word | r->separator | joined | r->first_hyphen;
    uint64_t mixed = (m->digit ^ digit_before) & word & before;
    r->events = (r->events & ~r->separator) | mixed | (m->hyphen & m->hyphen >> 1) | (joined & ~after & digit_before);
}

/* Sentences by the masks; false if they do not tell. */
static CORE_INLINE bool core_simple(const erz_scan *s, core_view *v, uint64_t due)
{
    const erz_masks *m = &v->m;
    uint64_t newline = m->event & m->space, events = v->r.events & v->window, dots = events & m->dot_comma, doubt = 0;
    v->plain = 0;
    v->sentences = due;
    if (dots != 0) {
        uint64_t words = core_word_stops(m, dots), blank = m->space & ~newline, clear = m->upper | m->digit;
        v->plain = core_plain_stop(s, m->letter, v->bytes, words);
        for (words &= words - 1; CORE_RARE(words != 0); words &= words - 1)
            v->plain |= core_plain_stop(s, m->letter, v->bytes, words);
        uint64_t behind = v->plain << 1, next = core_past(behind & blank, blank);
        v->sentences |= next & clear;
        doubt = (behind & ~m->space) | (next & ~(clear | m->lower | newline));
    }
    newline &= v->window;
    if (newline != 0) {
        uint64_t open, after = (m->space + newline) & ~m->space & m->other;
        v->sentences |= core_newlines(m, newline, dots, &open);
        doubt |= open | after;
    }
    return ((events & ~newline & ~v->plain) | doubt) == 0;
}

/* The bytes at pos, with room before and behind, and how many of them are worked on. */
static const uint8_t *core_border(const erz_scan *s, size_t pos, uint8_t pad[80])
{
    size_t n = s->len - pos < 64 ? s->len - pos : 64;
    memset(pad, ' ', 80);
    memcpy(pad + 8, s->text + pos, n);
    return pad + 8;
}

enum { LONGEST_END = 62 };

/* A stretch that windows do not divide; false: it is not UTF-8, or memory is short. */
static CORE_INLINE bool core_long(erz_scan *s, core_records *records, size_t *pos, uint64_t *due)
{
    core_flush(s, records, *pos);
    s->sentence_due = *due != 0;
    *pos = erz_scan_long(s, *pos);
    if (s->bad != ERZ_NOWHERE || !erz_scan_room(s)) return false;
    records->first = s->nbegin;
    *due = s->sentence_due;
    return true;
}

/* A window that masks alone do not decide; false: it is not UTF-8. A copy goes to the rules, so that v may stay in registers.
 */
static CORE_INLINE bool core_by_rules(erz_scan *s, core_view *v, uint64_t due)
{
    core_view w = *v;
    core_careful(s, &w, due);
    if (s->bad != ERZ_NOWHERE) return false;
    v->begins = w.begins, v->ends = w.ends, v->sentences = w.sentences;
    v->triples = w.triples, v->exact |= w.exact, v->r = w.r;
    if (s->sentence_due) v->sentences |= ~v->window;
    return true;
}

static void core_scan(erz_scan *s)
{
    core_records records;
    records.n = records.nfixes = 0;
    records.first = 0;
    size_t pos = 0;
    uint64_t due = 1;
    bool exact = true; /* the end of the last token is known */
    while (pos < s->len && s->text[pos] <= ' ') pos++;
    const size_t inner = s->len < 72 ? 0 : s->len - 71; /* pos - 8 is less if eight bytes stand before and 64 behind pos */
    if (!erz_scan_room(s)) return;
    while (pos < s->len) {
        uint8_t pad[80];
        core_view v;
        uint64_t most = ~UINT64_C(0) >> 1;
        v.pos = pos, v.bytes = s->text + pos, v.triples = 0, v.exact = false;
        if (!CORE_PEXT && CORE_RARE(!erz_scan_room(s))) return;
        if (CORE_RARE(pos - 8 >= inner)) {
            v.bytes = core_border(s, pos, pad);
            if (s->len - pos <= LONGEST_END) most = 0;
        }
        classify(v.bytes, &v.m);
        uint64_t starts = ~v.m.space & v.m.space << 1 & most;
        size_t stride = 63 - (unsigned)__builtin_clzll(starts | 1);
        v.window = (UINT64_C(1) << stride) - 1;
        if (CORE_RARE(starts == 0)) {
            if (most != 0) { /* no end in sight */
                if (!core_long(s, &records, &pos, &due)) return;
                exact = true;
                continue;
            }
            v.exact = true;
            v.window = ~UINT64_C(0);
            stride = s->len - pos;
        }
        core_quick_runs(&v.m, &v.r);
        core_boundaries(&v);
        if (CORE_RARE(!core_simple(s, &v, due))) {
            if (!core_by_rules(s, &v, due)) return;
            if (!exact && (v.begins & 1) == 0 && s->nbegin > 0) {
                size_t end = pos;
                while (s->text[end - 1] <= ' ') end--;
                core_fix(&records, s->nbegin - 1, end);
            }
        }
        exact = v.exact;
        due = (v.sentences & ~v.window) != 0;
        core_settle(s, &v);
        core_emit(s, &records, &v);
        pos += stride;
        if (CORE_RARE(records.n > RECORDS - 4 || records.nfixes > FIXES - 64)) {
            core_flush(s, &records, pos);
            if (!erz_scan_room(s)) return;
        }
    }
    core_flush(s, &records, pos);
}
