package dev.plumbline.reconciler.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which Plumbline this is.
 *
 * @param build tells builds of one version apart
 */
public record BuildInformation(String version, String build) {
    /** What the build wrote down. */
    public static BuildInformation read() {
        Properties properties = new Properties();
        try (InputStream resource = BuildInformation.class.getResourceAsStream("build.properties")) {
            if (resource == null) {
                throw new IllegalStateException("build.properties is not on the class path");
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInformation(
                properties.getProperty("version", "unknown"), properties.getProperty("build", "unknown"));
    }
}
