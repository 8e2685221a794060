/**
 * What the feeds do not tell: comparing a room or a thread with the server as a whole, by reading
 * it ({@link dev.strandline.internal.reconcile.Reconciliation}) or by counting it ({@link
 * dev.strandline.internal.reconcile.Audit}), and repairing it without wiping (R10, R11).
 */
@NullMarked
package dev.strandline.internal.reconcile;

import org.jspecify.annotations.NullMarked;
