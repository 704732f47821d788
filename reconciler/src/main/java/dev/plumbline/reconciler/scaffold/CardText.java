package dev.plumbline.reconciler.scaffold;

import dev.plumbline.reconciler.scaffold.InferredColumn.Role;

/**
 * Writes the draft of a model card, with the sections that every risk tier needs. What stands in angle brackets is a finding of
 * the admission gate until somebody writes it, which a low tier only warns of.
 */
final class CardText {
    private CardText() {}

    static String of(InferredData data, DataPlace place) {
        String name = data.choices().name();
        return """
            ---
            model: %s
            contact: %s
            # license:     under which terms the model may be used, as an SPDX expression such as Apache-2.0
            ---

            # Model card: %s

            ## Purpose

            Predicts %s (%s). <Who decides what by it, and whom does that concern?>

            ## Out-of-scope uses

            <What must it not be used for?>

            ## Training data

            %s: %d rows, %d columns to learn from. <Where is it from, of which time, who is in it and who is missing?>
            """.formatted(
                        name,
                        YamlScalar.of(data.choices().owner()),
                        name,
                        inline(data.choices().label()),
                        data.task().label(),
                        inline(place.path().or(place::uri).orElseThrow()),
                        data.profile().rows(),
                        data.in(Role.FEATURE).size());
    }

    private static String inline(String text) {
        return "`" + YamlScalar.of(text).replace("`", "'").replaceAll("^\"|\"$", "") + "`";
    }
}
