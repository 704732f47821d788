package dev.plumbline.schemas.catalog;

/** A document of another project, which is left alone. */
public record ForeignDocument(String file, int line, String apiVersion) {}
