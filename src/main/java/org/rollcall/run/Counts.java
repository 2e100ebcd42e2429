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
  public long addToList;
  public long removeFromList;
  public long resubscribe;
  public long failed;
  public long held;
  public long requests;
}
