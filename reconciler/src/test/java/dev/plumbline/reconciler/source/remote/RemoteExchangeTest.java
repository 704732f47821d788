package dev.plumbline.reconciler.source.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.source.Source;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RemoteExchangeTest {
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    @Test
    void bringsTheAnswerAndWhatWentWrong() throws Exception {
        assertThat(RemoteExchange.<String>ask(_ -> "here")).isEqualTo("here");
        assertThatThrownBy(() -> RemoteExchange.ask(_ -> {
                    throw new IOException("cut");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("cut");
        assertThatThrownBy(() -> RemoteExchange.ask(_ -> {
                    throw new Source.SourceException("TooLarge", "more than it may");
                }))
                .isInstanceOf(Source.SourceException.class);
        assertThatThrownBy(() -> RemoteExchange.ask(_ -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsWhatStandsStill() {
        assertThatThrownBy(() -> RemoteExchange.ask(_ -> waiting(), Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("it stood still for 1 seconds");
        assertThat(ended).succeedsWithin(1, TimeUnit.MINUTES).isEqualTo("interrupted");
    }

    @Test
    void waitsForWhatMakesProgress() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        String answer = RemoteExchange.ask(
                progress -> {
                    for (int step = 0; step < 15; step++) {
                        progress.update(1);
                        try {
                            var _ = never.await(100, TimeUnit.MILLISECONDS);
                        } catch (InterruptedException stopped) {
                            throw new InterruptedIOException("ended");
                        }
                    }
                    return "whole";
                },
                Duration.ofSeconds(1));

        assertThat(answer).isEqualTo("whole");
    }

    @Test
    void endsWithWhoeverWaitsForIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<String> waiter = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                waiter.complete(RemoteExchange.ask(_ -> {
                    asked.countDown();
                    return waiting();
                }));
            } catch (InterruptedException stopped) {
                waiter.complete("stopped");
            } catch (IOException | Source.SourceException other) {
                waiter.completeExceptionally(other);
            }
        });
        asked.await();

        thread.interrupt();

        assertThat(waiter).succeedsWithin(1, TimeUnit.MINUTES).isEqualTo("stopped");
        assertThat(ended).succeedsWithin(1, TimeUnit.MINUTES).isEqualTo("interrupted");
    }

    private String waiting() throws IOException {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException stopped) {
            ended.complete("interrupted");
            throw new InterruptedIOException("ended");
        }
    }
}
