package org.rollcall.provider;

import java.util.Map;

/**
 * How often something was done with a campaign, each time counted.
 *
 * @param events only of the kinds that the provider counts so
 */
public record CampaignTotals(String campaignId, Map<ActivityKind, Long> events) {}
