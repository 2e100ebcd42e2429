package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything one account holds. Every other method expects to be called inside {@link #read} or
 * {@link #write}.
 *
 * <p>Contacts stay in the order of their creation and never move, deleted ones included, so a
 * position is a cursor; sets of contacts are bit sets over these positions.
 */
final class Store {
  static final int LISTS = 1_000;
  static final int LISTS_PER_CONTACT = 50;
  static final int FIELDS = 100;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final SandboxClock clock;

  final Ids contactIds;
  private final Ids listIds;
  private final Ids fieldIds;
  private final Ids tagIds;
  private final Ids partIds;
  private int parts;

  final List<Contact> contacts = new ArrayList<>();
  private final Map<String, Contact> byAddress = new HashMap<>();
  final BitSet deleted = new BitSet();
  final BitSet[] byPermission = new BitSet[Permission.values().length];
  final List<MailingList> lists = new ArrayList<>();
  final List<CustomField> fields = new ArrayList<>();
  private final Map<String, CustomField> fieldsByName = new HashMap<>();
  final List<Tag> tags = new ArrayList<>();
  final Map<String, String> refusedAddresses = new HashMap<>();
  private final Words words = new Words();

  Store(SandboxClock clock, int account, long bornMillis) {
    this.clock = clock;
    this.contactIds = new Ids(bornMillis, account, 1);
    this.listIds = new Ids(bornMillis, account, 2);
    this.fieldIds = new Ids(bornMillis, account, 3);
    this.tagIds = new Ids(bornMillis, account, 4);
    this.partIds = new Ids(bornMillis, account, 5);
    for (int i = 0; i < byPermission.length; i++) {
      byPermission[i] = new BitSet();
    }
  }

  <T> T read(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  <T> T write(Supplier<T> work) {
    lock.writeLock().lock();
    try {
      return work.get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  void change(Runnable work) {
    write(
        () -> {
          work.run();
          return true;
        });
  }

  /** One copy of values that come often: first names, cities, company names. */
  @Nullable String shared(@Nullable String value) {
    return value == null ? null : sharedText(value);
  }

  String sharedText(String value) {
    return words.shared(value);
  }

  /** The number of a new phone, street address or note. */
  int newPart() {
    return ++parts;
  }

  String partId(int number) {
    return partIds.text(number);
  }

  // contacts

  static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  @Nullable Contact byAddress(String address) {
    return byAddress.get(address);
  }

  @Nullable Contact contact(String id) {
    int position = contactIds.position(id);
    return position < 0 || position >= contacts.size() ? null : contacts.get(position);
  }

  Contact addContact(@Nullable String address, Origin source) {
    Contact contact = new Contact(contacts.size());
    contact.createdAt = clock.seconds();
    contact.updatedAt = contact.createdAt;
    contact.createSource = source;
    contact.updateSource = source;
    contacts.add(contact);
    byPermission[contact.permission.ordinal()].set(contact.index);
    setAddress(contact, address);
    return contact;
  }

  void setAddress(Contact contact, @Nullable String address) {
    if (contact.address != null) {
      byAddress.remove(contact.address);
    }
    contact.address = address;
    if (address != null) {
      byAddress.put(address, contact);
    }
  }

  void touch(Contact contact, Origin source) {
    contact.updatedAt = clock.seconds();
    contact.updateSource = source;
  }

  /** Also keeps the opt-in and opt-out properties in step. */
  void setPermission(Contact contact, Permission permission, Origin source) {
    if (contact.permission == permission) {
      return;
    }
    byPermission[contact.permission.ordinal()].clear(contact.index);
    byPermission[permission.ordinal()].set(contact.index);
    contact.permission = permission;
    if (permission == Permission.UNSUBSCRIBED) {
      contact.optOutSource = source;
      contact.optOutAt = clock.seconds();
    } else {
      contact.optOutSource = null;
      contact.optOutReason = null;
      contact.optOutAt = 0;
      contact.optInSource = source;
      contact.optInAt = clock.seconds();
    }
  }

  boolean join(Contact contact, MailingList list) {
    int[] before = contact.lists;
    contact.lists = Sorted.add(before, list.position);
    list.members.set(contact.index);
    return contact.lists != before;
  }

  /** Contacts that joined the same lists share one array. */
  boolean joinAll(Contact contact, int[] positions) {
    int[] all = Sorted.union(contact.lists, positions);
    if (all.length == contact.lists.length) {
      return false;
    }
    contact.lists = all;
    for (int position : positions) {
      lists.get(position).members.set(contact.index);
    }
    return true;
  }

  boolean leave(Contact contact, MailingList list) {
    int[] before = contact.lists;
    contact.lists = Sorted.remove(before, list.position);
    list.members.clear(contact.index);
    return contact.lists != before;
  }

  void setLists(Contact contact, int[] positions) {
    for (int old : contact.lists) {
      lists.get(old).members.clear(contact.index);
    }
    contact.lists = Sorted.of(positions);
    for (int position : contact.lists) {
      lists.get(position).members.set(contact.index);
    }
  }

  /** Hides the contact, takes it off its lists and keeps its address reserved. */
  void delete(Contact contact) {
    setLists(contact, Contact.NONE);
    contact.deletedAt = clock.seconds();
    deleted.set(contact.index);
    touch(contact, Origin.ACCOUNT);
  }

  void revive(Contact contact) {
    contact.deletedAt = 0;
    deleted.clear(contact.index);
  }

  BitSet mailable() {
    BitSet mailable = (BitSet) byPermission[Permission.EXPLICIT.ordinal()].clone();
    mailable.or(byPermission[Permission.IMPLICIT.ordinal()]);
    mailable.andNot(deleted);
    return mailable;
  }

  // lists

  MailingList addList(String name) {
    MailingList list = new MailingList(lists.size(), listIds.text(lists.size()), name, now());
    lists.add(list);
    return list;
  }

  /** Also finds deleted lists. */
  @Nullable MailingList list(String id) {
    int position = listIds.position(id);
    return position < 0 || position >= lists.size() ? null : lists.get(position);
  }

  @Nullable MailingList listNamed(String name) {
    return lists.stream()
        .filter(list -> !list.deleted() && list.name.equals(name))
        .findFirst()
        .orElse(null);
  }

  long activeLists() {
    return lists.stream().filter(list -> !list.deleted()).count();
  }

  void deleteList(MailingList list) {
    BitSet members = list.members;
    for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
      Contact contact = contacts.get(i);
      contact.lists = Sorted.remove(contact.lists, list.position);
      touch(contact, Origin.ACCOUNT);
    }
    list.members = new BitSet();
    list.deletedAt = now();
    list.updatedAt = list.deletedAt;
  }

  // custom fields

  CustomField addField(String label, String name, String type) {
    CustomField field =
        new CustomField(fields.size(), fieldIds.text(fields.size()), label, name, type, now());
    fields.add(field);
    fieldsByName.put(name, field);
    return field;
  }

  @Nullable CustomField field(String id) {
    int position = fieldIds.position(id);
    CustomField field = position < 0 || position >= fields.size() ? null : fields.get(position);
    return field == null || field.deleted ? null : field;
  }

  @Nullable CustomField fieldNamed(String name) {
    return fieldsByName.get(name);
  }

  List<CustomField> activeFields() {
    return fields.stream().filter(field -> !field.deleted).toList();
  }

  void deleteField(CustomField field) {
    field.deleted = true;
    fieldsByName.remove(field.name);
    for (Contact contact : contacts) {
      if (contact.field(field.position) != null) {
        contact.removeField(field.position);
        touch(contact, Origin.ACCOUNT);
      }
    }
  }

  // tags

  Tag addTag(String name) {
    Tag tag = new Tag(tags.size(), tagIds.text(tags.size()), name, now());
    tags.add(tag);
    return tag;
  }

  @Nullable Tag tag(String id) {
    int position = tagIds.position(id);
    Tag tag = position < 0 || position >= tags.size() ? null : tags.get(position);
    return tag == null || tag.deleted ? null : tag;
  }

  void setTags(Contact contact, int[] positions) {
    for (int old : contact.tags()) {
      tags.get(old).members.clear(contact.index);
    }
    if (positions.length == 0 && contact.details == null) {
      return;
    }
    contact.details().tags = Sorted.of(positions);
    for (int position : contact.tags()) {
      tags.get(position).members.set(contact.index);
    }
  }

  void deleteTag(Tag tag) {
    BitSet members = tag.members;
    tag.members = new BitSet();
    tag.deleted = true;
    for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
      Contact contact = contacts.get(i);
      contact.details().tags = Sorted.remove(contact.tags(), tag.position);
      touch(contact, Origin.ACCOUNT);
    }
  }

  long now() {
    return clock.seconds();
  }
}
