package dev.plumbline.schemas.yaml;

/** What a spec file may hold at most; more is refused before it costs anything. */
public final class YamlLimits {
    /** Bytes of one file. */
    public static final int FILE_BYTES = 1 << 20;

    /** Documents of one file. */
    public static final int DOCUMENTS = 100;

    /** Mappings and sequences inside each other. */
    public static final int DEPTH = 32;

    /** Keys, scalars and collections of one document. */
    public static final int NODES = 10_000;

    /** Characters of one scalar. */
    public static final int STRING = 64 << 10;

    /** Characters of one number. */
    public static final int NUMBER = 32;

    private YamlLimits() {}
}
