package org.rollcall.run;

/**
 * What a run counted. Members count once per group, so that they add up: members = eligible + not
 * applicable.
 */
public final class Counts {
  public long read;
  public long members;
  public long eligible;
  public long notApplicable;
  public long unchanged;
  public long createContact;
  public long updateContact;
  public long changeAddress;

  /** Contacts that were there before any sync sent something to them; part of the updated ones. */
  public long adoptContact;

  /** Of those, the ones whose names or company are not what the source says. */
  public long adoptDiffering;

  /** Memberships that were there and become ours. */
  public long adoptMembership;

  public long adoptList;
  public long createList;

  /** Contacts that are no member's and that no sync has ever sent. */
  public long foreignContact;

  /** Addresses of members that are unsubscribed at the provider. */
  public long unsubscribed;

  /** Of a sync that only takes away: members who are not on their list. */
  public long notFound;

  public long addToList;
  public long removeFromList;
  public long resubscribe;

  /** Campaigns of which there was something new. */
  public long campaigns;

  /** What contacts did that was not known before. */
  public long activities;

  /** Of the activities, opt-outs. */
  public long optOuts;

  public long failed;
  public long held;
  public long requests;

  /** What is planned for contacts and for their memberships. */
  public long changes() {
    return createContact + updateContact + changeAddress + addToList + removeFromList + resubscribe;
  }

  /** Whether a member's status can be another one for it. */
  public boolean changeSomething() {
    return changes() > 0
        || adoptContact + adoptMembership + adoptList + createList > 0
        || failed + held > 0;
  }
}
