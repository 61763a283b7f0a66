/* The window loop, compiled once for each kernel (block.h), which defines
 *   CORE_PEXT  1 if pext is one instruction, together with AVX2
 * and gets static void core_scan(erz_scan *s) and core_masks(), which tests compare.
 * A block of windows goes through stages, each a loop without branches that depend on the text but for rare ones: masks, words
 * and tokens, full stops, sentences (all by masks alone), then windows that masks do not decide and offsets of begins, then
 * marks, ends, classes and shapes (core_emit.h). */
#include "block.h"

#if CORE_PEXT && !defined(ERZ_SIMDE)
#include <immintrin.h>
#endif

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
#elif defined(__x86_64__) && defined(__GNUC__) && !defined(ERZ_SIMDE)
    uint64_t n = 0;
    __asm__("rep bsf %1, %0" : "+r"(n) : "r"(x) : "cc"); /* 0 or 64 for 0, by processor */
    return (unsigned)n;
#else
    return (unsigned)__builtin_ctzll(x | UINT64_C(1) << 63);
#endif
}

/* The same; for 0 some processors leave `before`, which is at hand. */
static CORE_INLINE uint64_t core_lowest_or(uint64_t x, uint64_t before)
{
#if !CORE_PEXT && defined(__x86_64__) && defined(__GNUC__) && !defined(ERZ_SIMDE)
    __asm__("rep bsf %1, %0" : "+r"(before) : "r"(x) : "cc");
    return before;
#else
    (void)before;
    return core_lowest(x);
#endif
}

/* The lowest n bits, n below 64. */
static CORE_INLINE uint64_t core_first(unsigned n)
{
#if CORE_PEXT && !defined(ERZ_SIMDE)
    return _bzhi_u64(~UINT64_C(0), n);
#else
    return (UINT64_C(1) << n) - 1;
#endif
}

static CORE_INLINE uint64_t core_below(uint64_t bit)
{
    return bit - 1;
}

/* The lowest clear bit of mask at or above each of these bits. */
#define CORE_PAST(bits, mask) ((((mask) + ((bits) & (mask))) | (bits)) & ~(mask))

/* Sentences after line ends; `newline`: those in the window. One alone that no terminator stands before may be wrapped text:
 * then the first byte behind is in `open`. */
/* NOLINTBEGIN(bugprone-macro-parentheses): `type` is a type */
#define CORE_NEWLINES(type, name)                                                                                              \
    static CORE_INLINE type name(type blank, type lower, type newline, type stops, type *open)                                 \
    {                                                                                                                          \
        type sum = blank + newline, second = sum & newline, lone = newline & ~second & ~(stops << 1);                          \
        type many = (blank + second) & ~blank, one = sum & ~blank & ~many;                                                     \
        *open = (blank + lone) & one;                                                                                          \
        return many | (one & ~lower & ~*open);                                                                                 \
    }
/* NOLINTEND(bugprone-macro-parentheses) */
CORE_NEWLINES(uint64_t, core_newlines)
CORE_NEWLINES(core_bits, core_newlines_each)

#include "core_careful.h"
#include "core_emit.h"

#define GET(field) field = core_get(CORE_FIELD(at, field))
#define SET(field, value) core_set(CORE_FIELD(at, field), value)

#ifndef CORE_PLANES
static CORE_INLINE void core_classes(char *at, const core_block *b, unsigned i, core_kinds *x)
{
    (void)b, (void)i;
#define LOAD(field) x->field = core_get(CORE_FIELD(at, field))
    LOAD(letter), LOAD(small), LOAD(second), LOAD(digit), LOAD(space), LOAD(hyphen), LOAD(dot_comma), LOAD(wide), LOAD(event);
#undef LOAD
}
#endif

/* Letters of two bytes. */
static CORE_INLINE void core_letters(char *at, core_kinds *x)
{
    core_bits pair = x->second | x->second >> 1, upper_second = x->second & ~x->small;
    core_bits upper = (x->letter & ~x->small) | upper_second >> 1;
    x->event &= ~x->letter;
    x->letter |= pair;
    x->other = x->wide & ~pair;
    SET(event, x->event);
    SET(letter, x->letter);
    SET(upper, upper);
    SET(lower, x->letter & ~(upper | upper_second));
    SET(other, x->other);
}

/* Words and what joins them as in erz_scan_runs() for windows without two hyphens in a row, which have events; tokens. */
/* Returns a bit for each window with full stops behind words. */
static CORE_INLINE unsigned core_words(char *at, const core_kinds *x)
{
    core_bits letter = x->letter, digit = x->digit, hyphen = x->hyphen, other = x->other, GET(window);
    core_bits word = letter | digit, before = word << 1, digit_before = digit << 1;
    core_bits between_digits = digit_before & digit >> 1, joined = hyphen & before & ~between_digits;
    core_bits separator = x->dot_comma & between_digits, inner_hyphen = joined & word >> 1;
    core_bits first_hyphen = hyphen & ~before & letter >> 1, run = word | separator | joined | first_hyphen;
    core_bits mixed = (digit ^ digit_before) & word & before, number_end = joined & ~inner_hyphen & digit_before;
    core_bits events = (x->event & ~separator) | other | mixed | (hyphen & hyphen >> 1) | number_end;
    core_bits inside = run & window, punct = window & ~(run | x->space | other), edge = inside ^ inside << 1;
    SET(separator, separator);
    SET(inner_hyphen, inner_hyphen);
    SET(first_hyphen, first_hyphen);
    SET(run, run);
    SET(events, events);
    SET(begins, (edge & inside) | punct);
    SET(ends, (edge & ~inside) | punct << 1);
    SET(triples, window ^ window);
    SET(plain, window ^ window);
    core_bits stops = events & x->dot_comma & window & letter << 1 & letter << 2 & (letter << 3 | ~x->wide << 1);
    SET(word_stops, stops);
    return core_nonzero(stops);
}

static CORE_STAGE void core_tokens(core_block *b)
{
    b->stop_set = 0;
    for (unsigned i = 0; i < b->n; i += CORE_LANES) {
        core_kinds x;
        char *at = core_row(b, i);
        core_classes(at, b, i, &x);
        core_letters(at, &x);
        b->stop_set |= (uint64_t)core_words(at, &x) << i;
    }
    b->stop_set &= ~(~UINT64_C(1) << (b->n - 1)); /* lanes behind the last window hold anything */
}

/* Full stops behind words of two letters and more that are no abbreviations. */
static CORE_STAGE void core_plain_stops(const erz_scan *s, core_block *b)
{
    for (uint64_t left = b->stop_set; left != 0; left &= left - 1) {
        unsigned i = core_lowest(left);
        const uint8_t *bytes = core_bytes_of(b, i);
        uint64_t stops = b->word_stops[i], plain = core_plain_stop(s, b->letter[i], bytes, stops);
        for (stops &= stops - 1; CORE_RARE(stops != 0); stops &= stops - 1)
            plain |= core_plain_stop(s, b->letter[i], bytes, stops);
        b->plain[i] = plain;
    }
}

/* Sentences by the masks, and whether they tell all. */
static CORE_STAGE void core_sentences(core_block *b)
{
    b->hard_set = 0;
    for (unsigned i = 0; i < b->n; i += CORE_LANES) {
        char *at = core_row(b, i);
        core_bits GET(space), GET(event), GET(events), GET(dot_comma), GET(plain), GET(window), GET(upper), GET(lower),
            GET(digit), GET(other);
        core_bits newline = event & space, blank = space & ~newline, clear = upper | digit, behind = plain << 1, open;
        core_bits gap = behind & blank, next = CORE_PAST(gap, blank),
                  doubt = (behind & ~space) | (next & ~(clear | lower | newline));
        newline &= window;
        events &= window;
        core_bits lines = core_newlines_each(space, lower, newline, events & dot_comma, &open);
        doubt |= open | ((space + newline) & ~space & other);
        SET(sentences, (next & clear) | lines);
        core_bits hard = (events & ~newline & ~plain) | doubt;
        SET(hard, hard);
        b->hard_set |= (uint64_t)core_nonzero(hard) << i;
    }
    b->hard_set &= ~(~UINT64_C(1) << (b->n - 1));
}
#undef GET
#undef SET

/* Tokens of window i whose classes and shapes masks do not give. */
static void core_note(erz_scan *s, const core_block *b, unsigned i, core_records *r)
{
    uint64_t classes = b->symbols[i] | b->ordinals[i] | b->abbreviations[i], inner = b->apostrophes[i] | b->inner_signs[i];
    for (uint64_t left = classes | inner; left != 0; left &= left - 1) {
        uint64_t bit = left & -left;
        core_mend *mend = &r->mends[r->nmends++];
        mend->token = b->token[i] + core_count(b->begins[i] & (bit | core_below(bit))) - 1;
        mend->cls = (bit & b->symbols[i]) != 0         ? ERZ_TOKEN_SYMBOL
                    : (bit & b->ordinals[i]) != 0      ? ERZ_TOKEN_ORDINAL
                    : (bit & b->abbreviations[i]) != 0 ? ERZ_TOKEN_ABBREVIATION
                                                       : ERZ_TOKEN_CLASSES;
        mend->shape = (bit & b->apostrophes[i]) != 0   ? ERZ_SHAPE_APOSTROPHE
                      : (bit & b->inner_signs[i]) != 0 ? ERZ_SHAPE_OTHER
                                                       : 0;
        if (CORE_RARE(mend->token == b->token[i] && mend->token < s->patched)) /* rules may have asked for something else */
            rules_patch(s, mend->token, mend->cls < ERZ_TOKEN_CLASSES ? mend->cls : PATCH_DESCRIBE);
    }
}

/* A window that masks alone do not decide; false: it is not UTF-8. */
static __attribute__((noinline)) bool core_by_rules(erz_scan *s, core_block *b, unsigned i, uint64_t due)
{
    core_view v;
    core_view_open(&v, b, i, due);
    unsigned last = i;
    while (last > 0 && b->count[last - 1] == 0) last--;
    if (last > 0) /* rules may look at the token before */
        s->t.begin[s->nbegin - 1] = (uint32_t)b->pos[last - 1] + 63 - (unsigned)__builtin_clzll(b->begins[last - 1]);
    s->sentence_due = false;
    core_rules(s, &v);
    if (s->bad != ERZ_NOWHERE) return false;
    if (s->sentence_due) v.sentences |= ~b->window[i];
    core_view_keep(&v, b, i);
    return true;
}

/* Windows that masks do not decide; tokens and sentences are numbered. */
static CORE_STAGE bool core_number(erz_scan *s, core_block *b, core_records *r)
{
    uint32_t token = s->nbegin, nsent = s->nsent, *sent = s->t.sent;
    uint64_t due = r->due;
    for (unsigned i = 0; i < b->n; i++) {
        b->sentences[i] |= due;
        if (CORE_RARE(b->hard[i] != 0)) {
            s->nbegin = token, s->nsent = nsent;
            if (b->hard[i] == HARD_COLONS)
                core_colons(s, b, i);
            else if (!core_by_rules(s, b, i, due))
                return false;
        }
        uint64_t window = b->window[i], begins = b->begins[i], wanted = b->sentences[i] & window, more = wanted & (wanted - 1);
        unsigned n = core_count(begins);
        due = b->sentences[i] > window;
        sent[nsent] = token + core_count(begins & core_below(wanted & -wanted));
        nsent += wanted != 0;
        for (; CORE_RARE(more != 0); more &= more - 1) sent[nsent++] = token + core_count(begins & core_below(more & -more));
        b->count[i] = (uint8_t)n;
        b->token[i] = token;
        token += n;
    }
    s->nbegin = token, s->nsent = nsent;
    r->due = due;
    for (uint64_t left = b->noted; left != 0; left &= left - 1) core_note(s, b, core_lowest(left), r);
    return true;
}

enum { LONGEST_END = 62 };

/* Blanks among the 64 bytes from pos on; what is behind the text is blank. */
static CORE_RARE_STAGE uint64_t core_last_blanks(const erz_scan *s, size_t pos)
{
    uint8_t rest[64];
    memset(rest, ' ', sizeof rest);
    if (pos < s->len) memcpy(rest, s->text + pos, s->len - pos);
    return blanks(rest);
}

/* 64 bits from bit `at` on. */
static CORE_INLINE uint64_t core_bits_from(const uint64_t *bits, size_t at)
{
    return bits[at / 64] >> at % 64 | bits[at / 64 + 1] << 1 << (63 - at % 64);
}

/* The last bit below bit 63 and above bit 0, 0: none. */
static CORE_INLINE unsigned core_last(uint64_t starts)
{
    return 63 - (unsigned)__builtin_clzll((starts & (~UINT64_C(0) >> 1)) | 1);
}

/* A window at the text's border. */
static CORE_RARE_STAGE size_t core_fill_one(const erz_scan *s, core_block *b, size_t pos)
{
    const size_t left = s->len - pos;
    memset(b->pad, ' ', sizeof b->pad);
    memcpy(b->pad + 8, s->text + pos, left < 64 ? left : 64);
    classify(b->pad + 8, b, 0);
    b->pos[0] = b->text_pos = pos;
    b->text = b->pad + 8;
    if (left <= LONGEST_END) {
        b->window[0] = ~UINT64_C(0);
        b->n = 1;
        return s->len;
    }
    uint64_t space = blanks(b->pad + 8);
    unsigned stride = core_last(~space & space << 1);
    b->window[0] = core_first(stride);
    b->n = stride != 0;
    return pos + stride;
}

/* Fill a block from pos on, up to a stretch that windows do not divide: b->n is 0 if that comes at once. Windows at the text's
 * borders, where bytes before or behind are missing, come alone. Where tokens begin is found 64 bytes by 64, a step before a
 * window needs it: then one window need not wait for what the one before it shows. */
static CORE_STAGE size_t core_fill(const erz_scan *s, core_block *b, size_t pos)
{
    const uint8_t *const text = s->text;
    const size_t inner = s->len < 72 ? 0 : s->len - 71,
                 from = pos; /* pos - 8 is less if eight bytes stand before and 64 behind */
    if (CORE_RARE(pos - 8 >= inner)) return core_fill_one(s, b, pos);
    uint64_t starts[CORE_BLOCK + 2], space = blanks(text + pos);
    unsigned i = 0;
    starts[0] = ~space & space << 1;
    for (size_t ahead = pos + 64; i < CORE_BLOCK && pos - 8 < inner; i++, ahead += 64) {
        uint64_t before = space >> 63;
        space = CORE_RARE(ahead - 8 >= inner) ? core_last_blanks(s, ahead) : blanks(text + ahead);
        starts[i + 1] = ~space & (space << 1 | before);
        classify(text + pos, b, i);
        b->pos[i] = pos;
        unsigned stride = core_last(core_bits_from(starts, pos - from));
        if (CORE_RARE(stride == 0)) break;
        b->window[i] = core_first(stride);
        pos += stride;
    }
    b->text = text;
    b->text_pos = 0;
    b->n = i;
    return pos;
}

/* A stretch that windows do not divide; false: it is not UTF-8. */
static bool core_long(erz_scan *s, core_records *r, size_t *pos)
{
    s->sentence_due = r->due;
    *pos = erz_scan_long(s, *pos);
    r->due = s->sentence_due;
    return s->bad == ERZ_NOWHERE;
}

static void core_scan(erz_scan *s)
{
    core_block b;
    core_records r;
    r.nmends = 0;
    r.due = 1;
    size_t pos = 0;
    while (pos < s->len && s->text[pos] <= ' ') pos++;
    while (pos < s->len) {
        if (!erz_scan_room(s)) return;
        pos = core_fill(s, &b, pos);
        if (CORE_RARE(b.n == 0)) {
            if (!core_long(s, &r, &pos)) return;
            continue;
        }
        core_tokens(&b);
        core_plain_stops(s, &b);
        core_sentences(&b);
        core_careful(s, &b);
        r.first = s->nbegin;
        if (!core_number(s, &b, &r)) return;
        core_marks(&b);
        core_emit(s, &b, &r);
        core_correct(s, &r);
    }
}

static void core_masks(const uint8_t bytes[64], erz_masks *m)
{
    core_block b;
    core_kinds x;
    memset(&b, ' ', sizeof b); /* bytes around, and the other lanes */
    memcpy(b.pad + 8, bytes, 64);
    classify(b.pad + 8, &b, 0);
    core_classes(core_row(&b, 0), &b, 0, &x);
    core_letters(core_row(&b, 0), &x);
    *m = core_masks_of(&b, 0);
}
