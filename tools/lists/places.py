#!/usr/bin/env python3
"""Derive models/de/lists/places.tsv: countries, regions and world cities from the tables below (general knowledge), German
towns from the seats of the trade register (offeneregister.de, CC BY 4.0; places with at least 60 firms).

Usage: tools/lists/places.py ../shared/data > models/de/lists/places.tsv
"""
import os
import re
import sys

COUNTRY = """Deutschland Österreich Schweiz Liechtenstein Luxemburg Frankreich Italien Spanien Portugal Niederlande Niederlanden
Holland Belgien Großbritannien England Schottland Wales Nordirland Irland Dänemark Schweden Norwegen Finnland Island Estland
Lettland Litauen Polen Tschechien Slowakei Ungarn Slowenien Kroatien Bosnien Serbien Montenegro Kosovo Mazedonien
Nordmazedonien Albanien Griechenland Zypern Malta Türkei Bulgarien Rumänien Moldau Moldawien Ukraine Weißrussland Belarus
Russland Georgien Armenien Aserbaidschan Kasachstan Usbekistan Turkmenistan Kirgisistan Tadschikistan Afghanistan Pakistan
Indien China Taiwan Hongkong Macau Japan Südkorea Nordkorea Korea Mongolei Vietnam Thailand Kambodscha Laos Myanmar Birma
Malaysia Singapur Indonesien Philippinen Brunei Bangladesch Nepal Bhutan Malediven Australien Neuseeland Fidschi Iran Irak
Israel Palästina Jordanien Libanon Syrien Saudi-Arabien Jemen Oman Katar Bahrain Kuwait Ägypten Libyen Tunesien Algerien
Marokko Mauretanien Mali Niger Tschad Sudan Südsudan Äthiopien Eritrea Somalia Kenia Uganda Ruanda Burundi Tansania Kongo
Angola Sambia Simbabwe Mosambik Malawi Madagaskar Mauritius Seychellen Südafrika Namibia Botswana Lesotho Nigeria Ghana
Togo Benin Elfenbeinküste Liberia Guinea Senegal Gambia Kamerun Gabun USA Kanada Mexiko Guatemala Honduras Nicaragua Panama
Kuba Haiti Jamaika Bahamas Bermuda Barbados Puerto-Rico Kolumbien Venezuela Ecuador Peru Bolivien Chile Argentinien Paraguay
Uruguay Brasilien Guyana Suriname Sowjetunion Jugoslawien Tschechoslowakei DDR UdSSR Europa Asien Afrika Amerika Nordamerika
Südamerika Lateinamerika Osteuropa Westeuropa Mitteleuropa Südeuropa Nordeuropa Südosteuropa Ostdeutschland Westdeutschland
Norddeutschland Süddeutschland Skandinavien Balkan Baltikum Kaukasus Nahost Fernost Südostasien Zentralasien Monaco Andorra
Vatikan Grönland Gibraltar Jersey Guernsey Antarktis Arktis"""
MULTI = """Vereinigte Staaten|Vereinigten Staaten|Vereinigtes Königreich|Vereinigten Königreich|Vereinigten Königreichs|Costa Rica|El Salvador|Sri Lanka|Saudi Arabien|Vereinigte Arabische Emirate|Vereinigten Arabischen Emirate|Vereinigten Arabischen Emiraten|Burkina Faso|Sierra Leone|Papua-Neuguinea|Puerto Rico|Trinidad und Tobago|Dominikanische Republik|Bosnien-Herzegowina|Bosnien und Herzegowina|San Marino|Kap Verde|Neu-Delhi|New York|New York City|Los Angeles|San Francisco|San Diego|San José|San Jose|Las Vegas|New Orleans|Salt Lake City|Kansas City|Oklahoma City|St. Louis|Silicon Valley|Palo Alto|Mountain View|Menlo Park|Santa Clara|Cupertino|Redmond|Washington D.C.|Rio de Janeiro|São Paulo|Sao Paulo|Buenos Aires|Mexiko-Stadt|Tel Aviv|Abu Dhabi|Kuala Lumpur|Ho-Chi-Minh-Stadt|Kapstadt|Den Haag|Nowy Sad|Banja Luka|St. Petersburg|Sankt Petersburg|Le Havre|La Défense|Cap Canaveral|Kap der Guten Hoffnung|Gran Canaria|Costa Blanca|British Columbia|New Jersey|New Mexico|New Hampshire|North Carolina|South Carolina|North Dakota|South Dakota|West Virginia|Rhode Island|Long Island|Hong Kong|Wall Street"""
REGION = """Bayern Baden-Württemberg Hessen Niedersachsen Nordrhein-Westfalen NRW Rheinland-Pfalz Saarland Sachsen Sachsen-Anhalt
Thüringen Brandenburg Mecklenburg-Vorpommern Schleswig-Holstein Baden Württemberg Schwaben Franken Oberfranken Unterfranken
Mittelfranken Oberbayern Niederbayern Oberpfalz Allgäu Westfalen Ostwestfalen Rheinland Ruhrgebiet Sauerland Münsterland
Siegerland Eifel Hunsrück Pfalz Schwarzwald Bodensee Harz Lausitz Erzgebirge Vogtland Mecklenburg Vorpommern Ostfriesland
Emsland Nordsee Ostsee Rügen Sylt Niederrhein Oberschwaben Breisgau Kurpfalz Oberlausitz Uckermark Altmark Eichsfeld
Niederösterreich Oberösterreich Steiermark Kärnten Tirol Vorarlberg Burgenland Südtirol Salzkammergut Waldviertel Weinviertel
Mostviertel Innviertel Mühlviertel Pinzgau Aargau Thurgau Tessin Wallis Graubünden Romandie Appenzell Waadt Engadin
Ostschweiz Westschweiz Zentralschweiz Nordwestschweiz Lombardei Toskana Piemont Venetien Sizilien Sardinien Bretagne
Normandie Elsass Lothringen Provence Burgund Katalonien Andalusien Galicien Baskenland Mallorca Ibiza Teneriffa Kanaren
Balearen Azoren Madeira Kreta Rhodos Korsika Flandern Wallonien Schlesien Pommern Ostpreußen Masuren Böhmen Mähren
Siebenbürgen Krim Donbass Sibirien Kalifornien Texas Florida Alaska Hawaii Nevada Arizona Colorado Oregon Washington Utah
Michigan Ohio Illinois Indiana Pennsylvania Massachusetts Connecticut Delaware Maryland Virginia Georgia Alabama Tennessee
Kentucky Louisiana Missouri Minnesota Wisconsin Iowa Kansas Nebraska Oklahoma Arkansas Mississippi Montana Idaho Wyoming
Ontario Québec Quebec Alberta Manitoba Queensland Victoria Tasmanien Tibet Xinjiang Guangdong Sichuan Bali Java Sumatra
Kaschmir Punjab Sinai Gazastreifen Westjordanland Kurdistan Galiläa Patagonien Amazonien Karibik Kalabrien Apulien Umbrien"""
CITY = """Wien Graz Linz Salzburg Innsbruck Klagenfurt Villach Wels Dornbirn Bregenz Feldkirch Leoben Kapfenberg Steyr Krems
Baden Mödling Amstetten Traun Leonding Klosterneuburg Schwechat Eisenstadt Mattersburg Bludenz Hohenems Lustenau Kufstein
Wörgl Hallein Braunau Ried Gmunden Bruck Judenburg Knittelfeld Wolfsberg Spittal Lienz Tulln Stockerau Korneuburg Ternitz
Neunkirchen Ansfelden Perg Enns Vöcklabruck Attnang-Puchheim Zeltweg Donawitz Zürich Genf Basel Bern Lausanne Winterthur
Luzern Lugano Biel Thun Köniz Schaffhausen Chur Freiburg Neuenburg Sitten Zug Aarau Olten Solothurn Baar Wil Davos Locarno
Bellinzona Frauenfeld Kreuzlingen Uster Emmen Kriens Rapperswil Vaduz Schaan Bozen Meran Brixen Brüssel Antwerpen Gent
Brügge Lüttich Löwen Amsterdam Rotterdam Utrecht Eindhoven Groningen Maastricht Arnheim Paris Lyon Marseille Toulouse Nizza
Nantes Straßburg Montpellier Bordeaux Lille Rennes Reims Grenoble Dijon Mulhouse Metz Nancy Cannes Clermont-Ferrand London
Manchester Birmingham Liverpool Leeds Glasgow Edinburgh Sheffield Bristol Cardiff Belfast Oxford Cambridge Sunderland
Coventry Southampton Nottingham Dublin Cork Rom Mailand Turin Neapel Palermo Genua Bologna Florenz Venedig Verona Triest
Padua Bari Catania Parma Modena Maranello Madrid Barcelona Valencia Sevilla Saragossa Málaga Malaga Bilbao Palma Alicante
Lissabon Porto Kopenhagen Aarhus Odense Stockholm Göteborg Malmö Uppsala Oslo Bergen Trondheim Stavanger Helsinki Espoo
Tampere Turku Reykjavik Tallinn Riga Vilnius Kaunas Warschau Krakau Lodz Breslau Posen Danzig Stettin Kattowitz Lublin Prag
Brünn Ostrau Pilsen Mladá Bratislava Košice Budapest Debrecen Győr Ljubljana Maribor Zagreb Split Rijeka Sarajevo Belgrad
Novi Podgorica Pristina Skopje Tirana Athen Thessaloniki Piräus Nikosia Limassol Valletta Istanbul Ankara Izmir Antalya
Bursa Sofia Plowdiw Varna Bukarest Klausenburg Temeswar Timisoara Chisinau Kiew Kyjiw Charkiw Odessa Lemberg Donezk Minsk
Moskau Nowosibirsk Jekaterinburg Kasan Kaluga Sotschi Wladiwostok Murmansk Tiflis Eriwan Baku Astana Almaty Taschkent Kabul
Islamabad Karatschi Lahore Delhi Mumbai Bombay Bangalore Bengaluru Chennai Kalkutta Hyderabad Pune Peking Beijing Shanghai
Schanghai Shenzhen Guangzhou Kanton Chongqing Wuhan Tianjin Nanjing Hangzhou Chengdu Xian Dalian Qingdao Taipeh Tokio Osaka
Kyoto Yokohama Nagoya Kobe Hiroshima Nagasaki Fukushima Sapporo Seoul Busan Pjöngjang Hanoi Saigon Bangkok Phuket Rangun
Jakarta Manila Dhaka Kathmandu Colombo Sydney Melbourne Brisbane Perth Adelaide Canberra Auckland Wellington Teheran Bagdad
Basra Jerusalem Haifa Gaza Ramallah Amman Beirut Damaskus Aleppo Riad Dschidda Mekka Medina Sanaa Maskat Doha Dubai Kuwait-Stadt
Kairo Alexandria Suez Tripolis Bengasi Tunis Algier Casablanca Rabat Marrakesch Khartum Addis Nairobi Mombasa Kampala Kigali
Daressalam Kinshasa Luanda Lusaka Harare Maputo Johannesburg Pretoria Durban Windhoek Lagos Abuja Accra Dakar Abidjan
Washington Boston Chicago Detroit Philadelphia Baltimore Atlanta Miami Orlando Tampa Dallas Houston Austin Denver Phoenix
Seattle Portland Minneapolis Milwaukee Cleveland Cincinnati Pittsburgh Indianapolis Nashville Memphis Charlotte Omaha Tulsa
Sacramento Oakland Hollywood Pasadena Chattanooga Tuscaloosa Spartanburg Stamford Greenwich Manhattan Brooklyn Toronto
Montreal Montréal Vancouver Ottawa Calgary Edmonton Winnipeg Puebla Monterrey Guadalajara Tijuana Havanna Caracas Bogotá
Bogota Medellín Quito Lima Cusco Santiago Valparaíso Montevideo Asunción Brasília Brasilia Curitiba Salvador Recife Davos
Canberra Hamburg Bremen Berlin München Frankfurt Köln Düsseldorf Stuttgart Leipzig Dresden Hannover Nürnberg Duisburg Bochum
Wuppertal Bielefeld Bonn Münster Karlsruhe Mannheim Augsburg Wiesbaden Mönchengladbach Gelsenkirchen Braunschweig Chemnitz
Kiel Aachen Halle Magdeburg Freiburg Krefeld Lübeck Mainz Erfurt Rostock Kassel Hagen Potsdam Saarbrücken Hamm Ludwigshafen
Oldenburg Mülheim Osnabrück Leverkusen Heidelberg Darmstadt Solingen Regensburg Herne Paderborn Neuss Ingolstadt Offenbach
Fürth Würzburg Ulm Heilbronn Pforzheim Wolfsburg Göttingen Bottrop Reutlingen Koblenz Bremerhaven Erlangen Jena Remscheid
Trier Recklinghausen Salzgitter Moers Siegen Gütersloh Hildesheim Kaiserslautern Cottbus Schwerin Eisenach Rüsselsheim
Sindelfingen Zuffenhausen Untertürkheim Dingolfing Neckarsulm Emden Zwickau Grünheide Walldorf Herzogenaurach Schweinfurt
Friedrichshafen Gummersbach Montabaur Eschborn Unterföhring Garching Ottobrunn Oberpfaffenhofen Hahn Schönefeld Tegel
Tempelhof Kreuzberg Neukölln Mitte Pankow Spandau Charlottenburg Altona Harburg Wilhelmsburg Schwabing"""
# German towns whose firms are registered elsewhere
TOWN = """Aalen Aichach Altenburg Andernach Apolda Arnstadt Bingen Bitterfeld-Wolfen Blaustein Bobingen Crailsheim Dachau
Deggendorf Donauwörth Ebersbach Ehingen Eilenburg Eislingen Ellwangen Erding Esslingen Frankenthal Freising
Fürstenfeldbruck Garmisch-Partenkirchen Geretsried Germering Giengen Göppingen Gotha Günzburg Hattersheim Heidenheim
Hofheim Hoyerswerda Idar-Oberstein Ilmenau Ingelheim Kaufbeuren Kempten Königsbrunn Laichingen Landshut Laupheim
Leutkirch Lindau Marbach Marktoberdorf Meiningen Memmingen Mühldorf Neu-Ulm Neumarkt Neusäß Neuwied Nordhausen
Oberkochen Oschatz Osterode Penzberg Pfaffenhofen Pirmasens Puchheim Ravensburg Remagen Remseck Rottenburg Rudolstadt
Saalfeld Schwedt Sehnde Sigmaringen Sömmerda Sondershausen Sonneberg Sonthofen Speyer Starnberg Unterschleißheim
Unterhaching Voerde Weißwasser Wolfratshausen Zeulenroda Zossen Zwönitz Nördlingen Bopfingen Heubach Immenstadt
Oberstdorf Isny Tettnang Meckenbeuren Schiltach Triberg Gera Suhl Worms Greiz"""
TOWNS_OF_WORDS = """Bad Langensalza|Bad Mergentheim|Bad Neuenahr|Bad Neustadt|Bad Salzungen|Bad Saulgau|Bad Tölz|Bad Waldsee|
Bad Wörishofen|Bad Wurzach|Bad Buchau|Bad Schussenried|Bad Überkingen|Schwäbisch Gmünd|Heilbad Heiligenstadt"""
DROP = set("""Wehr Senden Essen Baden Hagen Hamm Halle Berg Buch Au Rain Weil Verl Werl Wangen Burg Hof Wald Kirchen Ach Steinen Plan Bad
Haar Much Grund Stein See Feld Linden Lage Kamp Vogt Horn Rot Ried Egg Mark Ulm Werder Bruch Heide Lohr Wiesen Brand Welt
Höhen Sand Kehl Roth Calw Alzey Bramsche Rees Selm Unna Sollen Marsberg Kiel Haren Leer Norden Jever Gronau Lotte Halver Laer Fürth
Rehau Ahlen Olpe Kerken Weiden Waren Güstrow Lauf Neu Alt Perl Elze Hemmer Salz Salem Dorn Langen Fels Bach Mölln Ahaus Lehrte""".split()) - {
    "Essen", "Ulm", "Kiel", "Fürth", "Hagen", "Hamm", "Halle", "Unna", "Ahlen", "Ahaus", "Olpe", "Mölln", "Güstrow", "Lehrte", "Baden"}
AMB = set("""Essen Halle Hagen Hamm Baden Franken Bergen Pfalz Gent Ried Wels Enns Zug Wil Thun Biel Chur Sitten Freiburg Mitte Hahn
Washington Georgia Victoria Java Phoenix Orlando Salvador Santiago Nordsee Colorado Virginia Charlotte Austin Paris Bari Pula
Niger Mali Jersey Lagos Perth Wellington Addis Novi Mladá Kanton Lienz Bruck Perg Baar Jena Malta Moldau Cork Amazonien
Leer Norden Lage Verl Werl Wangen Werder Kehl Roth Langen Weiden Waren Lauf Senden Wehr Burg Hof Rain Weil Buch
Suez Winterthur Steyr Salzgitter Nancy Metz Split""".split())


def main():
    root, seen = sys.argv[1], set()
    print("# Places. Written by tools/lists/places.py: general knowledge; German towns with 60 or more firms from the seats in")
    print("# the trade register of offeneregister.de (CC BY 4.0). amb: also an ordinary word, name or part of company names.")
    print("@class place\n@match exact")

    def put(name, value):
        if name not in seen:
            seen.add(name)
            print(name + "\t" + value + ("\tamb" if name in AMB else ""))

    for n in COUNTRY.split():
        put(n, "country")
    for n in MULTI.split("|"):
        put(n, "place")
    for n in REGION.split():
        put(n, "region")
    for n in CITY.split():
        put(n, "city")
    for n in TOWN.split() + [t.strip() for t in TOWNS_OF_WORDS.split("|")]:
        put(n, "town")
    with open(os.path.join(root, "lists/german_towns_from_register.tsv"), encoding="utf-8") as f:
        for line in f:
            name, count = line.rstrip("\n").split("\t")
            name = re.sub(r" \(.*\)$|,.*$|/.*$", "", name).strip()
            if int(count) < 60 or len(name) < 4 or name in DROP or re.search(r"[\d./]|\bund\b", name):
                continue
            if not re.fullmatch(r"[A-ZÄÖÜ][\wäöüß-]+( (am|an|der|im|bei|in|a|ob|vor|auf|unter|dem|den|[A-ZÄÖÜ][\wäöüß-]+))*", name):
                continue
            put(name, "town")


main()
