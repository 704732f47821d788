package dev.plumbline.schemas.validation;

import java.util.Optional;

/**
 * One way in which a document breaks its schema.
 *
 * @param pointer of the value that is wrong; for an unknown field, of that field; for a missing one, of the object that
 *     lacks it
 * @param atKey whether the name of the field is to be pointed at, rather than its value
 */
public record Violation(String pointer, boolean atKey, String code, String message, Optional<String> hint) {}
