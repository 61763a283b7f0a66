/* Windows with more than words, plain full stops and paragraphs: signs that masks can tell, or the rules. Part of core.h. */

/* What becomes of a window whose masks are those of window i of the block. */
typedef struct core_view {
    const core_block *b;
    unsigned i;
    size_t pos;
    uint64_t run, begins, ends, sentences;
} core_view;
#define MASK(name) (v->b->name[v->i])

static CORE_INLINE void core_view_open(core_view *v, const core_block *b, unsigned i, uint64_t sentences)
{
    *v = (core_view){b, i, b->pos[i], b->run[i], b->begins[i], b->ends[i], sentences};
}

/* What follows needs. */
static CORE_INLINE void core_view_keep(const core_view *v, core_block *b, unsigned i)
{
    b->begins[i] = v->begins;
    b->ends[i] = v->ends;
    b->sentences[i] = v->sentences;
    b->triples[i] = 0;
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
    const unsigned bit = core_lowest(dots), n = (unsigned)__builtin_clzll(~(letters << (64 - bit)));
    const unsigned other = 8 * (n < 8 ? 8 - n : 0); /* bits of what stands before the word */
    uint64_t word;
    memcpy(&word, bytes + bit - 8, 8);
    word = word >> other << other;
    unsigned listed = erz_scan_dotted_bit(word), ending = erz_scan_ending_bit(word, n);
    uint64_t odd = (s->dotted[listed / 64] >> listed % 64 | s->endings[ending / 64] >> ending % 64) & 1;
    return dots & -dots & (odd - 1);
#else
    (void)s, (void)letters, (void)bytes, (void)dots;
    return 0;
#endif
}

/* By signs, and: */
enum {
    FOUND_ORDINALS = SIGNS, /* full stops that belong to numbers */
    FOUND_ABBREVIATIONS,    /* or words */
    FOUND_FULL,             /* or neither */
    FOUND_OPENED,           /* begins of sentences behind abbreviations */
    FOUND_HARD,             /* not 0: the rules must decide */
    FOUND_ROWS
};

/* Windows that need care, close together: what is looked up in them, a mask each, and what becomes of them. */
typedef struct core_found {
    _Alignas(64) uint64_t letter[CORE_BLOCK], digit[CORE_BLOCK], space[CORE_BLOCK], hyphen[CORE_BLOCK], dot_comma[CORE_BLOCK],
        upper[CORE_BLOCK], lower[CORE_BLOCK], other[CORE_BLOCK], event[CORE_BLOCK], events[CORE_BLOCK], run[CORE_BLOCK],
        bits[CORE_BLOCK], plain[CORE_BLOCK];
    uint64_t rows[CORE_BLOCK / CORE_LANES][FOUND_ROWS][CORE_LANES];
    uint64_t hard[CORE_BLOCK]; /* not 0: the rules must decide */
    uint64_t begins[CORE_BLOCK], ends[CORE_BLOCK], sentences[CORE_BLOCK], triples[CORE_BLOCK], open[CORE_BLOCK],
        colons[CORE_BLOCK], symbols[CORE_BLOCK], apostrophes[CORE_BLOCK], inner_signs[CORE_BLOCK];
} core_found;
#define FOUND(kind) (f->rows[k / CORE_LANES][kind][k % CORE_LANES])

/* What stands where: events but for full stops and line ends, signs behind an event, a quote behind the window. Four are looked
 * at before the first branch. */
static CORE_INLINE void core_look(const core_block *b, unsigned i, core_found *f, unsigned k)
{
    uint64_t window = b->window[i], events = b->events[i] & window, plain = b->dot_comma[i] | (b->event[i] & b->space[i]);
    uint64_t next = ~window & -~window, punct = (window | next) & ~(b->run[i] | b->space[i] | b->other[i] | b->event[i]);
    uint64_t left = (events & ~plain) | (events << 1 & (punct | b->letter[i])) | (b->space[i] << 1 & punct);
    left |= b->other[i] & (next * 7);
    uint64_t *sign = &FOUND(0);
    const uint8_t *bytes = core_bytes_of(b, i);
#define LOOK sign[rules_sign[bytes[core_lowest(left) & 63]] * CORE_LANES] |= left & -left, left &= left - 1
    LOOK, LOOK, LOOK, LOOK;
    while (left != 0) LOOK;
#undef LOOK
}

/* Full stops before blanks that may belong to a number or word; false: the rules must decide. */
static __attribute__((noinline)) bool core_judge_stops(erz_scan *s, const core_block *b, unsigned i, uint64_t left,
                                                       core_found *f, unsigned k)
{
    const uint64_t joint = FOUND(SIGN_APOSTROPHE) | FOUND(SIGN_AMPERSAND) | FOUND(SIGN_SLASH) | FOUND(SIGN_COLON);
    for (; left != 0; left &= left - 1) {
        uint64_t dot = left & -left, begins = b->begins[i] & core_below(dot);
        unsigned first = 63 - (unsigned)__builtin_clzll(begins | 1);
        size_t begin = b->pos[i] + first, pos = b->pos[i] + core_lowest(dot), sentence;
        if ((joint << 1 >> first & 1) != 0) return false;
        const bool glued = (dot << 1 & b->space[i]) == 0;
        if ((dot & b->digit[i] << 1) != 0) {
            uint64_t token = core_below(dot) & ~core_below(UINT64_C(1) << first);
            if ((token & ~b->digit[i]) != 0 || pos - begin > 3) return false;
            if (glued && (pos - begin == 3 || (s->text[pos + 1] != ')' && s->text[pos + 1] != ','))) return false;
            bool ordinal = rules_is_ordinal(s, begin, pos, false);
            if (!ordinal && pos - begin < 3) return false; /* it may begin a sentence */
            *(ordinal ? &FOUND(FOUND_ORDINALS) : &FOUND(FOUND_FULL)) |= dot;
        } else if ((dot & b->letter[i] << 1) != 0 && !glued) {
            erz_token_class cls = rules_word_stop(s, begin, pos, &sentence);
            uint64_t *full = &FOUND(FOUND_FULL), *ordinals = &FOUND(FOUND_ORDINALS);
            *(cls == ERZ_TOKEN_PUNCTUATION ? full : cls == ERZ_TOKEN_ORDINAL ? ordinals : &FOUND(FOUND_ABBREVIATIONS)) |= dot;
            if (sentence != ERZ_NOWHERE)
                FOUND(FOUND_OPENED) |= UINT64_C(1) << (sentence - b->pos[i] < 64 ? sentence - b->pos[i] : 63);
        } else {
            return false;
        }
    }
    return true;
}

/* Full stops of which masks tell that they end sentences: behind years of four digits, and behind no word. */
#define CORE_STOPS(dot, digit, run)                                                                                            \
    (((dot) & (digit) << 1 & (digit) << 2 & (digit) << 3 & (digit) << 4) | ((dot) & ~(((run) | (dot)) << 1)))

static CORE_INLINE void core_find(erz_scan *s, core_block *b, unsigned i, core_found *f, unsigned k)
{
    if (CORE_RARE((b->hyphen[i] & b->hyphen[i] >> 1) != 0)) core_hyphens(b, i);
#define COPY(field) f->field[k] = b->field[i]
    COPY(letter), COPY(digit), COPY(space), COPY(hyphen), COPY(dot_comma), COPY(upper), COPY(lower), COPY(other), COPY(event);
    COPY(events), COPY(run), COPY(plain);
#undef COPY
    f->bits[k] = b->window[i];
    core_look(b, i, f, k);
    uint64_t dot = b->events[i] & b->dot_comma[i] & b->window[i];
    uint64_t left = dot & ~(b->plain[i] | CORE_STOPS(dot, b->digit[i], b->run[i]));
    if (left != 0 && !core_judge_stops(s, b, i, left, f, k)) FOUND(FOUND_HARD) = 1;
}

/* Masks of CORE_LANES windows, and what becomes of them. */
typedef struct core_lanes {
    core_bits letter, digit, space, hyphen, dot_comma, upper, lower, other, event, events, run, window, plain;
    core_bits colon, semicolon, terminator, opener, closer, dash, quote_open, quote_close;
    core_bits wide; /* first bytes of signs of three bytes, dashes and quotes among them */
    core_bits symbols, apostrophes, inner_signs, hard;
} core_lanes;

static CORE_INLINE void core_get_lanes(core_lanes *x, const core_found *f, unsigned k)
{
#define GET(field) x->field = core_get(f->field + k)
    GET(letter), GET(digit), GET(space), GET(hyphen), GET(dot_comma), GET(upper), GET(lower), GET(other), GET(event);
    GET(events), GET(run), GET(plain);
#undef GET
    x->window = core_get(f->bits + k);
    x->events &= x->window;
}
#define ROW(kind) core_get(&FOUND(kind))
#define SIGN(kind) ROW(SIGN_##kind)

/* Slash, apostrophe, ampersand: between numbers or letters they may join. Colons and slashes between two numbers that stand
 * there alone do. */
static CORE_INLINE void core_joints(core_lanes *x, const core_found *f, unsigned k)
{
    core_bits digit = x->digit, letter = x->letter, near = x->run | x->hyphen | x->other | (x->event & ~x->space);
    core_bits first = digit & ~((digit | near) << 1), slash = SIGN(SLASH), apostrophe = SIGN(APOSTROPHE);
    core_bits between = (SIGN(COLON) | slash) & (digit + first) & ~digit & digit >> 1;
    core_bits joined = letter << 1 & letter >> 1, word = letter | digit | x->other, ampersand = SIGN(AMPERSAND);
    x->hard |= CORE_PAST(between << 1, digit) & near;
    x->apostrophes = apostrophe & joined;
    x->inner_signs = (ampersand & joined) | between;
    x->symbols = SIGN(SYMBOL) | (ampersand & ~joined);
    x->colon = SIGN(COLON) & ~between;
    x->hard |= (apostrophe & ~joined) | (ampersand & ~joined & (word << 1 | word >> 1));
    /* A slash before a blank, or between a word and two letters that are not "in". */
    core_bits known = ~((x->other | x->hyphen) << 1), two = letter >> 1 & letter >> 2 & ~(SIGN(I) >> 1);
    x->hard |= slash & ~between & ~(known & (two | x->space >> 1));
}

/* U+2013, U+2014, U+201C-201E, U+20AC; all else beyond letters of two bytes is hard. */
static CORE_INLINE void core_wide(core_lanes *x, const core_found *f, unsigned k)
{
    core_bits e2 = SIGN(E2), signs = e2 & SIGN(80) >> 1, euro = e2 & SIGN(82) >> 1 & SIGN(AC) >> 2;
    x->dash = signs & SIGN(93) >> 2;
    x->quote_open = signs & SIGN(9E) >> 2;
    x->quote_close = signs & SIGN(9C) >> 2;
    x->wide = x->dash | x->quote_open | x->quote_close | euro | (signs & SIGN(94) >> 2);
    x->symbols |= euro & x->window;
    x->hard |= x->other & x->window & ~(x->wide | x->wide << 1 | x->wide << 2);
}

static CORE_INLINE void core_signs(core_lanes *x, const core_found *f, unsigned k)
{
    x->hard = ROW(FOUND_HARD) | SIGN(HARD);
    core_joints(x, f, k);
    core_wide(x, f, k);
    x->semicolon = SIGN(SEMICOLON);
    x->terminator = SIGN(TERMINATOR);
    x->closer = SIGN(CLOSER) | SIGN(QUOTE);
    x->opener = SIGN(OPENER) | SIGN(QUOTE);
    /* Between digits and letters: only currency codes and scale words are cut off. */
    core_bits code = x->digit & x->upper << 1 & x->upper << 2, scale = x->letter & x->letter >> 1 & (~x->lower | SIGN(SCALE));
    x->hard |= (x->events & (code | scale)) | ((x->colon | x->semicolon) & ~(x->space >> 1));
}
#undef SIGN

/* Where sentences begin behind these stops, closing signs and blanks; `hard` where masks do not tell. */
static CORE_INLINE core_bits core_follow(core_lanes *x, core_bits stops)
{
    core_bits newline = x->event & x->space, blank = x->space & ~newline;
    core_bits closers = x->closer | x->quote_close | x->quote_close << 1 | x->quote_close << 2;
    core_bits punct = x->window & ~(x->run | x->space | x->other | x->event | x->closer);
    core_bits behind = CORE_PAST(stops << 1, closers), gap = behind & blank, next = CORE_PAST(gap, blank);
    core_bits clear = x->upper | x->digit | x->quote_close | x->quote_open | x->opener;
    x->hard |= (next & ~(clear | x->lower | x->dash | newline)) | (behind & punct & closers << 1);
    return next & clear;
}

/* Sentences of windows with more than words, plain full stops and paragraphs; `open`: line ends that the rules must judge. */
static CORE_INLINE core_bits core_breaks(core_lanes *x, core_bits stops, core_bits *open)
{
    core_bits space = x->space, newline = x->event & space & x->window, dot = x->events & x->dot_comma;
    core_bits sentences = core_follow(x, stops);
    sentences |= core_newlines_each(space, x->lower, newline, dot | x->terminator | x->colon | x->semicolon, open);
    core_bits after = (space + newline) & ~space, said = CORE_PAST(x->colon << 1, space & ~x->event);
    x->colon &= (core_bits)((said & x->upper) != 0);
    after |= said; /* letters of other scripts may be upper case */
    x->hard |= after & x->other & ~(x->wide | x->wide << 1 | x->wide << 2);
    return sentences;
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
    const uint64_t newline = MASK(event) & MASK(space), blank = MASK(space) & ~newline, clear = MASK(upper) | MASK(digit);
    uint64_t odd = MASK(digit) | (MASK(event) & ~MASK(space)) | (MASK(hyphen) & ~(MASK(letter) << 1)) | MASK(other);
    uint64_t decided = 0;
    for (uint64_t left = MASK(plain) & MASK(space) >> 1; left != 0; left &= left - 1) {
        /* cppcheck-suppress duplicateExpression ; past the first run of blanks */
        uint64_t dot = left & -left, gaps = ~MASK(letter) & core_below(dot), next = CORE_PAST(dot << 1 & blank, blank);
        bool alone = (odd << 1 >> (63 - (unsigned)__builtin_clzll(gaps << 1 | 1)) & 1) == 0; /* all of a token */
        if (!alone) continue;
        v->sentences |= next & clear;
        if ((next & ~(clear | MASK(lower) | newline)) == 0) decided |= dot;
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

/* Line ends of window i as the rules see them. */
static __attribute__((noinline)) void core_judge_lines(erz_scan *s, core_block *b, unsigned i)
{
    core_view v;
    core_view_open(&v, b, i, b->sentences[i]);
    core_open_window(s, &v, b->event[i] & b->space[i]);
    core_run_events(s);
    b->sentences[i] |= s->sentence_bits;
    core_close_window(s);
    if (s->sentence_due) b->sentences[i] |= ~b->window[i];
}

/* What becomes of CORE_LANES windows. */
static CORE_INLINE void core_decide(core_found *f, unsigned k)
{
    core_lanes x;
    core_get_lanes(&x, f, k);
    core_signs(&x, f, k);
    core_bits run = x.run | x.apostrophes | x.inner_signs, dot = x.events & x.dot_comma, open;
    core_bits stops = x.plain | CORE_STOPS(dot, x.digit, run) | ROW(FOUND_FULL);
    run |= ROW(FOUND_ORDINALS) | ROW(FOUND_ABBREVIATIONS);
    x.hard |= stops << 1 & (run | x.hyphen | (x.dot_comma & x.event));
    x.hard |= x.terminator << 1 & run;
    core_bits inside = run & x.window, punct = x.window & ~(run | x.space | x.other), edge = inside ^ inside << 1;
    core_bits sentences = core_breaks(&x, stops | x.terminator, &open) | ROW(FOUND_OPENED), triples = x.wide & x.window;
#define SET(field, value) core_set(f->field + k, value)
    SET(hard, x.hard);
    SET(run, run);
    SET(begins, (edge & inside) | punct | triples);
    SET(ends, (edge & ~inside) | punct << 1 | triples << 3);
    SET(sentences, sentences);
    SET(open, open);
    SET(triples, triples);
    SET(colons, x.colon);
    SET(symbols, x.symbols);
    SET(apostrophes, x.apostrophes);
    SET(inner_signs, x.inner_signs);
#undef SET
}

/* It is so. */
static CORE_INLINE void core_settle(erz_scan *s, core_block *b, unsigned i, const core_found *f, unsigned k)
{
    b->hard[i] = HARD_RULES;
    if (CORE_RARE(f->hard[k] != 0)) return;
    uint64_t ordinals = FOUND(FOUND_ORDINALS), abbreviations = FOUND(FOUND_ABBREVIATIONS), taken = ordinals | abbreviations;
#define COPY(field) b->field[i] = f->field[k]
    COPY(run), COPY(begins), COPY(ends), COPY(sentences), COPY(triples), COPY(colons);
    COPY(symbols), COPY(apostrophes), COPY(inner_signs);
#undef COPY
    b->ordinals[i] = ordinals;
    b->abbreviations[i] = abbreviations;
    b->separator[i] |= taken;
    b->hard[i] = f->colons[k] != 0 ? HARD_COLONS : 0;
    b->noted |= (uint64_t)((f->symbols[k] | taken | f->apostrophes[k] | f->inner_signs[k]) != 0) << i;
    if (CORE_RARE(f->open[k] != 0)) core_judge_lines(s, b, i);
}

static CORE_INLINE void core_clear_rows(uint64_t rows[FOUND_ROWS][CORE_LANES])
{
    const core_bits none = {0};
    _Static_assert(FOUND_ROWS % 9 == 0, "nine rows a turn");
    for (unsigned r = 0; r < FOUND_ROWS; r += 9) { /* a call of memset() would take longer */
        core_set(rows[r], none), core_set(rows[r + 1], none), core_set(rows[r + 2], none), core_set(rows[r + 3], none);
        core_set(rows[r + 4], none), core_set(rows[r + 5], none), core_set(rows[r + 6], none), core_set(rows[r + 7], none);
        core_set(rows[r + 8], none);
    }
}

/* Windows of which words, plain full stops and paragraphs are not all. First what is in them, then what becomes of all: vectors
 * of what was just written in parts would be waited for. */
static CORE_STAGE void core_careful(erz_scan *s, core_block *b)
{
    core_found f;
    const unsigned n = core_count(b->hard_set);
    unsigned k = 0;
    b->noted = 0;
    /* cppcheck-suppress uninitvar ; it is what is cleared */
    for (; k < n; k += CORE_LANES) core_clear_rows(f.rows[k / CORE_LANES]);
    k = 0;
    for (uint64_t left = b->hard_set; left != 0; left &= left - 1) core_find(s, b, core_lowest(left), &f, k++);
    for (k = 0; k < n; k += CORE_LANES) core_decide(&f, k);
    k = 0;
    for (uint64_t left = b->hard_set; left != 0; left &= left - 1) core_settle(s, b, core_lowest(left), &f, k++);
}
