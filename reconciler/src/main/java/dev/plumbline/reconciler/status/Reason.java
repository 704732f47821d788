package dev.plumbline.reconciler.status;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every reason that a condition can have: there is no other way to build one. Each has a section under its name in
 * {@code docs/operations.md}, which a test holds against this list.
 */
public enum Reason {
    DECLARED(Sort.WELL),
    CHECKED(Sort.WELL),
    TRAINED(Sort.WELL),
    REGISTERED(Sort.WELL),
    BELOW_REQUIRE(Sort.WELL),
    SERVING(Sort.WELL),
    WATCHING(Sort.WELL),
    NO_VERSION(Sort.WELL),
    MANUAL(Sort.WELL),
    REMOVED(Sort.WELL),
    GONE(Sort.WELL),

    NOT_OBSERVED(Sort.WAITS),
    SUSPENDED(Sort.WAITS),
    TRAINING(Sort.WAITS),
    QUEUED(Sort.WAITS),
    ASKED_AGAIN(Sort.WAITS),
    NEIGHBOUR_CHANGED(Sort.WAITS),
    CHANGED(Sort.WAITS),
    CANCELLED(Sort.WAITS),
    PROMOTING(Sort.WAITS),
    RACED(Sort.WAITS),
    PUSH_REFUSED(Sort.WAITS),
    MERGE_AWAITED(Sort.WAITS),
    HELD_BACK(Sort.WAITS),
    ENDPOINT_MISSING(Sort.WAITS),
    LEAVING(Sort.WAITS),

    UNREACHABLE(Sort.OUTSIDE),
    REMOTE_UNREACHABLE(Sort.OUTSIDE),
    SOURCE_UNREACHABLE(Sort.OUTSIDE),
    SOURCE_UNAUTHORIZED(Sort.OUTSIDE),
    SOURCE_NOT_FOUND(Sort.OUTSIDE),
    SOURCE_REFUSED(Sort.OUTSIDE),
    SOURCE_TOO_LARGE(Sort.OUTSIDE),
    SOURCE_STORAGE(Sort.OUTSIDE),
    SOURCE_DAMAGED(Sort.OUTSIDE),
    SOURCE_UNSAFE(Sort.OUTSIDE),
    SOURCE_SIGNING(Sort.OUTSIDE),
    SOURCE_UNAVAILABLE(Sort.OUTSIDE),
    LEDGER_UNREACHABLE(Sort.OUTSIDE),
    LEDGER_REFUSED(Sort.OUTSIDE),
    LEDGER_STORAGE(Sort.OUTSIDE),
    LEDGER_DAMAGED(Sort.OUTSIDE),
    LEDGER_SIGNING(Sort.OUTSIDE),
    LEDGER_FENCED(Sort.OUTSIDE),
    POLICY_UNAVAILABLE(Sort.OUTSIDE),
    DATA_UNREADABLE(Sort.OUTSIDE),
    ARTIFACT_STORE(Sort.OUTSIDE),
    TRAINING_STORAGE(Sort.OUTSIDE),

    COMMIT_FAILED(Sort.FAILED),
    TIME_LIMIT(Sort.FAILED),
    OUT_OF_MEMORY(Sort.FAILED),
    CRASHED(Sort.FAILED),
    TRAINER_ERROR(Sort.FAILED),
    PARITY_MISMATCH(Sort.FAILED),
    ARTIFACT_MISSING(Sort.FAILED),
    LOAD_FAILED(Sort.FAILED),
    PROBE_FAILED(Sort.FAILED),
    FAILED(Sort.FAILED),
    NOT_SETTLING(Sort.FAILED),
    BUG(Sort.FAILED),

    BREAKER_OPEN(Sort.PERSON),
    CANCELLED_BY_PERSON(Sort.PERSON),
    NEVER_FITS(Sort.PERSON),
    INVALID(Sort.PERSON),
    UNREADABLE(Sort.PERSON),
    DEPENDENCY_HELD_BACK(Sort.PERSON),
    DEPENDENCY_MISSING(Sort.PERSON),
    STILL_REFERENCED(Sort.PERSON),
    ADMISSION_DENIED(Sort.PERSON),
    REGISTRATION_DENIED(Sort.PERSON),
    PROMOTION_DENIED(Sort.PERSON),
    DATA_MISSING(Sort.PERSON),
    DATA_NOT_ALLOWED(Sort.PERSON),
    DATA_CHANGED(Sort.PERSON),
    DATA_REJECTED(Sort.PERSON),
    VERSION_UNKNOWN(Sort.PERSON),
    VERSION_REVOKED(Sort.PERSON),
    POLICY_OUTDATED(Sort.PERSON),
    EXCEPTION_ENDS(Sort.PERSON),
    ARTIFACT_LOST(Sort.PERSON),
    UNWRITABLE(Sort.PERSON),
    HISTORY_REWRITTEN(Sort.PERSON),
    ADMISSION_LOST(Sort.PERSON),
    TOO_LARGE(Sort.PERSON),
    UNSAFE(Sort.PERSON),
    MASS_REMOVAL(Sort.PERSON),
    LEDGER_MISSING(Sort.PERSON),
    LEDGER_FOREIGN(Sort.PERSON),
    LEDGER_REWOUND(Sort.PERSON),
    LEDGER_OTHER_REPOSITORY(Sort.PERSON),
    LEDGER_UNSIGNED(Sort.PERSON),
    LEDGER_UNPUSHED(Sort.PERSON),
    LEDGER_UNVOUCHED(Sort.PERSON),
    CLOCK_JUMPED(Sort.PERSON),
    FENCED(Sort.PERSON);

    /** What a reason says about who does something next. */
    public enum Sort {
        /** Nobody: it is as it should be. */
        WELL,
        /** Nobody: what it waits for comes. */
        WAITS,
        /** It is tried again until something outside of it answers again, however long that takes. */
        OUTSIDE,
        /** It is tried again, and not for ever. */
        FAILED,
        /** A person. */
        PERSON
    }

    private static final Map<String, Reason> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Reason::label, Function.identity()));

    private final Sort sort;

    Reason(Sort sort) {
        this.sort = sort;
    }

    /** As reports write it. */
    public String label() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** What it says about who does something next. */
    public Sort sort() {
        return sort;
    }

    /** The reason that reports write so. */
    public static Optional<Reason> named(String label) {
        return Optional.ofNullable(BY_LABEL.get(label));
    }
}
