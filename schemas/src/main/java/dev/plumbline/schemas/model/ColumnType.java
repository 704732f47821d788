package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** How the values of a column are read. */
public enum ColumnType {
    INTEGER("integer"),
    NUMBER("number"),
    CATEGORY("category");

    private final String label;

    ColumnType(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
