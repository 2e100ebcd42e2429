package org.rollcall.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the provider now holds, for people. Nothing on it changes anything. */
final class Page {
  private static final int JOURNAL = 30;
  private static final int ACTIVITIES = 20;
  private static final int MEMBERS = 100;

  private final Control main;

  Page(Control main) {
    this.main = main;
  }

  Answer answer(Call call) {
    String account = call.parameter("account");
    boolean known = account == null || main.world().account(account) != null;
    if (!call.method.equals("GET") || !known) {
      return Answer.html(404, Html.page("Not here", "<h1>Not here</h1><p><a href=\"/\">Back</a>"));
    }
    Control control = account == null ? main : main.account(account);
    return switch (call.path) {
      case "/" -> Answer.html(200, Html.page("Sandbox", overview(control)));
      case "/contact" -> contact(control, call.parameter("address"));
      case "/list" -> list(control, call.parameter("name"));
      default ->
          Answer.html(404, Html.page("Not here", "<h1>Not here</h1><p><a href=\"/\">Back</a>"));
    };
  }

  // overview

  private static String overview(Control control) {
    StringBuilder page = new StringBuilder();
    page.append("<h1>Sandbox: what the provider now holds</h1><p class=\"soft\">This is a stand-in")
        .append(" for Constant Contact, made for trying things out. It behaves like the real")
        .append(" service, limits and errors included, but lives on this machine only, forgets")
        .append(" everything when it stops, and sends no mail.</p>");
    accounts(control, page);
    facts(control, page);
    page.append("<form action=\"/contact\"><h2>Find a contact</h2>")
        .append("<input type=\"hidden\" name=\"account\" value=\"")
        .append(Html.text(control.account().name()))
        .append("\"><input name=\"address\" type=\"search\" aria-label=\"E-mail address\"")
        .append(" placeholder=\"name@example.org\"> <button class=\"main\">Find</button></form>");
    lists(control, page);
    activities(control, page);
    journal(control, page);
    return page.toString();
  }

  private static void accounts(Control control, StringBuilder page) {
    if (control.world().accounts().size() > 1) {
      page.append("<p>Accounts:");
      for (Account account : control.world().accounts()) {
        page.append(" <a href=\"/?account=").append(encode(account.name())).append("\">");
        page.append(Html.text(account.name())).append("</a>");
      }
      page.append("</p>");
    }
  }

  private static void facts(Control control, StringBuilder page) {
    int perDay = control.options().limits().requestsPerDay();
    String quota = number(control.requestsToday()) + (perDay == 0 ? "" : " of " + number(perDay));
    page.append("<div class=\"facts\">");
    fact(page, "account", control.account().name());
    fact(page, "contacts", number(control.contactCount()));
    fact(page, "lists", number(control.lists().size()));
    fact(page, "requests today", quota);
    fact(
        page,
        "its clock",
        control
            .now()
            .truncatedTo(ChronoUnit.SECONDS)
            .toString()
            .replace("T", " ")
            .replace("Z", " UTC"));
    fact(page, "faults ordered", number(control.pendingFaults().size()));
    page.append("</div>");
  }

  private static void fact(StringBuilder page, String name, String value) {
    page.append("<div><span class=\"soft\">").append(name).append("</span><b>");
    page.append(Html.text(value)).append("</b></div>");
  }

  private static void lists(Control control, StringBuilder page) {
    List<Control.ListView> lists = control.lists();
    page.append("<h2>Lists</h2>");
    if (lists.isEmpty()) {
      page.append("<p class=\"soft\">None yet.</p>");
      return;
    }
    page.append("<div class=\"wide\"><table><tr><th>Name</th><th class=\"n\">Contacts</th>")
        .append("<th class=\"n\">May be mailed</th></tr>");
    for (Control.ListView list : lists) {
      page.append("<tr><td><a href=\"/list?account=").append(encode(control.account().name()));
      page.append("&amp;name=").append(encode(list.name())).append("\">");
      page.append(Html.text(list.name())).append("</a></td><td class=\"n\">");
      page.append(number(list.members())).append("</td><td class=\"n\">");
      page.append(number(list.active())).append("</td></tr>");
    }
    page.append("</table></div>");
  }

  private static void activities(Control control, StringBuilder page) {
    List<Activity> recent = control.account().activities().recent();
    page.append("<h2>Bulk jobs</h2>");
    if (recent.isEmpty()) {
      page.append("<p class=\"soft\">None in the last ten days.</p>");
      return;
    }
    page.append("<div class=\"wide\"><table><tr><th>When</th><th>What</th><th>State</th>")
        .append("<th class=\"n\">Rows</th><th class=\"n\">Done</th><th class=\"n\">Errors</th>")
        .append("<th class=\"n\">Correctable</th><th class=\"n\">Opted out</th></tr>");
    recent.stream().limit(ACTIVITIES).forEach(each -> row(each, page));
    page.append("</table></div>");
  }

  private static void row(Activity activity, StringBuilder page) {
    Tally tally = activity.tally();
    boolean rows = activity.kind == Activity.Kind.IMPORT;
    page.append("<tr><td>").append(Json.time(activity.createdAt)).append("</td><td>");
    page.append(activity.kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    page.append("</td><td>").append(activity.state().wire()).append("</td>");
    cells(
        page,
        rows ? Math.max(0, tally.total - 1) : tally.total,
        rows ? tally.persons : tally.completed,
        tally.errors,
        tally.correctable,
        tally.cannotAddToList);
    page.append("</tr>");
  }

  private static void cells(StringBuilder page, int... numbers) {
    for (int number : numbers) {
      page.append("<td class=\"n\">").append(number(number)).append("</td>");
    }
  }

  private static void journal(Control control, StringBuilder page) {
    List<JournalEntry> tail = control.world().journal.tail(JOURNAL);
    page.append("<h2>Last requests</h2>");
    if (tail.isEmpty()) {
      page.append("<p class=\"soft\">None yet.</p>");
      return;
    }
    page.append("<div class=\"wide\"><table><tr><th>When</th><th>Request</th>")
        .append("<th class=\"n\">Status</th><th>Decision</th></tr>");
    for (JournalEntry entry : tail) {
      String look = entry.status() >= 400 || !entry.answered() ? " class=\"bad\"" : "";
      page.append("<tr><td>").append(entry.at().truncatedTo(ChronoUnit.MILLIS));
      page.append("</td><td>").append(Html.text(entry.method())).append(' ');
      page.append(Html.text(entry.path())).append("</td><td class=\"n\">");
      page.append(entry.status()).append("</td><td").append(look).append('>');
      page.append(Html.text(entry.decision()));
      page.append(entry.answered() ? "" : " (no whole answer)").append("</td></tr>");
    }
    page.append("</table></div>");
  }

  // one contact

  private static Answer contact(Control control, @Nullable String address) {
    Optional<Control.ContactView> found =
        address == null ? Optional.empty() : control.contact(address);
    if (found.isEmpty()) {
      return Answer.html(
          404,
          Html.page(
              "No such contact",
              "<h1>No such contact</h1><p>The provider holds no contact under <b>"
                  + Html.text(address)
                  + "</b>, not even a deleted one.</p>"
                  + back(control)));
    }
    return Answer.html(200, Html.page("Contact", contact(control, found.get())));
  }

  private static String contact(Control control, Control.ContactView contact) {
    StringBuilder page = new StringBuilder("<h1>").append(Html.text(contact.address()));
    page.append("</h1>").append(back(control)).append("<div class=\"wide\"><table>");
    line(page, "Permission", contact.permission() + (contact.deleted() ? ", deleted" : ""));
    line(page, "Opted out by", contact.optOutSource());
    line(page, "First name", contact.firstName());
    line(page, "Last name", contact.lastName());
    line(page, "Company", contact.companyName());
    line(page, "Job title", contact.jobTitle());
    line(page, "Birthday", contact.birthday());
    line(page, "Anniversary", contact.anniversary());
    line(page, "Phone", contact.phone());
    contact.fields().forEach((name, value) -> line(page, name, value));
    line(page, "Created", contact.createdAt().toString());
    line(page, "Updated", contact.updatedAt().toString());
    line(page, "Id", contact.id());
    page.append("</table></div><h2>Lists</h2>");
    if (contact.lists().isEmpty()) {
      page.append("<p class=\"soft\">On none.</p>");
    }
    page.append("<ul>");
    contact.lists().forEach(list -> page.append("<li>").append(Html.text(list)).append("</li>"));
    return page.append("</ul>").toString();
  }

  private static void line(StringBuilder page, String name, @Nullable String value) {
    if (value != null) {
      page.append("<tr><th>").append(Html.text(name)).append("</th><td>");
      page.append(Html.text(value)).append("</td></tr>");
    }
  }

  // one list

  private static Answer list(Control control, @Nullable String name) {
    List<Control.ContactView> members = name == null ? List.of() : control.membersOf(name, MEMBERS);
    StringBuilder page = new StringBuilder("<h1>").append(Html.text(name)).append("</h1>");
    page.append(back(control));
    page.append("<p class=\"soft\">The first ").append(MEMBERS).append(" contacts.</p>");
    page.append("<div class=\"wide\"><table><tr><th>Address</th><th>Name</th><th>Permission</th>");
    page.append("</tr>");
    for (Control.ContactView member : members) {
      page.append("<tr><td><a href=\"/contact?account=").append(encode(control.account().name()));
      page.append("&amp;address=").append(encode(String.valueOf(member.address()))).append("\">");
      page.append(Html.text(member.address())).append("</a></td><td>");
      page.append(Html.text(member.firstName())).append(' ');
      page.append(Html.text(member.lastName())).append("</td><td>");
      page.append(Html.text(member.permission())).append("</td></tr>");
    }
    return Answer.html(200, Html.page("List", page.append("</table></div>").toString()));
  }

  private static String back(Control control) {
    return "<p><a href=\"/?account=" + encode(control.account().name()) + "\">Overview</a></p>";
  }

  private static String number(int number) {
    return String.format(java.util.Locale.ROOT, "%,d", number);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
