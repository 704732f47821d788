package dev.plumbline.runtime.serving.http.protocol;

import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The {@code data} of one tensor before its name and type are known, because a JSON object may have its fields in any
 * order. Flat and nested arrays are both read; how deep and how even they are is noted for {@link TensorsReader}.
 */
final class TensorData {
    /** What an element is. */
    enum Element {
        NUMBER,
        TEXT,
        MISSING,
        OTHER
    }

    private double[] numbers = new double[16];
    private String[] texts = new String[16];
    private Element[] elements = new Element[16];
    private int count;
    private boolean given;
    private boolean flat;
    private int inner;
    private boolean ragged;

    void clear() {
        count = 0;
        given = false;
        flat = false;
        inner = -1;
        ragged = false;
    }

    boolean given() {
        return given;
    }

    int count() {
        return count;
    }

    /** Whether nested arrays differ in length, or values and arrays are mixed. */
    boolean ragged() {
        return ragged;
    }

    /** How many values each nested array has; -1 when there are none. */
    int inner() {
        return inner;
    }

    Element element(int index) {
        return elements[index];
    }

    double number(int index) {
        return numbers[index];
    }

    String text(int index) {
        return texts[index];
    }

    /** Reads the array that the parser stands on, of at most so many values. */
    void read(JsonParser parser, int most) throws RequestRefused {
        JsonBodies.expectArray(parser, "data");
        given = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                readInner(parser, most);
            } else {
                flat = true;
                add(parser, token, most);
            }
        }
        ragged |= flat && inner >= 0;
    }

    private void readInner(JsonParser parser, int most) throws RequestRefused {
        int before = count;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            add(parser, token, most);
        }
        int length = count - before;
        ragged |= inner >= 0 && inner != length;
        inner = length;
    }

    private void add(JsonParser parser, JsonToken token, int most) throws RequestRefused {
        if (count == most) {
            throw RowsReader.tooManyRows(most);
        }
        if (count == elements.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
            texts = Arrays.copyOf(texts, 2 * count);
            elements = Arrays.copyOf(elements, 2 * count);
        }
        elements[count] = switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                numbers[count] = parser.getDoubleValue();
                yield Element.NUMBER;
            }
            case VALUE_STRING -> {
                texts[count] = parser.getString();
                yield Element.TEXT;
            }
            case VALUE_NULL -> Element.MISSING;
            case START_ARRAY, START_OBJECT -> {
                parser.skipChildren();
                yield Element.OTHER;
            }
            default -> Element.OTHER;
        };
        count++;
    }
}
