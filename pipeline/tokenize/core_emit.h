/* Offsets, classes and shapes of a block's tokens. Part of core.h. */

enum { RECORD_TOKENS = 16, RECORDS = CORE_BLOCK * 64 / RECORD_TOKENS };

/* A token whose class (ERZ_TOKEN_CLASSES: none) and shape masks give in part. */
typedef struct core_mend {
    uint32_t token;
    uint16_t shape; /* also */
    uint8_t cls;
} core_mend;

#if CORE_PEXT
/* What is known of up to 16 tokens of a window: bit i of each number is token i's. */
typedef struct core_record {
    uint16_t marks[MARKS];
    uint16_t end[6], count, none; /* places in the window, lowest bits first; count: of tokens */
    uint32_t pos;                 /* the window's */
} core_record;
#endif

/* From block to block. */
typedef struct core_records {
    uint64_t due;   /* 1: a sentence begins with the next token */
    uint32_t first; /* the block's first token */
    unsigned nmends;
    core_mend mends[CORE_BLOCK * 64];
#if CORE_PEXT
    core_record records[RECORDS + 1];
#else
    uint8_t marks[(RECORDS + 1) * RECORD_TOKENS]; /* the same, one bit a mark and byte a token */
#endif
} core_records;

/* For each word that holds a mark, the bit after its end. */
#define CORE_FLOOD(run, marks) (((run) + (marks)) & ~(run))

#if !CORE_PEXT
/* Bit 8 g + j of number k becomes bit k of byte g of number j. Written out: compilers leave the loops. */
static CORE_INLINE void core_transpose(core_bits x[8])
{
/* NOLINTBEGIN(bugprone-macro-parentheses): numbers */
#define PAIRS(shift, mask, a, b, c, d)                                                                                         \
    CORE_TRADE(core_bits, a, a + (shift), shift, mask);                                                                        \
    CORE_TRADE(core_bits, b, b + (shift), shift, mask);                                                                        \
    CORE_TRADE(core_bits, c, c + (shift), shift, mask);                                                                        \
    CORE_TRADE(core_bits, d, d + (shift), shift, mask)
    PAIRS(1, 0x5555555555555555, 0, 2, 4, 6);
    PAIRS(2, 0x3333333333333333, 0, 1, 4, 5);
    PAIRS(4, 0x0f0f0f0f0f0f0f0f, 0, 1, 2, 3);
#undef PAIRS
    /* NOLINTEND(bugprone-macro-parentheses) */
}
#endif

/* Marks of tokens at the bits of their ends. One says that the next token begins a byte behind that, otherwise it begins there;
 * windows where neither is so are odd. */
static CORE_STAGE void core_marks(core_block *b)
{
    b->odd_set = 0;
#define GET(field) field = core_get(CORE_FIELD(at, field))
    for (unsigned i = 0; i < b->n; i += CORE_LANES) {
        char *at = core_row(b, i);
        core_bits GET(run), GET(begins), GET(ends), GET(first_hyphen), GET(upper), GET(lower), GET(digit), GET(inner_hyphen);
        core_bits GET(separator), GET(event), GET(letter), GET(wide), GET(triples), GET(window);
        core_bits next = begins | (window + 1), spaced = ends & ~next, first = begins | first_hyphen << 1;
        b->odd_set |= (uint64_t)core_nonzero((spaced & ~(next >> 1)) | (~begins & 1)) << i;
        core_bits has[MARKS] = {[MARK_INITIAL] = CORE_FLOOD(run, upper & first),
                                [MARK_UPPER] = CORE_FLOOD(run, upper & ~first),
                                [MARK_LOWER] = CORE_FLOOD(run, lower),
                                [MARK_DIGIT] = CORE_FLOOD(run, digit),
                                [MARK_HYPHEN] = CORE_FLOOD(run, inner_hyphen),
                                [MARK_DOT] = CORE_FLOOD(run, separator & event),
                                [MARK_SPACED] = spaced,
                                [MARK_WIDE] = CORE_FLOOD(run, letter & wide) | triples << 3};
#if !CORE_PEXT
        core_transpose(has); /* now a byte for each place */
#endif
#define SET(k) core_set(CORE_FIELD(at, has[k]), has[k])
        SET(0), SET(1), SET(2), SET(3), SET(4), SET(5), SET(6), SET(7);
#undef SET
    }
#undef GET
    b->odd_set &= ~(~UINT64_C(1) << (b->n - 1));
}

/* A window that does not begin with a token: nobody knew where its first one begins. */
static CORE_RARE_STAGE void core_begin_all(const erz_scan *s, const core_block *b, unsigned i)
{
    uint32_t *begin = s->t.begin + b->token[i];
    for (uint64_t begins = b->begins[i]; begins != 0; begins &= begins - 1)
        *begin++ = (uint32_t)b->pos[i] + core_lowest(begins);
    if (i + 1 < b->n) *begin = (uint32_t)b->pos[i + 1]; /* this window may be empty */
}

/* Begins of tokens that stand further behind the token before. */
static CORE_INLINE void core_begin_odd(const erz_scan *s, const core_block *b)
{
    for (uint64_t left = b->odd_set; left != 0; left &= left - 1) {
        const unsigned i = core_lowest(left);
        const uint64_t next = b->begins[i] | (b->window[i] + 1);
        for (uint64_t far = b->ends[i] & ~(next | next >> 1); far != 0; far &= far - 1) {
            const uint64_t end = far & -far, before = b->ends[i] & core_below(end);
            s->t.begin[b->token[i] + core_count(before) + 1] = (uint32_t)b->pos[i] + core_lowest(next & ~core_below(end));
        }
        if (CORE_RARE((b->begins[i] & 1) == 0)) core_begin_all(s, b, i);
    }
}

#if CORE_PEXT
/* Bit k of the places 0-63. */
#define PLACE_BIT(k) (~UINT64_C(0) / ((UINT64_C(1) << (1U << (k))) + 1) << (1U << (k)))
#define EACH_PLACE(what) what(0), what(1), what(2), what(3), what(4), what(5)
#define EACH_MARK(what) what(0), what(1), what(2), what(3), what(4), what(5), what(6), what(7)
#define MARK(k) to->marks[k] = (uint16_t)(_pext_u64(b->has[k][i], ends) >> done)
#define END(k) to->end[k] = (uint16_t)(_pext_u64(PLACE_BIT(k), ends) >> done)

/* More records of a window of more than 16 tokens; the last one. */
static CORE_STAGE core_record *core_pack_rest(const core_block *b, unsigned i, core_record *to)
{
    const uint64_t ends = b->ends[i];
    for (unsigned done = RECORD_TOKENS; done < b->count[i]; done += RECORD_TOKENS) {
        to++->count = RECORD_TOKENS;
        EACH_MARK(MARK), EACH_PLACE(END);
        to->pos = (uint32_t)b->pos[i];
        to->count = (uint16_t)(b->count[i] - done);
    }
    return to;
}

/* Returns the end of the records. */
static CORE_STAGE core_record *core_pack(const core_block *b, core_record *records)
{
    volatile core_record *to = records; /* volatile: stores one by one are faster than a vector of inserts */
    const unsigned done = 0;
    for (unsigned i = 0; i < b->n; i++, to++) {
        const uint64_t ends = b->ends[i];
        EACH_MARK(MARK), EACH_PLACE(END);
        to->pos = (uint32_t)b->pos[i];
        to->count = b->count[i];
        if (CORE_RARE(b->count[i] > RECORD_TOKENS)) to = core_pack_rest(b, i, (core_record *)to);
    }
    return (core_record *)to;
}
#undef MARK
#undef END
#undef EACH_PLACE
#undef EACH_MARK
#undef PLACE_BIT

/* Bytes of the tokens of two records, from those of their bits that are `known`. */
static CORE_INLINE __m256i core_bytes(const uint16_t *a, const uint16_t *b, unsigned known)
{
    const __m256i lanes = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
    __m256i y, x = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)a));
    x = _mm256_inserti128_si256(x, _mm_loadu_si128((const __m128i *)(const void *)b), 1);
    x = _mm256_shuffle_epi8(x, lanes);
    y = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 7)), _mm256_set1_epi64x(0x00aa00aa00aa00aa));
    x = _mm256_xor_si256(x, _mm256_xor_si256(y, _mm256_slli_epi64(y, 7)));
    y = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 14)), _mm256_set1_epi64x(0x0000cccc0000cccc));
    x = _mm256_xor_si256(x, _mm256_xor_si256(y, _mm256_slli_epi64(y, 14)));
    y = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 28)), _mm256_set1_epi64x(0x00000000f0f0f0f0));
    x = _mm256_xor_si256(x, _mm256_xor_si256(y, _mm256_slli_epi64(y, 28)));
    return _mm256_and_si256(x, _mm256_set1_epi8((char)known));
}

/* Offsets of 16 tokens. */
static CORE_INLINE void core_offsets(uint32_t *out, __m128i places, __m256i pos)
{
    _mm256_storeu_si256((__m256i *)(void *)out, _mm256_add_epi32(_mm256_cvtepu8_epi32(places), pos));
    places = _mm_srli_si128(places, 8);
    _mm256_storeu_si256((__m256i *)(void *)(out + 8), _mm256_add_epi32(_mm256_cvtepu8_epi32(places), pos));
}

/* The tokens of one record; `begin`: of the tokens behind them. */
static CORE_INLINE void core_spread(const erz_tokens *t, uint32_t token, __m256i pos, __m128i marks, __m128i cls, __m128i begin,
                                    __m128i end)
{
    _mm_storeu_si128((__m128i *)(void *)(t->cls + token), cls);
    _mm256_storeu_si256((__m256i *)(void *)(t->shape + token), _mm256_cvtepu8_epi16(marks));
    core_offsets(t->begin + token + 1, begin, pos);
    core_offsets(t->end + token, end, pos);
}

static CORE_STAGE void core_emit(const erz_scan *s, const core_block *b, core_records *r)
{
    const __m256i classes = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(ERZ_TOKEN_PUNCTUATION, 0, 0, 0, 0, 0, 0, 0, ERZ_TOKEN_NUMBER, 0, 0, 0, 0, 0, 0, 0));
    const erz_tokens t = s->t; /* a copy that stores do not touch */
    uint32_t token = r->first;
    core_record *end_of_records = core_pack(b, r->records);
    end_of_records->count = 0; /* an odd last record is followed by one of no tokens */
    t.begin[token] = (uint32_t)b->pos[0];
    for (const core_record *x = r->records; x < end_of_records; x += 2) {
        __m256i marks = core_bytes(x[0].marks, x[1].marks, 255), end = core_bytes(x[0].end, x[1].end, 63);
        __m256i spaced = _mm256_and_si256(_mm256_srli_epi16(marks, MARK_SPACED), _mm256_set1_epi8(1));
        __m256i begin = _mm256_add_epi8(end, spaced),
                cls = _mm256_shuffle_epi8(classes, _mm256_and_si256(marks, _mm256_set1_epi8(15)));
        marks = _mm256_andnot_si256(_mm256_set1_epi8(1 << MARK_SPACED), marks);
#define HALF(v, k) _mm256_extracti128_si256(v, k)
#define POS(k) _mm256_castps_si256(_mm256_broadcast_ss((const float *)(const void *)&x[k].pos))
#define SPREAD(k) core_spread(&t, token, POS(k), HALF(marks, k), HALF(cls, k), HALF(begin, k), HALF(end, k))
        SPREAD(0);
        token += x[0].count;
        SPREAD(1);
        token += x[1].count;
#undef SPREAD
#undef POS
#undef HALF
    }
    core_begin_odd(s, b);
}
#else
/* Ends of tokens, and the marks of each in a byte: several at once, since a branch for each would often be mispredicted. */
static CORE_STAGE void core_places(const erz_scan *s, const core_block *b, core_records *r)
{
/* NOLINTBEGIN(bugprone-macro-parentheses): numbers */
#define AT(g) g, ROW + g, 2 * ROW + g, 3 * ROW + g, 4 * ROW + g, 5 * ROW + g, 6 * ROW + g, 7 * ROW + g
    enum { ROW = CORE_BLOCK * sizeof **b->has };
    static const uint16_t at[65] = {AT(0), AT(1), AT(2), AT(3), AT(4), AT(5), AT(6), AT(7)}; /* marks of each place; 64: none */
#undef AT
    /* NOLINTEND(bugprone-macro-parentheses) */
    uint32_t *end = s->t.end + r->first;
    uint8_t *marks = r->marks;
    for (unsigned i = 0; i < b->n; i++) {
        const uint8_t *has = (const uint8_t *)&b->has[0][i];
        uint64_t ends = b->ends[i];
        uint32_t pos = (uint32_t)b->pos[i], n = b->count[i], k = 0;
        uint64_t place = 0;
#define TOKEN                                                                                                                  \
    do {                                                                                                                       \
        place = core_lowest_or(ends, place);                                                                                   \
        marks[k] = has[at[place]];                                                                                             \
        end[k++] = pos + (uint32_t)place;                                                                                      \
        ends &= ends - 1;                                                                                                      \
    } while (0)
        TOKEN;
        TOKEN;
        TOKEN;
        TOKEN;
        TOKEN;
        do {
            TOKEN;
            TOKEN;
            TOKEN;
            TOKEN;
            TOKEN;
        } while (k < n);
#undef TOKEN
        end += n, marks += n;
    }
}

/* Shapes and classes of 16 tokens, and where the next ones begin: loops that compilers make vectors of. */
static CORE_INLINE void core_spread(const uint8_t *restrict marks, uint16_t *restrict shape, uint8_t *restrict cls,
                                    const uint32_t *restrict end, uint32_t *restrict next)
{
    for (unsigned k = 0; k < RECORD_TOKENS; k++) shape[k] = (uint8_t)(marks[k] & ~(1U << MARK_SPACED));
    for (unsigned k = 0; k < RECORD_TOKENS; k++) {
        uint8_t word = marks[k] & (1U << MARK_INITIAL | 1U << MARK_UPPER | 1U << MARK_LOWER | 1U << MARK_DIGIT);
        cls[k] = (uint8_t)((word == 0) * ERZ_TOKEN_PUNCTUATION + (word == 1U << MARK_DIGIT) * ERZ_TOKEN_NUMBER);
    }
    for (unsigned k = 0; k < RECORD_TOKENS; k++) next[k] = end[k] + (marks[k] >> MARK_SPACED & 1);
}

static CORE_STAGE void core_emit(const erz_scan *s, const core_block *b, core_records *r)
{
    const erz_tokens *t = &s->t;
    core_places(s, b, r);
    t->begin[r->first] = (uint32_t)b->pos[0];
    for (uint32_t i = r->first; i < s->nbegin; i += RECORD_TOKENS)
        core_spread(r->marks + (i - r->first), t->shape + i, t->cls + i, t->end + i, t->begin + i + 1);
    core_begin_odd(s, b);
}
#endif

static CORE_INLINE void core_correct(erz_scan *s, core_records *r)
{
    for (unsigned i = 0; i < r->nmends; i++) {
        const core_mend *m = &r->mends[i];
        s->t.shape[m->token] |= m->shape;
        if (m->cls < ERZ_TOKEN_CLASSES) s->t.cls[m->token] = m->cls;
    }
    r->nmends = 0;
}
