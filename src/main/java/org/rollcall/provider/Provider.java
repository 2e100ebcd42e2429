package org.rollcall.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hub asks of a provider account. Every operation is one call, except where a page says
 * that more follow; every one may throw {@link org.rollcall.pace.ProviderException}.
 */
public interface Provider {
  /** One page of the account's lists; {@code next} from the page before, absent for the first. */
  Page<RemoteList> readLists(@Nullable String next);

  /** Creates a list; a name that exists already is a conflict. */
  RemoteList createList(String name);

  /** One page of contacts. */
  Page<SeenContact> readContacts(ContactQuery query, @Nullable String next);

  /** A new, empty request body that knows the provider's limits. */
  ImportBody newImport();

  /** Creates and updates contacts and adds them to lists; gives the job's id. */
  String importContacts(List<String> listIds, byte[] body);

  /** Takes contacts off lists, never out of the account; gives the job's id. */
  String removeFromLists(List<String> contactIds, List<String> listIds);

  /**
   * Gives a contact another address; everything else about it stays, what it may receive above all.
   *
   * @param former the address it has now, as far as is known
   * @return the contact as it is now, without its lists
   */
  SeenContact changeAddress(String contactId, String former, String address);

  /**
   * Has the provider ask an unsubscribed person to confirm by e-mail; who does so is mailable again
   * and on these lists. A conflict means that the provider has asked before, which it does once.
   */
  void resubscribe(String contactId, List<String> listIds);

  /**
   * Creates a contact whose address is too long for an import; an address that exists already, in
   * whatever state, is a conflict.
   */
  SeenContact createContact(SingleContact contact);

  /**
   * Updates a contact and adds it to lists; everything else about it stays.
   *
   * @return the contact as it is now
   */
  SeenContact updateContact(String contactId, SingleContact contact);

  JobReport followJob(String jobId);

  /** The jobs the provider still remembers, newest first. */
  List<JobReport> recentJobs();

  /** Which of these custom fields the account does not have. */
  List<String> missingCustomFields(List<String> names);

  /** Makes a custom field; a name that exists already is a conflict. */
  void createCustomField(String name);

  /** One page of what is counted for the campaigns that were sent, the newest first. */
  Page<CampaignCounts> readCampaignCounts(@Nullable String next);

  /**
   * How often opens and clicks happened in these campaigns; unknown campaigns are left out.
   *
   * @param campaignIds as many as {@link ReportLimits#campaigns} at most
   */
  List<CampaignTotals> readCampaignTotals(List<String> campaignIds);

  RemoteCampaign readCampaign(String campaignId);

  /**
   * One page of what was done with a mailing, the newest first; late news stand further down. Rows
   * that make no sense stand beside the others, as long as they are few.
   */
  ActivityPage readActivities(ActivityQuery query, @Nullable String next);

  /**
   * One page of what one contact did with all campaigns, the newest first. Rows that make no sense
   * are left out, and counted in {@link Page#given}.
   */
  Page<ContactActivity> readContactActivities(String contactId, @Nullable String next);

  Limits limits();

  ReportLimits reportLimits();
}
