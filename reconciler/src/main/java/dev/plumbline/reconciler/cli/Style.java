package dev.plumbline.reconciler.cli;

/** Colours for people who look at a screen, and nothing for everybody else. */
record Style(boolean colours) {
    static Style of(Terminal terminal, boolean refused) {
        return new Style(terminal.interactive()
                && !refused
                && terminal.variable("NO_COLOR").isEmpty());
    }

    String good(String text) {
        return paint(text, "32");
    }

    String bad(String text) {
        return paint(text, "31");
    }

    String warn(String text) {
        return paint(text, "33");
    }

    String strong(String text) {
        return paint(text, "1");
    }

    private String paint(String text, String code) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
