package dev.plumbline.schemas.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpecReferenceTest {
    private static final Path PAGE = Path.of("../docs/reference/specs.md");

    @Test
    void saysWhatTheSchemasSay() throws IOException {
        if (Boolean.getBoolean("plumbline.update")) {
            Files.createDirectories(PAGE.resolveSibling("."));
            Files.writeString(PAGE, SpecReference.markdown());
        }
        assertThat(SpecReference.markdown())
                .as("the page is stale; its first lines say how to bring it up to date")
                .isEqualTo(Files.readString(PAGE));
    }
}
