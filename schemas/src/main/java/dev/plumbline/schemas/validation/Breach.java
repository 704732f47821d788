package dev.plumbline.schemas.validation;

import tools.jackson.databind.JsonNode;

/**
 * One keyword of the schema that a value breaks.
 *
 * @param instance pointer of the value
 * @param property the field that is missing or unknown, where it is about one
 * @param schema pointer of the schema object that holds the keyword
 * @param value the value
 */
record Breach(String instance, String property, String keyword, String schema, JsonNode value) {}
