package org.rollcall.sandbox;

import static org.rollcall.sandbox.ImportRow.Column;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies one import row to the store; called inside the store's write lock. */
final class RowImport {
  private static final int ADDRESS = 50;
  private static final int FIELDS = 25;
  private static final String[] PHONE_KINDS = {"other", "home", "work", "mobile", "other"};
  private static final String[] ADDRESS_KINDS = {"home", "home", "work", "other"};
  private static final Column[] ADDRESS_STARTS = {
    Column.STREET, Column.HOME_STREET, Column.WORK_STREET, Column.OTHER_STREET
  };
  private static final Column[] SHORT = {
    Column.FIRST_NAME, Column.LAST_NAME, Column.JOB_TITLE, Column.COMPANY_NAME
  };

  private final Store store;
  private final List<MailingList> lists;
  private final int[] positions;
  private final boolean blankClears;

  RowImport(Store store, List<MailingList> lists, boolean blankClears) {
    this.store = store;
    this.lists = lists;
    this.positions = positions(lists);
    this.blankClears = blankClears;
  }

  private static int[] positions(List<MailingList> lists) {
    return Sorted.of(lists.stream().mapToInt(list -> list.position).toArray());
  }

  /** A list may be deleted between the acceptance of an import and its end. */
  private int[] positions() {
    for (MailingList list : lists) {
      if (list.deleted()) {
        return positions(lists.stream().filter(each -> !each.deleted()).toList());
      }
    }
    return positions;
  }

  void apply(ImportRow row, Tally tally, boolean dry) {
    String correctable = correctable(row);
    if (correctable != null) {
      tally.correctable++;
      tally.messages.add("Line " + row.line + ": " + correctable);
      return;
    }
    String address = Store.normal(String.valueOf(row.get(Column.EMAIL)));
    Contact known = store.byAddress(address);
    String error = error(row, address, known);
    if (error != null) {
      tally.errors++;
      tally.messages.add("Line " + row.line + ": " + error);
      return;
    }
    boolean optedOut = known != null && known.permission == Permission.UNSUBSCRIBED;
    if (optedOut) {
      tally.cannotAddToList++;
    } else {
      tally.persons++;
    }
    if (!dry) {
      write(row, address, known, optedOut);
    }
  }

  private static @Nullable String correctable(ImportRow row) {
    String email = row.get(Column.EMAIL);
    if (email == null || email.isBlank()) {
      return "email or sms_number is required";
    }
    if (email.strip().length() > ADDRESS) {
      return "email is longer than 50 characters";
    }
    if (!Addresses.valid(email.strip())) {
      return "Invalid email";
    }
    String anniversary = row.get(Column.ANNIVERSARY);
    if (!blank(anniversary) && !Anniversary.valid(String.valueOf(anniversary))) {
      return "Invalid anniversary";
    }
    String month = row.get(Column.BIRTHDAY_MONTH);
    String day = row.get(Column.BIRTHDAY_DAY);
    boolean together = blank(month) == blank(day);
    boolean valid = blank(month) || number(month, 12) > 0 && number(day, 31) > 0;
    return together && valid ? null : "Invalid birthday";
  }

  private @Nullable String error(ImportRow row, String address, @Nullable Contact known) {
    for (Column column : SHORT) {
      if (length(row.get(column)) > 50) {
        return column.name().toLowerCase(java.util.Locale.ROOT) + " is longer than 50 characters";
      }
    }
    for (int i = 0; i < PHONE_KINDS.length; i++) {
      if (length(row.get(Column.PHONE, i)) > 25) {
        return "phone is longer than 25 characters";
      }
    }
    if (tooLongAddress(row)) {
      return "street address is too long";
    }
    if (row.fieldNames.size() > FIELDS) {
      return "more than 25 custom fields";
    }
    for (String value : row.fieldValues) {
      if (value.length() > 255) {
        return "custom field is longer than 255 characters";
      }
    }
    if (listsAfter(known) > Store.LISTS_PER_CONTACT) {
      return "contact is on 50 lists already";
    }
    return store.refusedAddresses.get(address);
  }

  private static boolean tooLongAddress(ImportRow row) {
    for (Column start : ADDRESS_STARTS) {
      String both = street(row, start);
      if (length(both) > 255) {
        return true;
      }
      for (int i = 2; i < 6; i++) {
        if (length(row.get(start, i)) > 50) {
          return true;
        }
      }
    }
    return false;
  }

  private int listsAfter(@Nullable Contact known) {
    int[] joined = positions();
    return known == null ? joined.length : Sorted.union(known.lists, joined).length;
  }

  private void write(ImportRow row, String address, @Nullable Contact known, boolean optedOut) {
    Contact contact = known == null ? store.addContact(address, Origin.ACCOUNT) : known;
    boolean changed = core(row, contact);
    changed |= fields(row, contact);
    changed |= phones(row, contact);
    changed |= addresses(row, contact);
    if (!optedOut) {
      changed |= join(contact);
    }
    if (changed || known == null) {
      store.touch(contact, Origin.ACCOUNT);
    }
  }

  private boolean join(Contact contact) {
    boolean changed = contact.deleted();
    store.revive(contact);
    if (contact.permission == Permission.NOT_SET) {
      store.setPermission(contact, Permission.IMPLICIT, Origin.ACCOUNT);
      changed = true;
    }
    boolean joined = store.joinAll(contact, positions());
    return changed || joined;
  }

  private boolean core(ImportRow row, Contact contact) {
    String first = merged(contact.firstName, row.get(Column.FIRST_NAME));
    String last = merged(contact.lastName, row.get(Column.LAST_NAME));
    String job = merged(contact.jobTitle, row.get(Column.JOB_TITLE));
    String company = merged(contact.companyName, row.get(Column.COMPANY_NAME));
    String anniversary = merged(contact.anniversary, row.get(Column.ANNIVERSARY));
    byte month = birthday(contact.birthdayMonth, row.get(Column.BIRTHDAY_MONTH));
    byte day = birthday(contact.birthdayDay, row.get(Column.BIRTHDAY_DAY));
    boolean changed =
        !Objects.equals(first, contact.firstName)
            || !Objects.equals(last, contact.lastName)
            || !Objects.equals(job, contact.jobTitle)
            || !Objects.equals(company, contact.companyName)
            || !Objects.equals(anniversary, contact.anniversary)
            || month != contact.birthdayMonth
            || day != contact.birthdayDay;
    contact.firstName = store.shared(first);
    contact.lastName = store.shared(last);
    contact.jobTitle = store.shared(job);
    contact.companyName = store.shared(company);
    contact.anniversary = anniversary;
    contact.birthdayMonth = month;
    contact.birthdayDay = day;
    return changed;
  }

  /** Only what was sent changes; whether a blank text counts as sent is a switch. */
  private @Nullable String merged(@Nullable String old, @Nullable String sent) {
    if (sent == null || sent.isBlank() && !blankClears) {
      return old;
    }
    return sent.isBlank() ? null : sent;
  }

  private byte birthday(byte old, @Nullable String sent) {
    if (sent == null || sent.isBlank() && !blankClears) {
      return old;
    }
    return sent.isBlank() ? 0 : Byte.parseByte(sent);
  }

  private boolean fields(ImportRow row, Contact contact) {
    boolean changed = false;
    for (int i = 0; i < row.fieldNames.size(); i++) {
      CustomField field = store.fieldNamed(row.fieldNames.get(i));
      if (field == null) {
        continue;
      }
      String old = contact.field(field.position);
      String now = merged(old, row.fieldValues.get(i));
      if (now == null && old != null) {
        contact.removeField(field.position);
      } else if (now != null && !now.equals(old)) {
        contact.setField(field.position, String.valueOf(store.shared(now)));
      }
      changed |= !Objects.equals(old, now);
    }
    return changed;
  }

  private boolean phones(ImportRow row, Contact contact) {
    boolean changed = false;
    for (int i = 0; i < PHONE_KINDS.length; i++) {
      String number = row.get(Column.PHONE, i);
      if (!blank(number)) {
        changed |= phone(contact, String.valueOf(number), PHONE_KINDS[i]);
      }
    }
    return changed;
  }

  private boolean phone(Contact contact, String number, String kind) {
    List<Contact.Phone> phones = new ArrayList<>(contact.details().phones);
    Contact.Phone old =
        phones.stream().filter(each -> each.kind().equals(kind)).findFirst().orElse(null);
    if (old != null && old.number().equals(number) || old == null && phones.size() == 3) {
      return false;
    }
    phones.remove(old);
    phones.add(new Contact.Phone(store.newPart(), number, kind));
    contact.details().phones = List.copyOf(phones);
    return true;
  }

  private boolean addresses(ImportRow row, Contact contact) {
    boolean changed = false;
    for (int i = 0; i < ADDRESS_STARTS.length; i++) {
      if (sent(row, ADDRESS_STARTS[i])) {
        changed |= address(row, ADDRESS_STARTS[i], contact, ADDRESS_KINDS[i]);
      }
    }
    return changed;
  }

  private static boolean sent(ImportRow row, Column start) {
    for (int i = 0; i < 6; i++) {
      if (!blank(row.get(start, i))) {
        return true;
      }
    }
    return false;
  }

  private boolean address(ImportRow row, Column start, Contact contact, String kind) {
    List<Contact.StreetAddress> all = new ArrayList<>(contact.details().addresses);
    Contact.StreetAddress old =
        all.stream()
            .filter(each -> each.kind().equals(kind))
            .findFirst()
            .orElse(new Contact.StreetAddress(0, kind, null, null, null, null, null));
    Contact.StreetAddress now =
        new Contact.StreetAddress(
            old.id() == 0 ? store.newPart() : old.id(),
            kind,
            merged(old.street(), street(row, start)),
            store.shared(merged(old.city(), row.get(start, 2))),
            store.shared(merged(old.state(), row.get(start, 3))),
            store.shared(merged(old.postalCode(), row.get(start, 4))),
            store.shared(merged(old.country(), row.get(start, 5))));
    if (now.equals(old) || old.id() == 0 && all.size() == 3) {
      return false;
    }
    all.remove(old);
    all.add(now);
    contact.details().addresses = List.copyOf(all);
    return true;
  }

  private static @Nullable String street(ImportRow row, Column start) {
    String street = row.get(start, 0);
    String more = row.get(start, 1);
    if (blank(more)) {
      return street;
    }
    return blank(street) ? more : street + " " + more;
  }

  private static int number(@Nullable String text, int maximum) {
    try {
      int number = Integer.parseInt(String.valueOf(text).strip());
      return number > maximum ? -1 : number;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
