/* Deals end to end with companies given: roles, status, amounts, merging. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "erz/match.h"
#include "erz/model.h"
#include "erz/token.h"

typedef struct fixture {
    erz_model *model;
    erz_tokenizer *tokenizer;
    erz_words *words;
    erz_rules *rules;
} fixture;

static fixture fx;

static int setup(void **state)
{
    (void)state;
    char path[1024];
    const char *build = getenv("BUILD");
    snprintf(path, sizeof path, "%s/de.erzm", build != NULL ? build : "build");
    erz_error err;
    if (erz_model_open(path, &fx.model, &err) != ERZ_OK) return 1;
    const erz_lexicon *lexicon = erz_model_lexicon(fx.model);
    return erz_tokenizer_new(lexicon, NULL, &fx.tokenizer, &err) != ERZ_OK ||
           erz_words_new(lexicon, 1 << 16, &fx.words, &err) != ERZ_OK || erz_rules_new(fx.model, &fx.rules, &err) != ERZ_OK;
}

static int teardown(void **state)
{
    (void)state;
    erz_rules_free(fx.rules);
    erz_words_free(fx.words);
    erz_tokenizer_free(fx.tokenizer);
    erz_model_close(fx.model);
    return 0;
}

/* `[A]` is a company, `{2000 EUR}` money of that value, `<49 Prozent>` a percentage: replaced by their text without brackets.
 */
static char *read_marks(erz_text *text, const char *marked, char *out)
{
    static const char open[] = "[{<", close[] = "]}>";
    static const erz_mention_type types[] = {ERZ_COMPANY, ERZ_MONEY, ERZ_PERCENT};
    size_t n = 0, begin = 0;
    for (const char *p = marked; *p != '\0'; p++) {
        const char *o = strchr(open, *p), *c = strchr(close, *p);
        if (o != NULL) {
            begin = n;
        } else if (c != NULL) {
            erz_mention *m = erz_text_add(text, types[c - close], (uint32_t)begin, (uint32_t)n, 0, 0);
            char *value = erz_arena_strndup(text->arena, out + begin, n - begin), *blank = strchr(value, ' ');
            m->value = value;
            if (*c != ']' && blank != NULL) {
                *blank = '\0';
                m->unit = *c == '>' ? "%" : blank + 1;
            }
        } else {
            out[n++] = *p;
        }
    }
    out[n] = '\0';
    return out;
}

static void place(erz_text *text)
{
    for (size_t i = 0; i < text->nmentions; i++) {
        erz_mention *m = &text->mentions[i];
        while (text->tokens.end[m->first] <= m->begin) m->first++;
        m->last = m->first;
        while (m->last + 1 < text->tokens.n && text->tokens.begin[m->last + 1] < m->end) m->last++;
        m->sent = erz_text_sentence(text, m->first);
    }
}

static void describe(const erz_text *text, char *out, size_t cap)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < text->nmentions; i++) {
        const erz_mention *m = &text->mentions[i];
        if (m->type != ERZ_DEAL) continue;
        n += (size_t)snprintf(out + n, cap - n, "%s%s", n > 0 ? " + " : "", m->value);
        for (const erz_attr *a = m->attrs; a != NULL; a = a->next)
            if (a->key != ERZ_ATTR_RULE) n += (size_t)snprintf(out + n, cap - n, " %s=%s", erz_attr_key_name(a->key), a->value);
    }
}

static void check(const char *marked, const char *want)
{
    char plain[2048], got[2048];
    erz_error err;
    erz_text text = {.model = fx.model, .lexicon = erz_model_lexicon(fx.model), .words = fx.words};
    text.arena = erz_arena_new(1 << 14);
    erz_tokens none = {0};
    uint32_t zero[2] = {0, 0};
    none.sent = zero;
    text.tokens = none;
    read_marks(&text, marked, plain);
    erz_document doc = {.id = "t", .id_len = 1, .text = plain, .len = strlen(plain), .first = true, .last = true};
    text.doc = &doc;
    text.text = plain;
    text.len = doc.len;
    assert_int_equal(erz_tokenize(fx.tokenizer, plain, text.len, &text.tokens, &err), ERZ_OK);
    assert_int_equal(erz_words_map(fx.words, plain, text.len, &text.tokens, &err), ERZ_OK);
    place(&text);
    assert_int_equal(erz_rules_find(fx.rules, &text, &err), ERZ_OK);
    describe(&text, got, sizeof got);
    free(text.mentions);
    erz_arena_free(text.arena);
    if (strcmp(got, want) != 0) print_message("# %s\n", marked);
    assert_string_equal(got, want);
}

static void test_verbs(void **state)
{
    (void)state;
    check("[Alfa] kauft den Konkurrenten [Beta].", "acquisition buyer=Alfa target=Beta status=planned");
    check("Die [Alfa] AG hat [Beta] für {500000 EUR} übernommen.",
          "acquisition buyer=Alfa target=Beta amount=500000 EUR status=completed");
    check("[Beta] wird von der [Alfa] geschluckt.", "acquisition buyer=Alfa target=Beta status=planned");
    check("Nun will [Alfa] den Rivalen [Beta] kaufen.", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] steigt mit <25 Prozent> bei [Beta] ein.", "stake buyer=Alfa target=Beta stake=25 status=planned");
    check("[Alfa] verkauft [Beta] an [Gamma].", "divestiture buyer=Gamma target=Beta seller=Alfa status=planned");
    check("[Alfa] trennt sich von [Beta].", "divestiture target=Beta seller=Alfa status=planned");
    check("[Alfa] spaltet [Beta] ab.", "spin_off target=Beta seller=Alfa status=planned");
    check("[Alfa] und [Beta] fusionieren.", "merger party=Alfa party=Beta status=planned");
    check("[Alfa] meldet Insolvenz an.", "insolvency target=Alfa status=completed");
    check("[Alfa] investiert {90000 EUR} in [Beta].", "investment buyer=Alfa target=Beta amount=90000 EUR status=planned");
    check("[Alfa] sammelt {90000 EUR} ein.", "funding target=Alfa amount=90000 EUR status=completed");
    check("[Alfa] kooperiert künftig mit [Beta].", "partnership party=Alfa party=Beta status=planned");
    check("[Alfa] beliefert [Beta].", "contract buyer=Beta target=Alfa status=planned");
    check("[Alfa] gründet ein Gemeinschaftsunternehmen mit [Beta].", "joint_venture party=Alfa party=Beta status=planned");
    check("[Alfa] geht an die Börse.", "ipo target=Alfa status=planned");
}

static void test_nouns(void **state)
{
    (void)state;
    check("Die Übernahme von [Beta] durch [Alfa] ist vollzogen.", "acquisition buyer=Alfa target=Beta status=completed");
    check("[Alfa] schließt [Beta]-Übernahme ab", "acquisition buyer=Alfa target=Beta status=completed");
    check("Fusion von [Alfa] und [Beta] geplatzt", "merger party=Alfa party=Beta status=terminated");
    check("[Beta]-Pleite", "insolvency target=Beta status=completed");
    check("Börsengang von [Alfa]", "ipo target=Alfa status=planned");
}

static void test_status(void **state)
{
    (void)state;
    check("[Alfa] prüft offenbar eine Übernahme von [Beta].", "acquisition buyer=Alfa target=Beta status=rumoured");
    check("[Alfa] will [Beta] doch nicht übernehmen.", "acquisition buyer=Alfa target=Beta status=terminated");
    check("[Alfa] ging im Mai an die Börse.", "ipo target=Alfa date=Mai status=completed");
    check("[Alfa] will [Beta] kaufen. Damit ist der Verkauf an andere vom Tisch.",
          "acquisition buyer=Alfa target=Beta status=terminated");
    check("[Alfa] kauft [Beta]. {90000000 EUR} flossen dafür.",
          "acquisition buyer=Alfa target=Beta amount=90000000 EUR status=planned");
    check("Nach der Übernahme von [Beta] will [Alfa] sparen.", "acquisition buyer=Alfa target=Beta status=completed");
}

static void test_document(void **state)
{
    (void)state;
    check("[Alfa] übernimmt [Beta]. Die [Beta]-Übernahme soll bald abgeschlossen sein. Der Kauf von [Beta] kostet {70000 EUR}.",
          "acquisition buyer=Alfa target=Beta amount=70000 EUR status=planned");
    check("[Alfa] wächst. Das Unternehmen übernimmt [Beta].", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] meldet Insolvenz an. [Beta] meldet Insolvenz an.",
          "insolvency target=Alfa status=completed + insolvency target=Beta status=completed");
}

/* What was bought and is sold again are two deals. */
static void test_two_deals(void **state)
{
    (void)state;
    check("[Alfa] verkauft [Beta]. Vor Jahren hatte [Alfa] den Händler [Beta] gekauft.",
          "divestiture target=Beta seller=Alfa status=planned + acquisition buyer=Alfa target=Beta status=completed");
    check("Der Anbieter [Alfa], an dem [Gamma] Anteile hält, verkauft seine Sparte an [Beta].",
          "divestiture buyer=Beta seller=Alfa status=planned");
    check("Es heißt, dass [Gamma] und [Alfa] am Ende [Beta] übernehmen.",
          "acquisition buyer=Gamma buyer=Alfa target=Beta status=planned");
    check("Den Auftrag hat [Alfa] an [Beta] vergeben.", "contract buyer=Alfa target=Beta status=completed");
    check("[Alfa], seit Mai mit <15 Prozent> an [Beta] beteiligt, schweigt.",
          "stake buyer=Alfa target=Beta stake=15 date=Mai status=completed");
    check("Den Anteil an [Beta] hat [Alfa] verringert.", "stake buyer=Alfa target=Beta status=planned");
    check("[Alfa] kauft 40 Jets von [Beta].", "contract buyer=Alfa target=Beta status=planned");
    check("Für [Beta] errichtet [Alfa] neue Masten.", "contract buyer=Beta target=Alfa status=planned");
    check("[Alfa] hielt an der [Gamma] Anteile und stieg auch bei der [Beta] aus.",
          "divestiture target=Beta seller=Alfa status=completed");
    check("Die drei Händler hatten [Beta] im Mai von [Alfa] gekauft.",
          "acquisition target=Beta seller=Alfa date=Mai status=completed");
    check("[Alfa] und [Beta] bündeln ihre Kräfte.", "partnership party=Alfa party=Beta status=planned");
    check("Der Investor [Alfa], der vor drei Jahren bei [Beta] eingestiegen war, schweigt.",
          "stake buyer=Alfa target=Beta status=completed");
    check("Ein Konsortium um [Alfa] übernimmt [Beta].", "acquisition buyer=Alfa target=Beta status=planned");
}

static void test_clauses(void **state)
{
    (void)state;
    check("Die Firma [Alfa], ein Hersteller aus Gera, investiert in Form einer Beteiligung bei [Beta].",
          "investment buyer=Alfa target=Beta status=planned");
    check("Es hieß, dass die in Gera ansässige [Alfa] ihre Windparks an der Küste an den Versorger [Beta] verkauft.",
          "divestiture buyer=Beta seller=Alfa status=planned");
    check("Im Mai hatte [Alfa] die Firma [Beta] mit den Arbeiten beauftragt.",
          "contract buyer=Alfa target=Beta date=Mai status=completed");
    check("Das Werk von [Alfa] wird im Herbst vom Konkurrenten [Beta] ganz übernommen.",
          "acquisition buyer=Beta seller=Alfa status=planned");
    check("Er bat um Videos von [Alfa] und Lieder von [Beta], die er übernehmen will.", "");
}

static void test_references(void **state)
{
    (void)state;
    check("[Alfa] und [Beta]: Kartellamt nickt Fusion ab", "merger party=Alfa party=Beta status=planned");
    check("[Alfa] verkauft die Sparte. Käufer ist der Investor [Beta].", "divestiture buyer=Beta seller=Alfa status=planned");
    check("[Alfa] wächst. Das im Norden ansässige Unternehmen erwirbt den Anbieter [Beta].",
          "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] will [Beta] kaufen. Die Übernahme ist gescheitert.", "acquisition buyer=Alfa target=Beta status=terminated");
    check("[Alfa] wächst. Die Hersteller übernehmen [Beta] nicht.", "");
}

/* Pronouns, the people of a place, the company the document is about. */
static void test_referents(void **state)
{
    (void)state;
    check("[Alfa] wächst. Sie übernimmt <20 Prozent> der [Beta].", "stake buyer=Alfa target=Beta stake=20 status=planned");
    check("Der Leiter Peter Huber von [Alfa] geht. Er kauft [Beta].", "");
    check("Der Erfurter Händler [Alfa] wächst, [Gamma] nicht. Nun haben die Erfurter auch [Beta] gekauft.",
          "acquisition buyer=Alfa target=Beta status=completed");
    check("Der britische Händler [Alfa] wächst, [Gamma] nicht. Nun haben die Briten auch [Beta] gekauft.",
          "acquisition buyer=Alfa target=Beta status=completed");
    check("[Alfa] aus Dresden wächst, [Gamma] nicht. Nun haben die Dresdner auch [Beta] gekauft.",
          "acquisition buyer=Alfa target=Beta status=completed");
    check("[Alfa] schrumpft. [Alfa] sucht Geld. [Alfa] hofft. [Beta] will die Anteile verkaufen.",
          "divestiture target=Alfa seller=Beta status=planned");
}

/* The article's case, the two spoken of, who is named alone, what is an aside. */
static void test_sides(void **state)
{
    (void)state;
    check("Den Hersteller [Alfa] kauft der britische Konzern [Beta].", "acquisition buyer=Beta target=Alfa status=planned");
    check("Der Konzern [Alfa] kauft den Hersteller [Beta].", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] mag [Beta]. Die beiden Konzerne wollen fusionieren.", "merger party=Alfa party=Beta status=planned");
    check("[Alfa] einigte sich später mit dem Konzern [Beta], der das Werk erwirbt.",
          "acquisition buyer=Beta seller=Alfa status=planned");
    check("[Alfa] besitzt die Hersteller [Beta] und [Gamma]. Die Gründer erwerben mit der Übernahme von [Delta] das Werk.",
          "acquisition target=Delta status=planned");
    check("Der Verkauf von [Alfa] an [Beta] findet nicht statt.", "acquisition buyer=Beta target=Alfa status=terminated");
    check("[Alfa] und [Beta] unterzeichneten den Vertrag zur Fusion.", "merger party=Alfa party=Beta status=planned");
    check("[Alfa] erwirbt eine Minderheit von <35 Prozent> am Anbieter [Beta].",
          "stake buyer=Alfa target=Beta stake=35 status=planned");
}

static void test_phrases(void **state)
{
    (void)state;
    check("[Alfa] hatte im Mai [Beta] von [Gamma] erworben.",
          "acquisition buyer=Alfa target=Beta seller=Gamma date=Mai status=completed");
    check("An [Beta] beteiligte sich im Mai [Alfa].", "stake buyer=Alfa target=Beta date=Mai status=completed");
    check("[Beta] landete bei [Alfa].", "acquisition buyer=Alfa target=Beta status=completed");
    check("[Beta] ist in die Hände von [Alfa] gefallen.", "acquisition buyer=Alfa target=Beta status=completed");
    check("Seit Mai gehört [Beta] zu [Alfa].", "acquisition buyer=Alfa target=Beta date=Mai status=completed");
    check("Damals rettete [Alfa] den Händler [Beta].", "acquisition buyer=Alfa target=Beta status=completed");
    check("Mit [Beta] baut der Verein nichts, mit [Gamma] produziert [Alfa] Seife.",
          "partnership party=Gamma party=Alfa status=planned");
    check("[Alfa] hat seine Beteiligung an [Beta] abgeschrieben.", "");
    check("[A] kauft [B].", ""); /* an example */
    check("[Alfa] prüft den Kauf von 20 Märkten vom Finanzinvestor [Beta].",
          "acquisition buyer=Alfa seller=Beta status=rumoured");
    check("[A] kauft [Beta].", "acquisition buyer=A target=Beta status=planned");
    check("Der Plan der [Alfa], [Beta] zu verkaufen, kommt gut an.", "divestiture target=Beta seller=Alfa status=planned");
    check("[Alfa] trennt sich von seiner Tochter, der [Beta].", "divestiture target=Beta seller=Alfa status=planned");
    check("Das von [Alfa] übernommene Start-up [Beta] wächst.", "acquisition buyer=Alfa target=Beta status=completed");
    check("[Alfa] kauft [Beta], um neue Kunden zu gewinnen.", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] verhandelt mit [Beta] über einen Einstieg.", "stake buyer=Alfa target=Beta status=rumoured");
    check("[Alfa] kauft 20 Flugzeuge bei [Beta].", "contract buyer=Alfa target=Beta status=planned");
    check("Das Joint Venture [Gamma] von [Alfa] und [Beta] wächst.", "joint_venture party=Alfa party=Beta status=planned");
}

static void test_dates(void **state)
{
    (void)state;
    check("[Alfa] übernimmt [Beta] zum 1. Januar 2031.",
          "acquisition buyer=Alfa target=Beta date=1. Januar 2031 status=planned");
    check("[Alfa] übernimmt [Beta] im dritten Quartal.",
          "acquisition buyer=Alfa target=Beta date=dritten Quartal status=planned");
    check("[Alfa] übernimmt [Beta], teilte [Alfa] am Montag mit.", "acquisition buyer=Alfa target=Beta status=planned");
}

/* Whose it is now, who takes over whom where the noun stands first, what is shared and what is not. */
static void test_owners(void **state)
{
    (void)state;
    check("Neuer Eigentümer von [Beta] ist [Alfa].", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Beta] bekommt mit [Alfa] einen neuen Eigentümer.", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Beta] gilt als Eigentümer von Hallen wie [Alfa].", "");
    check("[Beta] steht vor der Übernahme durch [Alfa].", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Beta] sucht Geld. Nun steht das Unternehmen vor einer Übernahme durch [Alfa].",
          "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] kauft zu. Übernommen wurde die [Beta].", "acquisition buyer=Alfa target=Beta status=completed");
    check("[Alfa] und [Beta] haben sich auf eine Übernahme verständigt.", "acquisition buyer=Alfa target=Beta status=planned");
    check("Von seinem Anteil an [Beta] will sich [Alfa] trennen.", "divestiture target=Beta seller=Alfa status=planned");
    check("[Alfa] und [Beta] kaufen gemeinsam [Gamma].", "acquisition buyer=Beta buyer=Alfa target=Gamma status=planned");
    check("[Alfa] geht mit [Beta] zusammen.", "merger party=Beta party=Alfa status=planned");
    check("[Alfa] baut Satelliten. [Alfa] wächst. Den Start übernimmt [Beta].", "");
    check("[Alfa] verkauft [Gamma]. Verkäufer war seinerzeit [Beta].", "divestiture target=Gamma seller=Alfa status=planned");
    check("[Alfa] sucht Geld. [Alfa] hofft. [Beta] und [Gamma] verkaufen ihre Anteile.",
          "divestiture target=Alfa seller=Beta seller=Gamma status=planned");
    check("[Beta] und [Gamma] bleiben bei [Alfa] investiert.", "");
    check("[Alfa] hat bei [Beta] das Sagen.", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] muss auf [Beta] verzichten.", "acquisition buyer=Alfa target=Beta status=terminated");
    check("[Beta] wächst. Gespräche mit dem Investor [Alfa] über eine Übernahme dauern an.",
          "acquisition buyer=Alfa target=Beta status=rumoured");
    check("[Alfa] nimmt damit {500 EUR} ein.", "");
}

/* Price and share told beside or behind the deal. */
static void test_prices(void **state)
{
    (void)state;
    check("[Alfa] kauft [Beta]. Der Preis: {300000 EUR}.",
          "acquisition buyer=Alfa target=Beta amount=300000 EUR status=planned");
    check("[Alfa] kauft [Beta]. Man bietet {6 EUR} je Aktie, insgesamt {300000 EUR}.",
          "acquisition buyer=Alfa target=Beta amount=300000 EUR status=planned");
    check("[Alfa] verkauft [Beta]. Dafür erhält der Händler {300000 EUR}.",
          "divestiture target=Beta seller=Alfa amount=300000 EUR status=planned");
    check("[Beta] sucht Geld. [Alfa] zahlt {300000 EUR} und bekommt <30 Prozent>.",
          "stake buyer=Alfa target=Beta stake=30 amount=300000 EUR status=planned");
    check("[Alfa] baut Turbinen. Bauherr ist der Versorger [Beta].", "contract buyer=Beta target=Alfa status=planned");
    check("[Beta] prüft den Verkauf der Sparte. Interesse zeigt [Alfa].", "acquisition buyer=Alfa target=Beta status=rumoured");
    check("[Alfa] verkauft <30 Prozent> seiner Tochter [Beta] an [Gamma].",
          "stake buyer=Gamma target=Beta seller=Alfa stake=30 status=planned");
    check("[Alfa] hat <30 Prozent> seiner Tochter [Beta] an [Gamma] verkauft.",
          "stake buyer=Gamma target=Beta seller=Alfa stake=30 status=completed");
    check("[Alfa] gibt <30 Prozent> seiner Tochter [Beta] an [Gamma] ab.",
          "stake buyer=Gamma target=Beta seller=Alfa stake=30 status=planned");
}

/* Deals that share a company in another part stay apart. */
static void test_apart(void **state)
{
    (void)state;
    check("[Alfa] kauft einen Anteil an [Beta]. [Beta] selbst kaufte im Mai die Sparte von [Gamma].",
          "stake buyer=Alfa target=Beta status=planned + acquisition buyer=Beta seller=Gamma date=Mai status=completed");
    check("[Beta] schließt. [Beta] geht leer aus. Das Werk übernimmt [Alfa], das dort Zellen für [Gamma] baut.",
          "acquisition buyer=Alfa seller=Beta status=planned + contract buyer=Gamma target=Alfa status=planned");
    check("[Alfa] hat das Hotel aus der Insolvenz heraus übernommen.", "");
    check("[Gamma] aus Hannover kaufte der Holding [Alfa] deren Anteil an [Beta] ab.",
          "acquisition buyer=Gamma target=Beta seller=Alfa status=completed");
    check("[Alfa], [Beta] und [Gamma] bauen gemeinsam ein Werk.",
          "partnership party=Beta party=Gamma party=Alfa status=planned");
    check("[Alfa] kauft <60 Prozent> der Anteile an [Beta].", "acquisition buyer=Alfa target=Beta stake=60 status=planned");
    check("[Beta] wächst. Der Verkauf an die [Gamma]-Mutter [Alfa] dauert.",
          "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] und [Beta] streiten. Beide Airlines einigten sich auf einen neuen Vertrag.",
          "contract party=Alfa party=Beta status=planned");
    check("[Alfa] steigt bei [Beta] ein. Beide wollen künftig zusammen Chips entwickeln.",
          "stake buyer=Alfa target=Beta status=planned + partnership party=Alfa party=Beta status=planned");
    check("[Beta] wächst. [Beta] hofft. [Alfa], eine Tochter der [Gamma], hatte {9 EUR} je Aktie in Aussicht gestellt.",
          "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] kauft [Beta]. Beide Firmen haben einen Vertrag unterschrieben.",
          "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] wächst. [Alfa] hofft. Damit ist der für den Herbst erwartete Börsengang vom Tisch.",
          "ipo target=Alfa status=terminated");
    check("[Gamma]-Tochter [Alfa] schluckt die Werft [Beta].", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] und [Beta]: Kartellamt winkt Milliardendeal durch", "merger party=Alfa party=Beta status=planned");
    check("[Beta]: [Alfa] und [Gamma] schielen auf Sparte", "acquisition buyer=Alfa buyer=Gamma target=Beta status=rumoured");
    check("[Alfa] nimmt [Beta] 90 Jets ab", "contract buyer=Alfa target=Beta status=planned");
    check("[Alfa] lässt bei [Beta] vier Schiffe bauen.", "contract buyer=Alfa target=Beta status=planned");
    check("[Gamma] verliert. [Alfa] nutzt das Netz von [Beta]. Den Vertrag unterzeichneten beide Seiten.",
          "contract buyer=Alfa target=Beta status=completed");
    check("[Alfa] wächst. [Alfa] hofft auf [Beta]. [Gamma] half einst [Alfa]. Mit [Delta] arbeitet die Firma zusammen.",
          "partnership party=Delta party=Alfa status=planned");
    check("[Beta], der Nachbar, geht für {900000 EUR} in [Alfa] auf.",
          "acquisition buyer=Alfa target=Beta amount=900000 EUR status=planned");
    check("[Alfa] holt sich [Beta] als Technologiepartner.", "partnership party=Alfa party=Beta status=planned");
    check("[Beta] wird Zulieferer von [Alfa].", "contract buyer=Alfa target=Beta status=planned");
    check("[Alfa] kauft ab Mai Lithium von [Beta].", "contract buyer=Alfa target=Beta date=Mai status=planned");
    check("[Gamma]-Mutter [Beta] sucht Geld: [Alfa] schießt {50000 EUR} zu.",
          "investment buyer=Alfa target=Beta amount=50000 EUR status=planned");
    check("[Beta] hofft. [Beta] wartet. [Alfa] bietet {45 EUR} je Aktie, ein Aufschlag von <84 Prozent>.",
          "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] ist auch Großaktionär von [Beta].", "");
    check("[Alfa] trennt sich von Vertriebschef von [Beta].", "");
    check("[Alfa] hatte 2022 die [Beta] gekauft.", "acquisition buyer=Alfa target=Beta date=2022 status=completed");
}

/* One company is enough. */
static void test_one_party(void **state)
{
    (void)state;
    check("Nach dem Börsengang im Herbst will [Alfa] wachsen.", "ipo target=Alfa status=completed");
    check("Ein Finanzinvestor will [Alfa] kaufen.", "acquisition target=Alfa status=planned");
    check("Die Bundeswehr bestellt bei [Alfa] neue Helme.", "contract target=Alfa status=planned");
    check("Bei [Alfa] ist ein Auftrag über {300000 EUR} eingegangen.",
          "contract target=Alfa amount=300000 EUR status=completed");
    check("Bei [Alfa] mehren sich Übernahmegerüchte.", "acquisition target=Alfa status=rumoured");
    check("Wer bei [Alfa] bestellt, spart Geld.", "");
    check("Seit dem Börsengang hat sich der Kurs von [Alfa] verdoppelt.", "ipo target=Alfa status=completed");
}

static void test_silence(void **state)
{
    (void)state;
    check("[Alfa] übernimmt die Verantwortung.", "");
    check("[Alfa] kauft eigene Aktien zurück.", "");
    check("Das neue Modell von [Alfa] verkauft sich gut.", "");
    check("Die Kernfusion kommt voran, sagt [Alfa].", "");
}

/* Who tells of a deal is its missing side; who holds the part that is sold; subjects that are no companies. */
static void test_tellers(void **state)
{
    (void)state;
    check("Die Sparte wird an [Alfa] verkauft, wie [Beta] mitteilte.", "divestiture buyer=Alfa seller=Beta status=planned");
    check("Verkauft wird die Tochter [Gamma] an [Alfa], teilte [Beta] mit.",
          "divestiture buyer=Alfa target=Gamma seller=Beta status=planned");
    check("[Alfa] baut aus. Wie das Unternehmen mitteilte, wird der Hersteller [Beta] ganz übernommen.",
          "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] kauft die Sparte von [Beta], meldet die [Gamma].", "acquisition buyer=Alfa seller=Beta status=planned");
    check("[Alfa] meldet den Kauf der Windkraftsparte von [Beta].", "acquisition buyer=Alfa seller=Beta status=planned");
    check("Der Verkauf der Sparte der [Beta] an [Alfa] ist perfekt.", "divestiture buyer=Alfa seller=Beta status=completed");
    check("[Alfa] plant den Kauf von [Beta].", "acquisition buyer=Alfa target=Beta status=planned");
    check("Velturo verkauft [Beta] an [Alfa].", "acquisition buyer=Alfa target=Beta status=planned");
    check("Die Familie verkauft [Beta] an [Alfa].", "acquisition buyer=Alfa target=Beta status=planned");
    check("Die Gründer der [Beta] verkaufen ihr Unternehmen an [Alfa].", "acquisition buyer=Alfa target=Beta status=planned");
    check("Heute verkauft [Beta] Märkte an [Alfa].", "divestiture buyer=Alfa seller=Beta status=planned");
    check("Die [Beta], an der [Alfa] <30 Prozent> erworben hat, wächst.",
          "stake buyer=Alfa target=Beta stake=30 status=completed");
    check("[Beta] lässt sich von [Alfa] übernehmen.", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] zieht sein Angebot für [Beta] zurück.", "acquisition buyer=Alfa target=Beta status=terminated");
}

/* Said of what passes over, of contracts, rights, rounds of money, jobs. */
static void test_turns(void **state)
{
    (void)state;
    check("Die Filialen von [Beta] gehen auf die [Alfa] über.", "acquisition buyer=Alfa target=Beta status=planned");
    check("Damit wird [Beta] eine Tochter der [Alfa].", "acquisition buyer=Alfa target=Beta status=planned");
    check("Der Kaufvertrag zwischen [Alfa] und [Beta] steht.", "acquisition party=Alfa party=Beta status=planned");
    check("[Alfa] sichert sich die Vertriebsrechte von [Beta].", "contract buyer=Alfa target=Beta status=planned");
    check("[Beta] hat {900000 EUR} eingesammelt. An der Runde beteiligten sich [Alfa] und [Gamma].",
          "funding buyer=Alfa buyer=Gamma target=Beta amount=900000 EUR status=completed");
    check("Angeführt wurde die Finanzierungsrunde von [Alfa].", "");
    check("[Alfa] kauft den Rivalen [Beta] von [Gamma].", "acquisition buyer=Alfa target=Beta seller=Gamma status=planned");
    check("Der frühere Manager von [Alfa] wechselt zu [Beta].", "");
    check("Das Debüt von [Alfa] an der Börse ist geglückt.", "ipo target=Alfa status=planned");
    check("[Beta]-Druck gerettet: [Alfa] kauft Betrieb aus der Insolvenz",
          "acquisition buyer=Alfa target=Beta status=planned + insolvency target=Beta status=completed");
    check("[Alfa] übernimmt den Betrieb der Linie von [Beta].", "");
    check("[Alfa] und [Beta] werfen Filialen zusammen", "merger party=Alfa party=Beta status=planned");
    check("[Alfa] wird Hauptgesellschafter von [Beta].", "acquisition buyer=Alfa target=Beta status=planned");
}

/* Whom nouns and pronouns in the clause before refer to; who has no part in it. */
static void test_headlines(void **state)
{
    (void)state;
    check("[Alfa] gerettet: [Beta] greift zu", "acquisition buyer=Beta target=Alfa status=planned");
    check("[Alfa] legt Streit bei: [Beta] zahlt 5 Millionen Euro Schadenersatz", "");
    check("[Alfa] trennt sich von seinem Farbengeschäft, [Beta] zahlt {5000000 EUR}",
          "divestiture buyer=Beta seller=Alfa amount=5000000 EUR status=planned");
    check("[Alfa] kneift: Börsengang abgesagt", "ipo target=Alfa status=terminated");
    check("[Alfa] und [Beta] entwickeln autonome Lkw", "partnership party=Alfa party=Beta status=planned");
    check("[Alfa] und [Beta] bauen Stellen ab", "");
    check("[Alfa] kommt bei [Beta] auf <20 Prozent>", "stake buyer=Alfa target=Beta stake=20 status=planned");
    check("[Alfa] veräussert [Beta] an [Gamma].", "divestiture buyer=Gamma target=Beta seller=Alfa status=planned");
    check("[Alfa] nabelt [Beta] ab", "spin_off target=Beta seller=Alfa status=planned");
    check("[Alfa], das 2019 [Beta] erwarb, wächst.", "acquisition buyer=Alfa target=Beta date=2019 status=completed");
    check("[Alfa] wächst weiter. Dazu gründen sie ein Gemeinschaftsunternehmen.", "");
    check("[Alfa] und [Beta] wachsen weiter. Dazu gründen sie ein Gemeinschaftsunternehmen.",
          "joint_venture party=Alfa party=Beta status=planned");
    check("[Alfa] hat nach eigenen Angaben [Beta] übernommen.", "acquisition buyer=Alfa target=Beta status=completed");
}

static void test_context(void **state)
{
    (void)state;
    check("[Alfa] wächst. [Alfa] kauft [Beta]. [Beta] war klein. Das Unternehmen gehörte dem Investor [Delta], der 2018 für "
          "{900000 EUR} eingestiegen war.",
          "acquisition buyer=Alfa target=Beta status=planned + stake buyer=Delta target=Beta amount=900000 EUR date=2018 "
          "status=completed");
    check("[Alfa] will bei der [Gamma] sein Bündnis mit [Beta] ausbauen.", "partnership party=Beta party=Alfa status=planned");
    check("[Alfa] wächst weiter: Das Unternehmen schluckt nach [Beta] nun auch [Gamma].",
          "acquisition buyer=Alfa target=Gamma status=completed");
    check("[Alfa] beliefert künftig die Tankstellen von [Beta].", "contract buyer=Beta target=Alfa status=planned");
    check("Finanziert wird der Kauf von der [Alfa].", "");
    check("[Gamma], eine Tochter von [Alfa], gehört jetzt zu [Beta].", "acquisition buyer=Beta target=Gamma status=completed");
    check("[Alfa] wächst. [Alfa] baut. Ein Angebot von [Beta] hatte der Aufsichtsrat abgelehnt.",
          "acquisition buyer=Beta target=Alfa status=terminated");
    check("[Alfa] war 2010 von [Beta] für {900000 EUR} gekauft worden.",
          "acquisition buyer=Beta target=Alfa amount=900000 EUR date=2010 status=completed");
    check("Der Vertrag wurde mit [Beta] unterzeichnet, teilte [Alfa] mit.", "contract party=Beta party=Alfa status=completed");
    check("Mit dem Zusammenschluss entsteht ein Riese, teilten [Alfa] und [Beta] mit.",
          "merger party=Alfa party=Beta status=planned");
    check("[Alfa] übernimmt für [Beta] den Bau der Halle.", "contract buyer=Beta target=Alfa status=planned");
    check("Den Auftrag vergab [Beta] an [Alfa].", "contract buyer=Beta target=Alfa status=completed");
    check("[Alfa] hat [Beta] als Partner gewonnen.", "partnership party=Alfa party=Beta status=completed");
    check("[Alfa] beteiligt sich an der Entwicklung von Batterien bei [Beta].", "");
    check("[Alfa] gilt als Favorit für [Beta].", "acquisition buyer=Alfa target=Beta status=rumoured");
    check("[Alfa] überführt die Sparte in eine eigene Gesellschaft namens [Beta].",
          "spin_off target=Beta seller=Alfa status=planned");
    check("Die Abspaltung der Sparte von [Alfa] dauert.", "spin_off seller=Alfa status=planned");
}

/* Orders, partners, rounds, flotations and insolvencies as headlines have them. */
static void test_trade(void **state)
{
    (void)state;
    check("[Alfa] holt [Beta] unter sein Dach", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Beta] künftig unter [Alfa]-Flagge", "acquisition buyer=Alfa target=Beta status=planned");
    check("Neuer Eigner für die Kette [Beta]: [Alfa]", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Beta] wird ganz französisch: [Alfa] zahlt {5000000 EUR}",
          "acquisition buyer=Alfa target=Beta amount=5000000 EUR status=planned");
    check("[Alfa] macht [Beta] Avancen", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] beißt bei [Beta] auf Granit", "acquisition buyer=Alfa target=Beta status=terminated");
    check("Kartellamt gibt [Alfa] grünes Licht für [Beta]", "acquisition buyer=Alfa target=Beta status=planned");
    check("[Alfa] fährt [Beta]-Beteiligung herunter", "stake buyer=Alfa target=Beta status=planned");
    check("[Alfa] neuer Großaktionär bei [Beta]", "stake buyer=Alfa target=Beta status=planned");
    check("[Alfa] setzt Fuß in Tür bei [Beta]", "stake buyer=Alfa target=Beta status=planned");
    check("[Alfa] macht bei [Beta] Kasse", "divestiture target=Beta seller=Alfa status=planned");
    check("[Alfa] mustert Kosmetikmarken aus", "divestiture seller=Alfa status=planned");
    check("[Alfa] und [Beta] geben sich das Jawort", "merger party=Alfa party=Beta status=planned");
    check("[Alfa] stellt die Lichtsparte auf eigene Beine", "spin_off seller=Alfa status=planned");
    check("[Beta] nabelt sich von [Alfa] ab", "spin_off target=Beta seller=Alfa status=planned");
    check("[Gamma] kauft [Alfa]-Tochter [Beta]", "acquisition buyer=Gamma target=Beta seller=Alfa status=planned");
    check("[Beta] gehört künftig [Gamma] statt [Alfa]", "acquisition buyer=Gamma target=Beta seller=Alfa status=planned");
    check("[Alfa] und [Beta]? Gerüchte um Zusammenschluss", "merger party=Alfa party=Beta status=rumoured");
    check("[Alfa] senkt bei [Beta] die Löhne", "");
    check("[Alfa] bringt [Beta] das Laufen bei", "");
}

static void test_work(void **state)
{
    (void)state;
    check("Neuer Auftrag für [Alfa] aus Spanien", "contract target=Alfa status=planned");
    check("[Alfa] freut sich über Großauftrag aus Peru", "contract target=Alfa status=planned");
    check("[Alfa] liefert Achsen für [Beta]", "contract buyer=Beta target=Alfa status=planned");
    check("[Alfa] kauft Ökostrom von [Beta]", "contract buyer=Alfa target=Beta status=planned");
    check("[Alfa] kauft Sparte von [Beta]", "acquisition buyer=Alfa seller=Beta status=planned");
    check("[Alfa] überträgt IT-Betrieb an [Beta]", "contract buyer=Alfa target=Beta status=planned");
    check("[Alfa] verliert [Beta] als Kunden", "contract buyer=Beta target=Alfa status=terminated");
    check("[Alfa] und [Beta] entwickeln Software fürs Auto", "partnership party=Alfa party=Beta status=planned");
    check("[Alfa] und [Beta] bauen Stellen ab", "");
    check("[Alfa] und [Beta] gründen Frachtairline", "joint_venture party=Alfa party=Beta status=planned");
    check("Geldregen für [Alfa]", "funding target=Alfa status=completed");
    check("[Alfa] lukriert {54000000 EUR}", "funding target=Alfa amount=54000000 EUR status=completed");
    check("[Alfa]-Aktien starten unter Ausgabepreis", "ipo target=Alfa status=planned");
    check("[Alfa] geht das Geld aus", "insolvency target=Alfa status=rumoured");
    check("[Alfa] kollabiert", "insolvency target=Alfa status=completed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs),     cmocka_unit_test(test_headlines),  cmocka_unit_test(test_nouns),
        cmocka_unit_test(test_status),    cmocka_unit_test(test_document),   cmocka_unit_test(test_two_deals),
        cmocka_unit_test(test_clauses),   cmocka_unit_test(test_references), cmocka_unit_test(test_referents),
        cmocka_unit_test(test_sides),     cmocka_unit_test(test_phrases),    cmocka_unit_test(test_dates),
        cmocka_unit_test(test_one_party), cmocka_unit_test(test_silence),    cmocka_unit_test(test_owners),
        cmocka_unit_test(test_prices),    cmocka_unit_test(test_apart),      cmocka_unit_test(test_tellers),
        cmocka_unit_test(test_turns),     cmocka_unit_test(test_context),    cmocka_unit_test(test_work),
        cmocka_unit_test(test_trade)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
