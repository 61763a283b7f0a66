/* The quantity matcher's own types: kinds of items, items of a sentence, the compiled grammar. docs/quantities.md */
#ifndef ERZ_MATCH_QUANTITY_H
#define ERZ_MATCH_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erz/lexicon.h"
#include "erz/mention.h"
#include "number.h"

/* Kinds of items; the names are the capital words of models/de/quantities.grammar. */
#define QUANTITY_KINDS(X)                                                                                                      \
    X(DIGITS)       /* 1.234,56 */                                                                                             \
    X(WORDS)        /* zwölf, zwei und vierzig */                                                                             \
    X(ARTICLE)      /* ein, eine: a number only before a scale word or unit */                                                 \
    X(FRACTION)     /* halbe, anderthalb, Viertel, ½ */                                                                       \
    X(SCALE)        /* Tausend, Mio., Milliarden */                                                                            \
    X(PLURAL)       /* scale word that stands for an amount by itself: Millionen */                                            \
    X(LETTER)       /* scale written as a letter or two: m, bn, k */                                                           \
    X(SCALED)       /* number and scale in one word: Viertelmillion */                                                         \
    X(VAGUE)        /* Hunderte, Zehntausende */                                                                               \
    X(SOME)         /* mehrere, einige */                                                                                      \
    X(CURRENCY)     /* may follow a number */                                                                                  \
    X(PLAIN)        /* currency that is no ordinary word: may follow `ein` */                                                  \
    X(CODE)         /* currency sign or code: may stand before a number */                                                     \
    X(NAME)         /* currency named in full, tschechische Kronen: may stand before a number that is no year */               \
    X(MINOR)        /* Cent */                                                                                                 \
    X(MONEYCODE)    /* TEUR */                                                                                                 \
    X(PERCENT)      /* %, Prozentpunkte */                                                                                     \
    X(PERCENTADJ)   /* 49-prozentige: the whole word */                                                                        \
    X(PERCENTWORD)  /* Fünf-Prozent|-Hürde */                                                                                \
    X(PERCENTHEAD)  /* Prozent|-Hürde */                                                                                      \
    X(PERCENTTAIL)  /* -prozentige, %ige: after a number of its own */                                                         \
    X(MONEYWORD)    /* 15-Milliarden-Dollar|-Deal */                                                                           \
    X(SCALEDWORD)   /* 15-Milliarden|-Deal */                                                                                  \
    X(MONEYHEAD)    /* Milliarden-Dollar|-Deal */                                                                              \
    X(SCALEHEAD)    /* Milliarden|-Deal */                                                                                     \
    X(CURRENCYHEAD) /* Dollar|-Deal */                                                                                         \
    X(CUT)          /* 20- of `20- bis 30-prozentig` */                                                                        \
    X(UNITPART)     /* Hundert of `vom Hundert` */                                                                             \
    X(SIGN)         /* + - right before a number */                                                                            \
    X(DASH)         /* a dash or hyphen between two numbers */                                                                 \
    X(YEAR)         /* digits that may be a year */                                                                            \
    X(DECIMAL)      /* digits with decimals or thousands separators */                                                         \
    X(CENTS)        /* two digits or a word below 100 */                                                                       \
    X(APPROX)       /* rund, mehr als, bis zu */                                                                               \
    X(NOUN)         /* capitalized word that is none of these */                                                               \
    X(LOWER)        /* other word */                                                                                           \
    X(END)          /* closing punctuation or end of the sentence */                                                           \
    X(TOUCH)        /* stands right behind the item before it, without a blank */                                              \
    X(ANY)          /* every item */

enum {
#define X(name) QUANTITY_BIT_##name,
    QUANTITY_KINDS(X)
#undef X
        QUANTITY_NKINDS
};
#define QK(name) (UINT64_C(1) << QUANTITY_BIT_##name)

/* Set by quantity_automaton_classify() on items that a literal of the grammar may match. */
#define QUANTITY_QUOTED (UINT64_C(1) << 63)

/* Kinds that an amount needs one of: sentences without them are passed over. */
#define QUANTITY_TRIGGERS                                                                                                      \
    (QK(SCALE) | QK(PLURAL) | QK(SCALED) | QK(CURRENCY) | QK(MINOR) | QK(MONEYCODE) | QK(PERCENT) | QK(PERCENTADJ) |           \
     QK(PERCENTWORD) | QK(PERCENTHEAD) | QK(PERCENTTAIL) | QK(MONEYWORD) | QK(SCALEDWORD) | QK(MONEYHEAD) | QK(SCALEHEAD) |    \
     QK(CURRENCYHEAD) | QK(UNITPART))

/* What is known of a word type, kept by the matcher; erz_word.quantity is 2 * index + trigger. */
typedef struct quantity_word {
    uint64_t kinds;
    erz_decimal number; /* WORDS, FRACTION, VAGUE, SCALED and the compounds */
    const char *unit;   /* ISO code, *kind or percent unit; owned by the model */
    const char *flags;
    int32_t power;    /* SCALE, LETTER, heads: power of ten */
    uint32_t span;    /* compounds: bytes of the form that belong to the mention */
    uint32_t nmorphs; /* WORDS, ARTICLE: what the word is made of */
    erz_morph morphs[ERZ_NUMBER_MORPHS];
} quantity_word;

/* The first of quantity words: those of every word that is nothing, or digits. */
enum { WORD_NONE, WORD_DIGITS };

/* One or more tokens of a sentence. */
typedef struct quantity_item {
    uint64_t kinds;
    erz_decimal number;
    const char *unit, *flags;
    int32_t power;
    uint32_t begin, end;  /* bytes; end may lie inside the token (compounds) */
    uint32_t first, last; /* tokens */
    uint32_t symbol;      /* lexicon symbol (fold) for literals of the grammar */
    unsigned traits;      /* ERZ_NUMBER_* */
    uint8_t cls;          /* see quantity_automaton_classify() */
    bool dead;            /* no rule begins with such an item */
} quantity_item;

enum { QUANTITY_MAX_CAPTURES = 24 };
typedef enum quantity_slot { SLOT_AMOUNT, SLOT_TO, SLOT_UNIT, SLOT_MINOR, SLOT_SIGN, SLOT_ALSO, SLOTS } quantity_slot;

typedef struct quantity_capture {
    uint8_t slot;
    uint32_t begin, end; /* items */
} quantity_capture;

typedef struct quantity_match {
    uint32_t rule, begin, end; /* items */
    quantity_capture captures[QUANTITY_MAX_CAPTURES];
    size_t ncaptures;
} quantity_match;

/* The compiled grammar as it stands in the model. */
enum quantity_op { OP_KIND, OP_NOT_KIND, OP_LITERAL, OP_NOT_LITERAL, OP_SPLIT, OP_JUMP, OP_BEGIN, OP_END, OP_MATCH };
typedef struct quantity_instr {
    uint64_t mask; /* KIND: all bits of `arg` == 1 ... any bit otherwise */
    uint16_t op, slot;
    uint32_t target; /* SPLIT, JUMP: instruction; LITERAL: number of the literal */
} quantity_instr;
typedef struct quantity_rule {
    uint32_t start, name; /* instruction; offset of its name in the strings */
    uint32_t flags;
    uint32_t line;
} quantity_rule;
enum { RULE_RANGE = 1, RULE_BARE = 2, RULE_VAGUE = 4 };
typedef struct quantity_header {
    uint32_t nrules, ninstr, nliterals, strings_len;
    uint32_t rules, instrs, literals, strings; /* offsets; a literal is an offset into the strings */
} quantity_header;

enum { QUANTITY_QUOTES = 16 };
typedef struct quantity_grammar {
    const quantity_rule *rules;
    const quantity_instr *code;
    const char *strings;
    uint32_t nrules, ninstr, nliterals;
    uint32_t *literals;               /* symbols */
    uint64_t quoted[QUANTITY_QUOTES]; /* a bit, by its last bits, for each of them */
    uint64_t (*guards)[2]; /* by instruction: kinds of an item without which a SPLIT's first (second) branch fails at it */
} quantity_grammar;

erz_status quantity_grammar_open(const erz_model *model, quantity_grammar *out, erz_error *err);
void quantity_grammar_close(quantity_grammar *g);

/* quantity_automaton.c: for one thread; g must live as long. */
typedef struct quantity_automaton quantity_automaton;
typedef struct quantity_candidates {
    uint64_t all, longest; /* rules, bit number % 64, that may match, and those whose match may end as late as any does */
    uint32_t end;          /* there */
} quantity_candidates;
quantity_automaton *quantity_automaton_new(const quantity_grammar *g);
void quantity_automaton_free(quantity_automaton *a);
/* Fill cls and dead, and note in the kinds if it is a literal of the grammar. */
void quantity_automaton_classify(quantity_automaton *a, quantity_item *item);
/* Rules that may match at item `at` of n classified items: no other can. */
void quantity_automaton_run(quantity_automaton *a, const quantity_item *items, uint32_t n, uint32_t at,
                            quantity_candidates *out);

/* The longest match of the candidates at item `at`, of matches as long that of the earliest rule. `rejected` (NULL: none) is a
 * match that did not count: the next best is looked for. false: none. */
bool quantity_grammar_match(const quantity_grammar *g, const quantity_item *items, uint32_t n, uint32_t at,
                            const quantity_candidates *candidates, const quantity_match *rejected, quantity_match *out);
const char *quantity_kind_name(unsigned bit);

/* Classes of the lexicon that matter here. */
typedef struct quantity_classes {
    uint8_t currency, currency_adj, minor, money_code, scale, fraction, numword, vague, unit_part, percent, percent_adj, approx,
        per, dir, dir_particle, role, counted, count_cue, money_cue, trade_cue, sum, place, tail;
    uint64_t mask; /* of those that make a word an item of its own kind */
} quantity_classes;

/* Found amount before the document is known to its end. */
typedef struct quantity_found {
    uint32_t begin, end, first, last; /* span and tokens */
    uint32_t item, item_end;          /* of its sentence: only for work within the sentence */
    bool money, vague, range, negative, to_negative, inferred, dropped;
    bool bare;      /* no currency in the text */
    bool ambiguous; /* 3.350: read as thousands, could be decimals */
    bool billions;  /* people and goods are seldom counted so */
    bool unsure;    /* bare, and nothing in the sentence says that it is money */
    bool counted;   /* bare and dropped: goods or people are counted */
    erz_decimal value, to;
    const char *unit, *flags;
    uint32_t sent;
    uint32_t leaders; /* of `6 auf 9 Millionen`: how many places behind the amount stands that decides for it too; 0: none */
    const char *mod, *per, *dir, *role;
} quantity_found;

enum { QUANTITY_TAILS = 64, QUANTITY_FORMS = 256, QUANTITY_FILTER = 1 << 16 };

struct erz_quantities {
    const erz_model *model;
    const erz_lexicon *lexicon;
    quantity_grammar grammar;
    quantity_classes cls;
    quantity_word *words;
    size_t nwords, cap_words;
    uint64_t generation; /* of the word table that the word types belong to */
    quantity_automaton *automaton;
    uint8_t *types; /* by word type: TYPE_ bits, one byte, where erz_word.quantity would cost a cache miss */
    uint8_t *forms; /* by word type: its item wherever it stands, 0: that depends on more than the word */
    size_t cap_types, cap_type_forms, ntypes;
    quantity_item form_items[QUANTITY_FORMS];
    size_t nforms;
    uint8_t plain_forms[4];                /* see quantity_types.c */
    uint64_t filter[QUANTITY_FILTER / 64]; /* see quantity_fill_filter() */
    uint8_t *tails;                        /* by word type: 0 not looked up, 1 none, else 2 + index into tail_values */
    size_t cap_tails;
    const char *tail_values[QUANTITY_TAILS];
    quantity_item *items;
    size_t nitems, cap_items;
    quantity_found *found;
    size_t nfound, cap_found;
    uint32_t in, bracket, fuer, plus, minus, comma, and, bis; /* lexicon symbols of `in`, `(`, ... (fold) */
    erz_number_style style;
    bool style_known; /* of this text */
};

/* What is known of a word type. */
enum {
    TYPE_TRIGGER = 1,
    TYPE_STARTS = 2,    /* an entry of several tokens begins with it, */
    TYPE_CONTINUES = 4, /* goes on with it */
    TYPE_POINT = 8      /* a full stop or comma */
};

/* quantity_types.c: learn the word types that are new in the table. */
bool quantity_learn_types(struct erz_quantities *q, erz_words *words);
/* Which separator is the decimal one, by the figures of the text that can be read in one way only and stand beside a unit. */
erz_number_style quantity_style(struct erz_quantities *q, const erz_text *text);
/* Index of the quantity word (with the trigger bit) of word type `index`; 0: memory is short. */
uint32_t quantity_classify(struct erz_quantities *q, erz_words *words, uint32_t index);
/* Note the entries of the lexicon that quantity_look_up() can find. */
void quantity_fill_filter(struct erz_quantities *q);
/* What a word or part of a word is by the word lists alone. */
void quantity_look_up(const struct erz_quantities *q, const char *form, size_t len, quantity_word *w);
/* The same for letters before a dollar sign. */
void quantity_look_up_dollar(const struct erz_quantities *q, const char *s, size_t len, quantity_word *w);
/* a/b at the start of s, b an everyday denominator: its bytes, 0: none. */
size_t quantity_ratio(const char *s, size_t len, erz_decimal *out);
/* What a lexicon entry makes of a word (form: as it is written). */
void quantity_take_entry(const struct erz_quantities *q, const erz_lexicon_entry *e, const char *form, quantity_word *w);
/* Items of the tokens [first, end), and one of kind END. */
bool quantity_itemize(struct erz_quantities *q, erz_text *text, uint32_t first, uint32_t end);
/* Add what a match stands for to q->found; *taken: it counts. false: memory is short. */
bool quantity_take(struct erz_quantities *q, erz_text *text, const quantity_match *match, bool *taken);
/* What the last part of a compound (class amount_tail) tells of amounts: a role, `money`, `count`; NULL: nothing. */
const char *quantity_tail(struct erz_quantities *q, erz_words *words, uint32_t index);
/* The same of lower-case bytes; `least`: bytes that must stand before the last part. */
const char *quantity_tail_of(const struct erz_quantities *q, const char *fold, size_t len, size_t least);
/* Decide and complete what needs the document, and add the mentions. */
bool quantity_resolve(struct erz_quantities *q, erz_text *text);
/* Attributes of the amounts found[from..) of the sentence of tokens [first, end); bare ones that are no money are dropped. */
void quantity_context(struct erz_quantities *q, const erz_text *text, uint32_t first, uint32_t end, size_t from);
#endif
