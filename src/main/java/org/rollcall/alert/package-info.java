/**
 * Messages to staff: an alert when something needs a person and one when it is over, and the daily
 * digest.
 *
 * <p>Reads what runs left behind, under the service and the commands; runs know nothing of it.
 */
@NullMarked
package org.rollcall.alert;

import org.jspecify.annotations.NullMarked;
