#include "erz/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "german.h"

typedef enum agreement { AGREES_UNKNOWN, AGREES, DIFFERS } agreement;

struct erz_stemmer {
    struct sb_stemmer *sb;
    agreement german; /* does german_stem() give what this libstemmer gives? */
    char stem[GERMAN_STEM_ROOM];
};

/* Words on which Snowball's releases 1.0, 2.x and 3.x differ, and ordinary ones. */
static const char *const probes[] = {"übernahm",   "uebernommen", "gekauft",   "käufe",    "kaeufe", "straße",
                                     "strasse",    "abenteuer",   "goethe",    "israelis", "ionen",  "systemen",
                                     "kunststoff", "bauern",      "lieferung", "quelle"};
enum { PROBES = sizeof probes / sizeof *probes };

erz_status erz_stemmer_new(erz_stemmer **out, erz_error *err)
{
    erz_stemmer *stemmer = malloc(sizeof *stemmer);
    if (stemmer == NULL) return erz_fail(err, ERZ_E_MEMORY, NULL, 0, 0, "out of memory");
    stemmer->german = AGREES_UNKNOWN;
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

static const char *library_stem(erz_stemmer *stemmer, const char *word, size_t len, size_t *stem_len)
{
    const sb_symbol *s = sb_stemmer_stem(stemmer->sb, (const sb_symbol *)word, (int)len);
    if (s == NULL) return NULL;
    *stem_len = (size_t)sb_stemmer_length(stemmer->sb);
    return (const char *)s;
}

static agreement compare_with_library(erz_stemmer *stemmer)
{
    static const char *const more[] = {"erkenntnisse", "lehrerinnen", "getönt", "registern", "neuere", "freiheitlichkeit"};
    enum { MORE = sizeof more / sizeof *more };
    for (size_t i = 0; i < PROBES + MORE; i++) {
        const char *word = i < PROBES ? probes[i] : more[i - PROBES];
        size_t n = 0, m = 0;
        const char *s = library_stem(stemmer, word, strlen(word), &n);
        if (s == NULL) return AGREES_UNKNOWN;
        if (!german_stem(word, strlen(word), stemmer->stem, &m) || n != m || memcmp(s, stemmer->stem, n) != 0) return DIFFERS;
    }
    return AGREES;
}

const char *erz_stemmer_stem(erz_stemmer *stemmer, const char *word, size_t len, size_t *stem_len)
{
    /* libstemmer counts in int; a token that long has no stem worth the name. */
    if (len > 1000) {
        *stem_len = len;
        return word;
    }
    if (stemmer->german == AGREES_UNKNOWN) stemmer->german = compare_with_library(stemmer);
    if (stemmer->german == AGREES && german_stem(word, len, stemmer->stem, stem_len)) return stemmer->stem;
    return library_stem(stemmer, word, len, stem_len);
}

uint64_t erz_stemmer_fingerprint(erz_stemmer *stemmer)
{
    uint64_t h = 0;
    for (size_t i = 0; i < PROBES; i++) {
        size_t n = 0;
        const char *s = library_stem(stemmer, probes[i], strlen(probes[i]), &n);
        if (s == NULL) return 0;
        h = erz_hash(s, n, h);
    }
    return h;
}
