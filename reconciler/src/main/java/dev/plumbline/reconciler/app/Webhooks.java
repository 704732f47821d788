package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.webhooks.FollowedBranch;
import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.RepositoryAddress;
import dev.plumbline.webhooks.SecretFile;
import dev.plumbline.webhooks.SecretSource;
import dev.plumbline.webhooks.receive.WebhookReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which forges may ask for an early look.
 *
 * @param secrets how each of them proves itself
 * @param repository what they call the followed repository, when it is not what is followed
 */
record Webhooks(Map<Forge, SecretSource> secrets, Optional<RepositoryAddress> repository) {
    static final String REPOSITORY = "webhooks.repository";

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    Webhooks {
        secrets = Map.copyOf(secrets);
    }

    /**
     * Reads each secret once, so that a wrong one is told at the start.
     *
     * @throws CommandException when a secret or the repository cannot be used
     */
    static Webhooks open(Map<Forge, Path> files, Optional<String> repository, Clock clock) throws CommandException {
        Map<Forge, SecretSource> secrets = new EnumMap<>(Forge.class);
        for (Map.Entry<Forge, Path> each : files.entrySet()) {
            secrets.put(each.getKey(), open(each.getKey(), each.getValue(), clock));
        }
        if (repository.isEmpty()) {
            return new Webhooks(secrets, Optional.empty());
        }
        Optional<RepositoryAddress> address = repository.flatMap(RepositoryAddress::parse);
        if (address.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    REPOSITORY + " is not the clone URL of a repository, such as https://host/team/models");
        }
        return new Webhooks(secrets, address);
    }

    private static SecretSource open(Forge forge, Path file, Clock clock) throws CommandException {
        SecretFile secret = new SecretFile(forge.secretKey(), file, clock);
        try {
            if (!secret.current().signing() && forge == Forge.GITLAB) {
                LOG.warn(
                        "Deliveries of GitLab carry a plain token, which covers no body: configure a signing token key={}",
                        forge.secretKey());
            }
            return secret;
        } catch (IOException unusable) {
            throw new CommandException(
                    ExitCode.USAGE, String.valueOf(unusable.getMessage()), Optional.empty(), unusable);
        }
    }

    /** Takes deliveries about this branch of the remote. */
    WebhookReceiver receiver(Remote remote, String branch, Clock clock, Runnable look) {
        Optional<RepositoryAddress> followed = repository.or(
                () -> remote.folder().isPresent() ? Optional.empty() : RepositoryAddress.parse(remote.url()));
        if (followed.isEmpty() && !secrets.isEmpty()) {
            LOG.warn("Every webhook will be refused: a local repository has no name at a forge key={}", REPOSITORY);
        }
        return new WebhookReceiver(secrets, new FollowedBranch(followed, branch), clock, look);
    }
}
