/* Texts to sequences of units, and the numbering of features. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "train/train.h"

static erz_status no_memory(erz_error *err)
{
    return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
}

void train_set_free(train_set *s)
{
    free(s->word), free(s->mask), free(s->flags), free(s->gaz), free(s->legal), free(s->doc), free(s->kind);
    free(s->start), free(s->weight), free(s->doc_start), free(s->source);
}

static bool grow(train_set *s, size_t need)
{
    size_t cap[7];
    for (int i = 0; i < 7; i++) cap[i] = s->cap;
    if (need <= s->cap) return true;
    bool good = erz_grow(&s->word, &cap[0], need, 4) && erz_grow(&s->mask, &cap[1], need, 1) &&
                erz_grow(&s->flags, &cap[2], need, 1) && erz_grow(&s->gaz, &cap[3], need, 1) &&
                erz_grow(&s->legal, &cap[4], need, 1) && erz_grow(&s->doc, &cap[5], need, 1) &&
                erz_grow(&s->kind, &cap[6], need, 1);
    s->cap = need;
    for (int i = 0; i < 7; i++) good = good && cap[i] >= need;
    if (good) {
        s->cap = cap[0];
        for (int i = 1; i < 7; i++) s->cap = cap[i] < s->cap ? cap[i] : s->cap;
    }
    return good;
}

static bool start_sequence(train_set *s, float weight)
{
    size_t cap = s->cap_seq;
    if (!erz_grow(&s->start, &s->cap_seq, s->nseq + 2, 4) || !erz_grow(&s->weight, &cap, s->nseq + 2, 4)) return false;
    s->start[s->nseq] = (uint32_t)s->n;
    s->weight[s->nseq++] = weight;
    s->start[s->nseq] = (uint32_t)s->n;
    return true;
}

static void append(train_set *s, const company_state *c, size_t i, uint8_t mask)
{
    const company_units *u = &c->units;
    s->word[s->n] = u->as_tokens.word[i];
    s->mask[s->n] = mask;
    s->flags[s->n] = u->flags[i];
    s->gaz[s->n] = u->gaz[i];
    s->legal[s->n] = u->legal[i];
    s->doc[s->n] = 0;
    s->kind[s->n] = c->types[u->as_tokens.word[i]].kind;
    s->n++;
    s->start[s->nseq] = (uint32_t)s->n;
}

/* Labels of the unit [begin, end): *at is the first span that may touch it. */
static uint8_t mask_of(const train_doc *d, size_t *at, uint32_t begin, uint32_t end)
{
    while (*at < d->nspans && d->spans[*at].end <= begin) ++*at;
    if (*at == d->nspans || d->spans[*at].begin >= end) return d->rest;
    const train_span *s = &d->spans[*at];
    if (s->open) return MASK_ALL;
    if ((s->mask & (MASK_BEGIN | MASK_INSIDE)) == 0) return s->mask;
    return s->mask & (s->begin >= begin || s->begin > begin ? MASK_BEGIN : MASK_INSIDE);
}

static bool add_sentences(trainer *t, train_set *set, const train_doc *d)
{
    const company_units *u = &t->companies->units;
    size_t at = 0, cap = set->cap_docs;
    if (!erz_grow(&set->doc_start, &cap, set->ndocs + 2, 4) || !erz_grow(&set->source, &set->cap_docs, set->ndocs + 2, 4))
        return false;
    set->doc_start[set->ndocs] = (uint32_t)set->nseq;
    set->source[set->ndocs] = d->source;
    for (size_t s = 0; s < u->nsent; s++) {
        if (u->sent[s + 1] == u->sent[s]) continue;
        if (!start_sequence(set, d->weight) || !grow(set, set->n + (u->sent[s + 1] - u->sent[s]))) return false;
        for (uint32_t i = u->sent[s]; i < u->sent[s + 1]; i++)
            append(set, t->companies, i, mask_of(d, &at, u->as_tokens.begin[i], u->as_tokens.end[i]));
    }
    set->doc_start[++set->ndocs] = (uint32_t)set->nseq;
    return true;
}

erz_status train_add_docs(trainer *t, train_set *set, const train_docs *docs, erz_error *err)
{
    for (size_t i = 0; i < docs->n; i++) {
        const train_doc *d = &docs->docs[i];
        erz_text text;
        memset(&text, 0, sizeof text);
        text.text = d->text;
        text.len = d->len;
        text.lexicon = erz_model_lexicon(t->model);
        text.words = t->words;
        erz_status status = erz_tokenize(t->tokenizer, d->text, d->len, &text.tokens, err);
        if (status == ERZ_OK) status = erz_words_map(t->words, d->text, d->len, &text.tokens, err);
        if (status != ERZ_OK) return status;
        if (!company_units_build(t->companies, &text)) return no_memory(err);
        company_mark(t->companies, erz_words_array(t->words));
        if (!add_sentences(t, set, d)) return no_memory(err);
    }
    return ERZ_OK;
}

static bool grow_slots(trainer *t)
{
    size_t n = t->nslots == 0 ? 1 << 16 : t->nslots * 2;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < t->nkeys; i++) {
        size_t s = t->keys[i] & (n - 1);
        while (slots[s] != 0) s = (s + 1) & (n - 1);
        slots[s] = (uint32_t)i + 1;
    }
    free(t->slots);
    t->slots = slots;
    t->nslots = n;
    return true;
}

/* Number of a key; UINT32_MAX: memory is short. */
static uint32_t number(trainer *t, uint64_t key)
{
    if (t->nkeys * 2 >= t->nslots && !grow_slots(t)) return UINT32_MAX;
    size_t s = key & (t->nslots - 1);
    for (; t->slots[s] != 0; s = (s + 1) & (t->nslots - 1))
        if (t->keys[t->slots[s] - 1] == key) return t->slots[s] - 1;
    if (!erz_grow(&t->keys, &t->cap_keys, t->nkeys + 1, sizeof *t->keys) ||
        !erz_grow(&t->counts, &t->cap_counts, t->nkeys + 1, sizeof *t->counts))
        return UINT32_MAX;
    t->keys[t->nkeys] = key;
    t->counts[t->nkeys] = 0;
    t->slots[s] = (uint32_t)++t->nkeys;
    return t->slots[s] - 1;
}

static bool number_word(trainer *t, uint32_t word, const uint32_t *uses)
{
    uint64_t features[CRF_MAX_FEATURES];
    erz_word w = erz_words_array(t->words)[word];
    const company_type *type = company_type_of(t->companies, t->words, word);
    if (type == NULL) return false;
    crf_word cw = {.evidence = type->evidence, .shape = w.shape, .kind = type->kind, .cls = w.cls};
    cw.normal = erz_words_normal(t->words, word, &cw.normal_len);
    cw.fold = erz_words_fold(t->words, word, &cw.fold_len);
    size_t part[3], n = crf_features(&cw, features, part);
    train_word *out = &t->train_words[word];
    out->part[0] = (uint8_t)part[0];
    out->part[1] = (uint8_t)part[2];
    for (int place = 0; place < CRF_PLACES; place++) {
        size_t m = place == PLACE_OWN ? n : part[1];
        if (!erz_grow(&t->ids, &t->cap_ids, t->nids + m, sizeof *t->ids)) return false;
        out->first[place] = (uint32_t)t->nids;
        out->n[place] = (uint8_t)m;
        for (size_t i = 0; i < m; i++) {
            uint32_t id = number(t, crf_key(features[i], place));
            if (id == UINT32_MAX) return false;
            t->ids[t->nids++] = DENSE_ROWS + id;
            t->counts[id] += uses[word];
        }
    }
    return true;
}

/* Renumber rows so that only those with keep[id] stay; ids of dropped rows leave the words' lists. */
static bool drop_rows(trainer *t, const bool *keep)
{
    uint32_t *to = malloc((t->nkeys + 1) * sizeof *to);
    if (to == NULL) return false;
    size_t n = 0;
    for (size_t i = 0; i < t->nkeys; i++) {
        to[i] = keep[i] ? (uint32_t)n : UINT32_MAX;
        if (!keep[i]) continue;
        t->keys[n] = t->keys[i];
        t->counts[n] = t->counts[i];
        if (t->rows != NULL) t->rows[DENSE_ROWS + n] = t->rows[DENSE_ROWS + i];
        n++;
    }
    for (size_t w = 0; w < t->nwords; w++) {
        train_word *word = &t->train_words[w];
        uint8_t own[2] = {0, 0};
        for (int place = 0; place < CRF_PLACES; place++) {
            uint32_t *ids = t->ids + word->first[place];
            uint8_t m = 0, part[2] = {0, 0};
            for (uint8_t i = 0; i < word->n[place]; i++) {
                uint32_t id = to[ids[i] - DENSE_ROWS];
                if (id == UINT32_MAX) continue;
                part[0] = (uint8_t)(part[0] + (i < word->part[0]));
                part[1] = (uint8_t)(part[1] + (i < word->part[1]));
                ids[m++] = DENSE_ROWS + id;
            }
            word->n[place] = m;
            if (place == CRF_PLACES - 1) memcpy(word->part, own, sizeof own);
            if (place == PLACE_OWN) memcpy(own, part, sizeof own);
        }
    }
    t->nkeys = n;
    t->nrows = DENSE_ROWS + n;
    free(to);
    return true;
}

erz_status train_number_features(trainer *t, unsigned least, erz_error *err)
{
    t->nwords = erz_words_count(t->words);
    uint32_t *uses = calloc(t->nwords + 1, sizeof *uses);
    t->train_words = calloc(t->nwords + 1, sizeof *t->train_words);
    bool good = uses != NULL && t->train_words != NULL;
    for (size_t i = 0; i < t->set.n && good; i++) uses[t->set.word[i]]++;
    for (size_t w = 0; w < t->nwords && good; w++) good = number_word(t, (uint32_t)w, uses);
    free(uses);
    bool *keep = good ? malloc(t->nkeys + 1) : NULL;
    good = keep != NULL;
    for (size_t i = 0; i < t->nkeys && good; i++) keep[i] = t->counts[i] >= least;
    good = good && drop_rows(t, keep);
    free(keep);
    if (good) t->rows = calloc(t->nrows, sizeof *t->rows);
    return good && t->rows != NULL ? ERZ_OK : no_memory(err);
}

static float weight_of(const trainer *t, size_t i)
{
    float top = 0;
    const train_row *r = &t->rows[DENSE_ROWS + i];
    for (int y = 1; y < CRF_REAL_LABELS; y++) {
        float w = r->w[y] < 0 ? -r->w[y] : r->w[y];
        top = w > top ? w : top;
    }
    uint32_t n = t->counts[i] > 64 ? 64 : t->counts[i];
    return top * (1.0F + (float)n / 16.0F);
}

static int descending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x > y ? -1 : x < y;
}

erz_status train_prune(trainer *t, size_t keep_rows, erz_error *err)
{
    if (t->nkeys <= keep_rows) return ERZ_OK;
    float *weights = malloc(t->nkeys * sizeof *weights);
    bool *keep = malloc(t->nkeys);
    bool good = weights != NULL && keep != NULL;
    for (size_t i = 0; i < t->nkeys && good; i++) weights[i] = weight_of(t, i);
    if (good) qsort(weights, t->nkeys, sizeof *weights, descending);
    for (size_t i = 0; i < t->nkeys && good; i++) keep[i] = weight_of(t, i) > weights[keep_rows];
    good = good && drop_rows(t, keep);
    free(weights);
    free(keep);
    return good ? ERZ_OK : no_memory(err);
}
