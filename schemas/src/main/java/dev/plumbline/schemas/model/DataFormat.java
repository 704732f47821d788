package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** The form of a data file. */
public enum DataFormat {
    CSV("csv"),
    PARQUET("parquet");

    private final String label;

    DataFormat(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
