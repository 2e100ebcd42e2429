package org.rollcall.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a test or a person does at the provider behind the hub's back: trouble, time, and the work
 * of staff and contacts. Works on the main account; see {@link #account(String)}.
 */
public final class Control {
  private final World world;
  private final Account account;

  Control(World world) {
    this(world, World.MAIN);
  }

  private Control(World world, String name) {
    this.world = world;
    this.account = world.addAccount(name);
  }

  /**
   * A list with its counts.
   *
   * @param members everybody on it
   * @param active those who may be mailed
   */
  public record ListView(
      String id, String name, @Nullable String description, int members, int active) {}

  /** A contact as the provider holds it; absent texts are null, times are whole seconds. */
  public record ContactView(
      String id,
      @Nullable String address,
      String permission,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String companyName,
      @Nullable String jobTitle,
      @Nullable String birthday,
      @Nullable String anniversary,
      @Nullable String phone,
      @Nullable String optOutSource,
      List<String> lists,
      Map<String, String> fields,
      Instant createdAt,
      Instant updatedAt,
      boolean deleted) {}

  /** The same operations on another account of the same client, made on first use. */
  public Control account(String name) {
    return new Control(world, name);
  }

  World world() {
    return world;
  }

  Account account() {
    return current();
  }

  /** A reset replaces the accounts. */
  private Account current() {
    Account now = world.account(account.name());
    return now == null ? world.addAccount(account.name()) : now;
  }

  private Store store() {
    return current().store();
  }

  /** Campaigns, and what people do with them. */
  public CampaignControl campaigns() {
    return new CampaignControl(current(), world.clock);
  }

  // time

  public Instant now() {
    return world.clock.instant();
  }

  public void setClock(Instant time) {
    world.clock.set(time);
  }

  public void advanceClock(Duration step) {
    world.clock.advance(step);
  }

  /** A stopped clock only moves when it is told to. */
  public void stopClock(boolean stop) {
    world.clock.stop(stop);
  }

  // trouble

  public void addFault(Fault fault) {
    world.faults.add(fault);
  }

  public void clearFaults() {
    world.faults.clear();
  }

  public List<Fault> pendingFaults() {
    return world.faults.pending();
  }

  /** Every import row with this address is an error until {@link #acceptAddress}. */
  public void refuseAddress(String address, String reason) {
    Store store = store();
    store.change(() -> store.refusedAddresses.put(Store.normal(address), reason));
  }

  public void acceptAddress(String address) {
    Store store = store();
    store.change(() -> store.refusedAddresses.remove(Store.normal(address)));
  }

  public SandboxOptions options() {
    return world.options();
  }

  /** Takes effect at once, apart from port, client, consent and clock start. */
  public void options(SandboxOptions changed) {
    world.options(changed);
  }

  /** 0 lifts a limit. */
  public void limits(int requestsPerSecond, int requestsPerDay) {
    world.options(world.options().withLimits(requestsPerSecond, requestsPerDay));
  }

  public int requestsToday() {
    return world.limits.usedToday(world.options().clientId());
  }

  public void setRequestsToday(int used) {
    world.limits.setUsedToday(world.options().clientId(), used);
  }

  /** All state, tokens, trouble and the journal go; the options become those given. */
  public void reset(SandboxOptions fresh) {
    world.reset(fresh);
  }

  public void reset() {
    reset(world.options());
  }

  // tokens

  /** A consent without a browser, for the default client. */
  public String issueRefreshToken() {
    return issueRefreshToken(account.name());
  }

  String issueRefreshToken(String accountName) {
    Grant grant =
        world.grants.grant(
            world.addAccount(accountName), world.options().clientId(), World.ALL_SCOPES, true);
    return String.valueOf(grant.refreshToken);
  }

  /** An access token with just these scopes, without any refresh token. */
  public String issueAccessToken(String... scopes) {
    Set<String> asked = new TreeSet<>(scopes.length == 0 ? World.ALL_SCOPES : List.of(scopes));
    asked.remove("offline_access");
    Grant grant = world.grants.grant(current(), world.options().clientId(), asked, true);
    return world.grants.issue(grant).get("access_token").asText();
  }

  public void expireAccessTokens() {
    world.grants.expireAccessTokens();
  }

  public void revokeTokens() {
    world.grants.revokeAll();
  }

  /** The refresh tokens that still work. */
  public Set<String> livingRefreshTokens() {
    return world.grants.livingRefreshTokens().keySet();
  }

  public void registerClient(String id, String secret, List<String> redirectUris) {
    world.clients.register(new Clients.Client(id, secret, redirectUris));
  }

  public void deactivateApplication(boolean off) {
    world.clients.deactivate(world.options().clientId(), off);
  }

  /** The person who consented loses these rights; an empty set gives all back. */
  public void withholdPrivileges(Set<String> privileges) {
    world.clients.withholdPrivileges(privileges);
  }

  // jobs

  /** Every bulk job, stuck ones excepted, is done when this returns. */
  public void finishActivities() throws InterruptedException {
    current().activities().finishAll();
  }

  /** Completes stuck ones too. */
  public void releaseStuckActivities() throws InterruptedException {
    current().activities().finishStuck();
    current().activities().finishAll();
  }

  // what contacts do

  /** The person uses the unsubscribe link. */
  public boolean unsubscribe(String address, String reason) {
    return optOut(address, Origin.CONTACT, reason);
  }

  /** Staff unsubscribes the contact. */
  public boolean unsubscribeByAccount(String address, String reason) {
    return optOut(address, Origin.ACCOUNT, reason);
  }

  private boolean optOut(String address, Origin source, String reason) {
    return onContact(
        address,
        (store, contact) -> {
          store.setPermission(contact, Permission.UNSUBSCRIBED, source);
          contact.optOutReason = reason;
          store.touch(contact, source);
        });
  }

  /** The person clicks the confirmation of a re-subscription; false when none was sent. */
  public boolean confirmResubscribe(String address) {
    Store store = store();
    return store.write(
        () -> {
          Contact contact = store.byAddress(Store.normal(address));
          if (contact == null
              || contact.permission != Permission.UNSUBSCRIBED
              || !contact.resubscribeSent) {
            return false;
          }
          store.setPermission(contact, Permission.EXPLICIT, Origin.CONTACT);
          store.revive(contact);
          for (int list : contact.details().resubscribeLists) {
            store.join(contact, store.lists.get(list));
          }
          contact.details().resubscribeLists = Contact.NONE;
          store.touch(contact, Origin.CONTACT);
          return true;
        });
  }

  /** The person confirms a sign-up that waits for it. */
  public boolean confirmOptIn(String address) {
    return onContact(
        address,
        (store, contact) -> {
          contact.confirmedOptIn = true;
          store.setPermission(contact, Permission.EXPLICIT, Origin.CONTACT);
          store.touch(contact, Origin.CONTACT);
        });
  }

  // what staff does

  /** Values that may be edited by hand; null leaves alone, blank clears. */
  public record Edit(
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String companyName,
      @Nullable String jobTitle,
      @Nullable String newAddress,
      @Nullable String permission,
      @Nullable Map<String, String> fields) {
    public static Edit name(String firstName, String lastName) {
      return new Edit(firstName, lastName, null, null, null, null, null);
    }

    public static Edit address(String newAddress) {
      return new Edit(null, null, null, null, newAddress, null, null);
    }
  }

  /** Creates lists that do not exist. The address may be null: such contacts occur. */
  public String createContact(@Nullable String address, List<String> lists, Edit values) {
    Store store = store();
    return store.write(
        () -> {
          String normal = address == null ? null : Store.normal(address);
          if (normal != null && store.byAddress(normal) != null) {
            throw new IllegalArgumentException("this address exists already");
          }
          Contact contact = store.addContact(normal, Origin.ACCOUNT);
          if (normal != null) {
            store.setPermission(contact, Permission.IMPLICIT, Origin.ACCOUNT);
          }
          lists.forEach(name -> store.join(contact, listNamed(store, name)));
          edit(store, contact, values);
          return store.contactIds.text(contact.index);
        });
  }

  public boolean editContact(String address, Edit values) {
    return onContact(
        address,
        (store, contact) -> {
          edit(store, contact, values);
          store.touch(contact, Origin.ACCOUNT);
        });
  }

  /**
   * Staff gives a contact these in place of all it has of the kind; null leaves that alone.
   *
   * @param phone of the kind that imports write
   */
  public boolean editDetails(
      String address, @Nullable String phone, @Nullable String city, @Nullable String anniversary) {
    return onContact(
        address,
        (store, contact) -> {
          Contact.Details details = contact.details();
          if (phone != null) {
            details.phones = List.of(new Contact.Phone(0, phone, "other"));
          }
          if (city != null) {
            details.addresses =
                List.of(new Contact.StreetAddress(0, "home", null, city, null, null, null));
          }
          contact.anniversary = edited(contact.anniversary, anniversary);
          store.touch(contact, Origin.ACCOUNT);
        });
  }

  private static void edit(Store store, Contact contact, Edit values) {
    contact.firstName = edited(contact.firstName, values.firstName());
    contact.lastName = edited(contact.lastName, values.lastName());
    contact.companyName = edited(contact.companyName, values.companyName());
    contact.jobTitle = edited(contact.jobTitle, values.jobTitle());
    if (values.newAddress() != null) {
      store.setAddress(contact, Store.normal(values.newAddress()));
    }
    Permission permission = values.permission() == null ? null : Permission.of(values.permission());
    if (permission != null) {
      store.setPermission(contact, permission, Origin.ACCOUNT);
    }
    if (values.fields() != null) {
      values.fields().forEach((name, value) -> setField(store, contact, name, value));
    }
  }

  private static @Nullable String edited(@Nullable String old, @Nullable String now) {
    return now == null ? old : now.isBlank() ? null : now;
  }

  private static void setField(Store store, Contact contact, String name, String value) {
    CustomField known = store.fieldNamed(name);
    CustomField field =
        known == null ? CustomFieldsResource.create(store, name, "string", false) : known;
    if (value.isBlank()) {
      contact.removeField(field.position);
    } else {
      contact.setField(field.position, value);
    }
  }

  public boolean deleteContact(String address) {
    return onContact(address, Store::delete);
  }

  public boolean addToList(String address, String list) {
    return onContact(
        address,
        (store, contact) -> {
          store.revive(contact);
          store.join(contact, listNamed(store, list));
          store.touch(contact, Origin.ACCOUNT);
        });
  }

  public boolean removeFromList(String address, String list) {
    return onContact(
        address,
        (store, contact) -> {
          store.leave(contact, listNamed(store, list));
          store.touch(contact, Origin.ACCOUNT);
        });
  }

  /** The id of the list, made if there is none of this name. */
  public String createList(String name) {
    Store store = store();
    return store.write(() -> listNamed(store, name).id);
  }

  public boolean renameList(String name, String newName) {
    return onList(
        name,
        (store, list) -> {
          list.name = newName;
          list.updatedAt = store.now();
        });
  }

  public boolean deleteList(String name) {
    return onList(name, Store::deleteList);
  }

  private static MailingList listNamed(Store store, String name) {
    MailingList known = store.listNamed(name);
    return known == null ? store.addList(name) : known;
  }

  private interface OnContact {
    void apply(Store store, Contact contact);
  }

  private interface OnList {
    void apply(Store store, MailingList list);
  }

  /** False when there is no such contact. */
  private boolean onContact(String address, OnContact deed) {
    Store store = store();
    return store.write(
        () -> {
          Contact contact = store.byAddress(Store.normal(address));
          if (contact != null) {
            deed.apply(store, contact);
          }
          return contact != null;
        });
  }

  private boolean onList(String name, OnList deed) {
    Store store = store();
    return store.write(
        () -> {
          MailingList list = store.listNamed(name);
          if (list != null) {
            deed.apply(store, list);
          }
          return list != null;
        });
  }

  // looking

  /** The lists that exist, by name. */
  public List<ListView> lists() {
    Store store = store();
    return store.read(
        () ->
            store.lists.stream()
                .filter(list -> !list.deleted())
                .sorted(java.util.Comparator.comparing((MailingList list) -> list.name))
                .map(list -> view(store, list))
                .toList());
  }

  public Optional<ListView> list(String name) {
    return lists().stream().filter(list -> list.name().equals(name)).findFirst();
  }

  private static ListView view(Store store, MailingList list) {
    return new ListView(
        list.id,
        list.name,
        list.description,
        list.members.cardinality(),
        ListsResource.active(store, list));
  }

  /** Deleted ones not counted. */
  public int contactCount() {
    Store store = store();
    return store.read(() -> store.contacts.size() - store.deleted.cardinality());
  }

  /** Also finds deleted contacts. */
  public Optional<ContactView> contact(String address) {
    Store store = store();
    return store.read(
        () -> {
          Contact contact = store.byAddress(Store.normal(address));
          return contact == null ? Optional.empty() : Optional.of(view(store, contact));
        });
  }

  /** In the order of their creation, deleted ones included. */
  public List<ContactView> contacts(int from, int count) {
    Store store = store();
    return store.read(
        () -> {
          int end = Math.min(store.contacts.size(), from + count);
          return store.contacts.subList(Math.min(from, end), end).stream()
              .map(contact -> view(store, contact))
              .toList();
        });
  }

  /** The first members of a list in the order of their creation. */
  public List<ContactView> membersOf(String list, int count) {
    Store store = store();
    return store.read(
        () -> {
          MailingList known = store.listNamed(list);
          return known == null
              ? List.of()
              : known.members.stream()
                  .limit(count)
                  .mapToObj(position -> view(store, store.contacts.get(position)))
                  .toList();
        });
  }

  static ContactView view(Store store, Contact contact) {
    return new ContactView(
        store.contactIds.text(contact.index),
        contact.address,
        contact.permission.wire(),
        contact.firstName,
        contact.lastName,
        contact.companyName,
        contact.jobTitle,
        birthday(contact),
        contact.anniversary,
        phone(contact),
        contact.optOutSource == null ? null : contact.optOutSource.wire(),
        Arrays.stream(contact.lists).mapToObj(at -> store.lists.get(at).name).sorted().toList(),
        fields(store, contact),
        Instant.ofEpochSecond(contact.createdAt),
        Instant.ofEpochSecond(contact.updatedAt),
        contact.deleted());
  }

  static @Nullable String birthday(Contact contact) {
    return contact.birthdayMonth == 0 ? null : contact.birthdayMonth + "/" + contact.birthdayDay;
  }

  static @Nullable String phone(Contact contact) {
    boolean none = contact.details == null || contact.details.phones.isEmpty();
    return none ? null : contact.details().phones.get(0).number();
  }

  static Map<String, String> fields(Store store, Contact contact) {
    Map<String, String> fields = new TreeMap<>();
    for (int i = 0; i < contact.fields.length; i++) {
      fields.put(store.fields.get(contact.fields[i]).name, contact.fieldValues[i]);
    }
    return fields;
  }

  /**
   * Everything the account holds, one JSON object a line in the order of creation, without ids and
   * times so that two worlds can be compared. Deleted contacts are left out.
   */
  public void dump(OutputStream out) throws IOException {
    new Dump(store()).write(out);
  }

  /** All remembered requests, oldest first. */
  public List<JournalEntry> journal() {
    return new ArrayList<>(world.journal.all());
  }

  /**
   * When the last requests of the API arrived, on the machine's clock in milliseconds, oldest
   * first; {@link #clearJournal} leaves them.
   */
  public List<Long> arrivals() {
    return world.journal.arrivals();
  }

  public void clearJournal() {
    world.journal.clear();
  }
}
