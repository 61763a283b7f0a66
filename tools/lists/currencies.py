#!/usr/bin/env python3
"""Derive models/de/lists/currencies.tsv.

Input: currencies_de.tsv (Unicode CLDR, German currency names; Unicode License v3)
       from ../shared/data/lists, and the tables below (general knowledge, ISO 4217).
Usage: tools/lists/currencies.py ../shared/data/lists/currencies_de.tsv > models/de/lists/currencies.tsv
"""
import sys
import unicodedata

# noun kind -> (value when the noun stands alone, flags, forms).  A value `*kind` needs an
# adjective, a compound or the document to become an ISO code; `default=` is the usual reading.
# Forms that start with "=" are compared exactly (they are ordinary words in lower case).
NOUNS = [
    ("euro", "EUR", "", "Euro Euros"),
    ("dollar", "USD", "", "Dollar Dollars Dollarn"),
    ("pfund", "GBP", "amb", "=Pfund =Pfunde =Pfunden =PFUND =pfund"),
    ("franken", "CHF", "", "Franken Fränkli Stutz:amb"),
    ("franc", "*franc", "generic,default=FRF", "Franc Francs"),
    ("krone", "*krone", "amb,generic", "=Krone =Kronen =KRONEN =kronen"),
    ("peso", "*peso", "generic", "Peso Pesos"),
    ("rupie", "*rupie", "generic,default=INR", "Rupie Rupien"),
    ("rubel", "RUB", "", "Rubel Rubeln Rubels"),
    ("real", "BRL", "amb", "=Real =Reais =reais"),
    ("lira", "*lira", "amb,generic,default=TRY", "=Lira =Liras =Lirasi =lira"),
    ("lire", "ITL", "", "=Lire"),
    ("yen", "JPY", "", "Yen Yens"),
    ("yuan", "CNY", "", "Yuan Yuans"),
    ("yuan", "CNY", "", "Renminbi RMB"),
    ("won", "KRW", "amb", "=Won =won"),
    ("rand", "ZAR", "amb", "=Rand =rand"),
    ("zloty", "PLN", "", "Zloty Zlotys Złoty Złotys Sloty Slotys"),
    ("forint", "HUF", "", "Forint Forints"),
    ("leu", "*leu", "amb,generic,default=RON", "=Lei =Leu"),
    ("lew", "BGN", "", "=Lew =Lewa =lew Leva"),
    ("dinar", "*dinar", "generic", "Dinar Dinare Dinaren Dinars"),
    ("dirham", "*dirham", "generic,default=AED", "Dirham Dirhams Dirhem"),
    ("rial", "*rial", "generic", "Rial Rials Riyal Riyals Riyale Riale"),
    ("schekel", "ILS", "", "Schekel Shekel Shekels"),
    ("baht", "THB", "", "Baht"),
    ("dong", "VND", "amb", "=Dong =dong"),
    ("ringgit", "MYR", "", "Ringgit"),
    ("rupiah", "IDR", "", "Rupiah"),
    ("hrywnja", "UAH", "", "Hrywnja Hrywna Hrywnia Griwna Hryvnia Hrywnjas"),
    ("tenge", "KZT", "", "Tenge"),
    ("lari", "GEL", "amb", "=Lari"),
    ("manat", "*manat", "generic,default=AZN", "Manat"),
    ("dram", "AMD", "amb", "=Dram"),
    ("som", "*som", "amb,generic,default=KGS", "=Som"),
    ("sum", "UZS", "amb", "=Sum"),
    ("naira", "NGN", "", "Naira"),
    ("cedi", "GHS", "", "Cedi Cedis"),
    ("schilling", "*schilling", "generic,default=ATS", "Schilling Schillinge Schillingen Shilling Shillings"),
    ("birr", "ETB", "", "Birr"),
    ("kwacha", "*kwacha", "generic,default=ZMW", "Kwacha"),
    ("kwanza", "AOA", "", "Kwanza Kwanzas"),
    ("pula", "BWP", "amb", "=Pula"),
    ("metical", "MZN", "", "Metical Meticais"),
    ("tugrik", "MNT", "", "Tugrik Tögrög Tugrug"),
    ("kyat", "MMK", "", "Kyat"),
    ("riel", "KHR", "amb", "=Riel"),
    ("kip", "LAK", "amb", "=Kip"),
    ("taka", "BDT", "amb", "=Taka"),
    ("afghani", "AFN", "amb", "=Afghani =Afghanis"),
    ("gulden", "*gulden", "generic,default=NLG", "Gulden"),
    ("mark", "DEM", "amb", "=Mark =MARK =mark"),
    ("escudo", "*escudo", "generic,default=PTE", "Escudo Escudos"),
    ("peseta", "ESP", "", "Peseta Pesetas Pesete Peseten"),
    ("drachme", "GRD", "", "Drachme Drachmen"),
    ("kuna", "HRK", "", "Kuna"),
    ("tolar", "SIT", "", "Tolar"),
    ("litas", "LTL", "", "Litas"),
    ("lats", "LVL", "amb", "=Lats"),
    ("bolivar", "VES", "amb", "=Bolivar =Bolívar =Bolivares =Bolívares"),
    ("sol", "PEN", "amb", "=Sol =Soles"),
    ("boliviano", "BOB", "", "Boliviano Bolivianos"),
    ("guarani", "PYG", "amb", "=Guarani =Guaraní =Guaranies"),
    ("quetzal", "GTQ", "amb", "=Quetzal =Quetzales"),
    ("lempira", "HNL", "", "Lempira"),
    ("colon", "CRC", "amb", "=Colon =Colón =Colones"),
    ("cordoba", "NIO", "amb", "=Cordoba =Córdoba =Córdobas"),
    ("balboa", "PAB", "amb", "=Balboa =Balboas"),
    ("gourde", "HTG", "", "Gourde Gourdes"),
    ("florin", "AWG", "amb", "=Florin"),
    ("pataca", "MOP", "", "Pataca Patacas"),
    ("denar", "MKD", "", "Denar Denare Denari"),
    ("lek", "ALL", "amb", "=Lek"),
    ("sucre", "ECS", "amb", "=Sucre =Sucres"),
    ("austral", "ARA", "amb", "=Austral =Australes"),
    ("cruzeiro", "BRE", "", "Cruzeiro Cruzeiros"),
    ("cruzado", "BRC", "", "Cruzado Cruzados"),
    ("ouguiya", "MRU", "", "Ouguiya"),
    ("rufiyaa", "MVR", "", "Rufiyaa"),
    ("ngultrum", "BTN", "", "Ngultrum"),
    ("somoni", "TJS", "", "Somoni"),
    ("dalasi", "GMD", "", "Dalasi"),
    ("leone", "SLE", "amb", "=Leone =Leones"),
    ("ariary", "MGA", "", "Ariary"),
    ("nakfa", "ERN", "", "Nakfa"),
    ("kina", "PGK", "amb", "=Kina"),
    ("tala", "WST", "amb", "=Tala"),
    ("vatu", "VUV", "", "Vatu"),
    ("dobra", "STN", "amb", "=Dobra =Dobras"),
    ("ecu", "XEU", "amb", "=Ecu =ECU"),
]

# fixed names: value, flags, forms separated by |
FIXED = """
EUR||€|EUR|Eur|eur|EUR€
USD||USD|usd|Usd|USD$|usd$|US$|us$|$US|US-$|USDollar|US-Dollar|US-Dollars|US-Dollarn|US Dollar|US Dollars|U.S.-Dollar|U.S. Dollar|U.S.-Dollars|U. S. Dollar
USD|generic,kind=dollar|$|＄
GBP||£|GBP|gbp|GB£|Pfund Sterling|Britische Pfund|britische Pfund Sterling|Sterling-Pfund
GBP|amb|Sterling
CHF||CHF|chf|Chf|SFr.|SFr|sFr.|sFr|sfr.|sfr|SFR|Sfr.|Sfr|schweizerfranken|Schweizer Franken|Schweizerfranken|Schweizer-Franken|CHFr.|Schweizer Fr.
CHF|amb|Fr.|Frs.|Fr|Fr.-
JPY||¥|￥|JPY|jpy|JP¥|jpy¥|JPY¥|円
CNY||CNY|CN¥|cny¥|CNY¥|rmb¥|RMB¥|元|Renminbi Yuan|Renminbi-Yuan|Yuan Renminbi|Volksyuan
INR||₹|INR
INR|amb|Rs
INR||Rs.
CAD||C$|$CAN|$CAD|$ CAD|$CDN|CDN$|Cdn$|c$|CAD$|cad$|cad|CA$|CAN$|Can$|can$|ca$|Kanada-Dollar|Kanada-Dollars|kanadische Dollar
AUD||A$|$AU|$AUD|$ AUD|AUD$|aud$|aud|AU$|Aus$|Australien-Dollar|Austral-Dollar|Aussie-Dollar
NZD||NZ$|$NZ|$NZD|$ NZD|nz$|NZD$|nzd$|nzd|Neuseeland-Dollar|Neuseeland-Dollars
HKD||HK$|$HK|$HKD|$ HKD|HKD$|hkd$|hkd|Hongkong-Dollar|Hongkong Dollar|Hong-Kong-Dollar|Hongkong-Dollars|HK-Dollar
SGD||S$|$SG|$SGD|$ SGD|sg$|SGD$|sgd$|sgd|SG$|Singapur-Dollar|Singapur Dollar|Singapore-Dollar
TWD||NT$|nt$|TWD$|twd$|NT-Dollar|Taiwan-Dollar|Taiwan Dollar|Neue Taiwan-Dollar|Neuer Taiwan-Dollar|neue Taiwan-Dollar|neuen Taiwan-Dollar|neuer Taiwan-Dollar
BRL||R$|Brasil-Real
MXN||MX$|Mex$|mex$|mx$|MXN$|mxn$|Mexiko-Peso
ARS||AR$|Argentinien-Peso
KRW||₩|Südkorea-Won|Südkoreanische Won
RUB||₽|Rbl.|Russland-Rubel
TRY||₺|YTL|TL|Türkei-Lira|Türkenlira|Türk-Lira|Neue Türkische Lira|neue türkische Lira
UAH||₴|Hrywen
ILS||₪|NIS|Neuer Schekel|Neue Schekel
VND||₫
THB||฿
PHP||₱|Philippinen-Peso
NGN||₦
KZT||₸
PLN||zł
PLN|amb|zl
CZK||Kč|Tschechen-Krone|Tschechenkrone|Tschechenkronen
HUF|amb|Ft|Ft.
SEK||Schweden-Krone|Schweden-Kronen|Schwedenkrone|Schwedenkronen|skr|SKr|Skr.|skr.
NOK||Norwegen-Krone|Norwegen-Kronen|Norwegenkrone|Norwegenkronen|nkr|NKr|Nkr.|nkr.
DKK||Dänen-Krone|Dänen-Kronen|Dänenkrone|Dänenkronen|dkr|DKr|Dkr.|dkr.
ISK||isl. Kronen
*krone|amb,generic,kind=krone|kr|Kr|kr.|Kr.
ZAR||Südafrika-Rand
SAR||Saudi-Riyal|Saudi-Rial|Saudi-Riyals|Saudi-Real
AED||VAE-Dirham|Emirate-Dirham|Dhs
AED|amb|Dh
QAR||Katar-Riyal|Katar-Rial
IRR||Iran-Rial|Toman
EGP||Ägypten-Pfund|E£
SYP||Syrien-Pfund
XAF||CFA-Franc|CFA-Francs|CFA-Franken|FCFA|Franc CFA|Francs CFA
XPF||CFP-Franc|CFP-Francs
XDR||Sonderziehungsrecht|Sonderziehungsrechte|Sonderziehungsrechten|SZR
DEM||DM|D-Mark|Deutsche Mark|Deutschen Mark|Deutscher Mark|D-Märker|DMark
*reichsmark|generic,kind=reichsmark|Reichsmark|Goldmark|Rentenmark|Papiermark
DDM||DDR-Mark|Ostmark|Mark der DDR|Ost-Mark
ATS||öS|ÖS|Alpendollar|Alpenschilling
FIM||Finnmark|Fmk
FIM|amb|Markka
ITL||Italo-Lira|Italien-Lira
ITL|amb|Lit.
FRF|amb|FF
FRF||Ffr|Ffr.|französische Francs|Nouveaux Francs
GBP|amb,kind=pfund|Pfd.|Pfd
BEF||bfr|Bfr.|belgische Francs|belgische Franken
LUF||lfr|Luxemburg-Franken|luxemburgische Franken
NLG||hfl|Hfl.|Holland-Gulden
NLG|amb|fl|fl.
ESP||Pta|Ptas|Pts.
IEP||Irisches Pfund|Ir£|Irland-Pfund
CYP||Zypern-Pfund|C£|zyprische Pfund|zypriotische Pfund
MTL||maltesische Lira|Malta-Lira|Lm
SKK||Sk|slowakische Kronen
XEU||Europäische Währungseinheit
"""

# adjective stem -> "kind:ISO ..."; inflected forms are generated.  Added to those from CLDR.
ADJ = """
amerikanisch dollar:USD
us-amerikanisch dollar:USD
nordamerikanisch dollar:USD
kanadisch dollar:CAD
australisch dollar:AUD
neuseeländisch dollar:NZD
singapurisch dollar:SGD
singapurianisch dollar:SGD
taiwanesisch dollar:TWD
taiwanisch dollar:TWD
hongkongchinesisch dollar:HKD
namibisch dollar:NAD
simbabwisch dollar:ZWL
jamaikanisch dollar:JMD
karibisch dollar:XCD
fidschianisch dollar:FJD
surinamisch dollar:SRD gulden:SRG
britisch pfund:GBP
englisch pfund:GBP
irisch pfund:IEP
zyprisch pfund:CYP
zypriotisch pfund:CYP
türkisch pfund:TRY lira:TRY
israelisch schekel:ILS pfund:ILP
schweizerisch franken:CHF franc:CHF
belgisch franc:BEF franken:BEF
luxemburgisch franc:LUF franken:LUF
französisch franc:FRF franken:FRF
dänisch krone:DKK
norwegisch krone:NOK
schwedisch krone:SEK
isländisch krone:ISK
tschechisch krone:CZK
slowakisch krone:SKK
estnisch krone:EEK
österreichisch schilling:ATS krone:ATK
chinesisch yuan:CNY
japanisch yen:JPY
südkoreanisch won:KRW
koreanisch won:KRW
nordkoreanisch won:KPW
indisch rupie:INR
pakistanisch rupie:PKR
sri-lankisch rupie:LKR
ceylonesisch rupie:LKR
mauritisch rupie:MUR
indonesisch rupiah:IDR rupie:IDR
russisch rubel:RUB
weißrussisch rubel:BYN
weissrussisch rubel:BYN
belarussisch rubel:BYN
belarusisch rubel:BYN
sowjetisch rubel:SUR
brasilianisch real:BRL cruzeiro:BRE
mexikanisch peso:MXN
argentinisch peso:ARS
chilenisch peso:CLP escudo:CLE
kolumbianisch peso:COP
kubanisch peso:CUP
philippinisch peso:PHP
uruguayisch peso:UYU
dominikanisch peso:DOP
bolivianisch boliviano:BOB peso:BOP
saudisch rial:SAR
saudi-arabisch rial:SAR
saudiarabisch rial:SAR
iranisch rial:IRR
jemenitisch rial:YER
katarisch rial:QAR
omanisch rial:OMR
kuwaitisch dinar:KWD
kuweitisch dinar:KWD
bahrainisch dinar:BHD
irakisch dinar:IQD
jordanisch dinar:JOD
algerisch dinar:DZD
tunesisch dinar:TND
libysch dinar:LYD
serbisch dinar:RSD
jugoslawisch dinar:YUM
kroatisch kuna:HRK dinar:HRD
mazedonisch denar:MKD dinar:MKD
nordmazedonisch denar:MKD
emiratisch dirham:AED
marokkanisch dirham:MAD
kenianisch schilling:KES
tansanisch schilling:TZS
ugandisch schilling:UGX
somalisch schilling:SOS
malawisch kwacha:MWK
sambisch kwacha:ZMW
moldauisch leu:MDL
moldawisch leu:MDL
rumänisch leu:RON
bulgarisch lew:BGN
italienisch lira:ITL lire:ITL
maltesisch lira:MTL
syrisch pfund:SYP lira:SYP
libanesisch pfund:LBP lira:LBP
ägyptisch pfund:EGP
sudanesisch pfund:SDG
südsudanesisch pfund:SSP
aserbaidschanisch manat:AZN
turkmenisch manat:TMT
usbekisch sum:UZS som:UZS
kirgisisch som:KGS
polnisch zloty:PLN
ungarisch forint:HUF
ukrainisch hrywnja:UAH
kasachisch tenge:KZT
georgisch lari:GEL
armenisch dram:AMD
thailändisch baht:THB
vietnamesisch dong:VND
malaysisch ringgit:MYR dollar:MYR
südafrikanisch rand:ZAR
nigerianisch naira:NGN
ghanaisch cedi:GHS
äthiopisch birr:ETB
niederländisch gulden:NLG
holländisch gulden:NLG
deutsch mark:DEM euro:EUR
ostdeutsch mark:DDM
westdeutsch mark:DEM
finnisch mark:FIM
spanisch peseta:ESP
portugiesisch escudo:PTE
kapverdisch escudo:CVE
griechisch drachme:GRD
slowenisch tolar:SIT
litauisch litas:LTL
lettisch lats:LVL
europäisch euro:EUR
venezolanisch bolivar:VES
peruanisch sol:PEN
bosnisch mark:BAM
konvertibl mark:BAM
ruandisch franc:RWF franken:RWF
kongolesisch franc:CDF franken:CDF
burundisch franc:BIF
guineisch franc:GNF
westafrikanisch franc:XOF
zentralafrikanisch franc:XAF
mongolisch tugrik:MNT
myanmarisch kyat:MMK
burmesisch kyat:MMK
birmanisch kyat:MMK
kambodschanisch riel:KHR
laotisch kip:LAK
bangladeschisch taka:BDT
afghanisch afghani:AFN
albanisch lek:ALL
tadschikisch somoni:TJS
angolanisch kwanza:AOA
botswanisch pula:BWP
mosambikanisch metical:MZN
nepalesisch rupie:NPR
paraguayisch guarani:PYG
costa-ricanisch colon:CRC
guatemaltekisch quetzal:GTQ
honduranisch lempira:HNL
haitianisch gourde:HTG
gambisch dalasi:GMD
liberianisch dollar:LRD
"""
ADJ_FIXED = """
schweizer|franken:CHF franc:CHF
luxemburger|franc:LUF franken:LUF
liechtensteiner|franken:CHF
hongkong|dollar:HKD
us|dollar:USD
"""

# places and their people: evidence for the currency of a noun that stands alone (`Kronen` in a text on Oslo)
PLACES = """
Norwegen|Norwegens|Oslo|Bergen|Norweger	krone:NOK
Schweden|Schwedens|Stockholm|Göteborg|Malmö	krone:SEK
Dänemark|Dänemarks|Kopenhagen|Dänen	krone:DKK
Tschechien|Tschechiens|Prag|Brünn|Tschechen	krone:CZK
Island|Islands|Reykjavik|Reykjavík|Isländer	krone:ISK
Großbritannien|Grossbritannien|Großbritanniens|London|Londoner|England|Englands|Schottland|Wales|Briten|Brite	pfund:GBP
Ägypten|Ägyptens|Kairo	pfund:EGP lira:EGP
Libanon|Libanons|Beirut	pfund:LBP lira:LBP
Syrien|Syriens|Damaskus	pfund:SYP lira:SYP
Sudan|Sudans|Khartum	pfund:SDG
Südsudan|Juba	pfund:SSP
Mexiko|Mexikos|Mexiko-Stadt	peso:MXN
Argentinien|Argentiniens|Argentinier	peso:ARS
Chile|Chiles	peso:CLP
Kolumbien|Kolumbiens|Bogotá|Bogota	peso:COP
Philippinen|Manila	peso:PHP
Kuba|Kubas|Havanna	peso:CUP
Uruguay|Uruguays|Montevideo	peso:UYU
Indien|Indiens|Neu-Delhi|Delhi|Mumbai	rupie:INR
Pakistan|Pakistans|Islamabad|Karatschi	rupie:PKR
Sri-Lanka|Colombo	rupie:LKR
Nepal|Nepals|Kathmandu	rupie:NPR
Mauritius	rupie:MUR
Indonesien|Indonesiens|Jakarta	rupie:IDR
Serbien|Serbiens|Belgrad	dinar:RSD
Kuwait|Kuwaits	dinar:KWD
Irak|Iraks|Bagdad	dinar:IQD
Jordanien|Jordaniens|Amman	dinar:JOD
Tunesien|Tunesiens|Tunis	dinar:TND
Algerien|Algeriens|Algier	dinar:DZD
Libyen|Libyens|Tripolis	dinar:LYD
Bahrain|Bahrains|Manama	dinar:BHD
Saudi-Arabien|Saudi-Arabiens|Riad	rial:SAR
Iran|Irans|Teheran	rial:IRR
Katar|Katars|Doha	rial:QAR
Oman|Omans|Maskat	rial:OMR
Jemen|Jemens|Sanaa	rial:YER
Emirate|Emiraten|Dubai	dirham:AED
Marokko|Marokkos|Rabat|Casablanca	dirham:MAD
Frankreich|Frankreichs|Paris|Franzosen	franc:FRF
Belgien|Belgiens	franc:BEF
Kongo|Kinshasa	franc:CDF
Senegal|Mali|Benin|Togo|Niger|Elfenbeinküste	franc:XOF
Kamerun|Tschad|Gabun	franc:XAF
Türkei|Ankara|Istanbul|Türken	lira:TRY
Italien|Italiens|Rom|Mailand	lira:ITL
Rumänien|Rumäniens|Bukarest	leu:RON
Moldau|Moldawien|Chisinau	leu:MDL
Kenia|Kenias|Nairobi	schilling:KES
Tansania|Daressalam	schilling:TZS
Uganda|Ugandas|Kampala	schilling:UGX
Österreich|Österreichs|Wien	schilling:ATS
Sambia|Lusaka	kwacha:ZMW
Malawi	kwacha:MWK
Portugal|Portugals|Lissabon	escudo:PTE
Niederlande|Niederlanden|Amsterdam	gulden:NLG
Kirgistan|Kirgisistan|Bischkek	som:KGS
Aserbaidschan|Baku	manat:AZN
Turkmenistan	manat:TMT
"""

MINOR = """
Cent|Cents|Eurocent|Eurocents|Euro-Cent|Euro-Cents|€-Cent	EUR:100
Ct|ct|Ct.|ct.|Cts|cts|Cts.|cts.	EUR:100	amb
US-Cent|US-Cents|us-cent|us-cents|US Cent|US Cents|us cent|us cents|¢|Dollar-Cent|Dollarcent	USD:100
Rappen|Räppli	CHF:100
Rp.|Rp	CHF:100	amb,scaled=IDR
Centime|Centimes	CHF:100	generic
Pence|Penny|Pennys|Pennies	GBP:100
Pfennig|Pfennige|Pfennigen|Pfennigs|Pf.	DEM:100
Pf|Pfg|Pfg.	DEM:100	amb
Groschen	ATS:100	amb
Öre|Øre	SEK:100	generic
Ore	SEK:100	amb
Kopeke|Kopeken	RUB:100
Stotinka|Stotinki	BGN:100
Grosz|Groszy	PLN:100
Heller	CZK:100	amb
Paise|Paisa	INR:100
Kuruş|Kurus	TRY:100
Centavo|Centavos	MXN:100	generic
Bani	RON:100	amb
Filler	HUF:100	amb
Agorot|Agora	ILS:100	amb
"""

MONEY_CODE = [
    ("1000", "T{c}|T-{c}|T {c}|k{c}|Tsd{c}|K{c}"),
    ("1000000", "M{c}|M-{c}|Mio{c}|Mio.{c}|Mio-{c}|m{c}|MIO{c}|{c}m|{c}mn|{c}mio|{c}Mio"),
    ("1000000000", "Mrd{c}|Mrd.{c}|Mrd-{c}|{c}bn|{c}Mrd|Md{c}|MRD{c}"),
]
CODE_CURS = {"EUR": ["EUR", "€", "Euro"], "USD": ["USD", "$", "US$"], "CHF": ["CHF", "SFR", "sFr"],
             "GBP": ["GBP", "£"], "DEM": ["DM"], "ATS": ["ATS", "öS"]}

# codes that are also words, company tickers or common abbreviations
AMB_CODES = set("""ALL TOP TRY CUP SOS BAM MOP PEN GEL COP MAD RON ESP SIT CAD DEM ATS AMD AWG LSL NIO BND BOB BSD
GMD PHP TMT CVE ILS INR ANG NAD MUR LAK SAR ETB MDL SRD STD SVC SCR SEK ISK KYD XAU XAG ARS FIM BEF PAB LBP SUR
ZAR SHP DOP PGK CSD CSK CUC TND BMD SSP""".split()) - {"INR", "SEK", "ISK", "ZAR", "BEF", "LBP", "FIM", "TRY"}
# codes whose small letters are no word and no other abbreviation (sek: seconds)
LOWER_CODES = set("PLN RUB NOK DKK CZK HUF INR KRW BRL MXN ZAR THB TWD IDR MYR".split())
OLD = set("""DEM DDM ATS ITL FRF ESP NLG BEF LUF IEP PTE GRD FIM SIT SKK EEK LVL LTL MTL CYP HRK TRL ROL BGL RUR PLZ YUM
SUR CSK XEU ZWD ZWL GHC VEB VEF MRO STD BYR BYB AZM SDD MZM ZMK CSD ANG SLL AON BRC BRE ECS SRG TJR TMM ARA""".split())
NOT_CODES = set("PLZ ADP BEL BUK AON AOR BOP CLE GEK GNS GQE GWE GWP ILP KRH KRO LUC LUL LTT LVR MAF MCF MDC MLF MKN MTP MVP MXP MZE PEI RHD UAK UGS UYP YDD ZAL ECV SVC LSL XXX XTS XUA XSU XRE XBA XBB XBC XBD XFO XFU XPD XPT XAG XAU CLF COU CHE CHW USN USS UYI BOV MXV CNX".split())


def kind_of(noun):
    low = noun.lower()
    for kind, _, _, forms in NOUNS:
        for f in forms.split():
            if f.lstrip("=").split(":")[0].lower() == low:
                return kind
    return None


def main():
    rows = [l.rstrip("\n").split("\t") for l in open(sys.argv[1], encoding="utf-8")][1:]
    out = []
    emit = out.append
    seen = set()

    def entry(forms, value, flags=""):
        forms = [unicodedata.normalize("NFC", f) for f in forms]
        new = [f for f in dict.fromkeys(forms) if (mode[0], f if mode[0] == "exact" else f.lower()) not in seen]
        uniq, low = [], set()
        for f in new:
            k = f if mode[0] == "exact" else f.lower()
            if k not in low:
                uniq.append(f)
                low.add(k)
        for f in uniq:
            seen.add((mode[0], f if mode[0] == "exact" else f.lower()))
        if uniq:
            emit("|".join(uniq) + "\t" + value + ("\t" + flags if flags else ""))

    mode = ["exact"]
    emit("# Currencies. Written by tools/lists/currencies.py; change it there.")
    emit("# currency: value is the ISO 4217 code, or *kind where context decides (flag generic, default= the usual one);")
    emit("#   kind= names the noun for currency_adj and currency_place; amb: also an ordinary word.")
    emit("# currency_adj: value is a list kind:ISO; the adjective picks the code of the noun that follows.")
    emit("# currency_place: the same for places, which speak for a currency whose noun stands alone in the text.")
    emit("# minor: value ISO:divisor; scaled=: the code meant behind a scale word (`263 Milliarden Rp`).  money_code: value ISO:factor.")
    emit("@class currency")
    emit("@match exact")
    for line in FIXED.strip().split("\n"):
        value, flags, forms = line.split("|", 2)
        entry(forms.split("|"), value, flags)
    codes = {r[0] for r in rows if "(" not in r[1]} | OLD | {"XCG", "VES", "ZMW", "CNH", "XOF", "XAF"}
    for c in sorted(codes - NOT_CODES):
        flags = [f for f, on in (("amb", c in AMB_CODES), ("old", c in OLD)) if on]
        entry([c, c.lower()] if c in LOWER_CODES else [c], "CNY" if c == "CNH" else c, ",".join(flags))
    for kind, value, flags, forms in NOUNS:
        exact = [f[1:] for f in forms.split() if f.startswith("=")]
        if exact:
            entry(exact, value, ",".join(x for x in (flags, "kind=" + kind) if x))
    mode[0] = "fold"
    seen.clear()
    emit("@match fold")
    for kind, value, flags, forms in NOUNS:
        for f in forms.split():
            if f.startswith("="):
                continue
            f, _, extra = f.partition(":")
            entry([f], value, ",".join(x for x in (flags, extra, "kind=" + kind) if x))
    emit("# German names of CLDR")
    adj = {}
    for line in ADJ.strip().split("\n"):
        stem, pairs = line.split(" ", 1)
        adj.setdefault(stem, {}).update(p.split(":") for p in pairs.split())
    for r in rows:
        iso, names = r[0], [n for n in r[1:4] if n]
        if iso in NOT_CODES or any("(" in n for n in names) or not names or iso == "CNH":
            continue
        for n in names:
            w = n.split(" ")
            if len(w) == 2:
                for e in ("ischer", "ische", "isches"):
                    if w[0].lower().endswith(e) and kind_of(w[1]):
                        adj.setdefault(w[0].lower()[: -len(e)] + "isch", {}).setdefault(kind_of(w[1]), iso)
        forms = []
        for n in names:
            if len(n.split(" ")) == 1 and "-" not in n:
                continue
            forms += [n, n.replace("-", " ")] if " " not in n and n.count("-") == 1 else [n]
            if n.endswith(("Dollar", "Franc", "Dinar", "Rial", "Dirham", "Escudo", "Pfund", "Peso")):
                forms.append(n + ("e" if n.endswith("Pfund") else "s"))
        entry(forms, iso, "old" if iso in OLD else "")
    seen.clear()
    emit("@class currency_adj")
    for stem in sorted(adj):
        entry([stem + e for e in ("e", "er", "en", "es", "em")], " ".join(f"{k}:{v}" for k, v in sorted(adj[stem].items())))
    for line in ADJ_FIXED.strip().split("\n"):
        f, v = line.split("|")
        entry([f], v)
    seen.clear()
    emit("@class currency_place")
    for line in PLACES.strip().split("\n"):
        emit(line)
    emit("@class minor")
    for line in MINOR.strip().split("\n"):
        p = line.split("\t") + [""]
        if p[2] == "amb" or p[0].startswith("US-"):
            continue
        entry(p[0].split("|"), p[1], p[2])
    mode[0] = "exact"
    emit("@match exact")
    for line in MINOR.strip().split("\n"):
        p = line.split("\t") + [""]
        if p[2] == "amb" or p[0].startswith("US-"):
            entry(p[0].split("|"), p[1], p[2])
    seen.clear()
    emit("@class money_code")
    for iso, cs in CODE_CURS.items():
        for factor, pats in MONEY_CODE:
            forms = []
            for c in cs:
                for p in pats.split("|"):
                    if (c in ("€", "$", "£", "US$") and p in ("T {c}",)) or (c in ("Euro", "sFr", "öS", "DM") and p[0] == "{"):
                        continue
                    if c == "Euro" and p in ("M{c}", "m{c}", "K{c}", "Md{c}"):
                        continue
                    forms.append(p.format(c=c))
            entry(forms, f"{iso}:{factor}")
    print("\n".join(out))


main()
