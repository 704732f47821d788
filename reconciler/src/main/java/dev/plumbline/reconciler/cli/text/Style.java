package dev.plumbline.reconciler.cli.text;

import dev.plumbline.reconciler.cli.session.Terminal;

/** Colours for people who look at a screen, and nothing for everybody else. */
public record Style(boolean colours) {
    /**
     * The style of a terminal.
     *
     * @param refused whether the person asked for no colours
     */
    public static Style of(Terminal terminal, boolean refused) {
        return new Style(terminal.interactive()
                && !refused
                && terminal.variable("NO_COLOR").isEmpty());
    }

    /** What is as it should be. */
    public String good(String text) {
        return paint(text, "32");
    }

    /** What is not. */
    public String bad(String text) {
        return paint(text, "31");
    }

    /** What is worth a look. */
    public String warn(String text) {
        return paint(text, "33");
    }

    /** A heading. */
    public String strong(String text) {
        return paint(text, "1");
    }

    private String paint(String text, String code) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
