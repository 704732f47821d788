package dev.plumbline.benchmarks.inference;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A closed loop: each connection sends its next request when it has the answer to the last one. One thread and raw
 * sockets, so that it takes as little as it can of the processors that it shares with the server.
 */
final class LoadGenerator {
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer request;
    private final long[] latencies = new long[4_000_000];
    private int answered;
    private long until;

    private LoadGenerator(byte[] request) {
        this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
    }

    /**
     * Measures and prints requests per second, and the median and 99th percentile of latency in microseconds.
     *
     * @param arguments port, path, file with the body, connections, milliseconds, and bytes that each answer must hold
     */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        byte[] body = Files.readAllBytes(Path.of(arguments[2]));
        byte[] head = ("POST " + arguments[1] + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        LoadGenerator generator = new LoadGenerator(request);
        System.out.println(
                generator.run(port, Integer.parseInt(arguments[3]), Long.parseLong(arguments[4]) * 1_000_000));
    }

    /** One connection and what it has of its answer. */
    private static final class Client {
        final SocketChannel channel;
        final ByteBuffer answer = ByteBuffer.allocate(1 << 20);
        long sent;

        Client(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private String run(int port, int connections, long nanoseconds) throws IOException {
        try (Selector selector = Selector.open()) {
            List<Client> clients = new ArrayList<>();
            long began = System.nanoTime();
            until = began + nanoseconds;
            for (int index = 0; index < connections; index++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Client client = new Client(channel);
                clients.add(client);
                channel.register(selector, SelectionKey.OP_READ, client);
                send(client);
            }
            while (System.nanoTime() < until) {
                selector.select(key -> read((Client) key.attachment()), 100);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            for (Client client : clients) {
                client.channel.close();
            }
            Arrays.sort(latencies, 0, answered);
            return "%.0f %.1f %.1f"
                    .formatted(
                            answered / seconds,
                            latencies[answered / 2] / 1e3,
                            latencies[(int) (answered * 0.99)] / 1e3);
        }
    }

    private void send(Client client) throws IOException {
        client.sent = System.nanoTime();
        ByteBuffer bytes = request.duplicate();
        while (bytes.hasRemaining()) {
            client.channel.write(bytes);
        }
    }

    private void read(Client client) {
        try {
            if (client.channel.read(client.answer) < 0) {
                throw new IllegalStateException("the server closed a connection");
            }
            if (complete(client.answer)) {
                latencies[answered++] = System.nanoTime() - client.sent;
                client.answer.clear();
                send(client);
            }
        } catch (IOException failure) {
            throw new IllegalStateException("a connection failed", failure);
        }
    }

    /** Whether the answer is whole; one that is not a success ends the measurement. */
    private static boolean complete(ByteBuffer answer) {
        int length = answer.position();
        byte[] bytes = new byte[length];
        answer.get(0, bytes);
        if (length > 12 && bytes[9] != '2') {
            throw new IllegalStateException(new String(bytes, 0, length, StandardCharsets.US_ASCII));
        }
        for (int index = 3; index < length; index++) {
            if (bytes[index] == '\n' && bytes[index - 1] == '\r' && bytes[index - 2] == '\n') {
                return length >= index + 1 + contentLength(bytes, index);
            }
        }
        return false;
    }

    private static int contentLength(byte[] bytes, int end) {
        for (int index = 0; index < end - LENGTH.length; index++) {
            if (bytes[index] == '\n' && matches(bytes, index + 1)) {
                int value = 0;
                for (int digit = index + 1 + LENGTH.length; bytes[digit] != '\r'; digit++) {
                    value = value * 10 + bytes[digit] - '0';
                }
                return value;
            }
        }
        throw new IllegalStateException("an answer has no Content-Length");
    }

    private static boolean matches(byte[] bytes, int from) {
        for (int index = 0; index < LENGTH.length; index++) {
            if ((bytes[from + index] | 0x20) != (LENGTH[index] | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
