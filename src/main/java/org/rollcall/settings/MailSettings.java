package org.rollcall.settings;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where messages to staff go, and when.
 *
 * @param from the sender's address
 * @param to the addresses of all who get every message
 * @param digest a Quartz cron expression; null when no digest is wanted
 * @param zone of the digest's time, and of times in messages
 * @param staleAfter a sync that has confirmed nothing for so long is told
 * @param quotaAlert the share of the day's requests from which on it is told, in percent
 * @param giveUpAfter a message that could not be handed over for so long is given up
 * @param console where people reach the service, for links; null when nowhere
 */
public record MailSettings(
    MailServer server,
    String from,
    List<String> to,
    @Nullable String digest,
    ZoneId zone,
    Duration staleAfter,
    int quotaAlert,
    Duration giveUpAfter,
    @Nullable URI console) {}
