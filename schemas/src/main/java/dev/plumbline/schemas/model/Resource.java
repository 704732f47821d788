package dev.plumbline.schemas.model;

/**
 * One spec of a revision.
 *
 * @param file path in the repository
 * @param line first line of its document, from 1
 * @param document index of its document within the file, from 0
 * @param digest of the canonical JSON of the whole document with defaults filled in
 */
public record Resource(
        ResourceId id, Metadata metadata, Spec spec, String file, int line, int document, Digest digest) {}
