package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.CsvText;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.schemas.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns rows as people keep them into rows as an endpoint takes them: its columns, in its types, and no others. */
final class PredictionInput {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final Pattern ROW = Pattern.compile("row ([0-9]{1,9})\\b");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> leftOut;
    private final Set<String> missing;
    private final Set<String> dropped = new TreeSet<>();
    private final boolean decimalComma;
    private boolean header;

    /** Rows for an endpoint that describes its inputs so. */
    PredictionInput(JsonNode inputs) {
        Fields.list(inputs, "features")
                .forEach(feature -> types.put(Fields.text(feature, "name"), Fields.text(feature, "type")));
        leftOut = Stream.concat(Stream.of(Fields.text(inputs, "label")), Fields.texts(inputs, "identifiers").stream())
                .collect(Collectors.toSet());
        missing = Stream.concat(Stream.of(""), Fields.texts(inputs, "missing").stream())
                .collect(Collectors.toSet());
        decimalComma = Fields.text(inputs, "decimal").equals(",");
    }

    /** Columns that were in the data and are not for the model. */
    List<String> dropped() {
        return List.copyOf(dropped);
    }

    List<ObjectNode> rows(String text) throws CommandException {
        String start = text.stripLeading();
        header = !start.startsWith("[") && !start.startsWith("{");
        List<ObjectNode> rows = header ? fromCsv(text) : fromJson(text);
        if (rows.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "the data holds no rows");
        }
        return rows;
    }

    /** A row as a person counts it, from the one with this index. */
    private String place(int index) {
        return "row " + (index + 1) + (header ? " after the header" : " (counted from 1)");
    }

    /**
     * The refusal of an endpoint in the words of this data: an endpoint counts the rows of its request from 0. What it says
     * of a row is its answer, and no wrong use of the command.
     *
     * @param from index of the row that was the first of the request
     */
    CommandException located(CommandException refused, int from) {
        Matcher row = ROW.matcher(refused.text());
        return row.lookingAt()
                ? new CommandException(
                        ExitCode.NO,
                        place(from + Integer.parseInt(row.group(1)))
                                + refused.text().substring(row.end()),
                        refused.hint(),
                        refused)
                : refused;
    }

    private List<ObjectNode> fromJson(String text) throws CommandException {
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode row : documents(text)) {
            if (!row.isObject()) {
                throw new CommandException(
                        ExitCode.NO, place(rows.size()) + " is not a JSON object of column and value");
            }
            rows.add(fromObject(row, rows.size()));
        }
        return rows;
    }

    private static List<JsonNode> documents(String text) throws CommandException {
        List<JsonNode> documents = new ArrayList<>();
        try (var values = Json.mapper().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (values.hasNext()) {
                JsonNode document = values.next();
                JsonNode rows = document.isObject() ? document.path("instances") : document;
                if (rows.isArray()) {
                    rows.forEach(documents::add);
                } else {
                    documents.add(document);
                }
            }
        } catch (JacksonException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the data is not JSON: " + e.getOriginalMessage(),
                    "give an array of rows, or one row a line");
        }
        return documents;
    }

    private ObjectNode fromObject(JsonNode row, int index) throws CommandException {
        ObjectNode converted = Json.object();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            String type = type(field.getKey());
            if (!type.isEmpty()) {
                JsonNode value = field.getValue();
                converted.set(
                        field.getKey(),
                        value.isNull() || (value.isNumber() && !type.equals("category"))
                                ? value
                                : value(field.getKey(), type, value.asString(), index));
            }
        }
        return converted;
    }

    private List<ObjectNode> fromCsv(String text) throws CommandException {
        List<List<String>> records = CsvText.records(text, delimiter(text));
        if (records.isEmpty()) {
            return List.of();
        }
        List<String> names = records.getFirst().stream().map(String::strip).toList();
        for (String column : names) {
            type(column);
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            int index = rows.size();
            if (record.size() != names.size()) {
                throw new CommandException(
                        ExitCode.NO,
                        "%s has %d %s, the header %d"
                                .formatted(
                                        place(index),
                                        record.size(),
                                        record.size() == 1 ? "value" : "values",
                                        names.size()));
            }
            ObjectNode row = Json.object();
            for (int column = 0; column < names.size(); column++) {
                String type = type(names.get(column));
                if (!type.isEmpty()) {
                    row.set(names.get(column), value(names.get(column), type, record.get(column), index));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /** The one that finds the most columns of the model in the first line. */
    private char delimiter(String text) {
        String first = text.lines().findFirst().orElse("");
        return DELIMITERS.stream()
                .max(Comparator.comparingLong(each -> Stream.of(first.split(Pattern.quote(each.toString())))
                        .map(name -> name.strip().replaceAll("^\"|\"$", ""))
                        .filter(types::containsKey)
                        .count()))
                .orElse(',');
    }

    /** The type of a column; empty for one that the model does not take. */
    private String type(String column) throws CommandException {
        String type = types.get(column);
        if (type != null) {
            return type;
        }
        if (leftOut.contains(column)) {
            dropped.add(column);
            return "";
        }
        throw new CommandException(
                ExitCode.USAGE,
                "the model has no column '" + TableText.printable(column) + "'",
                "it takes " + String.join(", ", types.keySet()));
    }

    private JsonNode value(String column, String type, String text, int index) throws CommandException {
        String value = text.strip();
        if (missing.contains(value)) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (type.equals("category")) {
            return JsonNodeFactory.instance.stringNode(value);
        }
        try {
            BigDecimal number = new BigDecimal(decimalComma && header ? value.replace(',', '.') : value);
            return type.equals("integer")
                    ? JsonNodeFactory.instance.numberNode(number.toBigIntegerExact())
                    : JsonNodeFactory.instance.numberNode(number);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new CommandException(
                    ExitCode.NO,
                    "%s: '%s' in column %s is not %s"
                            .formatted(
                                    place(index),
                                    TableText.printable(value),
                                    column,
                                    type.equals("integer") ? "a whole number" : "a number"));
        }
    }
}
