package org.rollcall.stage;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.Column;
import org.rollcall.member.Columns;
import org.rollcall.member.Eligibility;
import org.rollcall.member.EmailAddress;
import org.rollcall.member.Kind;
import org.rollcall.member.Reason;
import org.rollcall.member.Row;
import org.rollcall.member.SortName;
import org.rollcall.member.Standing;
import org.rollcall.member.SyncRules;

/**
 * Turns a source row into its staged rows, one per group. The document of a staged row has its keys
 * in a fixed order and leaves out what is not there, so that equal members have equal digests:
 *
 * <ul>
 *   <li>{@code a} the address in its comparable form, or null; {@code e} the address as given
 *   <li>{@code r} the reason against, {@code d} its detail
 *   <li>{@code k} the rank, {@code l} whether signing in counts, {@code s} the sort name, {@code p}
 *       the parent's key
 *   <li>{@code n} the name for people; {@code o} and {@code os} when and where consent was given
 *   <li>{@code h} of a member disabled in the group, what stands against it in any group
 *   <li>{@code c} the contact's fields
 * </ul>
 *
 * <p>Of whom the hub was asked to forget only key, group and reason are left.
 */
final class StagedRows {
  private static final int LONGEST_RAW_EMAIL = 254;

  /** Longer than any provider keeps; keeps a giant cell from becoming a giant row. */
  private static final int LONGEST_TEXT = 2_000;

  private static final Column[] TEXT_FIELDS = {
    Column.FIRST_NAME,
    Column.LAST_NAME,
    Column.COMPANY_NAME,
    Column.JOB_TITLE,
    Column.PHONE,
    Column.STREET,
    Column.CITY,
    Column.STATE,
    Column.POSTAL_CODE,
    Column.COUNTRY
  };

  private static final byte[] ADDRESS = ascii("{\"a\":");
  private static final byte[] NULL = ascii("null");
  private static final byte[] RAW_EMAIL = ascii(",\"e\":");
  private static final byte[] REASON = ascii(",\"r\":");
  private static final byte[] DETAIL = ascii(",\"d\":");
  private static final byte[] OPTED_OUT = ascii(",\"x\":true");
  private static final byte[] RANK = ascii(",\"k\":");
  private static final byte[] LOGIN = ascii(",\"l\":true");
  private static final byte[] SORT_NAME = ascii(",\"s\":");
  private static final byte[] PARENT = ascii(",\"p\":");
  private static final byte[] NAME = ascii(",\"n\":");
  private static final byte[] OPT_IN_AT = ascii(",\"o\":");
  private static final byte[] OPT_IN_SOURCE = ascii(",\"os\":");
  private static final byte[] OPT_IN_FLAW = ascii(",\"fl\":");
  private static final byte[] ELSEWHERE = ascii(",\"h\":");
  private static final byte[] FIELDS = ascii(",\"c\":");
  private static final byte[] BIRTHDAY = ascii(",\"birthday\":");
  private static final byte[] ANNIVERSARY = ascii(",\"anniversary\":");
  private static final byte[] END = ascii("}}");
  private static final byte[] ERASED =
      ascii("{\"a\":null,\"r\":\"" + Reason.ERASED_ON_REQUEST.name() + "\",\"k\":5,\"c\":{}}");

  private final SyncRules rules;
  private final Columns columns;
  private final CopyChunk chunk;
  private final byte[][] textFieldKeys;
  private final byte[][] customKeys;

  private final Tally tally;

  StagedRows(SyncRules rules, Columns columns, CopyChunk chunk, Tally tally) {
    this.tally = tally;
    this.rules = rules;
    this.columns = columns;
    this.chunk = chunk;
    this.textFieldKeys = new byte[TEXT_FIELDS.length][];
    for (int i = 0; i < TEXT_FIELDS.length; i++) {
      textFieldKeys[i] = ascii(",\"" + TEXT_FIELDS[i].label() + "\":");
    }
    this.customKeys =
        columns.customFields().stream()
            .map(field -> CopyChunk.jsonKey("cf:" + field.name()))
            .toArray(byte[][]::new);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Adds the staged rows of a source row to the chunk.
   *
   * @throws org.rollcall.member.RowException when the row breaks the contract; the chunk then holds
   *     half a row and must not be written
   */
  void add(long rowNumber, Row row) {
    String key = row.key();
    Eligibility.OfMember member = Eligibility.OfMember.of(row);
    row.updatedAt();
    List<String> groups = row.groups();
    boolean erased = rules.erased().contains(key, address(member));
    if (groups.isEmpty()) {
      add(rowNumber, row, key, rules.groupOfNone(), erased ? null : member);
    }
    for (String group : groups) {
      add(rowNumber, row, key, group, erased ? null : member);
    }
  }

  private static @Nullable String address(Eligibility.OfMember member) {
    return member.address() instanceof EmailAddress.Result.Valid valid ? valid.address() : null;
  }

  /**
   * @param member null when the hub was asked to forget the person
   */
  private void add(
      long rowNumber, Row row, String key, String group, Eligibility.@Nullable OfMember member) {
    chunk.startRow();
    chunk.text(key);
    chunk.tab();
    chunk.text(group);
    chunk.tab();
    if (member == null) {
      chunk.raw(ERASED);
    } else {
      document(row, member, Eligibility.of(member, group, rules));
    }
    HashValue128 hash = chunk.hash();
    long digest = hash.getLeastSignificantBits();
    tally.add(digest, hash.getMostSignificantBits());
    chunk.tab();
    chunk.number(digest);
    chunk.tab();
    chunk.number(rowNumber);
    chunk.newline();
  }

  private void document(Row row, Eligibility.OfMember member, Eligibility eligibility) {
    chunk.raw(ADDRESS);
    String given = cut(EmailAddress.shown(row.rawEmail()), LONGEST_RAW_EMAIL);
    if (member.address() instanceof EmailAddress.Result.Valid valid) {
      int start = chunk.length();
      chunk.json(valid.address());
      if (valid.address().equals(given)) {
        chunk.repeat(start, RAW_EMAIL);
        given = null;
      }
    } else {
      chunk.raw(NULL);
    }
    optional(RAW_EMAIL, given);
    optional(REASON, eligibility.reason() == null ? null : eligibility.reason().name());
    optional(DETAIL, eligibility.detail());
    if (member.optedOut()) {
      chunk.raw(OPTED_OUT);
    }
    standing(row);
    Instant optInAt = row.optInAt();
    optional(OPT_IN_AT, optInAt == null ? null : optInAt.toString());
    optional(OPT_IN_SOURCE, cut(row.text(Column.OPT_IN_SOURCE), LONGEST_TEXT));
    optional(OPT_IN_FLAW, row.optInFlaw());
    Reason elsewhere = Eligibility.elsewhere(eligibility, member, rules);
    optional(ELSEWHERE, elsewhere == null ? null : elsewhere.name());
    fields(row);
  }

  private void standing(Row row) {
    Kind kind = row.kind();
    Standing standing = Standing.of(kind, row.role());
    String first = cut(row.text(Column.FIRST_NAME), LONGEST_TEXT);
    String last = cut(row.text(Column.LAST_NAME), LONGEST_TEXT);
    String company = cut(row.text(Column.COMPANY_NAME), LONGEST_TEXT);
    chunk.raw(RANK);
    chunk.number(rules.winners().rank(standing));
    if (row.hasLogin() && rules.winners().countsLogin(standing)) {
      chunk.raw(LOGIN);
    }
    String sortName = SortName.of(kind, first, last, company);
    if (sortName != null) {
      chunk.raw(SORT_NAME);
      chunk.jsonOfParts(sortName);
    }
    optional(PARENT, row.text(Column.PARENT_KEY));
    optional(NAME, displayName(kind, first, last, company));
  }

  private static @Nullable String displayName(
      Kind kind, @Nullable String first, @Nullable String last, @Nullable String company) {
    if (kind == Kind.COMPANY && company != null) {
      return company;
    }
    if (first != null && last != null) {
      return first + ' ' + last;
    }
    return last != null ? last : first != null ? first : company;
  }

  private void fields(Row row) {
    chunk.raw(FIELDS);
    int start = chunk.length();
    for (int i = 0; i < TEXT_FIELDS.length; i++) {
      optional(textFieldKeys[i], cut(row.text(TEXT_FIELDS[i]), LONGEST_TEXT));
    }
    optional(BIRTHDAY, row.birthday());
    optional(ANNIVERSARY, row.anniversary());
    List<Columns.CustomField> customFields = columns.customFields();
    for (int i = 0; i < customFields.size(); i++) {
      optional(customKeys[i], cut(row.text(customFields.get(i)), LONGEST_TEXT));
    }
    chunk.open(start);
    chunk.raw(END);
  }

  private void optional(byte[] key, @Nullable String value) {
    if (value != null) {
      chunk.raw(key);
      chunk.json(value);
    }
  }

  private static @Nullable String cut(@Nullable String text, int longest) {
    if (text == null || text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }
}
