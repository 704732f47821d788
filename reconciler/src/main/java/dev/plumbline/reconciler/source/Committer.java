package dev.plumbline.reconciler.source;

/** In whose name commits of ours are made. */
public record Committer(String name, String email) {
    /** The name that is used when the configuration gives none. */
    public static Committer standard() {
        return new Committer("Plumbline", "plumbline@localhost");
    }
}
