package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.schemas.model.Digest;
import java.time.Instant;

/**
 * A signed word that the ledger held this record, with its link, at this time: who rewrites the ledger later cannot take it
 * back without the key.
 *
 * @param ledger the branch
 * @param head the commit of its last record
 * @param link of that record
 */
public record Checkpoint(String ledger, String head, Digest link, Instant at) {}
