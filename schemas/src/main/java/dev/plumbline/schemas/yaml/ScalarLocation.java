package dev.plumbline.schemas.yaml;

/**
 * The bytes of one scalar in its file, quotes included.
 *
 * @param offset of its first byte, from the first byte of the file (a byte order mark counts)
 * @param length in bytes
 * @param text as the file spells it, quotes included
 */
public record ScalarLocation(int offset, int length, ScalarStyle style, String text) {}
