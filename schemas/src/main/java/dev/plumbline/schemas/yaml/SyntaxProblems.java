package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What the parser could not read, in words that say what to do. */
final class SyntaxProblems {
    private static final int LONGEST = 60;

    private SyntaxProblems() {}

    static YamlProblem of(MarkedYAMLException broken, DocumentSplitter.Part part) {
        Mark mark = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
        Position at = mark == null
                ? new Position(part.contentLine() + 1, 1)
                : new Position(part.line() + mark.getLine() + 1, mark.getColumn() + 1);
        String problem = broken.getProblem() == null ? "cannot be read" : broken.getProblem();
        return YamlProblem.of(at, Pointers.ROOT, "yaml-syntax", "not valid YAML: " + shortened(problem), hint(problem));
    }

    static YamlProblem unplaced(Position at) {
        return YamlProblem.of(
                at,
                Pointers.ROOT,
                "yaml-syntax",
                "not valid YAML: the document cannot be read",
                "look for odd escapes and for a %YAML line");
    }

    private static String hint(String problem) {
        if (problem.contains("\\t") || problem.contains("TAB")) {
            return "indent with spaces, never with tabs";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a colon too many, or a wrong indentation: put text that holds a colon in quotes";
        }
        if (problem.contains("expected <block end>")) {
            return "the indentation does not fit the lines above";
        }
        if (problem.contains("unexpected end of stream") || problem.contains("quoted scalar")) {
            return "a quotation mark is not closed";
        }
        if (problem.contains("expected ',' or")) {
            return "a comma or a closing bracket is missing";
        }
        return "look at this line and the one above it";
    }

    static String shortened(String said) {
        // The parser's own advice is left out: the hint says it better.
        String text = said.replaceFirst("\\.?\\s+\\(Do not [^\\n]*$", "");
        if (text.length() <= LONGEST) {
            return text;
        }
        int word = text.lastIndexOf(' ', LONGEST);
        return text.substring(0, word > 0 ? word : LONGEST) + "…";
    }
}
