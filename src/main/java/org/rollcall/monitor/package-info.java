/**
 * What instruments see of a running service: metrics, JMX beans, Jolokia, Hawtio and traces. Reads
 * through {@code hub}, serves through {@code web}; {@code operate} puts it in place.
 */
@NullMarked
package org.rollcall.monitor;

import org.jspecify.annotations.NullMarked;
