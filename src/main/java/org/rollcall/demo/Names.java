package org.rollcall.demo;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Names and addresses that could be real and are not: all domains end in a reserved name. */
final class Names {
  private static final List<String> FIRST =
      words(
          "Anna Liam Noor Mateo Zoë Søren Chloé Giulia Kwame Priya Yuki Łukasz Siobhán Björn Fatima"
              + " Ahmet Ingrid Tomás Aisha Dmitri Mei Hannah Olu Elif Marek Lucía Pierre Nadia"
              + " Viktor Thandi Grace Henry Ivy Jonas Karin Leon Maya Nils Olga Pavel Quentin Rosa"
              + " Samuel Tara Umar Vera Walter Xenia Yusuf Zita Clara Daniel Emma Felix Greta"
              + " Hugo Ida Jan Kate Luis");
  private static final List<String> LAST =
      words(
          "Adams Okafor Müller Novák García O'Brien Kowalski Jensen Rossi Dubois Yılmaz Tanaka Singh"
              + " Haddad Nguyen Ferreira Ivanova Andersson Bakker Mensah Çelik Lindqvist Murphy"
              + " Popescu Schäfer Silva Thompson Urban Vasquez Weber Xu Young Zimmermann Baptiste"
              + " Castro Dlamini Eriksson Fischer Groß Horváth Ibrahim Jones Keller Larsen Moreau"
              + " Nielsen Ortiz Petrov Quinn Ramos Santos Takahashi Ueda Virtanen Walsh Yamamoto"
              + " Zhang Bergström D'Angelo MacLeod");
  private static final List<String> TRADE =
      words(
          "Bakery Printing Logistics Consulting Instruments Gardens Shipping Textiles Optics"
              + " Carpentry Brewing Software Paper Catering Travel Energy Foods Design Motors Glass");
  private static final List<String> PLACE =
      words(
          "Harbour Hillside Lakeview Northgate Riverside Oldtown Meadow Lighthouse Station Market"
              + " Mill Castle Orchard Chapel Bridge Forest Canal Garden Summit Valley");
  private static final List<String> MAIL =
      words("harbourmail.example lakepost.example citynet.example fastbox.example unimail.example");
  private static final List<String> JOB =
      List.of("Director", "Accountant", "Sales Lead", "Engineer", "Office Lead", "Owner");

  private final Random random;
  private final Set<String> given = new HashSet<>();

  Names(Random random) {
    this.random = random;
  }

  private static List<String> words(String blankSeparated) {
    return List.of(blankSeparated.split(" "));
  }

  <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  String first() {
    return any(FIRST);
  }

  String last() {
    return any(LAST);
  }

  String job() {
    return any(JOB);
  }

  String street() {
    return any(PLACE) + " Street " + (1 + random.nextInt(180));
  }

  String company(int number) {
    String legal = random.nextInt(4) == 0 ? " & Sons" : random.nextBoolean() ? " Ltd" : "";
    return any(PLACE) + " " + any(TRADE) + legal + (number % 7 == 0 ? " " + last() : "");
  }

  /** An address of a person that nobody else got. */
  String address(String first, String last) {
    return unique(plain(first) + "." + plain(last), any(MAIL));
  }

  String companyDomain(String name) {
    String domain = plain(name).replace('.', '-');
    return unique("info", domain + ".example").substring("info@".length());
  }

  private String unique(String local, String domain) {
    String address = local + "@" + domain;
    for (int i = 2; !given.add(address); i++) {
      address = local.equals("info") ? local + "@" + i + "-" + domain : local + i + "@" + domain;
    }
    return address;
  }

  private static String plain(String name) {
    String letters =
        Normalizer.normalize(name.replace("ß", "ss").replace("ø", "o"), Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replace("ł", "l")
            .replace("ı", "i");
    String kept = letters.replaceAll("[^a-z0-9 ]", "").strip().replaceAll(" +", ".");
    return kept.isEmpty() ? "member" : kept;
  }

  /** What people write into an address field by mistake; {@code %s} is a good address's name. */
  static final List<String> MISTAKES =
      List.of(
          "%s.lakepost.example",
          "%s@",
          "@lakepost.example",
          "%s@@lakepost.example",
          "%s at lakepost.example",
          "%s @lakepost.example",
          "%s@lakepost",
          "%s..x@lakepost.example",
          ".%s@lakepost.example",
          "%s@-lakepost.example",
          "%s@lakepost.example; %s@citynet.example",
          "%s@lakepost.example (home)",
          "<%s@lakepost.example>",
          "%s\u200b@lakepost.example",
          "%s@192.168.1.4",
          "unknown",
          "n/a");

  String mistake(String first, String last) {
    return any(MISTAKES).replace("%s", plain(first) + "." + plain(last));
  }
}
