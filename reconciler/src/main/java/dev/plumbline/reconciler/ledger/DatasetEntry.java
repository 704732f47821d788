package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.model.Digest;

/**
 * What reading one data file came to, so that it is read once.
 *
 * @param key digest of the file's digest and of everything in the spec that decides how it is read and checked
 */
public record DatasetEntry(Digest key, Digest digest, long rows, long trainingRows, long heldOutRows)
        implements Entry {}
