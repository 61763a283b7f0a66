/* Companies in invented texts, with the model of the tree. */
#include "tap.h"

#include "erz/extract.h"

static erz_model *model;
static erz_extractor *extractor;

static int setup(void **state)
{
    (void)state;
    char path[512];
    const char *build = getenv("BUILD");
    snprintf(path, sizeof path, "%s/de.erzm", build != NULL ? build : "build");
    if (erz_model_open(path, &model, NULL) != ERZ_OK) return -1;
    return erz_extractor_new(model, NULL, &extractor, NULL) == ERZ_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    erz_extractor_free(extractor);
    erz_model_close(model);
    return 0;
}

/* Companies of a text as "span=value/unit|...". */
static const char *found(const char *text)
{
    static char out[4096];
    erz_document doc = {.id = "t", .id_len = 1, .text = text, .len = strlen(text), .first = true, .last = true};
    erz_text *t = NULL;
    assert_int_equal(erz_extractor_run(extractor, &doc, &t, NULL), ERZ_OK);
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < t->nmentions; i++) {
        const erz_mention *m = &t->mentions[i];
        if (m->type != ERZ_COMPANY) continue;
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s=%s/%s", n > 0 ? "|" : "", (int)(m->end - m->begin),
                              text + m->begin, m->value, m->unit);
        assert_true(n < sizeof out);
    }
    return out;
}

static void names_of_the_lists(void **state)
{
    (void)state;
    assert_string_equal(found("Siemens und Bosch arbeiten zusammen."), "Siemens=Siemens/|Bosch=Bosch/");
}

static void the_name_in_a_compound_only(void **state)
{
    (void)state;
    assert_string_equal(found("Der Lufthansa-Chef sieht keinen Grund zur Sorge."), "Lufthansa=Lufthansa/");
    assert_string_equal(found("Die Siemens-Alstom-Fusion ist geplatzt."), "Siemens=Siemens/|Alstom=Alstom/");
}

static void legal_form_belongs_to_the_span(void **state)
{
    (void)state;
    assert_string_equal(found("Die Quarzwerk Ilmenstedt GmbH hat Insolvenz angemeldet."),
                        "Quarzwerk Ilmenstedt GmbH=Quarzwerk Ilmenstedt/GmbH");
}

static void genitive_is_in_the_span_not_in_the_value(void **state)
{
    (void)state;
    assert_string_equal(found("Der Umsatz Volkswagens ist gestiegen, sagte eine Sprecherin."), "Volkswagens=Volkswagen/");
}

static void inflected_form_has_the_base_form_as_value(void **state)
{
    (void)state;
    assert_string_equal(found("Das McDonald's-Restaurant schlie\303\237t, bei Apple's Zulieferer auch."),
                        "McDonald's=McDonald's/|Apple's=Apple/");
    assert_string_equal(found("Der Gewinn der Deutschen Bank ist gestiegen."), "Deutschen Bank=Deutsche Bank/");
    assert_string_equal(found("Beim Bayerischen Rundfunk wird gespart."), "Bayerischen Rundfunk=Bayerischer Rundfunk/");
}

static void short_forms_take_the_name_the_text_uses(void **state)
{
    (void)state;
    assert_string_equal(found("VW baut Stellen ab. Volkswagen hatte das angedeutet."), "VW=Volkswagen/|Volkswagen=Volkswagen/");
    assert_string_equal(found("VW baut Stellen ab."), "VW=VW/");
}

static void a_name_with_a_legal_form_is_no_short_form(void **state)
{
    (void)state;
    assert_string_equal(
        found("Die Tarvinger Stahl GmbH gehört zur Tarvinger Stahl Verwaltungs AG. Tarvinger schreibt Verlust."),
        "Tarvinger Stahl GmbH=Tarvinger Stahl/GmbH|Tarvinger Stahl Verwaltungs AG=Tarvinger Stahl "
        "Verwaltungs AG/AG|Tarvinger=Tarvinger Stahl/");
}

static void a_parent_before_its_unit_is_no_short_form(void **state)
{
    (void)state;
    assert_string_equal(found("Die Tarvinger Stahl AG wächst. Der Konzern Tarvinger legt zu."),
                        "Tarvinger Stahl AG=Tarvinger Stahl/AG|Tarvinger=Tarvinger Stahl/");
    assert_string_equal(found("Der Konzern Tarvinger trennt sich von der Tarvinger Stahl AG."),
                        "Tarvinger=Tarvinger/|Tarvinger Stahl AG=Tarvinger Stahl/AG");
}

static void no_genitive_where_a_longer_name_begins_so(void **state)
{
    (void)state;
    assert_string_equal(found("Die Casinos Austria AG wächst. Der Konzern Casinos meldet ein Plus."),
                        "Casinos Austria AG=Casinos Austria/AG|Casinos=Casinos Austria/");
}

static void acronym_in_brackets_takes_the_full_name(void **state)
{
    (void)state;
    assert_string_equal(
        found("Die Ostlausitzer Glasfaser AG (OLGA) wächst. OLGA stellt ein."),
        "Ostlausitzer Glasfaser AG=Ostlausitzer Glasfaser/AG|OLGA=Ostlausitzer Glasfaser/|OLGA=Ostlausitzer Glasfaser/");
}

static void coordinated_words_belong_to_the_name(void **state)
{
    (void)state;
    assert_string_equal(found("Die Bau- und Handels AG aus Ilmenstedt hat Insolvenz angemeldet."),
                        "Bau- und Handels AG=Bau- und Handels AG/AG");
}

static void an_adjective_gets_its_base_form(void **state)
{
    (void)state;
    assert_string_equal(found("Das sagte der Chef der Ostlausitzischen Glasfaser AG."),
                        "Ostlausitzischen Glasfaser AG=Ostlausitzische Glasfaser/AG");
}

static void bodies_and_acronyms_are_no_companies(void **state)
{
    (void)state;
    assert_string_equal(found("Die EZB hält den Leitzins. Der CEO setzt auf KI. Die SPD und die EU stimmen zu."), "");
}

static void codes_behind_a_name(void **state)
{
    (void)state;
    const char *text = "Der Konzern Siemens (ISIN DE0007236101) hat Zahlen vorgelegt.";
    erz_document doc = {.id = "t", .id_len = 1, .text = text, .len = strlen(text), .first = true, .last = true};
    erz_text *t = NULL;
    assert_int_equal(erz_extractor_run(extractor, &doc, &t, NULL), ERZ_OK);
    assert_int_equal(t->nmentions, 1);
    assert_string_equal(erz_mention_get(&t->mentions[0], ERZ_ATTR_ISIN), "DE0007236101");
}

static void surroundings_tell_names_that_no_list_holds(void **state)
{
    (void)state;
    assert_string_equal(found("Der Rivale Lindenwerk bietet mehr. Bei Lindenwerk gab man sich wortkarg."),
                        "Lindenwerk=Lindenwerk/|Lindenwerk=Lindenwerk/");
    assert_string_equal(found("Aktien von Ostrelka fielen. Der Verkauf von Ostrelka war geplatzt."),
                        "Ostrelka=Ostrelka/|Ostrelka=Ostrelka/");
    assert_string_equal(found("Die Sparkasse Mooreiche und die Volksbank Tannwald wollen fusionieren."),
                        "Sparkasse Mooreiche=Sparkasse Mooreiche/|Volksbank Tannwald=Volksbank Tannwald/");
}

static void roles_tails_and_sentences_tell_names(void **state)
{
    (void)state;
    assert_string_equal(
        found("Die Restaurantkette \342\200\236Trixan\342\200\234 schlie\303\237t. Das Unternehmen meldete Insolvenz an. "
              "\342\200\236Trixan\342\200\234 hatte viele Filialen."),
        "Trixan=Trixan/|Trixan=Trixan/");
    assert_string_equal(
        found("Der Film \342\200\236Trixan\342\200\234 l\303\244uft. Der Verein \342\200\236Nolvex\342\200\234 hilft."), "");
    assert_string_equal(found("Rivale Trixum kontert mit einem Gegengebot von 3 Millionen Euro."), "Trixum=Trixum/");
    assert_string_equal(
        found("Die Übernahme der insolventen Kaufrento ist geplatzt, der Preis von 3 Millionen Euro war zu hoch."),
        "Kaufrento=Kaufrento/");
    assert_string_equal(found("Die Runde über 3 Millionen Euro führte Lumenfeld Ventures an."),
                        "Lumenfeld Ventures=Lumenfeld Ventures/");
    assert_string_equal(found("Truxmiete bestellt Lastwagen für 3 Millionen Euro. Der Truxmiete-Chef ist zufrieden."),
                        "Truxmiete=Truxmiete/|Truxmiete=Truxmiete/");
    assert_string_equal(found("Tiefenrieder wächst kräftig. Der Kranhersteller aus Schladming steigerte den Umsatz auf 3 "
                              "Millionen Euro."),
                        "Tiefenrieder=Tiefenrieder/");
    assert_string_equal(found("WIEN - Die Erste Group wächst."), "Erste Group=Erste Group/");
    assert_string_equal(found("WETZLAR - Brandes Optik übernimmt einen Linsenhersteller für 3 Millionen Euro."),
                        "Brandes Optik=Brandes Optik/");
}

static void clauses_tell_names(void **state)
{
    (void)state;
    assert_string_equal(found("Movelto verkauft Meltrup GmbH an Hansegg AG."),
                        "Movelto=Movelto/|Meltrup GmbH=Meltrup/GmbH|Hansegg AG=Hansegg/AG");
    assert_string_equal(found("Quendt legt Quartalszahlen vor."), "Quendt=Quendt/");
    assert_string_equal(found("Grontal erzielte im Vorjahr einen Umsatz von 80 Millionen Euro."), "Grontal=Grontal/");
    assert_string_equal(found("Ranovo und Bilitec fusionieren."), "Ranovo=Ranovo/|Bilitec=Bilitec/");
    assert_string_equal(found("Frisch saniert aus der Insolvenz in die Krise."), "");
    assert_string_equal(found("Juristin erwartet mehr Umsatz."), "");
    assert_string_equal(found("Das sagte Anna Dexavo. Dexavo erwartet mehr Umsatz."), "");
}

static void nouns_before_instances_tell_names(void **state)
{
    (void)state;
    assert_string_equal(
        found("Das Geld kommt von Investoren, darunter Evlo, Trux Ventures und Norvexa, es sind 3 Millionen Euro."),
        "Evlo=Evlo/|Trux Ventures=Trux Ventures/|Norvexa=Norvexa/");
    assert_string_equal(found("Gegen Konkurrenten wie Ostrelka will der Konzern 3 Millionen Euro aufbieten."),
                        "Ostrelka=Ostrelka/");
    assert_string_equal(found("Die Runde von 3 Millionen Euro wurde angef\303\274hrt von Telvara, einem Fonds."),
                        "Telvara=Telvara/");
    assert_string_equal(found("Kaltenbach & S\303\266hne musste 90 Mitarbeiter entlassen."),
                        "Kaltenbach & S\303\266hne=Kaltenbach & S\303\266hne/");
    assert_string_equal(found("Die B\303\244ckerei Tranzl baut um. Die Gebr\303\274der Grimm schrieben M\303\244rchen."),
                        "B\303\244ckerei Tranzl=B\303\244ckerei Tranzl/");
    assert_string_equal(found("DT. BANK hebt das Kursziel f\303\274r SIEMENS"), "DT. BANK=DT. BANK/|SIEMENS=SIEMENS/");
}

static void namesakes_are_no_companies(void **state)
{
    (void)state;
    assert_string_equal(found("Die Deutsche Gesellschaft für Ziegelkunde e.V. (DGfZ) warnt. Die DGfZ tagt."), "");
    assert_string_equal(found("Die Brücke liegt an der Siemens-Straße. Die Familie Porsche kam."), "");
    assert_string_equal(found("Der Sport ist uns wichtig, sagte Hörmann. Danach ging Hörmann nach Hause."), "");
    assert_string_equal(found("Der Türenhersteller Hörmann wächst, sagte Thomas Hörmann."), "Hörmann=Hörmann/");
    assert_string_equal(found("@klausi_7 Wann kommt mein Auto? @sixt"), "sixt=sixt/");
}

static void a_person_somewhere_forbids_it(void **state)
{
    (void)state;
    assert_string_equal(found("Minister Oskar Ostrelka trat zur\u00fcck. Ostrelka hatte das Amt erst im Mai angetreten."), "");
}

static void doubtful_names_need_a_business_text(void **state)
{
    (void)state;
    const char *prose = "Die Bewohner feierten drei Tage lang. Am Abend las der Dichter aus seinem neuen Buch \"Tangora Makes "
                        "Three\" vor, danach gab es Musik. Der Regen blieb aus, und die Kinder spielten im Gras.";
    assert_string_equal(found(prose), "");
}

static void names_of_bodies_are_rejected(void **state)
{
    (void)state;
    assert_string_equal(found("Die Norlan Aerospace Exploration Agency kaufte Raketen für 3 Millionen Euro vom Hersteller."),
                        "");
    assert_string_equal(found("Der Umsatz stieg, teilte die Tarvinger Ziegel e.V. mit."), "");
    assert_string_equal(found("Die Partei verteilt Aufkleber für KG. Der Umsatz stieg."), "");
}

static void family_names_of_the_lists_are_persons_of_the_text(void **state)
{
    (void)state;
    assert_string_equal(
        found("Im Wahlkampf sammelte Norbert Hofer 3 Millionen Euro. Spenden an Hofer gingen zurück. Hofer will 2 "
              "Prozent mehr."),
        "");
}

static void a_body_keeps_its_short_form(void **state)
{
    (void)state;
    assert_string_equal(found("Der Konzern Lurvex und der Tarvinger Ziegeleiverband (TZV) einigten sich auf 3 Millionen Euro. "
                              "Der TZV-Chef und Lurvex stimmen zu. Die Aktie der TZV stieg."),
                        "Lurvex=Lurvex/|Lurvex=Lurvex/");
}

static void what_bears_a_firms_name_is_none(void **state)
{
    (void)state;
    assert_string_equal(found("Beim Turnier Siemens Open siegte ein Schwede. Der Allianz Tower steht leer."), "");
    assert_string_equal(found("Die NS-Zeit und der NS-Staat. Die New Yorker Niederlassung wächst."), "");
    assert_string_equal(found("Das Land Burgenland klagt. Die Firma sitzt in Porta Westfalica."), "");
    assert_string_equal(found("Der Bundesverband der Papierverarbeitenden Industrie (BPI) klagt."), "");
}

static void words_beside_a_name_fall_off(void **state)
{
    (void)state;
    assert_string_equal(found("Apples Gewinn steigt."), "Apples=Apple/");
    assert_string_equal(found("BASF baut mit Enel Green Power Windräder."), "BASF=BASF/|Enel Green Power=Enel Green Power/");
    assert_string_equal(found("Der Hosenhersteller hat einen Investor für Velturo gefunden."), "Velturo=Velturo/");
    assert_string_equal(found("Käufer ist das Systemhaus Meltrup aus Wien."), "Meltrup=Meltrup/");
    assert_string_equal(found("Die Münchner Beteiligungsgesellschaft Velturo kauft den Hersteller."), "Velturo=Velturo/");
    assert_string_equal(found("Die Aktien von Velturo Capital Management stiegen deutlich."),
                        "Velturo Capital Management=Velturo Capital Management/");
    assert_string_equal(found("Der Vermögensverwalter Partners Group wächst."), "Partners Group=Partners Group/");
    assert_string_equal(found("Der Konzern verkauft die Meltrup GmbH an Hansegg AG."),
                        "Meltrup GmbH=Meltrup/GmbH|Hansegg AG=Hansegg/AG");
    assert_string_equal(found("Die Österreichische Beteiligungs-AG hat einen neuen Chef."),
                        "Österreichische Beteiligungs-AG=Österreichische Beteiligungs-AG/AG");
}

static void owners_buyers_and_lists_of_firms(void **state)
{
    (void)state;
    assert_string_equal(found("Der Konzern verkauft sein Geschäft mit Lacken an Meltrup."), "Meltrup=Meltrup/");
    assert_string_equal(found("Der Autobauer gehört nun Meltrup."), "Meltrup=Meltrup/");
    assert_string_equal(found("Die spanische Valdora übernimmt den Hersteller."), "Valdora=Valdora/");
    assert_string_equal(found("Siemens, Bosch und Velturo bauen Werke."), "Siemens=Siemens/|Bosch=Bosch/|Velturo=Velturo/");
    assert_string_equal(found("Lyondellbasell verkauft Werke."), "Lyondellbasell=Lyondellbasell/");
}

static void papers_called_by_common_words(void **state)
{
    (void)state;
    assert_string_equal(found("Das steht in der Zeitung Die Welt vom Montag."), "Welt=Welt/");
    assert_string_equal(found("Er las das Boulevardblatt \342\200\236Express\342\200\234 gern."), "Express=Express/");
    assert_string_equal(found("Das sei alles geplant gewesen, sagte die Sprecherin zum Standard."), "Standard=Standard/");
    assert_string_equal(found("Zum Standard sagte sie nichts, er geh\303\266rt zum Standard."), "");
    assert_string_equal(found("Wie der Kurier schreibt, kommt der Umbau."), "Kurier=Kurier/");
    assert_string_equal(found("Das verriet die Profil-Redakteurin."), "Profil=Profil/");
    assert_string_equal(found("Standard: Was kommt nun? Huber: Nichts. Standard: Und danach?"),
                        "Standard=Standard/|Standard=Standard/");
    assert_string_equal(
        found("Die Zeitung \342\200\236Il Velturo\342\200\234 schrieb, der Sender \342\200\236Al-Morva\342\200\234 auch."),
        "Il Velturo=Il Velturo/|Al-Morva=Al-Morva/");
    assert_string_equal(
        found("Das sagte er der \342\200\236Seerundschau\342\200\234. Der \342\200\236Alpine Anzeiger\342\200\234 berichtet."),
        "Seerundschau=Seerundschau/|Alpine Anzeiger=Alpine Anzeiger/");
    assert_string_equal(found("Sie las in der \342\200\236Sch\303\274lerzeitung\342\200\234, was geschah."), "");
    assert_string_equal(found("\"Die Presse\" stellt das vor."), "Presse=Presse/");
    assert_string_equal(found("Standard: ein Regler je Raum."), "");
    assert_string_equal(found("Auf Anfrage des STANDARD wollte sie nichts sagen."), "STANDARD=STANDARD/");
    assert_string_equal(found("Wie Heise.de und spiegel.de melden, f\303\244llt der Kurs."),
                        "Heise.de=Heise.de/|spiegel.de=spiegel.de/");
}

static void short_names_that_are_common_words(void **state)
{
    (void)state;
    assert_string_equal(found("Die Deutsche Post streicht Stellen. Das trifft die Post hart."),
                        "Deutsche Post=Deutsche Post/|Post=Deutsche Post/");
    assert_string_equal(found("Sie holte die Post aus dem Kasten."), "");
    assert_string_equal(found("Die Bundesimmobiliengesellschaft (BIG) baut. Das sagte die BIG von Anfang an."),
                        "Bundesimmobiliengesellschaft=Bundesimmobiliengesellschaft/|BIG=Bundesimmobiliengesellschaft/|"
                        "BIG=Bundesimmobiliengesellschaft/");
}

static void names_with_legal_forms_in_a_row(void **state)
{
    (void)state;
    assert_string_equal(found("Beteiligt sind Rheinvort Management AG, Horvat AG und Velturo SE."),
                        "Rheinvort Management AG=Rheinvort Management/AG|Horvat AG=Horvat/AG|Velturo SE=Velturo/SE");
    assert_string_equal(found("Baumer Aktiengesellschaft, Schrobenhausen: ein Angebot der SD Velturo GmbH."),
                        "Baumer Aktiengesellschaft=Baumer/AG|SD Velturo GmbH=SD Velturo/GmbH");
    assert_string_equal(found("Die T\303\266chter Velturo Druck, Belmont Offset GmbH und Horvat AG."),
                        "Velturo Druck=Velturo Druck/|Belmont Offset GmbH=Belmont Offset/GmbH|Horvat AG=Horvat/AG");
    assert_string_equal(found("Verkauft wird an die Velturo AG Hannover."), "Velturo AG=Velturo/AG");
    assert_string_equal(found("Das Angebot der Fahrwing AcquiCo GmbH steht."), "Fahrwing AcquiCo GmbH=Fahrwing AcquiCo/GmbH");
}

static void listed_names_in_the_genitive(void **state)
{
    (void)state;
    assert_string_equal(found("Der Gewinn Axel Springers und das Gesch\303\244ft Delivery Heros wachsen."),
                        "Axel Springers=Axel Springer/|Delivery Heros=Delivery Hero/");
    assert_string_equal(found("Ein Bericht des Hamburger Abendblatts."), "Hamburger Abendblatts=Hamburger Abendblatt/");
}

static void common_words_beside_firms_of_their_trade(void **state)
{
    (void)state;
    assert_string_equal(found("Im Fall von Karstadt und Quelle."), "Karstadt=Karstadt/|Quelle=Quelle/");
    assert_string_equal(found("Bei Karstadt sprudelt die Quelle."), "Karstadt=Karstadt/");
    assert_string_equal(found("Siemens und Quelle: die Suche."), "Siemens=Siemens/");
}

static void what_only_looks_like_a_name(void **state)
{
    (void)state;
    assert_string_equal(found("Der ORF zeigt die ORF-Gala, sagte eine ORF-Quelle."), "ORF=ORF/|ORF=ORF/|ORF=ORF/");
    assert_string_equal(found("Die N\303\274rnberger Schwimmb\303\244der schlie\303\237\145n."), "");
    assert_string_equal(found("In Stadt und Land ist das ein Thema, an der Grenze von Mensch und Maschine auch."), "");
    assert_string_equal(found("Der Schl\303\274ssel lag bei Dr. Hubersen."), "");
    assert_string_equal(found("Chefentwickler Torvik sagte das gern."), "");
    assert_string_equal(found("Die Raumf\303\244hre \342\200\236Discovery\342\200\234 startet, die Band Nordhotel spielt."),
                        "");
    assert_string_equal(found("Gegen die als Treuh\303\244nderin bekannte Bank wird ermittelt."), "");
    assert_string_equal(found("Man wird auf das Unternehmen R\303\274cksicht nehmen."), "");
    assert_string_equal(found("Die Berliner Start-up-Schmiede und die K\303\266lner Handelsgruppe wachsen."), "");
    assert_string_equal(found("Die Stadtwerke-Netzwerke wachsen, der Offshore Windpark EnBW Nord auch."), "EnBW=EnBW/");
    assert_string_equal(found("Karl-Dieter Ostermann kam. Danach ging Ostermann zu Aldi."), "Aldi=Aldi/");
    assert_string_equal(found("Das Geld kommt aus Private Equity."), "");
    assert_string_equal(found("Der Konrad-Bayer-Preis geht an Anna Theisen-Eaton."), "");
    assert_string_equal(found("Die Telekom-Branche und die Bahn-Industrie klagen."), "");
    assert_string_equal(found("Das ist ein kleiner Lichtblick."), "");
    assert_string_equal(found("Dann beginnt die \342\200\236Sunrise-Phase\342\200\234."), "");
    assert_string_equal(found("Der Zweitligist NSC Watzen siegte, der Sportclub Nordwerk stieg ab."), "");
    assert_string_equal(found("Die Schweizer Eishockey-Nationalmannschaft reist an."), "");
    assert_string_equal(found("Die Max-Bahr-M\303\244rkte schlie\303\237en."), "Max-Bahr=Max Bahr/");
    assert_string_equal(found("Ihre Tochter namens Mindset AG baut Autos."), "Mindset AG=Mindset/AG");
}

static void two_houses_are_two_names(void **state)
{
    (void)state;
    assert_string_equal(found("Volksbank Brenztal und Volksbank Obermühl wollen zusammengehen."),
                        "Volksbank Brenztal=Volksbank Brenztal/|Volksbank Obermühl=Volksbank Obermühl/");
    assert_string_equal(found("Verkehrsbetriebe Lüneheim und Stadtwerke Lüneheim rücken zusammen."),
                        "Verkehrsbetriebe Lüneheim=Verkehrsbetriebe Lüneheim/|Stadtwerke Lüneheim=Stadtwerke Lüneheim/");
}

static void units_belong_to_the_name(void **state)
{
    (void)state;
    assert_string_equal(found("Danone Polska schließt ein Werk."), "Danone Polska=Danone Polska/");
    assert_string_equal(found("Amazon Logistik mietet eine Halle."), "Amazon Logistik=Amazon Logistik/");
    assert_string_equal(found("Lidl in Deutschland wächst."), "Lidl=Lidl/");
}

static void what_a_firm_is_falls_off(void **state)
{
    (void)state;
    assert_string_equal(found("Die Kölner Zendara Systems kauft zu."), "Zendara Systems=Zendara Systems/");
    assert_string_equal(found("Frankfurter Volksbank erhöht die Zinsen."), "Frankfurter Volksbank=Frankfurter Volksbank/");
    assert_string_equal(found("Der Wiener Gastronom Karl Overmann kauft ein Lokal."), "");
    assert_string_equal(found("Reederei Nordhelm verkauft drei Schiffe."), "Nordhelm=Nordhelm/");
    assert_string_equal(found("Adnoc macht bei Covestro Ernst."), "Adnoc=Adnoc/|Covestro=Covestro/");
}

static void labels_are_no_names(void **state)
{
    (void)state;
    assert_string_equal(found("EQS-Ad-hoc: Lumora SE: Prognose gesenkt"), "Lumora SE=Lumora/SE");
    assert_string_equal(found("Kontakt: Investor Relations, Dr. Peter Wolf"), "");
}

static void headlines_tell_bare_names(void **state)
{
    (void)state;
    assert_string_equal(found("Metzler erwirbt Logistikhalle in Rodgau"), "Metzler=Metzler/");
    assert_string_equal(found("Cherry findet Abnehmer für Tastensparte"), "Cherry=Cherry/");
    assert_string_equal(found("Post erhöht Briefporto auf 95 Cent"), "Post=Post/");
    assert_string_equal(found("Fuchs beißt Hund"), "");
    assert_string_equal(found("Fischer verliert das Finale"), "");
    assert_string_equal(
        found("Der Schmierstoffhersteller Fuchs hat im Quartal 890 Millionen Euro umgesetzt. Dabei setzte Fuchs auf "
              "China."),
        "Fuchs=Fuchs/|Fuchs=Fuchs/");
}

static void slots_of_deals_tell_names(void **state)
{
    (void)state;
    assert_string_equal(found("30 Millionen Dollar für Zenvora"), "Zenvora=Zenvora/");
    assert_string_equal(found("Porsche kauft 25 Prozent an Rimovar"), "Porsche=Porsche/|Rimovar=Rimovar/");
    assert_string_equal(found("Siemens steigt bei Quorvex ein"), "Siemens=Siemens/|Quorvex=Quorvex/");
    assert_string_equal(found("Swiss unterzeichnet Abnahmevertrag mit Solvelia"), "Swiss=Swiss/|Solvelia=Solvelia/");
    assert_string_equal(found("Nordvex heißt künftig Sundvex"), "Nordvex=Nordvex/|Sundvex=Sundvex/");
    assert_string_equal(found("Gemeinde baut Werk für Senioren"), "");
    assert_string_equal(found("Bosch kauft Spezialisten für Schrauben"), "Bosch=Bosch/");
}

static void a_headline_begins_behind_its_kicker(void **state)
{
    (void)state;
    assert_string_equal(found("Alfa Werke Nach der Fusion bleibt alles, wie es war"), "Alfa Werke=Alfa Werke/");
    assert_string_equal(found("Volkswagen Wer kauft die Werke?"), "Volkswagen=Volkswagen/");
    assert_string_equal(found("Was die Elektro-Offensive und die Fitness-Studios kosten"), "");
    assert_string_equal(found("Die Preise von Strom und Gas steigen, sagt die Versorgung."), "");
}

static void empty_and_odd_texts(void **state)
{
    (void)state;
    assert_string_equal(found(""), "");
    assert_string_equal(found("- / -- a-b-c-d-e-f-g-h-i-j-k @ # (()) -A- /B/."), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_the_lists),
        cmocka_unit_test(the_name_in_a_compound_only),
        cmocka_unit_test(legal_form_belongs_to_the_span),
        cmocka_unit_test(genitive_is_in_the_span_not_in_the_value),
        cmocka_unit_test(inflected_form_has_the_base_form_as_value),
        cmocka_unit_test(short_forms_take_the_name_the_text_uses),
        cmocka_unit_test(a_name_with_a_legal_form_is_no_short_form),
        cmocka_unit_test(a_parent_before_its_unit_is_no_short_form),
        cmocka_unit_test(no_genitive_where_a_longer_name_begins_so),
        cmocka_unit_test(acronym_in_brackets_takes_the_full_name),
        cmocka_unit_test(coordinated_words_belong_to_the_name),
        cmocka_unit_test(an_adjective_gets_its_base_form),
        cmocka_unit_test(bodies_and_acronyms_are_no_companies),
        cmocka_unit_test(codes_behind_a_name),
        cmocka_unit_test(surroundings_tell_names_that_no_list_holds),
        cmocka_unit_test(roles_tails_and_sentences_tell_names),
        cmocka_unit_test(clauses_tell_names),
        cmocka_unit_test(nouns_before_instances_tell_names),
        cmocka_unit_test(namesakes_are_no_companies),
        cmocka_unit_test(a_person_somewhere_forbids_it),
        cmocka_unit_test(doubtful_names_need_a_business_text),
        cmocka_unit_test(names_of_bodies_are_rejected),
        cmocka_unit_test(family_names_of_the_lists_are_persons_of_the_text),
        cmocka_unit_test(a_body_keeps_its_short_form),
        cmocka_unit_test(what_bears_a_firms_name_is_none),
        cmocka_unit_test(words_beside_a_name_fall_off),
        cmocka_unit_test(owners_buyers_and_lists_of_firms),
        cmocka_unit_test(papers_called_by_common_words),
        cmocka_unit_test(short_names_that_are_common_words),
        cmocka_unit_test(names_with_legal_forms_in_a_row),
        cmocka_unit_test(listed_names_in_the_genitive),
        cmocka_unit_test(common_words_beside_firms_of_their_trade),
        cmocka_unit_test(what_only_looks_like_a_name),
        cmocka_unit_test(two_houses_are_two_names),
        cmocka_unit_test(units_belong_to_the_name),
        cmocka_unit_test(what_a_firm_is_falls_off),
        cmocka_unit_test(labels_are_no_names),
        cmocka_unit_test(headlines_tell_bare_names),
        cmocka_unit_test(slots_of_deals_tell_names),
        cmocka_unit_test(a_headline_begins_behind_its_kicker),
        cmocka_unit_test(empty_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
