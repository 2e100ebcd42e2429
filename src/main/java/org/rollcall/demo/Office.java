package org.rollcall.demo;

import java.util.List;
import org.rollcall.sandbox.Control;

/** What the association's staff and its members do at the provider, by hand and without the hub. */
final class Office {
  /** A list nobody synchronises. */
  static final String PRESS = "Press contacts";

  private final Control provider;

  Office(Control provider) {
    this.provider = provider;
  }

  /** What the account holds before the hub comes: lists, one with a guest, and contacts. */
  void beforeTheHub() {
    Teams.ALREADY_THERE.forEach(provider::createList);
    provider.createContact(
        Cast.GUEST, List.of(Teams.BOARD), Control.Edit.name("Constance", "Patron"));
    provider.createContact(
        "editor@gazette.example", List.of(PRESS), Control.Edit.name("Gail", "Editor"));
    provider.createContact(
        "desk@radio.example", List.of(PRESS, Teams.EVENTS), Control.Edit.name("", "News desk"));
    // a member who was mailed by hand before
    provider.createContact(
        "siobhan@lakepost.example", List.of(Teams.ALL), Control.Edit.name("Siobhan", "OBrien"));
  }

  /** Contacts that nobody wanted at the source, with their list; they have to stay. */
  static List<Held> foreign() {
    return List.of(
        new Held(Cast.GUEST, Teams.BOARD),
        new Held("editor@gazette.example", PRESS),
        new Held("desk@radio.example", PRESS),
        new Held("desk@radio.example", Teams.EVENTS),
        new Held("speaker@guests.example", Teams.AMBASSADORS));
  }

  /** People unsubscribe, staff add a speaker by hand, and somebody deletes the wrong contact. */
  List<String> aDay(List<String> tiredOfMail) {
    tiredOfMail.forEach(address -> provider.unsubscribe(address, "too many mails"));
    provider.createContact(
        "speaker@guests.example", List.of(Teams.AMBASSADORS), Control.Edit.name("Sol", "Speaker"));
    provider.deleteContact(Cast.DELETED);
    return tiredOfMail;
  }
}
