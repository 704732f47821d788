package dev.plumbline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** W5: a delivery names addresses, and none of them is asked. */
final class ForgedAddressTest {
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer sink;

    @BeforeEach
    void listen() throws Exception {
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        sink.start();
    }

    @AfterEach
    void stop() {
        sink.stop(0);
    }

    /** Also the address that is followed is only compared: whoever looks asks the remote that the operator configured. */
    @Test
    void asksNobodyThatADeliveryNames() throws Exception {
        String address = "http://127.0.0.1:" + sink.getAddress().getPort();
        String push = Bed.GITHUB_PUSH
                .replace("https://git.example.com", address)
                .replace("git@git.example.com:Team", "ssh://127.0.0.1/Team");
        Bed bed = new Bed().follows(address + "/team/models.git");

        assertThat(bed.gitHub("push", "1", push)).isEqualTo(Outcome.LOOKED);
        assertThat(new Bed().gitHub("push", "2", push)).isEqualTo(Outcome.FOREIGN);
        assertThat(asked).hasValue(0);
    }
}
