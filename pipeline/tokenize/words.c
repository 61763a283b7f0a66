/* Words that the rules know. */
#include <string.h>

#include "rules.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Words that often begin a sentence and seldom follow an abbreviation. */
static const char starters[][LIST_WORD] = {
    "Ab",           "Aber",      "Alle",    "Allein",       "Allerdings", "Alles",     "Als",       "Also",      "Am",
    "An",           "Andere",    "Anders",  "Angesichts",   "Auch",       "Auf",       "Aufgrund",  "Aus",       "Außerdem",
    "Bei",          "Beide",     "Beim",    "Bereits",      "Bis",        "Bisher",    "Da",        "Dabei",     "Dadurch",
    "Dafür",        "Dagegen",   "Daher",   "Damals",       "Damit",      "Danach",    "Daneben",   "Dann",      "Daran",
    "Darauf",       "Daraus",    "Darin",   "Darum",        "Darunter",   "Darüber",   "Das",       "Dass",      "Davon",
    "Davor",        "Dazu",      "Dein",    "Deine",        "Dem",        "Demnach",   "Den",       "Denen",     "Denn",
    "Dennoch",      "Der",       "Deren",   "Derzeit",      "Des",        "Deshalb",   "Dessen",    "Deswegen",  "Die",
    "Dies",         "Diese",     "Diesem",  "Diesen",       "Dieser",     "Dieses",    "Doch",      "Dort",      "Durch",
    "Ebenso",       "Ein",       "Eine",    "Einem",        "Einen",      "Einer",     "Eines",     "Einige",    "Er",
    "Erst",         "Es",        "Etwa",    "Etwas",        "Euer",       "Falls",     "Für",       "Ganz",      "Gegen",
    "Gegenüber",    "Gemeinsam", "Gestern", "Gleichzeitig", "Hat",        "Heute",     "Hier",      "Hierbei",   "Hinter",
    "Hinzu",        "Ich",       "Ihm",     "Ihn",          "Ihnen",      "Ihr",       "Ihre",      "Ihren",     "Ihrer",
    "Im",           "Immer",     "In",      "Indem",        "Infolge",    "Inklusive", "Innerhalb", "Insgesamt", "Inzwischen",
    "Ist",          "Ja",        "Je",      "Jede",         "Jeder",      "Jedoch",    "Jetzt",     "Kann",      "Kaum",
    "Kein",         "Keine",     "Laut",    "Man",          "Manche",     "Mehr",      "Mein",      "Meine",     "Mit",
    "Mittlerweile", "Nach",      "Nachdem", "Neben",        "Nein",       "Nicht",     "Nichts",    "Niemand",   "Noch",
    "Nun",          "Nur",       "Ob",      "Obwohl",       "Oder",       "Oft",       "Ohne",      "Schon",     "Sein",
    "Seine",        "Seit",      "Seitdem", "Selbst",       "Sie",        "Sind",      "So",        "Sobald",    "Sogar",
    "Solche",       "Somit",     "Sondern", "Sonst",        "Soweit",     "Sowohl",    "Später",    "Statt",     "Trotz",
    "Trotzdem",     "Um",        "Und",     "Uns",          "Unser",      "Unsere",    "Unter",     "Viele",     "Vielleicht",
    "Vom",          "Von",       "Vor",     "Wann",         "War",        "Waren",     "Warum",     "Was",       "Weder",
    "Wegen",        "Weil",      "Weitere", "Weiterhin",    "Welche",     "Welcher",   "Wenn",      "Wer",       "Werden",
    "Weshalb",      "Wie",       "Wieder",  "Will",         "Wir",        "Wird",      "Wo",        "Wobei",     "Wofür",
    "Worauf",       "Während",   "Zu",      "Zudem",        "Zuerst",     "Zugleich",  "Zuletzt",   "Zum",       "Zunächst",
    "Zur",          "Zuvor",     "Zwar",    "Zwischen",     "Über",       "Überall",   "Übrigens"};

static const char months[][LIST_WORD] = {"Apr", "April",    "Aug", "August",  "Dez", "Dezember", "Feb",      "Feber", "Februar",
                                         "Jan", "Januar",   "Jul", "Juli",    "Jun", "Juni",     "Jänner",   "Mai",   "März",
                                         "Nov", "November", "Okt", "Oktober", "Sep", "Sept",     "September"};

/* Words after which a number with a dot is an ordinal, whatever follows. */
static const char ordinal_cues[][LIST_WORD] = {
    "Am",   "Beim", "Dem",   "Den",   "Der",   "Des",  "Die",   "Im",      "Vom",    "Zum",    "Zur",   "ab",    "am",
    "beim", "das",  "dem",   "den",   "der",   "des",  "die",   "dritten", "ihr",    "ihre",   "ihrem", "ihren", "ihrer",
    "im",   "ins",  "jedem", "jeden", "jeder", "sein", "seine", "seinem",  "seinen", "seiner", "vom",   "zum",   "zur"};

/* Words after which a number is counted, not ordered. */
static const char cardinal_cues[][LIST_WORD] = {
    "Abschnitt", "Alter",  "Artikel", "Kapitel", "Nr.", "Nummer", "Paragraf", "Paragraph", "Platz", "Rang", "Raum", "S.",
    "Seite",     "Stelle", "Tabelle", "Ziffer",  "auf", "gegen",  "mit",      "nur",       "rund",  "um",   "und",  "von"};

static unsigned slot_of(const uint64_t key[2])
{
    return (unsigned)((key[0] ^ key[1] * UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xd6e8feb86659fd93) >> (64 - KNOWN_BITS));
}

static void learn(known_words *known, const char (*list)[LIST_WORD], size_t n, unsigned flag)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t key[2];
        memcpy(key, list[i], sizeof key);
        unsigned slot = slot_of(key);
        while (known->key[slot][0] != 0 && memcmp(known->key[slot], key, sizeof key) != 0) slot = (slot + 1) % KNOWN_SLOTS;
        memcpy(known->key[slot], key, sizeof key);
        known->flags[slot] |= (uint8_t)flag;
    }
}

void rules_learn_words(known_words *known)
{
    learn(known, starters, COUNT(starters), KNOWN_STARTER);
    learn(known, months, COUNT(months), KNOWN_MONTH);
    learn(known, ordinal_cues, COUNT(ordinal_cues), KNOWN_ORDINAL_CUE);
    learn(known, cardinal_cues, COUNT(cardinal_cues), KNOWN_CARDINAL_CUE);
}

unsigned rules_known(const erz_scan *s, size_t begin, size_t end)
{
    uint64_t key[2] = {0, 0};
    size_t n = end - begin;
    if (n == 0 || n > LIST_WORD) return 0;
    if (s->len - begin >= LIST_WORD && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
        memcpy(key, s->text + begin, sizeof key);
        key[0] &= n >= 8 ? ~UINT64_C(0) : (UINT64_C(1) << 8 * n) - 1;
        key[1] &= n >= 16 ? ~UINT64_C(0) : n <= 8 ? 0 : (UINT64_C(1) << (8 * n - 64)) - 1;
    } else {
        memcpy(key, s->text + begin, n);
    }
    const known_words *known = s->known;
    unsigned slot = slot_of(key);
    while (known->key[slot][0] != key[0] || known->key[slot][1] != key[1]) {
        if (known->key[slot][0] == 0) return 0;
        slot = (slot + 1) % KNOWN_SLOTS;
    }
    return known->flags[slot];
}

unsigned rules_known_at(const erz_scan *s, size_t pos)
{
    size_t end = pos;
    for (;;) { /* ASCII and letters of two bytes, U+00C0-00FF */
        uint8_t c = rules_byte(s, end);
        if (rules_is_letter(c) || rules_is_digit(c))
            end++;
        else if (c == 0xc3 && (rules_byte(s, end + 1) & 0xc0) == 0x80 && (rules_byte(s, end + 1) & 0xdf) != 0x97)
            end += 2;
        else if (c < 0x80 || end - pos > LIST_WORD)
            break;
        else
            return rules_known(s, pos, rules_word_end(s, end));
    }
    return rules_known(s, pos, end);
}
