/* The tokenizer: picks a kernel, owns the arrays, describes the tokens that rules changed. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "rules.h"

struct erz_tokenizer {
    const erz_kernel *kernel;
    erz_scan scan;
    abbreviation_slot abbreviations[ABBREVIATION_SLOTS];
    known_words known;
    uint64_t dotted[DOTTED_BITS / 64], endings[ENDING_BITS / 64];
};

static const erz_kernel *const kernels[] = {
#if defined(__x86_64__)
    &erz_kernel_avx512, &erz_kernel_avx2, &erz_kernel_ssse3,
#endif
#if defined(__aarch64__)
    &erz_kernel_neon,
#endif
    &erz_kernel_scalar};

enum { KERNELS = sizeof kernels / sizeof kernels[0] };

static const erz_kernel *find_kernel(const char *name)
{
    for (size_t i = 0; i < KERNELS; i++)
        if ((name == NULL || strcmp(kernels[i]->name, name) == 0) && kernels[i]->usable()) return kernels[i];
    return NULL;
}

/* Names for each set of usable kernels are constants: the tail of the full list from the first usable one on, since a processor
 * that has one instruction set has all lesser ones. */
const char *const *erz_kernel_names(void)
{
    static const char *const names[] = {
#if defined(__x86_64__)
        "avx512",
        "avx2",
        "ssse3",
#endif
#if defined(__aarch64__)
        "neon",
#endif
        "scalar",
        NULL
    };
    size_t i = 0;
    while (!kernels[i]->usable()) i++;
    return names + i;
}

erz_status erz_tokenizer_new(const erz_lexicon *lexicon, const char *kernel, erz_tokenizer **out, erz_error *err)
{
    const erz_kernel *k = find_kernel(kernel);
    if (k == NULL) return erz_fail(err, ERZ_E_USAGE, NULL, 0, 0, "no kernel '%s' on this machine", kernel);
    erz_tokenizer *t = calloc(1, sizeof *t);
    if (t == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    t->kernel = k;
    t->scan.lexicon = lexicon;
    t->scan.abbreviation_class = erz_lexicon_class(lexicon, "abbrev");
    t->scan.abbreviations = t->abbreviations;
    rules_learn_words(&t->known);
    t->scan.known = &t->known;
    t->scan.dotted = t->dotted;
    t->scan.endings = t->endings;
    erz_scan_learn_abbreviations(&t->scan);
    *out = t;
    return ERZ_OK;
}

void erz_tokenizer_free(erz_tokenizer *t)
{
    if (t == NULL) return;
    erz_tokens *a = &t->scan.t;
    free(a->begin), free(a->end), free(a->cls), free(a->shape), free(a->word), free(a->sent);
    free(t->scan.patches);
    free(t);
}

const char *erz_tokenizer_kernel(const erz_tokenizer *t)
{
    return t->kernel->name;
}

bool erz_scan_grow(erz_scan *s)
{
    enum { SLACK = 4096 + 256 }; /* tokens not yet described, and what unrolled loops write too much */
    size_t need = (size_t)s->nbegin + SLACK, cap[6] = {s->cap, s->cap, s->cap, s->cap, s->cap, s->cap};
    erz_tokens *t = &s->t;
    bool good = erz_grow(&t->begin, &cap[0], need, sizeof *t->begin) && erz_grow(&t->end, &cap[1], need, sizeof *t->end) &&
                erz_grow(&t->cls, &cap[2], need, sizeof *t->cls) && erz_grow(&t->shape, &cap[3], need, sizeof *t->shape) &&
                erz_grow(&t->word, &cap[4], need, sizeof *t->word) && erz_grow(&t->sent, &cap[5], need, sizeof *t->sent);
    if (good) s->cap = cap[0];
    s->failed |= !good;
    return good;
}

static bool is_number_sign(uint32_t cp)
{
    return cp == '.' || cp == ',' || cp == '\'' || cp == 0x2019 || cp == ':' || cp == '/';
}

static erz_token_class class_of(const erz_scan *s, size_t begin, size_t end)
{
    bool number = rules_is_digit(s->text[begin]), word = rules_is_letter(s->text[begin]);
    if (word) return ERZ_TOKEN_WORD;
    for (size_t i = begin; i < end && (number || !word);) {
        unsigned n;
        uint32_t cp = rules_decode(s, i, &n);
        erz_uclass c = rules_class(s, i, &n);
        number &= c == UC_DIGIT || c == UC_IGNORE || c == UC_SPACE || is_number_sign(cp);
        word |= uclass_is_word(c);
        i += n;
    }
    return number ? ERZ_TOKEN_NUMBER : word ? ERZ_TOKEN_WORD : ERZ_TOKEN_PUNCTUATION;
}

/* Class and shape of a token that rules changed, from its bytes alone. */
static void describe(const erz_scan *s, uint32_t token, unsigned cls)
{
    size_t begin = s->t.begin[token], end = s->t.end[token];
    s->t.shape[token] = erz_token_shape((const char *)s->text + begin, end - begin);
    s->t.cls[token] = (uint8_t)(cls == PATCH_DESCRIBE ? class_of(s, begin, end) : cls);
}

/* Marks tokens whose last patch was applied. */
enum { PATCHED = 0x80 };

/* The last patch of a token decides; if it only asks for a description, the class is that of the patch before it that names
 * one. Backwards, so that each token is described once however often rules touched it. */
static void apply_patches(const erz_scan *s)
{
    for (size_t end = s->npatches, first; end > 0; end = first) {
        const erz_patch *p = &s->patches[end - 1];
        unsigned cls = PATCH_DESCRIBE;
        for (first = end; first > 0 && s->patches[first - 1].token == p->token; first--)
            if (cls == PATCH_DESCRIBE) cls = s->patches[first - 1].cls;
        if (p->token >= s->nbegin || s->t.cls[p->token] & PATCHED) continue;
        if (p->fixed == 0) {
            describe(s, p->token, cls);
        } else {
            s->t.cls[p->token] = p->cls;
            s->t.shape[p->token] = p->fixed == PATCH_FIXED_WIDE ? ERZ_SHAPE_NON_ASCII : 0;
        }
        s->t.cls[p->token] |= PATCHED;
    }
    for (size_t i = 0; i < s->npatches; i++)
        if (s->patches[i].token < s->nbegin) s->t.cls[s->patches[i].token] &= (uint8_t)~PATCHED;
}

static void reset(erz_scan *s, const char *text, size_t len)
{
    s->text = (const uint8_t *)text;
    s->len = len;
    s->sentence_due = false;
    erz_scan_forget(s);
    s->nbegin = s->nend = s->nsent = 0;
    s->npatches = 0;
    s->patched = 0;
    s->joined_at = s->bad = ERZ_NOWHERE;
    s->failed = false;
}

erz_status erz_tokenize(erz_tokenizer *t, const char *text, size_t len, erz_tokens *out, erz_error *err)
{
    erz_scan *s = &t->scan;
    if (len >= UINT32_MAX - 64) return erz_fail(err, ERZ_E_LIMIT, NULL, 0, 0, "text of 4 GiB or more");
    reset(s, text, len);
    t->kernel->scan(s);
    if (s->bad != ERZ_NOWHERE) {
        erz_status status = erz_fail(err, ERZ_E_UTF8, NULL, 0, 0, "not UTF-8");
        if (err != NULL) err->offset = s->bad;
        return status;
    }
    if (s->failed || !erz_scan_room(s)) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    apply_patches(s);
    s->t.n = s->nbegin;
    s->t.nsent = s->nsent;
    s->t.sent[s->nsent] = s->nbegin;
    *out = s->t;
    return ERZ_OK;
}
