package org.rollcall.operate;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.alert.Times;
import org.rollcall.settings.MailSettings;
import org.rollcall.settings.Settings;

/** The schedules of syncs and of the digest. */
public final class AlertTimes implements Times {
  private final Map<String, Timetable> syncs = new TreeMap<>();
  private final @Nullable Timetable digest;

  public AlertTimes(Settings settings) {
    settings
        .syncs()
        .forEach(
            (name, sync) -> {
              if (sync.schedule() != null) {
                syncs.put(name, new Timetable(sync.schedule(), sync.timeZone(), sync.window()));
              }
            });
    MailSettings mail = settings.mail();
    digest =
        mail == null || mail.digest() == null
            ? null
            : new Timetable(Objects.requireNonNull(mail.digest()), mail.zone(), null);
  }

  @Override
  public Optional<Instant> due(String sync, Instant until) {
    return Optional.ofNullable(syncs.get(sync))
        .flatMap(timetable -> timetable.latest(Instant.EPOCH, until))
        .map(Fire::at);
  }

  @Override
  public Optional<Instant> digest(Instant since, Instant now) {
    return Optional.ofNullable(digest)
        .flatMap(timetable -> timetable.latest(since, now))
        .map(Fire::at);
  }
}
