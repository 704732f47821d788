package dev.plumbline.webhooks.forge;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.webhooks.ForgeEvent;
import dev.plumbline.webhooks.RefusedDelivery;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The few texts of a push that are read. The rest of the body, however large, is passed over without being kept.
 *
 * @param repository where the addresses of the repository stand
 */
record PushPayload(List<String> repository) {
    static final PushPayload GITHUB = new PushPayload(
            List.of("repository.clone_url", "repository.ssh_url", "repository.git_url", "repository.html_url"));
    static final PushPayload GITEA =
            new PushPayload(List.of("repository.clone_url", "repository.ssh_url", "repository.html_url"));
    static final PushPayload GITLAB =
            new PushPayload(List.of("project.git_http_url", "project.git_ssh_url", "project.web_url"));
    static final PushPayload GENERIC = new PushPayload(List.of("repository"));

    private static final String REF = "ref";
    private static final int LONGEST_TEXT = 2048;

    PushPayload {
        repository = List.copyOf(repository);
    }

    /**
     * Reads one JSON document to its end.
     *
     * @throws RefusedDelivery when it is none, or misses a text
     */
    ForgeEvent read(InputStream body) throws RefusedDelivery {
        Map<String, String> found = new HashMap<>();
        try (JsonParser parser = Json.mapper().createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RefusedDelivery.malformed("the body is not a JSON object");
            }
            object(parser, "", found);
            if (parser.nextToken() != null) {
                throw RefusedDelivery.malformed("the body holds more than one JSON object");
            }
        } catch (JacksonException broken) {
            throw RefusedDelivery.malformed("the body is not JSON, or nested or named beyond measure");
        }
        List<String> addresses =
                repository.stream().map(found::get).filter(Objects::nonNull).toList();
        if (addresses.isEmpty()) {
            throw RefusedDelivery.malformed(
                    "the body does not say which repository it is about, as " + String.join(" or ", repository));
        }
        return new ForgeEvent.Push(
                Optional.ofNullable(found.get(REF))
                        .orElseThrow(() -> RefusedDelivery.malformed("the body does not say which ref moved")),
                addresses);
    }

    private void object(JsonParser parser, String prefix, Map<String, String> found) throws RefusedDelivery {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String path = prefix + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && wanted().anyMatch(each -> each.startsWith(path + "."))) {
                object(parser, path + ".", found);
            } else if (value == JsonToken.VALUE_STRING && wanted().anyMatch(path::equals)) {
                found.put(path, text(parser, path));
            } else {
                parser.skipChildren();
            }
        }
    }

    private Stream<String> wanted() {
        return Stream.concat(Stream.of(REF), repository.stream());
    }

    private static String text(JsonParser parser, String path) throws RefusedDelivery {
        if (parser.getStringLength() > LONGEST_TEXT) {
            throw RefusedDelivery.malformed("the body's " + path + " is too long");
        }
        return parser.getString();
    }
}
