package dev.plumbline.reconciler.scaffold;

import dev.plumbline.reconciler.scaffold.InferredColumn.Role;

/** Writes the draft of a model card, with the sections that every risk tier needs. */
final class CardText {
    private CardText() {}

    static String of(InferredData data, DataPlace place) {
        String name = data.choices().name();
        return """
            # Model card: %s

            A draft by `plumb init`. What stands in angle brackets only you can say.

            ## Name and version

            `%s`. `plumb versions %s` lists the versions; `serving/%s.yaml` names the one that serves.

            ## Owner and contact

            %s

            ## Purpose

            Predicts %s (%s). <Who decides what by it?>

            ## Out-of-scope uses

            <What must it not be used for?>

            ## License

            <SPDX identifier, such as Apache-2.0 or LicenseRef-Proprietary>

            ## Training data

            %s: %d rows, %d columns to learn from. <Where is it from, of which time, who is in it and who is missing?> The
            digest of the rows that a version learnt from stands in `plumb lineage %s/vN`.

            ## Model

            Boosted trees, exported as one ONNX graph together with the handling of missing values and categories. The digest of
            a version stands in `plumb lineage %s/vN`.

            ## Metrics

            Measured on the fifth of the rows that was held out, each with its number of rows, 95 %% interval and the digest of
            the rows: `plumb versions %s -o json`.
            """.formatted(
                        name,
                        name,
                        name,
                        name,
                        inline(data.choices().owner()),
                        inline(data.choices().label()),
                        data.task().label(),
                        inline(place.path().or(place::uri).orElseThrow()),
                        data.profile().rows(),
                        data.in(Role.FEATURE).size(),
                        name,
                        name,
                        name);
    }

    private static String inline(String text) {
        return "`" + YamlScalar.of(text).replace("`", "'").replaceAll("^\"|\"$", "") + "`";
    }
}
