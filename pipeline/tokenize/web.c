/* URLs, mail addresses, handles, hashtags, emoticons. */
#include <string.h>

#include "rules.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* End of the characters a URL may hold, from pos on; closing punctuation is left out. */
static size_t url_end(const erz_scan *s, size_t pos)
{
    size_t open = 0, end = pos;
    for (size_t i = pos; i < s->len;) {
        unsigned n;
        uint8_t c = s->text[i];
        if (c <= ' ' || c == 0x7f || rules_one_of(c, "<>\"`{}|^\\")) break;
        erz_uclass k = rules_class(s, i, &n);
        if (c >= 0x80 && !uclass_is_letter(k) && k != UC_DIGIT && k != UC_MARK) break;
        if (c == ')' && open == 0) break;
        if (c == '(') open++;
        if (c == ')') open--;
        i += n;
        if (!rules_one_of(c, ".,;:!?'") && c != '(') end = i;
    }
    return end;
}

/* Start of the letters, digits, - . _ + before pos. */
static bool is_domain_byte(uint8_t c)
{
    return rules_is_letter(c) || rules_is_digit(c) || c == '-';
}

static bool known_domain(const erz_scan *s, size_t begin, size_t end)
{
    static const char names[][LIST_WORD] = {
        "ai", "app", "asia", "at", "be",   "berlin", "biz",  "ch",   "cn",  "co",      "com", "cx",  "cz", "de",   "dev",
        "dk", "edu", "es",   "eu", "fi",   "fm",     "fr",   "gov",  "gr",  "hamburg", "hu",  "ie",  "in", "info", "int",
        "io", "it",  "jp",   "li", "lu",   "mil",    "mobi", "name", "net", "nl",      "no",  "nrw", "nz", "org",  "pl",
        "pt", "ro",  "ru",   "se", "shop", "si",     "sk",   "tech", "tv",  "uk",      "us",  "wien"};
    char lower[12];
    if (end - begin >= sizeof lower || end == begin) return false;
    bool upper = s->text[begin] < 'a';
    for (size_t i = begin; i < end; i++) {
        if (!rules_is_letter(s->text[i]) || (s->text[i] < 'a') != upper) return false;
        lower[i - begin] = (char)(s->text[i] | 32);
    }
    return rules_bytes_in_list(lower, end - begin, names, COUNT(names));
}

/* End of a host name whose labels go on at pos (after a dot), 0 if its last label is no top-level domain. */
static size_t host_end(const erz_scan *s, size_t pos)
{
    size_t good = 0;
    for (;;) {
        size_t label = pos;
        while (is_domain_byte(rules_byte(s, pos))) pos++;
        size_t end = pos;
        while (end > label && s->text[end - 1] == '-') end--;
        if (end == label) return good;
        const uint8_t *hyphen = memchr(s->text + label, '-', end - label); /* tagesschau.de-App */
        size_t name_end = hyphen != NULL ? (size_t)(hyphen - s->text) : end;
        bool word_goes_on = name_end == end && rules_word_at(s, end) && rules_byte(s, end) >= 0x80;
        if (!word_goes_on && known_domain(s, label, name_end)) good = name_end;
        if (rules_byte(s, pos) != '.' || !is_domain_byte(rules_byte(s, pos + 1))) return good;
        pos++;
    }
}

static bool is_local_byte(uint8_t c)
{
    return is_domain_byte(c) || c == '.' || c == '_' || c == '+';
}

/* Mail address: the local part may have begun before pos. Returns its end or 0. */
static size_t mail_end(const erz_scan *s, size_t pos)
{
    while (is_local_byte(rules_byte(s, pos))) pos++;
    if (rules_byte(s, pos) != '@' || pos == 0 || !is_local_byte(s->text[pos - 1])) return 0;
    size_t host = pos + 1, dot = host;
    while (is_domain_byte(rules_byte(s, dot))) dot++;
    if (dot == host || rules_byte(s, dot) != '.') return 0;
    size_t end = dot;
    while (rules_byte(s, end) == '.' && is_domain_byte(rules_byte(s, end + 1))) {
        end++;
        while (is_domain_byte(rules_byte(s, end))) end++;
    }
    return end > dot ? end : 0;
}

static bool ends_with(const erz_scan *s, size_t begin, size_t pos, const char *what)
{
    size_t n = strlen(what);
    return pos >= begin + n && memcmp(s->text + pos - n, what, n) == 0;
}

bool rules_url(erz_scan *s, size_t pos)
{
    uint8_t c = s->text[pos];
    if (pos == 0) return false;
    size_t begin = rules_begin(s, pos - 1);
    if (c == ':') {
        bool scheme = rules_byte(s, pos + 1) == '/' && rules_byte(s, pos + 2) == '/' && rules_letter_before(s, pos);
        bool mailto = ends_with(s, begin, pos, "mailto") || ends_with(s, begin, pos, "doi");
        if (!scheme && !mailto) return false;
        size_t end = url_end(s, pos + 1);
        if (end <= pos + 3) return false;
        rules_extend(s, pos - 1, end, ERZ_TOKEN_URL);
        return true;
    }
    size_t end = mail_end(s, pos);
    if (end != 0) {
        rules_extend(s, pos - 1, end, ERZ_TOKEN_EMAIL);
        return true;
    }
    if (c != '.') return false;
    bool www = ends_with(s, begin, pos, "www") || ends_with(s, begin, pos, "WWW");
    if (www) {
        end = url_end(s, pos + 1);
        if (end > pos + 1) {
            rules_extend(s, pos - 1, end, ERZ_TOKEN_URL);
            return true;
        }
    }
    end = host_end(s, pos + 1);
    if (end == 0) return false;
    if (rules_byte(s, end) == '/' && rules_word_at(s, end + 1)) end = url_end(s, end);
    unsigned cls = ERZ_TOKEN_URL;
    while (rules_byte(s, end) == '-' && rules_word_at(s, end + 1)) { /* amazon.com-Aktie: a compound */
        end = rules_word_end(s, end + 1);
        cls = ERZ_TOKEN_WORD;
    }
    rules_extend(s, pos - 1, end, cls);
    return true;
}

bool rules_handle(erz_scan *s, size_t pos)
{
    if (s->text[pos] == '@' && pos > 0 && is_local_byte(s->text[pos - 1])) {
        size_t end = mail_end(s, pos);
        if (end != 0) rules_extend(s, pos - 1, end, ERZ_TOKEN_EMAIL);
        if (end != 0) return true;
        if (rules_letter_before(s, pos) && rules_letter_at(s, pos + 1)) { /* C@llas */
            rules_join(s, pos);
            rules_join(s, pos + 1);
            rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
            return true;
        }
        return false;
    }
    if (rules_word_before(s, pos)) {
        if (s->text[pos] != '#' || !rules_letter_before(s, pos) || rules_word_at(s, pos + 1)) return false;
        rules_join(s, pos); /* C# */
        rules_cut(s, pos + 1);
        rules_patch(s, rules_token(s, pos), PATCH_DESCRIBE);
        return true;
    }
    size_t end = pos + 1;
    while (rules_word_at(s, end) || (rules_byte(s, end) == '_' && end > pos) ||
           (rules_byte(s, end) == '-' && end > pos + 1 && rules_letter_at(s, end + 1))) {
        unsigned n;
        (void)rules_class(s, end, &n);
        end += n;
    }
    if (end == pos + 1 || (s->text[pos] == '#' && rules_is_digit(rules_byte(s, pos + 1)) && end - pos < 3)) return false;
    rules_cut(s, pos);
    rules_extend(s, pos, end, s->text[pos] == '@' ? ERZ_TOKEN_HANDLE : ERZ_TOKEN_HASHTAG);
    return true;
}

static size_t repeat(const erz_scan *s, size_t pos, const char *set)
{
    while (rules_byte(s, pos) != 0 && strchr(set, rules_byte(s, pos)) != NULL) pos++;
    return pos;
}

/* :-) ;o) =D and so on; end or 0. */
static size_t face_end(const erz_scan *s, size_t pos)
{
    size_t p = pos + 1;
    uint8_t nose = rules_byte(s, p);
    if (nose == '-' || nose == '\'' || nose == '^') p++;
    if ((nose == 'o' || nose == 'O') && rules_byte(s, p + 1) == ')') p++;
    size_t end = repeat(s, p, ")(");
    if (end > p) return end;
    uint8_t c = rules_byte(s, p);
    if (c == 0 || rules_word_at(s, p + 1) || rules_word_before(s, pos)) return 0;
    return strchr("DPpOo|\\/*3xX$", c) != NULL ? p + 1 : 0;
}

/* <- --> => and the like; end or 0. */
static size_t arrow_end(const erz_scan *s, size_t pos)
{
    size_t end = pos + 1;
    if (s->text[pos] == '<') {
        if (rules_byte(s, end) == '3' && !rules_word_at(s, end + 1)) return end + 1;
        end = repeat(s, end, "-=");
        if (end > pos + 1) return end + (rules_byte(s, end) == '>');
        size_t tag = rules_byte(s, end) == '/' ? end + 1 : end; /* <b> </b> <br> */
        end = tag;
        while (rules_is_letter(rules_byte(s, end)) || rules_is_digit(rules_byte(s, end))) end++;
        return end > tag && end - tag < 12 && rules_byte(s, end) == '>' ? end + 1 : 0;
    }
    if (s->text[pos] == '=') return rules_byte(s, end) == '>' ? end + 1 : 0;
    return 0;
}

static size_t code_end(const erz_scan *s, size_t pos)
{
    size_t end = pos + 1;
    while (rules_is_letter(rules_byte(s, end)) || rules_is_digit(rules_byte(s, end)) || rules_byte(s, end) == '_') end++;
    return end > pos + 3 && rules_byte(s, end) == ':' && rules_is_letter(rules_byte(s, pos + 1)) &&
                   !rules_word_before(s, pos) && !rules_word_at(s, end + 1)
               ? end + 1
               : 0;
}

static size_t eyes_end(const erz_scan *s, size_t pos)
{
    uint8_t c = s->text[pos];
    if (c == '*' && rules_byte(s, pos + 1) == '_' && rules_byte(s, pos + 2) == '*') return pos + 3;
    if (c != '^') return 0;
    if (rules_byte(s, pos + 1) == '_' && rules_byte(s, pos + 2) == '^') return pos + 3;
    size_t end = repeat(s, pos, "^");
    if (end > pos + 1) return end;
    return rules_byte(s, end) == '3' && (pos == 0 || s->text[pos - 1] <= ' ') && !rules_word_at(s, end + 1) ? end + 1 : 0;
}

bool rules_emoticon(erz_scan *s, size_t pos)
{
    uint8_t c = s->text[pos];
    size_t end = 0;
    unsigned cls = ERZ_TOKEN_EMOJI;
    if (c == ':' || c == ';' || c == '=') end = face_end(s, pos);
    if (end == 0 && c == ':') end = code_end(s, pos);
    if (end == 0 && (c == '<' || c == '=')) {
        end = arrow_end(s, pos);
        if (end > 0 && s->text[end - 1] != '3') cls = ERZ_TOKEN_SYMBOL;
    }
    if (end == 0 && (c == '^' || c == '*')) end = eyes_end(s, pos);
    if (end == 0) return false;
    rules_cut(s, pos);
    rules_extend(s, pos, end, cls);
    if (cls == ERZ_TOKEN_EMOJI) rules_end_sentence(s, end);
    return true;
}
