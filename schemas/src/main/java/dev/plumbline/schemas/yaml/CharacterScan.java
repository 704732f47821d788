package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks through the raw text of one document, comments included, for characters that a spec may not hold. */
public final class CharacterScan {
    private static final int REPORTED = 20;

    private final String text;
    private final List<YamlProblem> problems = new ArrayList<>();
    private int line;
    private int column = 1;
    private boolean unreadable;

    private CharacterScan(String text, int firstLine) {
        this.text = text;
        this.line = firstLine + 1;
    }

    /**
     * What was found.
     *
     * @param unreadable whether the parser would stop at one of them
     */
    record Result(List<YamlProblem> problems, boolean unreadable) {}

    /**
     * What a text holds that it may not.
     *
     * @param firstLine the line of its first character, from 0
     */
    public static List<YamlProblem> problems(String text, int firstLine) {
        CharacterScan scan = new CharacterScan(text, firstLine);
        scan.run();
        return List.copyOf(scan.problems);
    }

    static Result scan(DocumentSplitter.Part part) {
        CharacterScan scan = new CharacterScan(part.text(), part.line());
        scan.run();
        return new Result(scan.problems, scan.unreadable);
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || (c == '\r' && !text.startsWith("\r\n", at))) {
                line++;
                column = 1;
                at++;
            } else if (c >= 0x20 && c < 0x7f) {
                column++;
                at++;
            } else {
                int codePoint = text.codePointAt(at);
                judge(codePoint);
                column++;
                at += Character.charCount(codePoint);
            }
        }
    }

    private void judge(int codePoint) {
        Optional<String> refusal = CharacterRules.refusal(codePoint);
        if (refusal.isEmpty()) {
            return;
        }
        unreadable |= codePoint < 0xa0 || (codePoint & 0xfffe) == 0xfffe || codePoint == 0xfeff;
        if (problems.size() < REPORTED) {
            problems.add(YamlProblem.of(
                    new Position(line, column),
                    Pointers.ROOT,
                    "forbidden-character",
                    CharacterRules.named(codePoint) + " is " + refusal.get(),
                    "remove it"));
        }
    }
}
