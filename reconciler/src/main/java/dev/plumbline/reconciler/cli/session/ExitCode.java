package dev.plumbline.reconciler.cli.session;

/** How a command ended, as its caller sees it. */
public enum ExitCode {
    DONE(0),
    /** The answer is no: invalid, denied, not ready, differs. */
    NO(1),
    USAGE(2),
    /** Something that it needs does not answer: server, remote, policy engine. */
    UNREACHABLE(3),
    /** Interrupted, or the time was over. */
    TIMEOUT(4),
    /** A mistake of ours. */
    BUG(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }
}
