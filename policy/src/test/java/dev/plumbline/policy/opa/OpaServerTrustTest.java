package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.opa.OpaServer.Settings;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may vouch for the server: what its answers say counts only if nobody else could have given them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpaServerTrustTest {
    private static final String ALIAS = "server";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Path folder;
    private FakeOpa server;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        makeKey(folder.resolve("server.p12"));
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KeyStore keys = keys(folder.resolve("server.p12"));
        https.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        write(folder.resolve("server.pem"), keys.getCertificate(ALIAS));
        write(folder.resolve("stranger.pem"), stranger());
        server = new FakeOpa(https, "https");
    }

    @AfterAll
    void stop() {
        server.close();
        threads.close();
    }

    @Test
    void aServerThatTheFileVouchesForIsBelieved() throws IOException {
        assertThat(decide(Optional.of(folder.resolve("server.pem"))).reason()).isEqualTo(Reason.ALLOWED);
    }

    @Test
    void aServerThatNobodyVouchesForIsNot() throws IOException {
        assertThat(decide(Optional.empty()).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aServerThatAnotherVouchesForIsNot() throws IOException {
        assertThat(decide(Optional.of(folder.resolve("stranger.pem"))).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aFileThatVouchesForNobodyIsToldAtTheStart() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path broken = Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

        for (Path each : List.of(empty, broken)) {
            assertThatThrownBy(() -> decide(Optional.of(each)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(each.getFileName().toString());
        }
    }

    private Decision decide(Optional<Path> authorities) throws IOException {
        Settings settings = new Settings(server.url(), Optional.empty(), authorities);
        try (OpaServer engine = new OpaServer(settings, FakeOpa.POLICY, threads, Duration.ofMinutes(1))) {
            return engine.decide(Gate.ADMISSION, List.of(Json.object().put("gate", "admission")))
                    .getFirst();
        }
    }

    private static void makeKey(Path store) {
        RealOpa.Result result = RealOpa.run(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=server",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        assertThat(result.exit()).as(result.output() + result.errors()).isZero();
    }

    /** Somebody whom this Java trusts, and who never heard of the server. */
    private static Certificate stranger() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        return ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0];
    }

    private static Path write(Path file, Certificate certificate) throws IOException, GeneralSecurityException {
        String text = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
