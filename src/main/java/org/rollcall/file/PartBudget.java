package org.rollcall.file;

/** How much the parts of one workbook may still unpack to, and until when. */
final class PartBudget {
  private static final long FREE = 10L << 20;
  private static final String REMEDY = "save the sheet alone in a new workbook, or as CSV";

  private final Limits limits;
  private final long deadline;
  private long packed;
  private long unpacked;

  PartBudget(Limits limits) {
    this.limits = limits;
    this.deadline = System.nanoTime() + limits.time().toNanos();
  }

  /**
   * @param size of a part that is about to be read, packed, in bytes
   */
  void open(long size) {
    packed += Math.max(0, size);
  }

  void spend(int bytes) throws PartException {
    unpacked += bytes;
    if (unpacked > limits.bytes()) {
      throw new PartException(
          "the workbook unpacks to more than " + (limits.bytes() >> 20) + " MB", REMEDY);
    }
    if (unpacked > FREE && (unpacked - FREE) / limits.ratio() > packed) {
      throw new PartException(
          "the workbook unpacks to more than " + limits.ratio() + " times its size", REMEDY);
    }
    if (System.nanoTime() - deadline > 0) {
      throw new PartException(
          "reading the workbook took longer than " + limits.time().toSeconds() + " s", REMEDY);
    }
  }
}
