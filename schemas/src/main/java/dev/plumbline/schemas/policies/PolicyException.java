package dev.plumbline.schemas.policies;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Somebody's word that one rule need not hold for one resource, for a while.
 *
 * @param rule id of the findings that it excuses
 * @param resource who is excused, as {@code Kind/name}; a Model's exception holds for its versions too
 * @param owner who answers for it
 * @param approver who allowed it; not the owner
 * @param granted the first day, in UTC
 * @param expires the last day, in UTC
 */
public record PolicyException(
        String rule,
        String resource,
        String reason,
        String owner,
        String approver,
        LocalDate granted,
        LocalDate expires) {
    /** For how many days an exception may be granted at one time (a common upper bound for accepted risks). */
    public static final int LONGEST_DAYS = 90;

    /** From when on it holds. */
    public Instant from() {
        return granted.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** When it does not hold any more. */
    public Instant until() {
        return expires.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
