/* Windows with more than words, plain full stops and paragraphs: signs that masks can tell, or the rules. Part of core.h. */

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
    uint64_t gap;       /* bytes of no token */
    bool exact;         /* the end of the last token is known */
} core_view;

static core_view core_view_of(const core_block *b, unsigned i)
{
    return (core_view){.m = {.letter = b->letter[i],
                             .upper = b->upper[i],
                             .lower = b->lower[i],
                             .digit = b->digit[i],
                             .space = b->space[i],
                             .hyphen = b->hyphen[i],
                             .dot_comma = b->dot_comma[i],
                             .wide = b->wide[i],
                             .other = b->other[i],
                             .event = b->event[i]},
                       .r = {.run = b->run[i],
                             .separator = b->separator[i],
                             .inner_hyphen = b->inner_hyphen[i],
                             .first_hyphen = b->first_hyphen[i],
                             .events = b->events[i]},
                       .bytes = b->bytes[i],
                       .pos = b->pos[i],
                       .window = b->window[i],
                       .plain = b->plain[i],
                       .begins = b->begins[i],
                       .ends = b->ends[i],
                       .gap = b->space[i]};
}

/* What follows needs. */
static void core_view_keep(const core_view *v, core_block *b, unsigned i)
{
    b->run[i] = v->r.run;
    b->separator[i] = v->r.separator;
    b->inner_hyphen[i] = v->r.inner_hyphen;
    b->first_hyphen[i] = v->r.first_hyphen;
    b->begins[i] = v->begins;
    b->ends[i] = v->ends;
    b->sentences[i] = v->sentences;
    b->triples[i] = v->triples;
    b->space[i] = v->gap;
    b->odd[i] = v->ends & v->gap & v->gap >> 1;
    if (v->exact && v->ends != 0) b->odd[i] |= UINT64_C(1) << (63 - __builtin_clzll(v->ends));
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
    at = CORE_PAST(at, blank);
    uint64_t quote = x->quote_close | x->quote_open;
    if ((at & (v->m.upper | v->m.digit | quote)) != 0) v->sentences |= at;
    return (at & ~(v->m.upper | v->m.digit | v->m.lower | quote | x->dash | newline)) == 0;
}

static void core_colons(const erz_scan *s, core_view *v, uint64_t colons)
{
    enum { LEAD_IN = 3 };
    uint64_t blank = v->m.space & ~v->m.event;
    for (; colons != 0; colons &= colons - 1) {
        uint64_t colon = colons & -colons, at = CORE_PAST(colon << 1, blank) & v->m.upper;
        if (at == 0) continue;
        uint64_t before = v->sentences & core_below(colon), begins = v->begins & core_below(colon);
        uint32_t start = s->nsent == 0 ? 0 : s->t.sent[s->nsent - 1];
        if (before != 0) start = s->nbegin + core_count(begins & core_below(UINT64_C(1) << (63 - __builtin_clzll(before))));
        if (s->nbegin + core_count(begins) >= start + LEAD_IN) v->sentences |= at;
    }
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
    v->gap = ~s->solid_bits;
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
    v->sentences |= core_newlines(v->m.space, v->m.lower, newline, dot | x.terminator | x.colon | x.semicolon, &open);
    uint64_t after = (v->m.space + newline) & ~v->m.space; /* and behind colons; letters of other scripts may be upper case */
    after = (after | CORE_PAST(x.colon << 1, v->m.space & ~v->m.event)) & v->m.other & ~known;
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
