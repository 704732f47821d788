package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.yaml.PositionedDocument;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns a document that fits the schema into policy data, and finds what no schema can say. */
final class PolicyDataBinder {
    private final PositionedDocument document;
    private final PolicyProblems problems;

    PolicyDataBinder(PositionedDocument document, PolicyProblems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** What it says; worth nothing when there are problems. */
    PolicyData bind() {
        return new PolicyData(exceptions(), revocations(), new ThresholdBinder(document, problems).bind());
    }

    private List<PolicyException> exceptions() {
        List<PolicyException> exceptions = new ArrayList<>();
        JsonNode all = document.tree().path("exceptions");
        for (int index = 0; index < all.size(); index++) {
            exception(all.get(index), "/exceptions/" + index).ifPresent(exceptions::add);
        }
        return exceptions;
    }

    private Optional<PolicyException> exception(JsonNode each, String pointer) {
        Optional<LocalDate> granted = day(each, pointer, "granted");
        Optional<LocalDate> expires = day(each, pointer, "expires");
        String owner = text(each, "owner");
        String approver = text(each, "approver");
        if (owner.equalsIgnoreCase(approver)) {
            problem(
                    pointer + "/approver",
                    "self-approved",
                    owner + " cannot approve an exception that " + owner + " owns",
                    "name another person who allows it");
        }
        if (granted.isEmpty() || expires.isEmpty()) {
            return Optional.empty();
        }
        checkLength(granted.get(), expires.get(), pointer);
        return Optional.of(new PolicyException(
                text(each, "rule"),
                text(each, "resource"),
                text(each, "reason"),
                owner,
                approver,
                granted.get(),
                expires.get()));
    }

    private void checkLength(LocalDate granted, LocalDate expires, String pointer) {
        LocalDate last = granted.plusDays(PolicyException.LONGEST_DAYS);
        if (expires.isBefore(granted) || expires.isAfter(last)) {
            problem(
                    pointer + "/expires",
                    "exception-too-long",
                    "an exception holds for at most " + PolicyException.LONGEST_DAYS
                            + " days from the day on which it is granted, and " + expires + " is not between " + granted
                            + " and " + last,
                    "write a day until " + last + "; it can be granted again then");
        }
    }

    private Optional<LocalDate> day(JsonNode each, String pointer, String field) {
        try {
            return Optional.of(LocalDate.parse(text(each, field)));
        } catch (DateTimeException none) {
            problem(
                    pointer + "/" + field,
                    "no-such-day",
                    text(each, field) + " is no day of the calendar",
                    "write a day as 2026-12-31");
            return Optional.empty();
        }
    }

    private List<Revocation> revocations() {
        List<Revocation> revocations = new ArrayList<>();
        Set<VersionName> named = new HashSet<>();
        JsonNode all = document.tree().path("revocations");
        for (int index = 0; index < all.size(); index++) {
            VersionName version =
                    VersionName.parse(text(all.get(index), "version")).orElseThrow();
            if (!named.add(version)) {
                problem(
                        "/revocations/" + index + "/version",
                        "duplicate-revocation",
                        version + " is revoked twice",
                        "keep one of the two");
            }
            revocations.add(new Revocation(version, text(all.get(index), "reason")));
        }
        return revocations;
    }

    private void problem(String pointer, String code, String message, String hint) {
        problems.add(document.places().valueAt(pointer), pointer, code, message, Optional.of(hint));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }
}
