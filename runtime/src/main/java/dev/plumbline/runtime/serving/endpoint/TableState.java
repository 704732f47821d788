package dev.plumbline.runtime.serving.endpoint;

/** What the endpoints were restored from. */
public enum TableState {
    /** The routing table that was written last, or a first start. */
    LAST(""),
    /** The one before it, since the last is damaged: an endpoint may answer with a version that was replaced. */
    FORMER(
            "the last routing table is damaged, so endpoints are as in the one before it until the control plane changes one"),
    /** None: both are damaged, so that no endpoint is known. */
    LOST(
            "the routing table is damaged, and so is the one before it: no endpoint is known before the control plane deploys it");

    private final String words;

    TableState(String words) {
        this.words = words;
    }

    /** What to tell people; empty when nothing is wrong. */
    public String words() {
        return words;
    }
}
