/* Tokens cover the text in order, sentences cover the tokens, and every kernel gives the same. */
#include <string.h>

#include "base/utf8.h"
#include "erz/model.h"
#include "erz/token.h"
#include "fuzz.h"

enum { KERNELS = 8 };

static void check(const erz_tokens *t, size_t len)
{
    uint32_t at = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->begin[i] < at || t->end[i] <= t->begin[i] || t->end[i] > len) fuzz_fail("tokens stand in order inside the text");
        if (t->cls[i] >= ERZ_TOKEN_END) fuzz_fail("token class");
        at = t->end[i];
    }
    for (size_t s = 0; s < t->nsent; s++)
        if (t->sent[s] >= t->sent[s + 1]) fuzz_fail("sentences hold tokens");
    if (t->n > 0 && (t->sent[0] != 0 || t->sent[t->nsent] != t->n)) fuzz_fail("sentences cover the tokens");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static erz_tokenizer *tokenizers[KERNELS];
    static size_t kernels;
    erz_error err;
    if (kernels == 0)
        for (const char *const *k = erz_kernel_names(); *k != NULL && kernels < KERNELS; k++)
            if (erz_tokenizer_new(erz_model_lexicon(fuzz_model()), *k, &tokenizers[kernels++], &err) != ERZ_OK)
                fuzz_fail("kernel");
    const char *text = (const char *)data;
    erz_tokens first = {0};
    erz_status status = erz_tokenize(tokenizers[0], text, size, &first, &err);
    if ((status == ERZ_E_UTF8) != (erz_utf8_valid(text, size) < size))
        fuzz_fail("ERZ_E_UTF8 for all that is not UTF-8, and only that");
    if (status != ERZ_OK) return 0;
    check(&first, size);
    for (size_t i = 0; i < first.n; i++)
        if (first.shape[i] != erz_token_shape(text + first.begin[i], first.end[i] - first.begin[i]))
            fuzz_fail("shape of a token");
    for (size_t k = 1; k < kernels; k++) {
        erz_tokens t = {0};
        if (erz_tokenize(tokenizers[k], text, size, &t, &err) != ERZ_OK) fuzz_fail("a kernel fails alone");
        if (t.n != first.n || t.nsent != first.nsent || memcmp(t.begin, first.begin, t.n * 4) != 0 ||
            memcmp(t.end, first.end, t.n * 4) != 0 || memcmp(t.cls, first.cls, t.n) != 0 ||
            memcmp(t.shape, first.shape, t.n * 2) != 0 || memcmp(t.sent, first.sent, t.nsent * 4) != 0)
            fuzz_fail("kernels differ");
    }
    return 0;
}
