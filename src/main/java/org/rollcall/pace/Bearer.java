package org.rollcall.pace;

import org.rollcall.settings.AccountSettings;

/** Where calls get their access token from. */
public interface Bearer {
  /**
   * @throws ProviderException when there is none to be had: {@code RETRY} or {@code RECONNECT}
   */
  String accessToken(AccountSettings account);

  /** The provider no longer takes this one; does nothing when a newer one is there already. */
  void invalidate(AccountSettings account, String usedToken);
}
