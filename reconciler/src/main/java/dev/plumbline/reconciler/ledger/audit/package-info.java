/** The ledger as an auditor reads it: record after record, each linked to those before it, and what each of them says. */
@NullMarked
package dev.plumbline.reconciler.ledger.audit;

import org.jspecify.annotations.NullMarked;
