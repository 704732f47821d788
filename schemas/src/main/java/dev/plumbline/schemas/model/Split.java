package dev.plumbline.schemas.model;

import java.util.Optional;

/**
 * Which rows are held out. On which side of a random or stratified split a row falls follows from a hash of the row (or
 * of its key) and the seed.
 *
 * @param test share of held-out rows, between 0 and 1
 * @param key column whose value decides the side instead of the whole row, so that rows of one key stay together
 * @param column for {@link SplitStrategy#TIME}, the column that orders the rows: the latest are held out
 */
public record Split(SplitStrategy strategy, double test, long seed, Optional<String> key, Optional<String> column) {}
