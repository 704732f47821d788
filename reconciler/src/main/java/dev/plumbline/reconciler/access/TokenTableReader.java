package dev.plumbline.reconciler.access;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.yaml.PositionedDocument;
import dev.plumbline.schemas.yaml.YamlProblem;
import dev.plumbline.schemas.yaml.YamlReader;
import dev.plumbline.schemas.yaml.YamlReading;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads the text of a tokens file. What is wrong is told by place, never by value: somebody may have put a token where its
 * digest belongs.
 */
final class TokenTableReader {
    /** A new token beside the one that it replaces. */
    private static final int MOST_TOKENS = 2;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Set<String> KEYS = Set.of("name", "roles", "tokens");

    private final Set<String> names = new HashSet<>();
    private final Set<Digest> digests = new HashSet<>();

    private TokenTableReader() {}

    static TokenTable read(byte[] bytes) throws TokensException {
        return new TokenTableReader().table(document(bytes));
    }

    private static JsonNode document(byte[] bytes) throws TokensException {
        YamlReading reading = new YamlReader().read(bytes);
        List<YamlProblem> problems = Stream.concat(
                        reading.problems().stream(),
                        reading.documents().stream()
                                .map(PositionedDocument::problems)
                                .flatMap(List::stream))
                .toList();
        if (!problems.isEmpty()) {
            throw new TokensException("line " + problems.getFirst().position().line() + " is not sound YAML");
        }
        if (reading.documents().size() != 1) {
            throw new TokensException("it must hold one YAML document with the key callers");
        }
        return reading.documents().getFirst().tree();
    }

    private TokenTable table(JsonNode root) throws TokensException {
        JsonNode callers = root.get("callers");
        if (callers == null || !callers.isArray() || root.size() != 1) {
            throw new TokensException("it must hold one key, callers, with a list");
        }
        if (callers.isEmpty()) {
            throw new TokensException("it names no caller, so nobody could ask anything");
        }
        List<TokenTable.Entry> entries = new ArrayList<>(callers.size());
        for (JsonNode each : callers) {
            entries.add(entry(each, "caller " + (entries.size() + 1)));
        }
        return new TokenTable(entries);
    }

    private TokenTable.Entry entry(JsonNode node, String place) throws TokensException {
        if (!node.isObject() || !KEYS.containsAll(node.propertyNames())) {
            throw new TokensException(place + " must have the keys name, roles and tokens, and no other");
        }
        JsonNode text = node.get("name");
        if (text == null
                || !text.isString()
                || !NAME.matcher(text.stringValue()).matches()) {
            throw new TokensException(place
                    + " needs a name of at most 100 letters, digits and . _ @ + - that begins with one of the former");
        }
        String name = text.stringValue();
        if (!names.add(name)) {
            throw new TokensException(place + " has the name of another one: " + name);
        }
        return new TokenTable.Entry(new Caller(name, roles(node.get("roles"), name)), tokens(node.get("tokens"), name));
    }

    private static Set<Role> roles(JsonNode list, String name) throws TokensException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode each : items(list, name, "roles")) {
            roles.add(Role.labelled(each.isString() ? each.stringValue() : "")
                    .orElseThrow(() -> new TokensException(
                            "a role of " + name + " is unknown; there are read, operate, approve and policy")));
        }
        return roles;
    }

    private List<Digest> tokens(JsonNode list, String name) throws TokensException {
        List<Digest> tokens = new ArrayList<>();
        for (JsonNode each : items(list, name, "tokens")) {
            if (!each.isString() || !DIGEST.matcher(each.stringValue()).matches()) {
                throw new TokensException("a token of " + name
                        + " is not written as its digest: sha256: and 64 lower-case hexadecimal digits");
            }
            Digest digest = new Digest(each.stringValue());
            if (!digests.add(digest)) {
                throw new TokensException("a token of " + name + " stands there twice");
            }
            tokens.add(digest);
        }
        if (tokens.size() > MOST_TOKENS) {
            throw new TokensException(name + " has more than two tokens: remove those that were replaced");
        }
        return tokens;
    }

    private static JsonNode items(JsonNode list, String name, String key) throws TokensException {
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw new TokensException(name + " needs a list of " + key);
        }
        return list;
    }
}
