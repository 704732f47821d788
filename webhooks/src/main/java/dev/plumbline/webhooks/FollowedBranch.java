package dev.plumbline.webhooks;

import java.util.List;
import java.util.Optional;

/**
 * What the control plane follows: nothing else is worth a look.
 *
 * @param repository what the forge calls the repository; empty when it is not one of a forge
 */
public record FollowedBranch(Optional<RepositoryAddress> repository, String name) {
    private static final String BRANCHES = "refs/heads/";
    private static final String OURS = BRANCHES + "plumbline/";

    /** Whether one of these addresses is the repository's. */
    public boolean isOf(List<String> addresses) {
        return repository.isPresent()
                && addresses.stream().map(RepositoryAddress::parse).anyMatch(repository::equals);
    }

    /** Whether this is the branch. Those that only the control plane writes wake nothing. */
    public boolean is(String ref) {
        return !ref.startsWith(OURS) && ref.equals(BRANCHES + name);
    }
}
