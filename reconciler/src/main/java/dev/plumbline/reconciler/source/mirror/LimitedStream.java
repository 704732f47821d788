package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.FetchLimits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A pack on its way in, up to the limits. One thread. */
final class LimitedStream extends FilterInputStream {
    private final FetchLimits limits;
    private final long began = System.nanoTime();
    private long read;

    LimitedStream(InputStream pack, FetchLimits limits) {
        super(pack);
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int some = super.read(buffer, offset, length);
        count(Math.max(0, some));
        return some;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws IOException {
        read += bytes;
        if (read > limits.packBytes()) {
            throw FetchLimits.Exceeded.pack(limits.packBytes());
        }
        if (Duration.ofNanos(System.nanoTime() - began).compareTo(limits.time()) > 0) {
            throw FetchLimits.Exceeded.time(limits.time());
        }
    }
}
