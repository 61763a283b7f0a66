#include "erz/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

struct erz_stemmer {
    struct sb_stemmer *sb;
};

erz_status erz_stemmer_new(erz_stemmer **out, erz_error *err)
{
    erz_stemmer *stemmer = malloc(sizeof *stemmer);
    if (stemmer == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    stemmer->sb = sb_stemmer_new("german", "UTF_8");
    if (stemmer->sb == NULL) {
        free(stemmer);
        return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "libstemmer has no German stemmer or memory is short");
    }
    *out = stemmer;
    return ERZ_OK;
}

void erz_stemmer_free(erz_stemmer *stemmer)
{
    if (stemmer == NULL) return;
    sb_stemmer_delete(stemmer->sb);
    free(stemmer);
}

const char *erz_stemmer_stem(erz_stemmer *stemmer, const char *word, size_t len, size_t *stem_len)
{
    /* libstemmer counts in int; a token that long has no stem worth the name. */
    if (len > 1000) {
        *stem_len = len;
        return word;
    }
    const sb_symbol *s = sb_stemmer_stem(stemmer->sb, (const sb_symbol *)word, (int)len);
    if (s == NULL) return NULL;
    *stem_len = (size_t)sb_stemmer_length(stemmer->sb);
    return (const char *)s;
}

uint64_t erz_stemmer_fingerprint(erz_stemmer *stemmer)
{
    /* Words on which Snowball's releases 1.0, 2.x and 3.x differ, and ordinary ones. */
    static const char *const words[] = {"übernahm",   "uebernommen", "gekauft",   "käufe",    "kaeufe", "straße",
                                        "strasse",    "abenteuer",   "goethe",    "israelis", "ionen",  "systemen",
                                        "kunststoff", "bauern",      "lieferung", "quelle"};
    uint64_t h = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = 0;
        const char *s = erz_stemmer_stem(stemmer, words[i], strlen(words[i]), &n);
        h = erz_hash(s != NULL ? s : "", s != NULL ? n : 0, h);
    }
    return h;
}
