/* The tagger's arithmetic against enumeration of all paths. */
#include "tap.h"

#include <math.h>

#include "match/company_kernel.h"
#include "train/train.h"

enum { L = CRF_REAL_LABELS, N = 4 };

static uint64_t seed = 7;

static double uniform(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(seed >> 33) / 2147483648.0 * 4 - 2;
}

static bool next_path(int path[N])
{
    for (int i = 0; i < N; i++) {
        if (++path[i] < L) return true;
        path[i] = 0;
    }
    return false;
}

static bool path_allowed(const int path[N], const uint8_t mask[N])
{
    for (int i = 0; i < N; i++)
        if (!crf_allowed(i == 0 ? LABEL_O : path[i - 1], path[i]) || (mask[i] >> path[i] & 1) == 0) return false;
    return true;
}

static double path_score(const int path[N], float (*e)[CRF_LABELS], const train_row *t)
{
    double sum = (double)t[path[N - 1]].w[LABEL_O];
    for (int i = 0; i < N; i++) sum += (double)e[i][path[i]] + (double)t[i == 0 ? LABEL_O : path[i - 1]].w[path[i]];
    return sum;
}

static double brute_log_z(float (*e)[CRF_LABELS], const uint8_t mask[N], const train_row *t)
{
    double z = 0;
    int path[N] = {0};
    do
        if (path_allowed(path, mask)) z += exp(path_score(path, e, t));
    while (next_path(path));
    return log(z);
}

typedef struct chain {
    float e[N][CRF_LABELS], node[N][CRF_LABELS], edge[CRF_LABELS][CRF_LABELS], scratch[6 * N * CRF_LABELS];
    train_row t[CRF_LABELS];
    uint8_t mask[N];
} chain;

static void fill(chain *c)
{
    memset(c, 0, sizeof *c);
    for (int i = 0; i < N; i++)
        for (int y = 0; y < L; y++) c->e[i][y] = (float)uniform();
    for (int x = 0; x < L; x++)
        for (int y = 0; y < L; y++) c->t[x].w[y] = (float)uniform();
    const uint8_t masks[N] = {MASK_ALL, MASK_BEGIN | MASK_O, MASK_ALL & ~MASK_PER, MASK_O | MASK_INSIDE};
    memcpy(c->mask, masks, sizeof masks);
}

static double run(chain *c)
{
    return train_gradient((const float(*)[CRF_LABELS])c->e, c->mask, N, c->t, c->node, c->edge, c->scratch);
}

static const uint8_t everything[N] = {MASK_ALL, MASK_ALL, MASK_ALL, MASK_ALL};

static void likelihood_equals_enumeration(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        chain c;
        fill(&c);
        double expected = brute_log_z(c.e, c.mask, c.t) - brute_log_z(c.e, everything, c.t);
        assert_true(fabs(run(&c) - expected) < 1e-4);
    }
}

static void gradient_equals_finite_differences(void **state)
{
    (void)state;
    chain c;
    fill(&c);
    run(&c);
    chain at = c;
    const float h = 1e-2F;
    for (int i = 0; i < N; i++)
        for (int y = 0; y < L; y++) {
            chain up = at, down = at;
            up.e[i][y] += h;
            down.e[i][y] -= h;
            double slope = (brute_log_z(up.e, c.mask, c.t) - brute_log_z(up.e, everything, c.t) -
                            brute_log_z(down.e, c.mask, c.t) + brute_log_z(down.e, everything, c.t)) /
                           (2 * (double)h);
            assert_true(fabs(slope - (double)c.node[i][y]) < 1e-3);
        }
    for (int x = 0; x < L; x++)
        for (int y = 0; y < L; y++) {
            if (!crf_allowed(x, y)) continue;
            chain up = at, down = at;
            up.t[x].w[y] += h;
            down.t[x].w[y] -= h;
            double slope = (brute_log_z(up.e, c.mask, up.t) - brute_log_z(up.e, everything, up.t) -
                            brute_log_z(down.e, c.mask, down.t) + brute_log_z(down.e, everything, down.t)) /
                           (2 * (double)h);
            assert_true(fabs(slope - (double)c.edge[x][y]) < 1e-3);
        }
}

static void an_impossible_mask_has_no_likelihood(void **state)
{
    (void)state;
    chain c;
    fill(&c);
    c.mask[0] = MASK_INSIDE;
    assert_true(run(&c) == -INFINITY);
}

static int fixed_score(const int path[N], int16_t (*e)[CRF_LABELS], int16_t (*t)[CRF_LABELS])
{
    int sum = t[path[N - 1]][LABEL_O];
    for (int i = 0; i < N; i++) sum += e[i][path[i]] + t[i == 0 ? LABEL_O : path[i - 1]][path[i]];
    return sum;
}

static void decoding_finds_the_best_path(void **state)
{
    (void)state;
    for (int round = 0; round < 400; round++) {
        int16_t e[N][CRF_LABELS] = {{0}}, t[CRF_LABELS][CRF_LABELS], alpha[N][CRF_LABELS];
        uint8_t label[N];
        for (int i = 0; i < N; i++)
            for (int y = 1; y < L; y++) e[i][y] = (int16_t)(uniform() * 100 - round % 4 * 40); /* O wins in many */
        for (int x = 0; x < CRF_LABELS; x++)
            for (int y = 0; y < CRF_LABELS; y++)
                t[x][y] = x < L && y < L && crf_allowed(x, y) ? (int16_t)(uniform() * 50) : CRF_NEVER;
        crf_lattice lattice;
        crf_lattice_set(&lattice, (const int16_t(*)[CRF_LABELS])t);
        crf_decode(&lattice, (const int16_t(*)[CRF_LABELS])e, N, alpha, label);
        int path[N] = {0}, found[N], best = INT16_MIN * 4;
        do {
            int score = path_allowed(path, everything) ? fixed_score(path, e, t) : best;
            best = score > best ? score : best;
        } while (next_path(path));
        for (int i = 0; i < N; i++) found[i] = label[i];
        assert_int_equal(fixed_score(found, e, t), best);
    }
}

static void random_rows(int16_t (*e)[CRF_LABELS], size_t n, int most)
{
    for (size_t i = 0; i < n; i++)
        for (int y = 1; y < L; y++) e[i][y] = (int16_t)(uniform() * most);
}

/* Small numbers make many equal paths: all kernels choose the same. */
static void kernels_agree(void **state)
{
    (void)state;
    enum { LONGEST = 40 };
    int16_t e[LONGEST][CRF_LABELS] = {{0}}, alpha[LONGEST][CRF_LABELS], t[CRF_LABELS][CRF_LABELS] = {{0}};
    for (int round = 0; round < 500; round++) {
        crf_lattice lattice;
        size_t n = 1 + (size_t)round % LONGEST;
        random_rows(e, n, round % 2 == 0 ? 3 : 1000);
        for (int x = 0; x < L; x++)
            for (int y = 0; y < L; y++) t[x][y] = crf_allowed(x, y) ? (int16_t)(uniform() * 2) : CRF_NEVER;
        crf_lattice_set(&lattice, (const int16_t(*)[CRF_LABELS])t);
        uint8_t expected[LONGEST], label[LONGEST];
        bool named = crf_decode(&lattice, (const int16_t(*)[CRF_LABELS])e, n, alpha, expected);
        for (const company_kernel *const *k = company_kernels(); *k != NULL; k++) {
            memset(label, LABEL_O, n);
            assert_int_equal((*k)->decode(&lattice, (const int16_t(*)[CRF_LABELS])e, n, alpha, label), named);
            assert_memory_equal(label, expected, n);
        }
    }
}

/* Is a unit in one window with the unit before? */
static bool joins_window(const uint8_t *near, const bool *start, size_t i)
{
    return i > 0 && !start[i] && (near[i] || near[i - 1]);
}

static bool in_window(const uint8_t *near, const bool *start, size_t i, size_t n)
{
    return near[i] || (i > 0 && !start[i] && near[i - 1]) || (i + 1 < n && !start[i + 1] && near[i + 1]);
}

static void kernels_find_windows(void **state)
{
    (void)state;
    enum { MOST = 70, OVER = COMPANY_OVER + 1 };
    for (int round = 0; round < 2000; round++) {
        size_t n = 1 + (size_t)round % MOST, ncandidates = 0, nwindows = 0;
        uint8_t near[MOST + OVER] = {0}, flags[MOST + OVER] = {0};
        bool start[MOST];
        uint32_t expected[MOST], candidates[MOST + 1];
        company_window want[MOST], windows[MOST + 1];
        for (size_t i = 0; i < n; i++) {
            near[i] = uniform() < 0 ? 0 : 6;
            start[i] = i == 0 || uniform() > 0.8;
            flags[i] = start[i] ? UNIT_FIRST : uniform() > 0.8 ? UNIT_FIRST | UNIT_JOINED : 0;
        }
        for (size_t i = 0; i < n; i++) {
            if (near[i]) expected[ncandidates++] = (uint32_t)i;
            if (!in_window(near, start, i, n)) continue;
            if (!joins_window(near, start, i)) want[nwindows++].from = (uint32_t)i;
            want[nwindows - 1].to = (uint32_t)i + 1;
        }
        for (const company_kernel *const *k = company_kernels(); *k != NULL; k++) {
            company_units u = {.n = n, .near = near, .flags = flags};
            company_tagger t = {.candidates = candidates, .windows = windows};
            (*k)->candidates(&u, &t);
            assert_int_equal(t.ncandidates, ncandidates);
            assert_memory_equal(candidates, expected, ncandidates * sizeof *candidates);
            assert_int_equal(t.nwindows, nwindows);
            for (size_t i = 0; i < nwindows; i++) {
                assert_int_equal(windows[i].from, want[i].from);
                assert_int_equal(windows[i].to, want[i].to);
            }
        }
    }
}

/* Emissions by the definition. */
static void emit_slowly(const company_state *c, const uint32_t *word, size_t n, int16_t (*e)[CRF_LABELS])
{
    for (size_t i = 0; i < n; i++) {
        const company_type *t = &c->types[word[i]], *l = i > 0 ? t : NULL, *r = i + 1 < n ? t : NULL;
        int16_t own[CRF_LABELS], before[CRF_LABELS] = {0}, after[CRF_LABELS] = {0};
        if (l != NULL) l = &c->types[word[i - 1]];
        if (r != NULL) r = &c->types[word[i + 1]];
        company_type_get(t, PLACE_OWN, own);
        if (l != NULL) company_type_get(l, PLACE_AFTER, after);
        if (r != NULL) company_type_get(r, PLACE_BEFORE, before);
        const int16_t *in = c->pair[l == NULL ? KIND_NONE : l->kind][t->kind][0];
        const int16_t *out = c->pair[t->kind][r == NULL ? KIND_NONE : r->kind][1];
        for (int y = 0; y < CRF_LABELS; y++) e[i][y] = (int16_t)(own[y] + before[y] + after[y] + in[y] + out[y]);
    }
}

/* Emissions, candidates, what is looked at: each kernel by the definition. Two sentences. */
static void kernels_emit(void **state)
{
    (void)state;
    enum { WORDS = 50, UNITS = 40 };
    static company_type types[WORDS];
    static company_facts facts[WORDS];
    static company_state c = {.types = types, .facts = facts};
    static int16_t e[UNITS][CRF_LABELS], expected[UNITS][CRF_LABELS];
    uint32_t word[UNITS], base[UNITS], listed[UNITS + 1];
    uint16_t evidence[UNITS + COMPANY_OVER] = {0};
    uint8_t kind[UNITS], flags[UNITS + COMPANY_OVER + 1], near[UNITS], open[UNITS + COMPANY_OVER],
        look[UNITS + COMPANY_OVER + 1];
    for (uint32_t i = 0; i < WORDS; i++) {
        int16_t score[CRF_PLACES][CRF_LABELS];
        uint32_t ev = i * 2654435761U >> 8 & (EV_FEATURES | EV_CONTINUES);
        types[i] = (company_type){.evidence = (uint16_t)ev, .base = i, .kind = (uint8_t)(i % KINDS)};
        random_rows(score, CRF_PLACES, 60);
        for (int place = 0; place < CRF_PLACES; place++) score[place][LABEL_O] = score[place][CRF_LABELS - 1] = 0;
        company_type_set(&types[i], score);
        company_type_look(&types[i], ev);
    }
    for (int a = 0; a < KINDS; a++)
        for (int b = 0; b < KINDS; b++) {
            random_rows(c.pair[a][b], 2, 40);
            for (int k = 0; k < 2; k++) c.pair[a][b][k][LABEL_O] = c.pair[a][b][k][CRF_LABELS - 1] = 0;
        }
    c.tagger.emission = e;
    for (size_t n = 2; n <= UNITS; n++)
        for (const company_kernel *const *k = company_kernels(); *k != NULL; k++) {
            size_t second = n / 2, nlisted = 0, ncues = 0, nroles = 0;
            c.units = (company_units){.n = n,
                                      .as_tokens = {.word = word},
                                      .base = base,
                                      .listed = listed,
                                      .evidence = evidence,
                                      .kind = kind,
                                      .flags = flags,
                                      .near = near,
                                      .look = look,
                                      .open = open};
            memset(flags, 0, sizeof flags), memset(look, 0, sizeof look), memset(evidence, 0, sizeof evidence);
            flags[0] = flags[second] = UNIT_FIRST;
            for (uint32_t i = 0; i < n; i++) word[i] = (i * 7 + (uint32_t)n) % WORDS;
            (*k)->emit(&c, 0, second), (*k)->emit(&c, second, n);
            (*k)->survey(&c);
            emit_slowly(&c, word, second, expected), emit_slowly(&c, word + second, n - second, expected + second);
            assert_memory_equal(e, expected, n * sizeof e[0]);
            for (size_t i = 0; i < n; i++) {
                const company_type *t = &types[word[i]];
                bool follows = i != 0 && i != second, goes_on = i + 1 != n && i + 1 != second;
                uint8_t next = goes_on ? types[word[i + 1]].look : 0, before = follows ? types[word[i - 1]].look : 0;
                assert_int_equal(kind[i], t->kind);
                assert_int_equal(evidence[i], t->evidence);
                assert_int_equal(base[i], t->base);
                assert_int_equal(near[i] != 0, company_is_candidate(expected[i]));
                assert_int_equal(open[i] != 0, (t->look & LOOK_OPEN) != 0 || (before & LOOK_CUE) != 0);
                if (t->look & LOOK_ALONE || (t->look & LOOK_LONGER && next & LOOK_GOES_ON))
                    assert_int_equal(listed[nlisted++], i);
                ncues += (t->evidence & EV_CUE) != 0, nroles += (t->evidence & EV_SUFFIX) != 0;
            }
            assert_int_equal(c.units.nlisted, nlisted);
            assert_int_equal(c.units.ncues, ncues);
            assert_int_equal(c.units.nroles, nroles);
        }
}

static void kernels_measure_margins(void **state)
{
    (void)state;
    enum { UNITS = 64 };
    static company_type types[UNITS];
    int16_t e[UNITS][CRF_LABELS] = {{0}};
    uint32_t unit[UNITS];
    static company_state c = {.types = types};
    c.tagger.emission = e;
    c.units.as_tokens.word = unit;
    random_rows(e, UNITS, 100);
    for (uint32_t i = 0; i < UNITS; i++) {
        unit[i] = i;
        int16_t score[CRF_PLACES][CRF_LABELS] = {{0}};
        random_rows(score, 1, 60);
        company_type_set(&types[i], score);
    }
    for (const company_kernel *const *k = company_kernels(); *k != NULL; k++) {
        company_ballot ballots[UNITS];
        for (uint32_t i = 0; i < UNITS; i++) ballots[i].unit = i;
        (*k)->margins(&c, ballots, UNITS);
        for (size_t i = 0; i < UNITS; i++) {
            int16_t own[CRF_LABELS];
            company_type_get(&types[i], PLACE_OWN, own);
            assert_int_equal(ballots[i].margin, company_margin(e[i], own));
        }
    }
}

/* A table of one bucket pair filled by hand: known features add their row, others nothing; the sum of n rounded weights is off
 * by at most n halves of a step. */
static void rows_are_found_by_feature_and_place(void **state)
{
    (void)state;
    enum { BUCKETS = 2, FEATURES = 10 };
    crf_header header = {.nbuckets = BUCKETS};
    crf_bucket buckets[BUCKETS];
    memset(buckets, 0, sizeof buckets);
    crf_model model = {&header, NULL, buckets};
    uint64_t features[FEATURES];
    double exact = 0;
    for (size_t i = 0; i < FEATURES; i++) {
        features[i] = (i + 1) * (i + 3) * UINT64_C(0xd6e8feb86659fd93);
        uint64_t key = crf_key(features[i], PLACE_OWN);
        size_t b = crf_home(key, BUCKETS), s = 0;
        while (s < CRF_BUCKET && buckets[b].print[s] != 0) s++;
        if (s == CRF_BUCKET)
            for (b ^= 1, s = 0; buckets[b].print[s] != 0;) s++;
        double w = uniform();
        exact += w;
        buckets[b].print[s] = crf_print(key);
        buckets[b].weight[s][LABEL_BC - 1] = (int8_t)lround(w * CRF_SCALE);
    }
    crf_lanes sum = {0}, none = {0};
    uint64_t keys[FEATURES];
    crf_ask(&model, features, FEATURES, PLACE_OWN, keys);
    crf_sum(&model, keys, FEATURES, &sum);
    assert_true(fabs(sum[LABEL_BC] / (double)CRF_SCALE - exact) <= FEATURES * 0.5 / CRF_SCALE);
    assert_true(sum[LABEL_BC] != 0);
    crf_ask(&model, features, FEATURES, PLACE_AFTER, keys);
    crf_sum(&model, keys, FEATURES, &none);
    assert_int_equal(none[LABEL_BC], 0);
}

/* Put a row of small numbers under a key, if there is room. */
static void put_row(crf_bucket *buckets, uint32_t nbuckets, uint64_t key)
{
    crf_bucket *b = &buckets[crf_home(key, nbuckets)];
    for (int s = 0; s < CRF_BUCKET; s++) {
        if (b->print[s] != 0 && b->print[s] != crf_print(key)) continue;
        b->print[s] = crf_print(key);
        for (int y = 0; y < 6; y++) b->weight[s][y] = (int8_t)(uniform() * 60);
        return;
    }
}

/* Words of plain and of other letters, short and long: scores are the sums of the features' rows, at first sight and again. */
static void scores_are_sums_of_features(void **state)
{
    (void)state;
    enum { BUCKETS = 1024 };
    static const char *const forms[][2] = {{"Haus", "haus"},
                                           {"\xc3\x84rzte", "\xc3\xa4rzte"},
                                           {"ab", "ab"},
                                           {"X", "x"},
                                           {"GmbH", "gmbh"},
                                           {"Stra\xc3\x9f"
                                            "e",
                                            "stra\xc3\x9f"
                                            "e"},
                                           {"A380", "a380"},
                                           {"Caf\xc3\xa9", "caf\xc3\xa9"},
                                           {"E.ON", "e.on"},
                                           {"Mitglieder", "mitglieder"},
                                           {"", ""},
                                           {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl",
                                            "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"},
                                           {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm",
                                            "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm"},
                                           {"Abcdefg{", "abcdefg{"},
                                           {"Abcdefgh`", "abcdefgh`"},
                                           {"Donaudampfschifffahrtsgesellschaftskapit\xc3\xa4nswitwenrentenauszahlungsstelle",
                                            "donaudampfschifffahrtsgesellschaftskapit\xc3\xa4nswitwenrentenauszahlungsstelle"}};
    static crf_bucket buckets[BUCKETS];
    crf_header header = {.nbuckets = BUCKETS};
    crf_model model = {&header, NULL, buckets};
    crf_memory *memory = crf_memory_new();
    assert_non_null(memory);
    for (int round = 0; round < 3; round++)
        for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
            for (uint32_t evidence = 0; evidence <= EV_UPPER; evidence += EV_UPPER) {
                crf_word w = {
                    forms[f][0], forms[f][1], strlen(forms[f][0]), strlen(forms[f][1]), evidence | EV_CUE, 0, KIND_CUE, 0};
                uint64_t features[CRF_MAX_FEATURES], keys[CRF_MAX_FEATURES];
                size_t part[3], n = crf_features(&w, features, part);
                int16_t expected[CRF_PLACES][CRF_LABELS], score[CRF_PLACES][CRF_LABELS];
                for (int place = 0; place < CRF_PLACES; place++) {
                    size_t m = place == PLACE_OWN ? n : part[1];
                    for (size_t i = 0; i < m && round == 0; i++) put_row(buckets, BUCKETS, crf_key(features[i], place));
                }
                if (round == 0) continue;
                crf_query query;
                crf_ask_word(&model, memory, &w, &query);
                crf_score(&model, memory, &w, &query, score);
                for (int place = 0; place < CRF_PLACES; place++) {
                    crf_lanes sum = {0};
                    size_t m = place == PLACE_OWN ? n : part[1];
                    crf_ask(&model, features, m, place, keys);
                    crf_sum(&model, keys, m, &sum);
                    crf_clamp(sum, expected[place]);
                }
                assert_memory_equal(score, expected, sizeof score);
            }
    crf_memory_free(memory);
}

static void damaged_weights_are_refused(void **state)
{
    (void)state;
    size_t len = sizeof(crf_header) + (size_t)DENSE_ROWS * CRF_LABELS * 2 + 2 * sizeof(crf_bucket);
    char *data = calloc(1, len + 64);
    crf_header *h = (crf_header *)(void *)data;
    crf_model model;
    memcpy(h->magic, "erzcrf2", 8);
    h->nbuckets = 2;
    h->dense_rows = DENSE_ROWS;
    assert_true(crf_open(&model, data, len));
    assert_false(crf_open(&model, data, len - 1));
    h->nbuckets = 3;
    assert_false(crf_open(&model, data, len));
    h->nbuckets = 2;
    h->magic[6] = '1';
    assert_false(crf_open(&model, data, len));
    free(data);
}

static void votes_leave_the_voter_out(void **state)
{
    (void)state;
    company_vote v = {0, 0, 0, 0, 0};
    company_vote_add(&v, 50, LABEL_BC);
    assert_int_equal(company_vote_code(&v, 50, LABEL_BC, KIND_TITLE), 0);
    company_vote_add(&v, -90, LABEL_PER);
    uint8_t of_company = company_vote_code(&v, 50, LABEL_BC, KIND_TITLE),
            of_person = company_vote_code(&v, -90, LABEL_PER, KIND_TITLE);
    assert_true(of_company != of_person && of_company != 0 && of_company < CRF_DOC && of_person < CRF_DOC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likelihood_equals_enumeration),
        cmocka_unit_test(gradient_equals_finite_differences),
        cmocka_unit_test(an_impossible_mask_has_no_likelihood),
        cmocka_unit_test(decoding_finds_the_best_path),
        cmocka_unit_test(kernels_agree),
        cmocka_unit_test(kernels_find_windows),
        cmocka_unit_test(kernels_emit),
        cmocka_unit_test(kernels_measure_margins),
        cmocka_unit_test(rows_are_found_by_feature_and_place),
        cmocka_unit_test(scores_are_sums_of_features),
        cmocka_unit_test(damaged_weights_are_refused),
        cmocka_unit_test(votes_leave_the_voter_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
