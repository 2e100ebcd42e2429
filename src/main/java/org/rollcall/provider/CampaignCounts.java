package org.rollcall.provider;

import java.time.Instant;
import java.util.Map;

/**
 * What the provider counts for a campaign.
 *
 * @param sentAt when it was sent last
 * @param contacts how many contacts did each thing at least once
 * @param complaints how many reported it as spam
 */
public record CampaignCounts(
    String campaignId, Instant sentAt, Map<ActivityKind, Long> contacts, long complaints) {}
