/* `erz tokenize --split-hyphens`: compounds cut at their hyphens, as in Universal Dependencies' German treebanks. */
#include <string.h>

#include "base/arena.h"
#include "cli.h"

static bool is_compound(const erz_text *text, size_t i)
{
    const erz_tokens *t = &text->tokens;
    uint32_t len = t->end[i] - t->begin[i];
    return len > 1 && (t->cls[i] == ERZ_TOKEN_WORD || t->cls[i] == ERZ_TOKEN_ABBREVIATION) &&
           memchr(text->text + t->begin[i], '-', len) != NULL;
}

/* Where the piece of a compound that begins at pos ends: a hyphen is a piece. */
static uint32_t piece_end(const char *text, uint32_t pos, uint32_t end)
{
    if (text[pos] == '-') return pos + 1;
    const char *hyphen = memchr(text + pos, '-', end - pos);
    return hyphen == NULL ? end : (uint32_t)(hyphen - text);
}

static size_t count_pieces(const erz_text *text)
{
    size_t n = text->tokens.n;
    for (size_t i = 0; i < text->tokens.n; i++) {
        if (!is_compound(text, i)) continue;
        for (uint32_t pos = text->tokens.begin[i]; pos < text->tokens.end[i]; n++)
            pos = piece_end(text->text, pos, text->tokens.end[i]);
        n--;
    }
    return n;
}

static void add_piece(erz_tokens *out, const erz_text *text, uint32_t begin, uint32_t end, uint8_t cls)
{
    out->begin[out->n] = begin;
    out->end[out->n] = end;
    out->cls[out->n] = cls;
    out->shape[out->n++] = erz_token_shape(text->text + begin, end - begin);
}

bool cli_split_hyphens(erz_text *text)
{
    const erz_tokens *t = &text->tokens;
    erz_tokens out = {0};
    size_t n = count_pieces(text) + 1;
    out.begin = erz_arena_alloc(text->arena, n * sizeof *out.begin);
    out.end = erz_arena_alloc(text->arena, n * sizeof *out.end);
    out.cls = erz_arena_alloc(text->arena, n * sizeof *out.cls);
    out.shape = erz_arena_alloc(text->arena, n * sizeof *out.shape);
    out.sent = erz_arena_alloc(text->arena, (t->nsent + 1) * sizeof *out.sent);
    if (out.begin == NULL || out.end == NULL || out.cls == NULL || out.shape == NULL || out.sent == NULL) return false;
    for (size_t i = 0; i < t->n; i++) {
        if (out.nsent < t->nsent && t->sent[out.nsent] == i) out.sent[out.nsent++] = (uint32_t)out.n;
        if (!is_compound(text, i)) {
            add_piece(&out, text, t->begin[i], t->end[i], t->cls[i]);
            continue;
        }
        for (uint32_t pos = t->begin[i], end; pos < t->end[i]; pos = end) {
            end = piece_end(text->text, pos, t->end[i]);
            uint8_t cls = text->text[pos] == '-'                           ? ERZ_TOKEN_PUNCTUATION
                          : (uint8_t)(text->text[pos] - '0') < 10          ? ERZ_TOKEN_NUMBER
                          : end == t->end[i] && text->text[end - 1] == '.' ? ERZ_TOKEN_ABBREVIATION
                                                                           : ERZ_TOKEN_WORD;
            add_piece(&out, text, pos, end, cls);
        }
    }
    out.sent[out.nsent] = (uint32_t)out.n;
    text->tokens = out;
    return true;
}
