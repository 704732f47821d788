package dev.plumbline.webhooks;

import java.util.List;

/** What an authentic delivery says that happened. It is not believed: it only decides whether Git is looked at. */
public sealed interface ForgeEvent {
    /**
     * A reference moved.
     *
     * @param ref its full name, such as {@code refs/heads/main}
     * @param repository the addresses under which the forge offers the repository
     */
    record Push(String ref, List<String> repository) implements ForgeEvent {
        public Push {
            repository = List.copyOf(repository);
        }
    }

    /** The forge tries whether somebody answers. */
    record Ping() implements ForgeEvent {}

    /** Anything else. */
    record Other() implements ForgeEvent {}
}
