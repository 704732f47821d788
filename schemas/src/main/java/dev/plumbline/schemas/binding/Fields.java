package dev.plumbline.schemas.binding;

import dev.plumbline.schemas.model.Bound;
import dev.plumbline.schemas.model.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads the fields of one object that is known to fit its schema. */
record Fields(JsonNode object) {
    Fields in(String name) {
        return new Fields(object.path(name));
    }

    boolean has(String name) {
        return object.has(name);
    }

    String text(String name) {
        return required(name).stringValue();
    }

    Optional<String> optionalText(String name) {
        return object.has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>(required(name).size());
        required(name).forEach(each -> texts.add(each.stringValue()));
        return texts;
    }

    boolean truth(String name) {
        return required(name).booleanValue();
    }

    double number(String name) {
        return required(name).doubleValue();
    }

    Optional<Double> optionalNumber(String name) {
        return object.has(name) ? Optional.of(number(name)) : Optional.empty();
    }

    long whole(String name) {
        return required(name).longValue();
    }

    Optional<Long> optionalWhole(String name) {
        return object.has(name) ? Optional.of(whole(name)) : Optional.empty();
    }

    Duration duration(String name) {
        String written = text(name);
        return Durations.parse(written)
                .orElseThrow(() -> new IllegalStateException("the schema allows the duration " + written));
    }

    long bytes(String name) {
        return Quantities.bytes(text(name));
    }

    Bound bound() {
        return new Bound(optionalNumber("min"), optionalNumber("max"));
    }

    <E> E oneOf(String name, E[] values, Function<E, String> label) {
        String written = text(name);
        return Arrays.stream(values)
                .filter(value -> label.apply(value).equals(written))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the schema allows " + written + " and the model does not"));
    }

    private JsonNode required(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            throw new IllegalStateException("the schema neither requires " + name + " nor gives its default");
        }
        return value;
    }
}
