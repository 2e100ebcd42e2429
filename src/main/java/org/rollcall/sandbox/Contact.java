package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One contact, kept small because there may be a million of them. Times are epoch seconds, 0 is
 * absent. Guarded by the store's lock.
 */
final class Contact {
  static final int[] NONE = {};
  private static final String[] NO_VALUES = {};

  final int index;
  @Nullable String address;
  Permission permission = Permission.NOT_SET;
  @Nullable String firstName;
  @Nullable String lastName;
  @Nullable String jobTitle;
  @Nullable String companyName;
  @Nullable String anniversary;
  byte birthdayMonth;
  byte birthdayDay;
  boolean resubscribeSent;
  boolean confirmedOptIn;
  Origin createSource = Origin.ACCOUNT;
  Origin updateSource = Origin.ACCOUNT;
  @Nullable Origin optInSource;
  @Nullable Origin optOutSource;
  @Nullable String optOutReason;
  long createdAt;
  long updatedAt;
  long deletedAt;
  long optInAt;
  long optOutAt;

  /** Positions of lists, ascending. */
  int[] lists = NONE;

  int[] fields = NONE;
  String[] fieldValues = NO_VALUES;
  @Nullable Details details;

  Contact(int index) {
    this.index = index;
  }

  /** What few contacts have. */
  static final class Details {
    List<Phone> phones = List.of();
    List<StreetAddress> addresses = List.of();
    List<Note> notes = List.of();
    int[] tags = NONE;
    int[] resubscribeLists = NONE;
  }

  record Phone(int id, String number, String kind) {}

  record StreetAddress(
      int id,
      String kind,
      @Nullable String street,
      @Nullable String city,
      @Nullable String state,
      @Nullable String postalCode,
      @Nullable String country) {}

  record Note(int id, long createdAt, String content) {}

  boolean deleted() {
    return deletedAt != 0;
  }

  Details details() {
    Details present = details;
    if (present == null) {
      present = new Details();
      details = present;
    }
    return present;
  }

  int[] tags() {
    return details == null ? NONE : details.tags;
  }

  @Nullable String field(int position) {
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] == position) {
        return fieldValues[i];
      }
    }
    return null;
  }

  void setField(int position, String value) {
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] == position) {
        fieldValues[i] = value;
        return;
      }
    }
    fields = Arrays.copyOf(fields, fields.length + 1);
    fieldValues = Arrays.copyOf(fieldValues, fieldValues.length + 1);
    fields[fields.length - 1] = position;
    fieldValues[fieldValues.length - 1] = value;
  }

  void clearFields() {
    fields = NONE;
    fieldValues = NO_VALUES;
  }

  void removeField(int position) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] != position) {
        kept.add(i);
      }
    }
    int[] oldFields = fields;
    String[] oldValues = fieldValues;
    fields = kept.stream().mapToInt(i -> oldFields[i]).toArray();
    fieldValues = kept.stream().map(i -> oldValues[i]).toArray(String[]::new);
  }
}
