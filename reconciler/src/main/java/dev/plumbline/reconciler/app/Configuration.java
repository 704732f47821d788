package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.queue.TrainingLimits;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.FetchLimits;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator configures beyond the flags of {@code up}.
 *
 * @param dataRoots folders below which a {@code file:} URI of a Dataset may lie
 * @param training what training runs may use at one time; the rest wait for their turn
 * @param tokens the file that names who may ask the control port what; empty: it asks nobody for a token
 * @param fetchLimits how much the remote may send
 * @param period how often things are looked at of which nothing told
 * @param policies who evaluates the policies
 * @param notifications who is told of what happens; empty: nobody
 * @param webhooks which forges may hint, and how they prove themselves
 */
record Configuration(
        GitCredentials credentials,
        Committer committer,
        List<Path> dataRoots,
        TrainingLimits training,
        Optional<Path> tokens,
        Webhooks webhooks,
        FetchLimits fetchLimits,
        Duration period,
        Policies policies,
        Optional<Notifications> notifications) {
    Configuration {
        dataRoots = List.copyOf(dataRoots);
    }
}
