package org.rollcall.operate;

import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.rollcall.alert.Mailroom;
import org.rollcall.hub.Hub;
import org.rollcall.settings.Problem;
import org.rollcall.settings.SettingsException;

/** The mailroom of a hub. */
public final class Mailrooms {
  private Mailrooms() {}

  /**
   * To be closed before the hub.
   *
   * @throws SettingsException when no mail server is set
   */
  public static Mailroom of(Hub hub, Clock clock) {
    if (hub.settings().mail() == null) {
      throw new SettingsException(
          List.of(
              new Problem(
                  "config/application.properties",
                  0,
                  "rollcall.mail.host",
                  "is missing, so that nothing is mailed",
                  "name the mail server there; rollcall.mail.from and rollcall.mail.to belong to"
                      + " it")));
    }
    return new Mailroom(
        hub.settings(),
        hub.store(),
        hub.budget(),
        new AlertTimes(hub.settings()),
        clock,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }
}
