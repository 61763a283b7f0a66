/* Windows with more than words, plain full stops and paragraphs: signs that masks can tell, or the rules. Part of core.h. */

/* What becomes of a window whose masks are those of window i of the block. */
typedef struct core_view {
    const core_block *b;
    unsigned i;
    const uint8_t *bytes;
    size_t pos;
    uint64_t run, separator, begins, ends, sentences, triples;
    uint64_t symbols, ordinals, abbreviations; /* tokens of these classes, by one of their bytes */
    uint64_t apostrophes, inner_signs;         /* in tokens: shapes apostrophe and other */
    uint64_t colons;                           /* behind which a sentence may begin */
} core_view;
#define MASK(name) (v->b->name[v->i])

/* One by one: compilers clear the whole first, slowly. */
static CORE_INLINE void core_view_open(core_view *v, const core_block *b, unsigned i, uint64_t due)
{
    v->b = b, v->i = i;
    v->bytes = b->bytes[i];
    v->pos = b->pos[i];
    v->run = b->run[i];
    v->separator = b->separator[i];
    v->begins = b->begins[i];
    v->ends = b->ends[i];
    v->sentences = due;
    v->triples = v->symbols = v->ordinals = v->abbreviations = v->apostrophes = v->inner_signs = v->colons = 0;
}

/* What follows needs. */
static CORE_INLINE void core_view_keep(const core_view *v, core_block *b, unsigned i)
{
    b->run[i] = v->run;
    b->separator[i] = v->separator;
    b->begins[i] = v->begins;
    b->ends[i] = v->ends;
    b->sentences[i] = v->sentences;
    b->triples[i] = v->triples;
}

static CORE_INLINE void core_boundaries(core_view *v)
{
    uint64_t run = v->run & MASK(window), punct = MASK(window) & ~(v->run | MASK(space) | MASK(other)), edge = run ^ run << 1;
    v->begins = (edge & run) | punct;
    v->ends = (edge & ~run) | punct << 1;
}

static erz_masks core_masks_of(const core_block *b, unsigned i)
{
    return (erz_masks){.letter = b->letter[i],
                       .upper = b->upper[i],
                       .lower = b->lower[i],
                       .digit = b->digit[i],
                       .space = b->space[i],
                       .hyphen = b->hyphen[i],
                       .dot_comma = b->dot_comma[i],
                       .wide = b->wide[i],
                       .other = b->other[i],
                       .event = b->event[i]};
}

/* Two hyphens in a row need what erz_scan_runs() says of them. */
static void core_hyphens(core_block *b, unsigned i)
{
    erz_masks m = core_masks_of(b, i);
    erz_runs r;
    erz_scan_runs(&m, &r);
    b->run[i] = r.run;
    b->separator[i] = r.separator;
    b->inner_hyphen[i] = r.inner_hyphen;
    b->first_hyphen[i] = r.first_hyphen;
    b->events[i] = r.events;
    core_view v;
    core_view_open(&v, b, i, 0);
    core_boundaries(&v);
    b->begins[i] = v.begins;
    b->ends[i] = v.ends;
}

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

/* Signs of a window, each kind a mask. */
typedef struct core_signs {
    uint64_t colon, semicolon, terminator, closer, dash, quote_open, quote_close;
    uint64_t wide; /* first bytes of signs of three bytes, dashes and quotes among them */
    uint64_t hard; /* what masks do not decide */
} core_signs;

/* What stands where: events but for full stops and line ends, and signs behind an event. Four are looked at before the first
 * branch. */
static CORE_INLINE void core_look(const core_view *v, uint64_t left, uint64_t kinds[SIGNS])
{
    const core_bits none = {0};
    for (unsigned k = 0; k < SIGNS; k += CORE_LANES) core_set(kinds + k, none);
#define LOOK kinds[rules_sign[v->bytes[core_lowest(left)]]] |= left & -left, left &= left - 1
    LOOK, LOOK, LOOK, LOOK;
    while (left != 0) LOOK;
#undef LOOK
}

/* Colons and slashes between two numbers that stand there alone; `hard` if one number may be longer. */
static CORE_INLINE uint64_t core_between_numbers(const core_view *v, uint64_t signs, core_signs *x)
{
    uint64_t digit = MASK(digit), near = v->run | MASK(hyphen) | MASK(other) | (MASK(event) & ~MASK(space));
    uint64_t first = digit & ~((digit | near) << 1), between = signs & (digit + first) & ~digit & digit >> 1;
    x->hard |= CORE_PAST(between << 1, digit) & near;
    return between;
}

/* Slash, apostrophe, ampersand: between numbers or letters they may join. */
static CORE_INLINE void core_joints(core_view *v, const uint64_t kinds[SIGNS], core_signs *x)
{
    uint64_t letter = MASK(letter), joined = letter << 1 & letter >> 1, word = letter | MASK(digit) | MASK(other);
    uint64_t apostrophe = kinds[SIGN_APOSTROPHE], ampersand = kinds[SIGN_AMPERSAND];
    uint64_t between = core_between_numbers(v, kinds[SIGN_COLON] | kinds[SIGN_SLASH], x);
    v->apostrophes = apostrophe & joined;
    v->inner_signs = (ampersand & joined) | between;
    v->symbols = kinds[SIGN_SYMBOL] | (ampersand & ~joined);
    x->colon = kinds[SIGN_COLON] & ~between;
    x->hard |= (apostrophe & ~joined) | (ampersand & ~joined & (word << 1 | word >> 1));
    /* A slash before a blank, or between a word and two letters that are not "in". */
    uint64_t slash = kinds[SIGN_SLASH] & ~between, known = ~((MASK(other) | MASK(hyphen)) << 1);
    uint64_t two = letter >> 1 & letter >> 2 & ~(kinds[SIGN_I] >> 1);
    x->hard |= slash & ~(known & (two | MASK(space) >> 1));
}

/* Between digits and letters: only currency codes and scale words are cut off. */
static CORE_INLINE uint64_t core_hard_mixed(const core_view *v, const uint64_t kinds[SIGNS])
{
    uint64_t letter = MASK(letter), upper = MASK(upper), mixed = MASK(events) & MASK(window);
    uint64_t code = mixed & MASK(digit) & upper << 1 & upper << 2;
    return code | (mixed & letter & letter >> 1 & (~MASK(lower) | kinds[SIGN_SCALE]));
}

/* U+2013, U+2014, U+201C-201E, U+20AC; all else beyond letters of two bytes is hard. */
static CORE_INLINE void core_wide(core_view *v, const uint64_t kinds[SIGNS], core_signs *x)
{
    uint64_t signs = kinds[SIGN_E2] & kinds[SIGN_80] >> 1, euro = kinds[SIGN_E2] & kinds[SIGN_82] >> 1 & kinds[SIGN_AC] >> 2;
    x->dash = signs & kinds[SIGN_93] >> 2;
    x->quote_open = signs & kinds[SIGN_9E] >> 2;
    x->quote_close = signs & kinds[SIGN_9C] >> 2;
    x->wide = x->dash | x->quote_open | x->quote_close | euro | (signs & kinds[SIGN_94] >> 2);
    x->hard |= MASK(other) & MASK(window) & ~(x->wide * 7);
    v->symbols |= euro & MASK(window);
    v->triples = x->wide & MASK(window);
}

static CORE_INLINE void core_sort_signs(core_view *v, uint64_t events, core_signs *x)
{
    uint64_t kinds[SIGNS_ROUND], punct = MASK(window) & ~(v->run | MASK(space) | MASK(other) | MASK(event));
    uint64_t next = ~MASK(window) & -~MASK(window), known = MASK(other) & (next | next << 1 | next << 2); /* a quote, perhaps */
    core_look(v, events | known | ((MASK(events) & MASK(window)) << 1 & (punct | MASK(letter))), kinds);
    core_joints(v, kinds, x);
    core_wide(v, kinds, x);
    x->semicolon = kinds[SIGN_SEMICOLON];
    x->terminator = kinds[SIGN_TERMINATOR];
    x->closer = kinds[SIGN_CLOSER];
    x->hard |= kinds[SIGN_HARD] | core_hard_mixed(v, kinds) | ((x->colon | x->semicolon) & ~(MASK(space) >> 1));
}

/* Full stops before blanks that may belong to a number or word. Those that do are joined to it; false: the rules must decide.
 */
static bool core_judge_stops(erz_scan *s, core_view *v, uint64_t left, uint64_t *full)
{
    for (; left != 0; left &= left - 1) {
        uint64_t dot = left & -left, begins = v->begins & core_below(dot);
        size_t pos = v->pos + core_lowest(dot), begin = v->pos + 63 - (unsigned)__builtin_clzll(begins | 1), sentence;
        if ((dot << 1 & MASK(space)) == 0) return false;
        if ((dot & MASK(digit) << 1) != 0) {
            uint64_t token = core_below(dot) & ~core_below(UINT64_C(1) << (begin - v->pos));
            if ((token & ~MASK(digit)) != 0 || pos - begin > 3) return false;
            bool ordinal = rules_is_ordinal(s, begin, pos, false);
            if (!ordinal && pos - begin < 3) return false; /* it may begin a sentence */
            *(ordinal ? &v->ordinals : full) |= dot;
        } else if ((dot & MASK(letter) << 1) != 0) {
            erz_token_class cls = rules_word_stop(s, begin, pos, &sentence);
            *(cls == ERZ_TOKEN_PUNCTUATION ? full : cls == ERZ_TOKEN_ORDINAL ? &v->ordinals : &v->abbreviations) |= dot;
            if (sentence != ERZ_NOWHERE) v->sentences |= UINT64_C(1) << (sentence - v->pos < 64 ? sentence - v->pos : 63);
        } else {
            return false;
        }
    }
    return true;
}

/* Do sentences begin behind these stops, closing signs and blanks? `hard` where masks do not tell. */
static CORE_INLINE void core_follow(core_view *v, core_signs *x, uint64_t stops)
{
    uint64_t newline = MASK(event) & MASK(space), blank = MASK(space) & ~newline, closers = x->closer | x->quote_close * 7;
    uint64_t punct = MASK(window) & ~(v->run | MASK(space) | MASK(other) | MASK(event) | x->closer);
    uint64_t behind = CORE_PAST(stops << 1, closers), gap = behind & blank, next = CORE_PAST(gap, blank);
    uint64_t clear = MASK(upper) | MASK(digit) | x->quote_close | x->quote_open;
    v->sentences |= next & clear;
    x->hard |= (next & ~(clear | MASK(lower) | x->dash | newline)) | (behind & punct & closers << 1);
}

/* Sentences behind the colons of window i, as tokens and sentences before it are known. */
static __attribute__((noinline)) void core_colons(const erz_scan *s, core_block *b, unsigned i)
{
    enum { LEAD_IN = 3 };
    uint64_t blank = b->space[i] & ~b->event[i];
    for (uint64_t left = b->colons[i]; left != 0; left &= left - 1) {
        uint64_t colon = left & -left, at = CORE_PAST(colon << 1, blank) & b->upper[i];
        if (at == 0) continue;
        uint64_t before = b->sentences[i] & core_below(colon), begins = b->begins[i] & core_below(colon);
        uint32_t start = s->nsent == 0 ? 0 : s->t.sent[s->nsent - 1];
        if (before != 0) start = s->nbegin + core_count(begins & core_below(UINT64_C(1) << (63 - __builtin_clzll(before))));
        if (s->nbegin + core_count(begins) >= start + LEAD_IN) b->sentences[i] |= at;
    }
}

static void core_open_window(erz_scan *s, const core_view *v, uint64_t events)
{
    uint64_t run = v->run, punct = ~(run | MASK(space) | MASK(other));
    s->base = v->pos;
    s->window = MASK(window);
    s->solid_bits = ~MASK(space);
    s->cut_bits = (run ^ run << 1) | punct | punct << 1;
    s->event_bits = events & MASK(window);
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
static CORE_STAGE void core_rules(erz_scan *s, core_view *v)
{
    uint64_t decided = 0;
    uint64_t odd = MASK(digit) | (MASK(event) & ~MASK(space)) | (MASK(hyphen) & ~(MASK(letter) << 1)) | MASK(other);
    for (uint64_t left = MASK(plain) & MASK(space) >> 1; left != 0; left &= left - 1) {
        uint64_t dot = left & -left, gaps = ~MASK(letter) & core_below(dot);
        bool alone = (odd << 1 >> (63 - (unsigned)__builtin_clzll(gaps << 1 | 1)) & 1) == 0; /* all of a token */
        core_signs x = {.hard = 0};
        if (alone) core_follow(v, &x, dot);
        if (alone && x.hard == 0) decided |= dot;
    }
    core_open_window(s, v, MASK(events) & ~decided);
    core_run_events(s);
    v->begins = erz_scan_begins(s) & MASK(window);
    v->ends = erz_scan_ends(s) & MASK(window);
    v->sentences = 0;
    for (uint64_t wanted = s->sentence_bits & MASK(window); wanted != 0; wanted &= wanted - 1) {
        uint64_t after = v->begins & ~core_below(wanted & -wanted);
        v->sentences |= after & -after;
        if (after == 0) s->sentence_bits |= ~MASK(window);
    }
    core_close_window(s);
}

/* These signs belong to words and numbers. */
static CORE_INLINE void core_join(core_view *v, uint64_t signs)
{
    v->run |= signs;
    core_boundaries(v);
}

/* Full stops of a window: those that belong to words and numbers are joined to them. */
static CORE_INLINE uint64_t core_stops(erz_scan *s, core_view *v, uint64_t dot, core_signs *x)
{
    uint64_t digit = MASK(digit), years = dot & digit << 1 & digit << 2 & digit << 3 & digit << 4;
    uint64_t stops = MASK(plain) | years | (dot & ~((v->run | dot) << 1)) | x->terminator, full = 0;
    if ((dot & ~stops) != 0) {
        if (!core_judge_stops(s, v, dot & ~stops, &full)) x->hard |= 1;
        v->separator |= v->ordinals | v->abbreviations;
        core_join(v, v->ordinals | v->abbreviations);
    }
    stops |= full;
    uint64_t clash = (stops & ~x->terminator) << 1 & (v->run | MASK(hyphen) | (MASK(dot_comma) & MASK(event)));
    x->hard |= clash | (x->terminator << 1 & v->run);
    return stops;
}

/* Line ends as the rules see them. */
static void core_judge_lines(erz_scan *s, core_view *v, uint64_t newline)
{
    core_open_window(s, v, newline);
    core_run_events(s);
    v->sentences |= s->sentence_bits;
    core_close_window(s);
    if (s->sentence_due) v->sentences |= ~MASK(window);
}

/* A window with more than words, plain full stops and paragraphs: signs that masks can tell. False: the rules must decide. */
static CORE_STAGE bool core_careful(erz_scan *s, core_view *v)
{
    core_signs x = {.hard = 0};
    uint64_t newline = MASK(event) & MASK(space) & MASK(window), dot = MASK(events) & MASK(dot_comma) & MASK(window), open;
    core_sort_signs(v, MASK(events) & MASK(window) & ~(dot | newline), &x);
    if (x.hard != 0) return false;
    core_join(v, v->apostrophes | v->inner_signs);
    uint64_t stops = core_stops(s, v, dot, &x);
    core_follow(v, &x, stops);
    v->begins |= v->triples;
    v->ends |= v->triples << 3;
    v->sentences |= core_newlines(MASK(space), MASK(lower), newline, dot | x.terminator | x.colon | x.semicolon, &open);
    uint64_t after = (MASK(space) + newline) & ~MASK(space); /* and behind colons; letters of other scripts may be upper case */
    after = (after | CORE_PAST(x.colon << 1, MASK(space) & ~MASK(event))) & MASK(other) & ~(x.wide * 7);
    if ((x.hard | after) != 0) return false;
    if (open != 0) core_judge_lines(s, v, newline);
    v->colons = x.colon;
    return true;
}

static CORE_INLINE void core_keep_notes(const core_view *v, core_block *b, unsigned i)
{
    b->colons[i] = v->colons;
    b->symbols[i] = v->symbols;
    b->ordinals[i] = v->ordinals;
    b->abbreviations[i] = v->abbreviations;
    b->apostrophes[i] = v->apostrophes;
    b->inner_signs[i] = v->inner_signs;
    uint64_t notes = v->symbols | v->ordinals | v->abbreviations | v->apostrophes | v->inner_signs;
    b->noted |= (uint64_t)(notes != 0) << i;
}

/* Windows of which words, plain full stops and paragraphs are not all. */
static CORE_STAGE void core_careful_windows(erz_scan *s, core_block *b)
{
    uint8_t list[CORE_BLOCK];
    unsigned n = 0;
    for (unsigned i = 0; i < b->n; i++) list[n] = (uint8_t)i, n += b->hard[i] != 0;
    b->noted = 0;
    for (unsigned k = 0; k < n; k++) {
        unsigned i = list[k];
        core_view v;
        if (CORE_RARE((b->hyphen[i] & b->hyphen[i] >> 1) != 0)) core_hyphens(b, i);
        core_view_open(&v, b, i, 0);
        b->hard[i] = HARD_RULES;
        if (CORE_RARE(!core_careful(s, &v))) continue;
        core_view_keep(&v, b, i);
        core_keep_notes(&v, b, i);
        b->hard[i] = v.colons != 0 ? HARD_COLONS : 0;
    }
}
