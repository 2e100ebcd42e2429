package org.rollcall.provider;

/**
 * What one call about campaigns may carry.
 *
 * @param pageSize rows on a page
 * @param campaigns campaigns in one question for totals
 */
public record ReportLimits(int pageSize, int campaigns) {}
