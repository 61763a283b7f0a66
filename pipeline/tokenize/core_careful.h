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
    v->triples = v->symbols = v->ordinals = v->abbreviations = v->apostrophes = v->inner_signs = 0;
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

/* Signs that are none of words: all that masks do not decide is `hard`. */
typedef struct core_signs {
    uint64_t colon, semicolon, terminator, dash, quote_open, quote_close, hard;
    uint64_t wide; /* first bytes of signs of three bytes, dashes and quotes among them */
} core_signs;

/* Is the digit run on both sides of this sign all that stands there? */
static CORE_INLINE bool core_between_numbers(const core_view *v, uint64_t bit)
{
    uint64_t digit = MASK(digit), near = v->run | MASK(hyphen) | MASK(other) | (MASK(event) & ~MASK(space));
    uint64_t before = ~digit & core_below(bit), after = CORE_PAST(bit << 1, digit);
    if ((digit & digit << 2 & bit << 1) == 0) return false;
    return (near << 1 >> (63 - (unsigned)__builtin_clzll(before << 1 | 1)) & 1) == 0 && (near & after) == 0;
}

/* U+2013, U+2014, U+201C-201E, U+20AC; all else of three bytes is hard. */
static CORE_INLINE uint64_t core_sort_wide(core_view *v, uint64_t bit, const uint8_t *c, core_signs *x)
{
    bool euro = c[1] == 0x82 && c[2] == 0xac;
    bool sign = c[1] == 0x80 && (c[2] == 0x93 || c[2] == 0x94 || (c[2] >= 0x9c && c[2] <= 0x9e));
    if (*c != 0xe2 || !(euro || sign)) {
        x->hard |= bit;
        return 0;
    }
    x->wide |= bit;
    if (euro) v->symbols |= bit;
    x->dash |= sign && c[2] == 0x93 ? bit : 0;
    x->quote_open |= sign && c[2] == 0x9e ? bit : 0;
    x->quote_close |= sign && (c[2] == 0x9c || c[2] == 0x9d) ? bit : 0;
    return bit << 1 | bit << 2;
}

/* Slash, apostrophe, ampersand: between numbers or letters they may join. */
static CORE_INLINE void core_sort_joint(core_view *v, uint64_t bit, const uint8_t *c, core_signs *x)
{
    const uint64_t letter = MASK(letter), joined = letter << 1 & letter >> 1 & bit;
    const bool near = ((MASK(letter) | MASK(digit) | MASK(other)) & (bit << 1 | bit >> 1)) != 0;
    if (*c == '\'' && joined != 0) {
        v->apostrophes |= bit;
    } else if (*c == '&' && (joined != 0 || !near)) {
        *(joined != 0 ? &v->inner_signs : &v->symbols) |= bit;
    } else if (*c == '/' && core_between_numbers(v, bit)) {
        v->inner_signs |= bit;
    } else { /* a slash before a blank, or between a word and two letters that are not "in" */
        bool two = (letter & letter >> 1 & bit << 1) != 0 && (c[1] != 'i' || c[2] != 'n');
        bool known_before = ((MASK(other) | MASK(hyphen)) & bit >> 1) == 0;
        if (*c != '/' || !known_before || !(two || (MASK(space) & bit << 1) != 0)) x->hard |= bit;
    }
}

/* Between digits and letters: only currency codes and scale words are cut off. */
static CORE_INLINE bool core_stays_mixed(const core_view *v, uint64_t bit, const uint8_t *c)
{
    if ((bit & MASK(digit)) != 0) return (MASK(upper) << 1 & MASK(upper) << 2 & bit) == 0;
    if ((bit << 1 & MASK(letter)) == 0) return true;
    return (bit & MASK(lower)) != 0 && *c != 'b' && *c != 'm' && *c != 't';
}

static CORE_INLINE void core_sort_signs(core_view *v, uint64_t left, core_signs *x)
{
    while (left != 0) {
        uint64_t bit = left & -left;
        const uint8_t *c = v->bytes + core_lowest(left);
        left &= left - 1;
        switch (*c) {
        case ':':
            if (core_between_numbers(v, bit))
                v->inner_signs |= bit;
            else
                x->colon |= bit;
            break;
        case '!':
        case '?':
            x->terminator |= bit;
            break;
        case ';':
            x->semicolon |= bit;
            break;
        case '/':
        case '\'':
        case '&':
            core_sort_joint(v, bit, c, x);
            break;
        case '%':
        case '$':
            v->symbols |= bit;
            break;
        default:
            if (*c >= 0x80 && (bit & MASK(letter)) == 0)
                left &= ~core_sort_wide(v, bit, c, x);
            else if ((bit & (MASK(letter) | MASK(digit))) == 0 || !core_stays_mixed(v, bit, c))
                x->hard |= bit;
            break;
        }
    }
    x->hard |= (x->colon | x->semicolon) & ~(MASK(space) >> 1);
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

/* A terminator stands before bit `at`: does a sentence begin behind closing signs and blanks? False if masks do not tell. */
static CORE_INLINE bool core_follow(core_view *v, const core_signs *x, uint64_t at)
{
    uint64_t newline = MASK(event) & MASK(space), blank = MASK(space) & ~newline;
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
    if ((at & (MASK(upper) | MASK(digit) | quote)) != 0) v->sentences |= at;
    return (at & ~(MASK(upper) | MASK(digit) | MASK(lower) | quote | x->dash | newline)) == 0;
}

static void core_colons(const erz_scan *s, core_view *v, uint64_t colons)
{
    enum { LEAD_IN = 3 };
    uint64_t blank = MASK(space) & ~MASK(event);
    for (; colons != 0; colons &= colons - 1) {
        uint64_t colon = colons & -colons, at = CORE_PAST(colon << 1, blank) & MASK(upper);
        if (at == 0) continue;
        uint64_t before = v->sentences & core_below(colon), begins = v->begins & core_below(colon);
        uint32_t start = s->nsent == 0 ? 0 : s->t.sent[s->nsent - 1];
        if (before != 0) start = s->nbegin + core_count(begins & core_below(UINT64_C(1) << (63 - __builtin_clzll(before))));
        if (s->nbegin + core_count(begins) >= start + LEAD_IN) v->sentences |= at;
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
    static const core_signs none;
    uint64_t decided = 0;
    uint64_t odd = MASK(digit) | (MASK(event) & ~MASK(space)) | (MASK(hyphen) & ~(MASK(letter) << 1)) | MASK(other);
    for (uint64_t left = MASK(plain) & MASK(space) >> 1; left != 0; left &= left - 1) {
        uint64_t dot = left & -left, gaps = ~MASK(letter) & core_below(dot);
        bool alone = (odd << 1 >> (63 - (unsigned)__builtin_clzll(gaps << 1 | 1)) & 1) == 0; /* all of a token */
        if (alone && core_follow(v, &none, dot << 1)) decided |= dot;
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
static void core_join(core_view *v, uint64_t signs)
{
    v->run |= signs;
    core_boundaries(v);
}

/* A window with more than words, plain full stops and paragraphs: signs that masks can tell. False: the rules must decide. */
static CORE_STAGE bool core_careful(erz_scan *s, core_view *v)
{
    core_signs x = {.hard = 0};
    uint64_t newline = MASK(event) & MASK(space) & MASK(window), dot = MASK(events) & MASK(dot_comma) & MASK(window), open;
    core_sort_signs(v, MASK(events) & MASK(window) & ~(dot | newline), &x);
    if (x.hard != 0) return false;
    if ((v->apostrophes | v->inner_signs) != 0) core_join(v, v->apostrophes | v->inner_signs);
    uint64_t known = x.wide * 7, word = v->run | (MASK(other) & ~known), digit = MASK(digit);
    uint64_t years = dot & digit << 1 & digit << 2 & digit << 3 & digit << 4;
    uint64_t stops = MASK(plain) | years | (dot & ~((word | dot) << 1)) | x.terminator, full = 0;
    if ((dot & ~stops) != 0 && !core_judge_stops(s, v, dot & ~stops, &full)) return false;
    uint64_t taken = v->ordinals | v->abbreviations;
    if (taken != 0) {
        v->separator |= taken;
        core_join(v, taken);
    }
    stops |= full;
    uint64_t clash = (stops & ~x.terminator) << 1 & (word | MASK(hyphen) | (MASK(dot_comma) & MASK(event)));
    if ((clash | (x.terminator << 1 & word)) != 0) return false;
    v->triples = x.wide;
    v->begins |= v->triples;
    v->ends |= v->triples << 3;
    bool good = true;
    for (uint64_t left = stops; left != 0; left &= left - 1) good &= core_follow(v, &x, (left & -left) << 1);
    v->sentences |= core_newlines(MASK(space), MASK(lower), newline, dot | x.terminator | x.colon | x.semicolon, &open);
    uint64_t after = (MASK(space) + newline) & ~MASK(space); /* and behind colons; letters of other scripts may be upper case */
    after = (after | CORE_PAST(x.colon << 1, MASK(space) & ~MASK(event))) & MASK(other) & ~known;
    if (!good || after != 0) return false;
    if (open != 0) {
        core_open_window(s, v, newline);
        core_run_events(s);
        v->sentences |= s->sentence_bits;
        core_close_window(s);
    }
    core_colons(s, v, x.colon);
    return true;
}
