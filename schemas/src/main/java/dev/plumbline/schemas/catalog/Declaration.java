package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.yaml.Places;
import tools.jackson.databind.JsonNode;

/**
 * One spec, and where a file says it.
 *
 * @param json the whole document with defaults filled in
 */
public record Declaration(Resource resource, Places places, JsonNode json) {}
