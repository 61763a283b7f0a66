/* Ends, classes and shapes of a block's tokens. Part of core.h. */

enum { RECORD_TOKENS = 16, RECORDS = CORE_BLOCK * 64 / RECORD_TOKENS, FIXES = CORE_BLOCK * 34 };

/* A token whose class (ERZ_TOKEN_CLASSES: none) and shape masks give in part. */
typedef struct core_mend {
    uint32_t token;
    uint16_t shape; /* also */
    uint8_t cls;
} core_mend;

/* From block to block. */
typedef struct core_records {
    uint64_t due;   /* 1: a sentence begins with the next token */
    bool exact;     /* the end of the last token is known */
    uint32_t first; /* the block's first token */
    unsigned nfixes;
    unsigned nmends;
    core_mend mends[CORE_BLOCK * 64];
    uint32_t fix_token[FIXES], fix_end[FIXES]; /* ends that cannot be told from the next token's begin */
#if CORE_PEXT
    uint16_t marks[RECORDS + 1][MARKS]; /* what was seen of tokens, one bit a token and mark */
    uint8_t count[RECORDS + 1];
#else
    uint8_t marks[(RECORDS + 1) * RECORD_TOKENS]; /* the same, one bit a mark and byte a token */
#endif
} core_records;

/* For each word that holds a mark, the bit after its end. */
#define CORE_FLOOD(run, marks) (((run) + (marks)) & ~(run))

#if !CORE_PEXT
CORE_TRANSPOSE(core_bits, core_transpose)
#endif

static CORE_STAGE void core_marks(core_block *b)
{
#define GET(field) field = core_get(b->field + i)
    for (unsigned i = 0; i < b->n; i += CORE_LANES) {
        core_bits GET(run), GET(begins), GET(first_hyphen), GET(upper), GET(lower), GET(digit), GET(inner_hyphen);
        core_bits GET(separator), GET(event), GET(letter), GET(wide), GET(triples), GET(space),
            first = begins | first_hyphen << 1;
        core_bits has[MARKS] = {[MARK_INITIAL] = CORE_FLOOD(run, upper & first),
                                [MARK_UPPER] = CORE_FLOOD(run, upper & ~first),
                                [MARK_LOWER] = CORE_FLOOD(run, lower),
                                [MARK_DIGIT] = CORE_FLOOD(run, digit),
                                [MARK_HYPHEN] = CORE_FLOOD(run, inner_hyphen),
                                [MARK_DOT] = CORE_FLOOD(run, separator & event),
                                [MARK_BLANK] = space,
                                [MARK_WIDE] = CORE_FLOOD(run, letter & wide) | triples << 3};
#if !CORE_PEXT
        core_transpose(has); /* now a byte for each mark, a number for eight ends */
#endif
#define SET(k) core_set(b->has[k] + i, has[k])
        SET(0), SET(1), SET(2), SET(3), SET(4), SET(5), SET(6), SET(7);
#undef SET
    }
#undef GET
}

#if CORE_PEXT
#ifndef CORE_POSITIONS
/* Positions of set bits plus base; up to 8 more elements are written than there are bits. */
static CORE_INLINE void core_positions(const uint64_t *places, uint32_t *out, const uint64_t *bits, __m256i base, __m256i eight)
{
    const uint8_t *byte = (const uint8_t *)bits;
#define CORE_EIGHT(k)                                                                                                          \
    _mm256_storeu_si256(                                                                                                       \
        (__m256i *)(void *)out,                                                                                                \
        _mm256_add_epi32(base, _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)&places[byte[k]])))),       \
        base = _mm256_add_epi32(base, eight), out += core_count(byte[k])
    CORE_EIGHT(0), CORE_EIGHT(1), CORE_EIGHT(2), CORE_EIGHT(3), CORE_EIGHT(4), CORE_EIGHT(5), CORE_EIGHT(6), CORE_EIGHT(7);
#undef CORE_EIGHT
}

static CORE_STAGE void core_begins(const erz_scan *s, const core_block *b, core_records *r, size_t next)
{
    const uint64_t *places = s->places;
    uint32_t *out = s->t.begin + r->first;
    __m256i eight = _mm256_set1_epi32(8);
    __asm__("" : "+x"(eight)); /* a register, not eight constants */
    for (unsigned i = 0; i < b->n; out += b->count[i++])
        core_positions(places, out, &b->begins[i], _mm256_set1_epi32((int)b->pos[i]), eight);
    *out = (uint32_t)next;
}
#else
static CORE_STAGE void core_begins(const erz_scan *s, const core_block *b, core_records *r, size_t next)
{
    uint32_t *out = s->t.begin + r->first;
    for (unsigned i = 0; i < b->n; out += b->count[i++]) CORE_POSITIONS(out, b->begins[i], (uint32_t)b->pos[i]);
    *out = (uint32_t)next;
}
#endif

/* Classes, shapes and ends of 16 tokens. */
static CORE_INLINE void core_spread(const erz_tokens *t, uint32_t token, __m128i marks, __m128i cls)
{
    __m256i shape = _mm256_cvtepu8_epi16(_mm_andnot_si128(_mm_set1_epi8(1 << MARK_BLANK), marks));
    __m128i blank = _mm_and_si128(_mm_srli_epi16(marks, MARK_BLANK), _mm_set1_epi8(1));
    _mm_storeu_si128((__m128i *)(void *)(t->cls + token), cls);
    _mm256_storeu_si256((__m256i *)(void *)(t->shape + token), shape);
    const uint32_t *next = t->begin + token + 1;
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)next);
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(next + 8));
    a = _mm256_sub_epi32(a, _mm256_cvtepu8_epi32(blank));
    b = _mm256_sub_epi32(b, _mm256_cvtepu8_epi32(_mm_srli_si128(blank, 8)));
    _mm256_storeu_si256((__m256i *)(void *)(t->end + token), a);
    _mm256_storeu_si256((__m256i *)(void *)(t->end + token + 8), b);
}

/* Marks of up to 16 tokens in each record. */
static CORE_STAGE unsigned core_pack(const core_block *b, core_records *r)
{
    unsigned records = 0;
    for (unsigned i = 0; i < b->n; i++) {
        const uint64_t ends = b->ends[i];
        unsigned n = b->count[i];
        volatile uint16_t *marks = r->marks[records]; /* volatile: eight stores are faster than a vector of eight inserts */
#define EACH_MARK(what) what(0), what(1), what(2), what(3), what(4), what(5), what(6), what(7)
#define PACK(k) marks[k] = (uint16_t)_pext_u64(b->has[k][i], ends)
        EACH_MARK(PACK);
        r->count[records++] = (uint8_t)n;
        for (unsigned done = RECORD_TOKENS; CORE_RARE(done < n); done += RECORD_TOKENS) {
            r->count[records - 1] = RECORD_TOKENS;
#define REST(k) r->marks[records][k] = (uint16_t)(_pext_u64(b->has[k][i], ends) >> done)
            EACH_MARK(REST);
            r->count[records++] = (uint8_t)(n - done);
        }
    }
    return records;
}
#undef EACH_MARK
#undef PACK
#undef REST

static CORE_STAGE void core_emit(const erz_scan *s, const core_block *b, core_records *r)
{
    const __m256i lanes = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
    const __m256i classes = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(ERZ_TOKEN_PUNCTUATION, 0, 0, 0, 0, 0, 0, 0, ERZ_TOKEN_NUMBER, 0, 0, 0, 0, 0, 0, 0));
    const erz_tokens t = s->t; /* a copy that stores do not touch */
    uint32_t token = r->first;
    unsigned records = core_pack(b, r);
    r->count[records] = 0; /* an odd last record is followed by one of no tokens */
    for (unsigned i = 0; i < records; i += 2) {
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)r->marks[i]), y;
        x = _mm256_shuffle_epi8(x, lanes);
        y = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 7)), _mm256_set1_epi64x(0x00aa00aa00aa00aa));
        x = _mm256_xor_si256(x, _mm256_xor_si256(y, _mm256_slli_epi64(y, 7)));
        y = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 14)), _mm256_set1_epi64x(0x0000cccc0000cccc));
        x = _mm256_xor_si256(x, _mm256_xor_si256(y, _mm256_slli_epi64(y, 14)));
        y = _mm256_and_si256(_mm256_xor_si256(x, _mm256_srli_epi64(x, 28)), _mm256_set1_epi64x(0x00000000f0f0f0f0));
        x = _mm256_xor_si256(x, _mm256_xor_si256(y, _mm256_slli_epi64(y, 28)));
        __m256i cls = _mm256_shuffle_epi8(classes, _mm256_and_si256(x, _mm256_set1_epi8(15)));
        core_spread(&t, token, _mm256_castsi256_si128(x), _mm256_castsi256_si128(cls));
        token += r->count[i];
        core_spread(&t, token, _mm256_extracti128_si256(x, 1), _mm256_extracti128_si256(cls, 1));
        token += r->count[i + 1];
    }
}
#else
/* Begins of tokens, and the marks of each in a byte; the next block's first token begins at `next`. */
static CORE_STAGE void core_begins(const erz_scan *s, const core_block *b, core_records *r, size_t next)
{
    uint32_t *begin = s->t.begin + r->first;
    uint8_t *marks = r->marks;
    for (unsigned i = 0; i < b->n; i++) {
        uint32_t pos = (uint32_t)b->pos[i];
        for (uint64_t ends = b->ends[i], begins = b->begins[i]; ends != 0; ends &= ends - 1, begins &= begins - 1) {
            unsigned e = (unsigned)__builtin_ctzll(ends);
            uint64_t bits = b->has[e / 8][i] >> e % 8 & UINT64_C(0x0101010101010101);
            *marks++ = (uint8_t)(bits * UINT64_C(0x0102040810204080) >> 56); /* bit k of byte k */
            *begin++ = pos + (unsigned)__builtin_ctzll(begins);
        }
    }
    *begin = (uint32_t)next;
}

/* Ends, shapes and classes of 16 tokens: loops that compilers make vectors of. */
static CORE_INLINE void core_spread(const uint8_t *restrict marks, const uint32_t *restrict next, uint32_t *restrict end,
                                    uint16_t *restrict shape, uint8_t *restrict cls)
{
    for (unsigned k = 0; k < RECORD_TOKENS; k++) end[k] = next[k] - (marks[k] >> MARK_BLANK & 1U);
    for (unsigned k = 0; k < RECORD_TOKENS; k++) shape[k] = (uint16_t)(marks[k] & ~(1U << MARK_BLANK));
    for (unsigned k = 0; k < RECORD_TOKENS; k++) {
        uint8_t word = marks[k] & (1U << MARK_INITIAL | 1U << MARK_UPPER | 1U << MARK_LOWER | 1U << MARK_DIGIT);
        cls[k] = (uint8_t)((word == 0) * ERZ_TOKEN_PUNCTUATION + (word == 1U << MARK_DIGIT) * ERZ_TOKEN_NUMBER);
    }
}

static CORE_STAGE void core_emit(const erz_scan *s, const core_block *b, const core_records *r)
{
    const erz_tokens *t = &s->t;
    (void)b;
    for (uint32_t i = r->first; i < s->nbegin; i += RECORD_TOKENS)
        core_spread(r->marks + (i - r->first), t->begin + i + 1, t->end + i, t->shape + i, t->cls + i);
}
#endif

static CORE_INLINE void core_correct(erz_scan *s, core_records *r)
{
    for (unsigned i = 0; i < r->nfixes; i++) s->t.end[r->fix_token[i]] = r->fix_end[i];
    for (unsigned i = 0; i < r->nmends; i++) {
        const core_mend *m = &r->mends[i];
        s->t.shape[m->token] |= m->shape;
        if (m->cls < ERZ_TOKEN_CLASSES) s->t.cls[m->token] = m->cls;
    }
    r->nfixes = r->nmends = 0;
}
