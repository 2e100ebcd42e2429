package org.rollcall.harness;

import org.jspecify.annotations.Nullable;

/** One row of the source: a member in one group. */
public record SourceRow(
    String key,
    String group,
    @Nullable String email,
    String kind,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String companyName,
    @Nullable String role,
    @Nullable String parent,
    boolean login,
    String membership,
    boolean enabled,
    String status,
    boolean optedOut) {

  /** An active person with nothing special about it. */
  public static SourceRow person(String key, String group, @Nullable String email) {
    return new SourceRow(
        key,
        group,
        email,
        "person",
        "First " + key,
        "Last " + key,
        null,
        null,
        null,
        false,
        "primary",
        true,
        "active",
        false);
  }

  public static SourceRow company(String key, String group, @Nullable String email) {
    return new SourceRow(
        key,
        group,
        email,
        "company",
        null,
        null,
        "Company " + key,
        null,
        null,
        false,
        "primary",
        true,
        "active",
        false);
  }

  public SourceRow withEmail(@Nullable String value) {
    return new SourceRow(
        key,
        group,
        value,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        parent,
        login,
        membership,
        enabled,
        status,
        optedOut);
  }

  public SourceRow withName(String first, String last) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        first,
        last,
        companyName,
        role,
        parent,
        login,
        membership,
        enabled,
        status,
        optedOut);
  }

  public SourceRow withRole(@Nullable String value) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        value,
        parent,
        login,
        membership,
        enabled,
        status,
        optedOut);
  }

  public SourceRow withParent(@Nullable String value) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        value,
        login,
        membership,
        enabled,
        status,
        optedOut);
  }

  public SourceRow withLogin(boolean value) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        parent,
        value,
        membership,
        enabled,
        status,
        optedOut);
  }

  public SourceRow withMembership(String value) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        parent,
        login,
        value,
        enabled,
        status,
        optedOut);
  }

  public SourceRow withEnabled(boolean value) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        parent,
        login,
        membership,
        value,
        status,
        optedOut);
  }

  public SourceRow withStatus(String value) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        parent,
        login,
        membership,
        enabled,
        value,
        optedOut);
  }

  public SourceRow withOptOut(boolean value) {
    return new SourceRow(
        key,
        group,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        parent,
        login,
        membership,
        enabled,
        status,
        value);
  }

  public SourceRow in(String otherGroup) {
    return new SourceRow(
        key,
        otherGroup,
        email,
        kind,
        firstName,
        lastName,
        companyName,
        role,
        parent,
        login,
        membership,
        enabled,
        status,
        optedOut);
  }
}
