package org.rollcall.provider.constantcontact;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.ActivityPage;
import org.rollcall.provider.ActivityQuery;
import org.rollcall.provider.Caller;
import org.rollcall.provider.CampaignCounts;
import org.rollcall.provider.CampaignTotals;
import org.rollcall.provider.ContactActivity;
import org.rollcall.provider.ContactQuery;
import org.rollcall.provider.ImportBody;
import org.rollcall.provider.JobReport;
import org.rollcall.provider.Limits;
import org.rollcall.provider.Page;
import org.rollcall.provider.Provider;
import org.rollcall.provider.RemoteCampaign;
import org.rollcall.provider.RemoteList;
import org.rollcall.provider.ReportLimits;
import org.rollcall.provider.SeenContact;
import org.rollcall.provider.SingleContact;
import org.rollcall.provider.constantcontact.AddressChanges.ChangeAddress;
import org.rollcall.provider.constantcontact.ConstantContact.CustomField;
import org.rollcall.provider.constantcontact.ConstantContact.ReadContacts;
import org.rollcall.provider.constantcontact.ConstantContact.RemoveFromLists;
import org.rollcall.provider.constantcontact.ConstantContact.Resubscribe;
import org.rollcall.provider.constantcontact.Reports.ReadActivities;
import org.rollcall.provider.constantcontact.Reports.ReadContactActivities;
import org.rollcall.provider.constantcontact.SingleContacts.WriteContact;

/** The operations of a Constant Contact account for the time of one run. */
@SuppressWarnings("unchecked") // the route of an operation ends with the operation's result
public final class ConstantContactProvider implements Provider {
  private final Caller routes;
  private final CustomFieldNames customFields = new CustomFieldNames();
  private boolean allFieldsKnown;

  public ConstantContactProvider(Caller routes) {
    this.routes = routes;
  }

  @Override
  public Page<RemoteList> readLists(@Nullable String next) {
    return (Page<RemoteList>) routes.call("read-lists", next == null ? "" : next);
  }

  @Override
  public RemoteList createList(String name) {
    return (RemoteList) routes.call("create-list", name);
  }

  @Override
  public Page<SeenContact> readContacts(ContactQuery query, @Nullable String next) {
    Page<SeenContact> page =
        (Page<SeenContact>) routes.call("read-contacts", new ReadContacts(query, next));
    if (page.items().stream().noneMatch(contact -> SeenFields.hasCustom(contact.fields()))) {
      return page;
    }
    learnCustomFields();
    return new Page<>(
        page.items().stream().map(this::named).toList(),
        page.next(),
        page.at(),
        page.given(),
        page.total());
  }

  private SeenContact named(SeenContact contact) {
    String fields = contact.fields();
    return SeenFields.hasCustom(fields) && fields != null
        ? contact.withFields(SeenFields.named(fields, customFields::namesOf))
        : contact;
  }

  @Override
  public ImportBody newImport() {
    return new ImportRows(customFields);
  }

  @Override
  public String importContacts(List<String> listIds, byte[] body) {
    return (String) routes.call("import-contacts", body);
  }

  @Override
  public String removeFromLists(List<String> contactIds, List<String> listIds) {
    return (String) routes.call("remove-from-list", new RemoveFromLists(contactIds, listIds));
  }

  @Override
  public SeenContact changeAddress(String contactId, String former, String address) {
    return (SeenContact)
        routes.call("change-address", new ChangeAddress(contactId, former, address));
  }

  @Override
  public void resubscribe(String contactId, List<String> listIds) {
    routes.call("resubscribe", new Resubscribe(contactId, listIds));
  }

  @Override
  public SeenContact createContact(SingleContact contact) {
    return (SeenContact) routes.call("create-contact", write("", contact));
  }

  @Override
  public SeenContact updateContact(String contactId, SingleContact contact) {
    return (SeenContact) routes.call("update-contact", write(contactId, contact));
  }

  private WriteContact write(String contactId, SingleContact contact) {
    return new WriteContact(
        contactId,
        contact.address(),
        ContactFields.of(contact.fields(), customFields),
        contact.lists());
  }

  @Override
  public JobReport followJob(String jobId) {
    return (JobReport) routes.call("follow-job", jobId);
  }

  @Override
  public List<JobReport> recentJobs() {
    return (List<JobReport>) routes.call("recent-jobs", "");
  }

  @Override
  public List<String> missingCustomFields(List<String> columns) {
    if (unknown(columns).isEmpty()) {
      return List.of();
    }
    readCustomFields();
    return unknown(columns);
  }

  private void learnCustomFields() {
    if (!allFieldsKnown) {
      readCustomFields();
      allFieldsKnown = true;
    }
  }

  private void readCustomFields() {
    String next = "";
    while (next != null) {
      Page<CustomField> page = (Page<CustomField>) routes.call("read-custom-fields", next);
      page.items().forEach(this::learn);
      next = page.next();
    }
  }

  @Override
  public void createCustomField(String column) {
    learn((CustomField) routes.call("create-custom-field", column));
  }

  private void learn(CustomField field) {
    customFields.put(field);
  }

  private List<String> unknown(List<String> columns) {
    return columns.stream().filter(column -> customFields.of(column) == null).toList();
  }

  @Override
  public Page<CampaignCounts> readCampaignCounts(@Nullable String next) {
    return (Page<CampaignCounts>) routes.call("read-campaign-counts", next == null ? "" : next);
  }

  @Override
  public List<CampaignTotals> readCampaignTotals(List<String> campaignIds) {
    return (List<CampaignTotals>) routes.call("read-campaign-totals", campaignIds);
  }

  @Override
  public RemoteCampaign readCampaign(String campaignId) {
    return (RemoteCampaign) routes.call("read-campaign", campaignId);
  }

  @Override
  public ActivityPage readActivities(ActivityQuery query, @Nullable String next) {
    return (ActivityPage) routes.call("read-activities", new ReadActivities(query, next));
  }

  @Override
  public Page<ContactActivity> readContactActivities(String contactId, @Nullable String next) {
    return (Page<ContactActivity>)
        routes.call("read-contact-activities", new ReadContactActivities(contactId, next));
  }

  @Override
  public Limits limits() {
    return ConstantContact.LIMITS;
  }

  @Override
  public ReportLimits reportLimits() {
    return Reports.LIMITS;
  }
}
