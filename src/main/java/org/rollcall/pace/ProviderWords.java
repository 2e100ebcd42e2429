package org.rollcall.pace;

/** What a provider says in its own words, fit to be kept and shown: without addresses or tokens. */
public final class ProviderWords {
  private ProviderWords() {}

  public static String masked(String text) {
    return ErrorBody.mask(text);
  }
}
