package org.rollcall.provider;

import java.util.List;

/**
 * A campaign at the provider.
 *
 * @param mailings the provider's ids of its sendings of which there are reports
 */
public record RemoteCampaign(String id, String name, List<String> mailings) {}
