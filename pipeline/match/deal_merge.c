/* Mentions of one deal become one: fuller arguments complete the others'. */
#include <stdlib.h>
#include <string.h>

#include "deal.h"

/* Types that speak of the same event from another side. */
typedef enum family { F_OWNERSHIP, F_JOINT, F_MONEY, F_WORK, F_SPLIT, F_IPO, F_INSOLVENCY } family;

static family family_of(deal_type type)
{
    static const family of[DEAL_TYPES] = {F_OWNERSHIP, F_OWNERSHIP, F_OWNERSHIP, F_JOINT, F_MONEY, F_MONEY,
                                          F_WORK,      F_WORK,      F_OWNERSHIP, F_SPLIT, F_IPO,   F_INSOLVENCY};
    return of[type];
}

bool deal_same_family(deal_type a, deal_type b)
{
    return family_of(a) == family_of(b);
}

/* `Grupo ACS`, `ACS`: the one begins or ends with the other's words. */
bool deal_alike(const char *a, const char *b)
{
    enum { LEAST = 3 };
    size_t na = strlen(a), nb = strlen(b);
    if (na < nb) return deal_alike(b, a);
    if (na == nb || nb < LEAST) return strcmp(a, b) == 0;
    return (strncmp(a, b, nb) == 0 && (a[nb] == ' ' || a[nb] == '-')) || (strcmp(a + na - nb, b) == 0 && a[na - nb - 1] == ' ');
}

bool deal_has_alike(const deal *d, const char *name)
{
    for (uint32_t i = 0; i < d->nwho; i++)
        if (deal_alike(d->who[i].name, name)) return true;
    return false;
}

/* Parties of both, one at least by the same name. */
static uint32_t common(const deal *a, const deal *b)
{
    uint32_t same = 0, like = 0;
    for (uint32_t i = 0; i < a->nwho; i++) {
        bool is_same = deal_has(b, a->who[i].name);
        same += is_same;
        like += !is_same && deal_has_alike(b, a->who[i].name);
    }
    return same > 0 ? same + like : 0;
}

static void add_parties(deal *to, const deal *from)
{
    for (uint32_t i = 0; i < from->nwho; i++)
        if (!deal_has_alike(to, from->who[i].name)) deal_add_who(to, from->who[i].role, from->who[i].name);
}

/* Both name a company for one side, and not the same. */
static bool differ(const deal *a, const deal *b, deal_role role)
{
    bool seen_a = false, seen_b = false;
    for (uint32_t i = 0; i < a->nwho; i++) {
        if (a->who[i].role != role) continue;
        seen_a = true;
        if (deal_has_alike(b, a->who[i].name)) return false;
    }
    for (uint32_t i = 0; i < b->nwho; i++) seen_b |= b->who[i].role == role;
    return seen_a && seen_b;
}

static int year_of(const char *date)
{
    for (const char *s = date; s != NULL && s[0] != '\0' && s[1] != '\0' && s[2] != '\0' && s[3] != '\0'; s++) {
        bool digits = true;
        for (int i = 0; i < 4; i++) digits &= s[i] >= '0' && s[i] <= '9';
        if (digits) return (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
    }
    return 0;
}

/* Who is bought in one sentence buys in another, and nothing else is the same. */
static bool turns_to_buy(const deal *a, const deal *b)
{
    for (uint32_t i = 0; i < a->nwho && a->sent != b->sent && common(a, b) == 1; i++)
        for (uint32_t k = 0; k < b->nwho; k++) {
            deal_role p = a->who[i].role, q = b->who[k].role;
            bool turned = (p == ROLE_BUYER && q == ROLE_TARGET) || (p == ROLE_TARGET && q == ROLE_BUYER);
            if (turned && strcmp(a->who[i].name, b->who[k].name) == 0) return true;
        }
    return false;
}

/* The one tells who bought it, the other how it was sold again; or they are years apart. */
static bool contradict(const deal *a, const deal *b)
{
    int x = year_of(a->date), y = year_of(b->date);
    if (x != 0 && y != 0 && x != y && !a->weak && !b->weak) return true;
    if (a->weak || b->weak) return false;
    if (turns_to_buy(a, b)) return true;
    bool sells = a->type == DEAL_DIVESTITURE || b->type == DEAL_DIVESTITURE;
    if ((a->nwho < 2 || b->nwho < 2) && !sells) return false;
    for (uint32_t i = 0; i < a->nwho; i++)
        for (uint32_t k = 0; k < b->nwho; k++) {
            deal_role p = a->who[i].role, q = b->who[k].role;
            bool turned = (p == ROLE_BUYER && q == ROLE_SELLER) || (p == ROLE_SELLER && q == ROLE_BUYER);
            if (a->nwho >= 2 && b->nwho >= 2 && a->sent != b->sent)
                turned |= (p == ROLE_TARGET && q == ROLE_SELLER) || (p == ROLE_SELLER && q == ROLE_TARGET);
            if (turned && strcmp(a->who[i].name, b->who[k].name) == 0) return true;
        }
    return false;
}

/* `A bringt die Sparte an die Börse`, `A spaltet B ab` */
static bool is_flotation_of_unit(const deal *a, const deal *b)
{
    return a->type == DEAL_IPO && b->type == DEAL_SPIN_OFF && a->nwho == 1 && a->who[0].role == ROLE_SELLER;
}

/* `A spaltet die Sparte ab: B startet an der Börse` */
static bool is_flotation_of_part(const deal *a, const deal *b)
{
    return a->type == DEAL_IPO && b->type == DEAL_SPIN_OFF && a->nwho == 1 && a->who[0].role == ROLE_TARGET &&
           a->sent == b->sent && deal_has(b, a->who[0].name);
}

/* `A und B bauen ein Werk, das Joint Venture ...` */
static bool is_venture_of_partners(const deal *a, const deal *b)
{
    bool joined = a->type == DEAL_JOINT_VENTURE || a->type == DEAL_MERGER,
         other = b->type == DEAL_JOINT_VENTURE || b->type == DEAL_MERGER;
    return a->sent == b->sent && ((a->type == DEAL_PARTNERSHIP && other) || (joined && b->type == DEAL_PARTNERSHIP));
}

static bool priced_apart(const deal *a, const deal *b)
{
    return a->amount != NULL && b->amount != NULL && strcmp(a->amount, b->amount) != 0;
}

/* Of one of two that merge: a minority, nothing else said. */
static bool minority_of_third(const deal *a, const deal *b)
{
    return a->type == DEAL_STAKE && !a->weak && a->nwho == 1 && a->stake != NULL && strtod(a->stake, NULL) < 50 &&
           b->nwho >= 2 && b->who[0].role == ROLE_PARTY && b->type != DEAL_STAKE;
}

/* A minority bought before, and what shall become of the whole. */
static bool is_step(const deal *a, const deal *b)
{
    bool minority = a->type == DEAL_STAKE && a->status == STATUS_COMPLETED && a->stake != NULL && strtod(a->stake, NULL) < 50;
    bool whole = (b->type == DEAL_MERGER || b->type == DEAL_ACQUISITION) && b->stake == NULL;
    /* `B steigt mit 17 Prozent bei A ein`, which two others fight for. */
    if (minority_of_third(a, b)) return true;
    return minority && whole && b->status != STATUS_COMPLETED && b->nwho >= 2 && a->nwho >= 2;
}

static bool same_deal(const deal *a, const deal *b)
{
    uint32_t n = common(a, b);
    if (n == 0) return false;
    if (is_flotation_of_unit(a, b) || is_flotation_of_unit(b, a)) return true;
    if (is_flotation_of_part(a, b) || is_flotation_of_part(b, a)) return true;
    if (contradict(a, b) || is_step(a, b) || is_step(b, a)) return false;
    bool inside = n == a->nwho || n == b->nwho;
    if (n >= 2 && inside && is_venture_of_partners(a, b)) return true;
    if ((a->generic || b->generic) && n >= 2 && inside) return true;
    if (family_of(a->type) == family_of(b->type))
        return inside || (a->type == b->type && !priced_apart(a, b) && !differ(a, b, ROLE_BUYER) &&
                          !differ(a, b, ROLE_TARGET) && !differ(a, b, ROLE_SELLER) && !differ(a, b, ROLE_PARTY));
    /* An investment or a joint venture told as the purchase of a stake: the same two companies. */
    family x = family_of(a->type), y = family_of(b->type);
    bool near = (x == F_OWNERSHIP && y == F_MONEY) || (x == F_MONEY && y == F_OWNERSHIP);
    return near && n >= 2 && inside;
}

/* The more telling type of two: what names more of the parties, then what is said more often, then what is said first. */
static bool overrules(const deal *b, const deal *a)
{
    if (a->generic != b->generic) return a->generic;
    if ((a->nwho >= 2) != (b->nwho >= 2)) return b->nwho >= 2;
    if (is_venture_of_partners(a, b)) return b->type != DEAL_PARTNERSHIP;
    /* `Fusion` is said of purchases too, seldom the other way round. */
    if (a->type == DEAL_MERGER && b->type == DEAL_ACQUISITION) return true;
    if (a->type == DEAL_ACQUISITION && b->type == DEAL_MERGER) return false;
    return b->mentions > a->mentions;
}

static void join(deal *a, const deal *b)
{
    bool swap = a->type != b->type && overrules(b, a);
    bool fuller = (b->nwho > a->nwho && a->nwho < 2) || (a->weak && !b->weak);
    deal merged = *a;
    if (swap) merged.type = b->type;
    if (fuller) {
        merged.sent = b->sent, merged.first = b->first, merged.last = b->last;
        merged.begin = b->begin, merged.end = b->end;
        merged.priority = b->priority;
        memcpy(merged.who, b->who, sizeof merged.who);
        merged.nwho = b->nwho;
        add_parties(&merged, a);
    } else {
        add_parties(&merged, b);
    }
    for (uint32_t i = 0; i < b->nrules; i++) deal_add_rule(&merged, b->rules[i]);
    merged.weak = a->weak && b->weak;
    merged.generic = a->generic && b->generic;
    merged.open = a->open && b->open;
    merged.mentions = a->mentions + b->mentions;
    bool surer = (a->weak && !b->weak) || (a->generic && !b->generic);
    /* A contract signed about a purchase: that is not done. */
    bool signing = b->generic && family_of(a->type) == F_OWNERSHIP && b->status == STATUS_COMPLETED;
    if ((!a->cued || surer) && b->cued && !signing) merged.status = b->status, merged.cued = true;
    bool off = a->sent == b->sent && b->cued && b->status == STATUS_TERMINATED;
    if (off && !signing) merged.status = b->status, merged.cued = true;
    if (merged.stake == NULL || (a->weak && !b->weak && b->stake != NULL)) merged.stake = b->stake;
    if (merged.stake_before == NULL) merged.stake_before = b->stake_before;
    if (merged.amount == NULL) merged.amount = b->amount;
    if (merged.valuation == NULL) merged.valuation = b->valuation;
    if (merged.date == NULL) merged.date = b->date;
    *a = merged;
}

static bool takes_price(const deal *d, deal_type type)
{
    if (d->nwho == 0) return false;
    if (type == DEAL_INSOLVENCY) return d->type == DEAL_INSOLVENCY;
    return d->type != DEAL_MERGER && d->type != DEAL_INSOLVENCY && d->type != DEAL_PARTNERSHIP && d->type != DEAL_IPO;
}

/* The deal that a price told without the parties (`Der Kaufpreis liegt bei ...`) belongs to: the last one before it, not far,
 * or one in its sentence. */
static deal *priced_deal(deal *deals, size_t n, size_t i)
{
    enum { SENTENCES = 3, SENTENCES_INSOLVENCY = 8 };
    uint32_t reach = deals[i].type == DEAL_INSOLVENCY ? SENTENCES_INSOLVENCY : SENTENCES;
    for (size_t k = i; k > 0 && deals[i].sent - deals[k - 1].sent <= reach; k--)
        if (takes_price(&deals[k - 1], deals[i].type)) return &deals[k - 1];
    for (size_t k = i + 1; k < n && deals[k].sent == deals[i].sent; k++)
        if (takes_price(&deals[k], deals[i].type)) return &deals[k];
    return NULL;
}

/* The deal whose fate is told without the parties (`Der Verkauf ist geplatzt`): one in its sentence, else the last before. */
static deal *fated_deal(deal *deals, size_t n, size_t i)
{
    enum { SENTENCES = 3 };
    for (size_t k = 0; k < n; k++)
        if (deals[k].sent == deals[i].sent && deals[k].nwho > 0 && deals[k].type != DEAL_INSOLVENCY) return &deals[k];
    for (size_t k = i; k > 0 && deals[i].sent - deals[k - 1].sent <= SENTENCES; k--)
        if (deals[k - 1].nwho > 0 && deals[k - 1].type != DEAL_INSOLVENCY) return &deals[k - 1];
    return NULL;
}

static void attach_prices(deal *deals, size_t *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        if (deals[i].nwho > 0) continue;
        bool fate = deals[i].amount == NULL && deals[i].stake == NULL && deals[i].cued;
        deal *d = fate ? fated_deal(deals, *n, i) : priced_deal(deals, *n, i);
        if (d == NULL) continue;
        if (d->amount == NULL) d->amount = deals[i].amount;
        if (d->stake == NULL && deal_same_family(d->type, deals[i].type)) d->stake = deals[i].stake;
        if (fate && deals[i].status >= STATUS_COMPLETED) d->status = deals[i].status, d->cued = true;
    }
    for (size_t i = 0; i < *n; i++)
        if (deals[i].nwho > 0) deals[kept++] = deals[i];
    *n = kept;
}

static int by_place(const void *a, const void *b)
{
    const deal *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return strcmp(x->rules[0], y->rules[0]);
}

static bool merge_pass(deal *deals, size_t *n)
{
    enum { BACK = 400 }; /* deals looked back at: all of an article */
    size_t kept = 0;
    bool changed = false;
    for (size_t i = 0; i < *n; i++) {
        size_t k = kept < BACK ? 0 : kept - BACK;
        while (k < kept && !same_deal(&deals[k], &deals[i])) k++;
        if (k < kept) {
            join(&deals[k], &deals[i]);
            changed = true;
        } else {
            deals[kept++] = deals[i];
        }
    }
    *n = kept;
    return changed;
}

static uint32_t sides(const deal *d)
{
    uint32_t mask = 0;
    for (uint32_t i = 0; i < d->nwho; i++) mask |= 1U << d->who[i].role;
    return mask;
}

/* The side that a deal lacks to be a deal between two; -1: none. */
static int missing_side(const deal *d)
{
    enum { BUYER = 1 << ROLE_BUYER, TARGET = 1 << ROLE_TARGET, SELLER = 1 << ROLE_SELLER };
    uint32_t mask = sides(d);
    bool of_party = d->type == DEAL_MERGER || d->type == DEAL_JOINT_VENTURE || d->type == DEAL_PARTNERSHIP;
    if (of_party || mask == 1U << ROLE_PARTY) return d->nwho < 2 ? ROLE_PARTY : -1;
    if (mask == (BUYER | SELLER)) return -1;
    if (d->type == DEAL_SPIN_OFF || d->type == DEAL_DIVESTITURE) return mask == TARGET ? ROLE_SELLER : -1;
    if (d->type == DEAL_FUNDING || d->type == DEAL_IPO || d->type == DEAL_INSOLVENCY) return -1;
    return mask == BUYER ? ROLE_TARGET : mask == TARGET ? ROLE_BUYER : -1;
}

/* `A hat 5 Mio. eingesammelt. Angeführt wurde die Runde von B, auch C ist dabei.` */
static bool backs(const deal *a, const deal *b)
{
    return a->type == DEAL_FUNDING && b->type == DEAL_FUNDING && b->weak && sides(b) == 1U << ROLE_BUYER &&
           (sides(a) & 1U << ROLE_TARGET) != 0;
}

/* `A verkauft seine Tochter B. Käufer ist C.` */
static bool completes(const deal *a, const deal *b)
{
    uint32_t reach = a->weak || b->weak ? 3 : 1;
    uint32_t x = sides(a), y = sides(b), away = a->sent < b->sent ? b->sent - a->sent : a->sent - b->sent;
    if (backs(a, b) && away <= reach && common(a, b) == 0) return true;
    bool half = missing_side(a) >= 0 || missing_side(b) >= 0 || a->weak || b->weak || (x & (x - 1)) == 0 || (y & (y - 1)) == 0;
    return half && away <= reach && (x & y) == 0 && common(a, b) == 0 && deal_same_family(a->type, b->type) &&
           ((x | y) & 1U << ROLE_PARTY) == 0 && a->nwho > 0 && b->nwho > 0 &&
           (family_of(a->type) == F_OWNERSHIP || family_of(a->type) == F_WORK || (a->weak || b->weak));
}

static void join_halves(deal *deals, size_t *n)
{
    enum { NEAR = 6 }; /* deals looked back at */
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        size_t k = kept, low = kept < NEAR ? 0 : kept - NEAR;
        while (k > low && !completes(&deals[k - 1], &deals[i])) k--;
        if (k > low) {
            /* `A will die Sparte loswerden, B steht bereit`: each half backs the other. */
            bool halves = deals[k - 1].weak && deals[i].weak && deals[k - 1].sent == deals[i].sent;
            join(&deals[k - 1], &deals[i]);
            if (halves) deals[k - 1].weak = false;
        } else
            deals[kept++] = deals[i];
    }
    *n = kept;
}

static void add_topic(deal *deals, size_t n, const char *topic)
{
    for (size_t i = 0; i < n && topic != NULL; i++) {
        int side = missing_side(&deals[i]);
        if (side == ROLE_BUYER && !deals[i].open) continue;
        if (side >= 0 && !deals[i].weak && !deal_has_alike(&deals[i], topic)) {
            deal_add_who(&deals[i], (deal_role)side, topic);
        }
    }
}

/* `Der Gründer verkauft B an A`: no company sells. */
static void tell_sale(deal *d)
{
    enum { BOTH = 1 << ROLE_BUYER | 1 << ROLE_TARGET };
    if (d->type != DEAL_DIVESTITURE || sides(d) != BOTH) return;
    d->type = d->stake != NULL && strtod(d->stake, NULL) < 50 ? DEAL_STAKE : DEAL_ACQUISITION;
}

/* `Die A GmbH verkauft an die B AG`: an example, not a deal. */
static bool is_example(const deal *d)
{
    bool letters = d->nwho >= 2;
    for (uint32_t i = 0; i < d->nwho; i++) letters &= strlen(d->who[i].name) == 1;
    return letters;
}

void deal_merge(deal *deals, size_t *n, const char *topic)
{
    if (*n > 1) qsort(deals, *n, sizeof *deals, by_place);
    attach_prices(deals, n);
    for (int pass = 0; pass < 8 && *n > 1 && merge_pass(deals, n); pass++) {
    }
    join_halves(deals, n);
    add_topic(deals, *n, topic);
    for (int pass = 0; pass < 8 && *n > 1 && merge_pass(deals, n); pass++) {
    }
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        tell_sale(&deals[i]);
        if (!deals[i].weak && !is_example(&deals[i])) deals[kept++] = deals[i];
    }
    *n = kept;
}
