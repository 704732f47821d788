package dev.plumbline.reconciler.source.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteTest {
    private static final Path HERE = Path.of("/srv/work");

    @ParameterizedTest
    @CsvSource({
        "models.git, FILE, /srv/work/models.git, models.git",
        "/data/models.git, FILE, /data/models.git, models.git",
        "file:///data/models.git, FILE, /data/models.git, models.git",
        "https://git.example.com/team/models.git, HTTP, https://git.example.com/team/models.git, https://git.example.com/team/models.git",
        "http://127.0.0.1:3000/team/models.git, HTTP, http://127.0.0.1:3000/team/models.git, http://127.0.0.1:3000/team/models.git",
        "ssh://git@git.example.com:2222/team/models.git, SSH, ssh://git@git.example.com:2222/team/models.git, ssh://git@git.example.com:2222/team/models.git",
        "git@git.example.com:team/models.git, SSH, git@git.example.com:team/models.git, git@git.example.com:team/models.git"
    })
    void takesPathsAndUrls(String text, Remote.Kind kind, String url, String label) {
        Remote remote = Remote.parse(text, HERE);

        assertThat(remote.kind()).isEqualTo(kind);
        assertThat(remote.url()).isEqualTo(url);
        assertThat(remote.label()).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--upload-pack=touch /tmp/x",
                "ext::sh -c touch% /tmp/x",
                "fd::17",
                "git://git.example.com/models.git",
                "http://git.example.com/models.git",
                "ftp://git.example.com/models.git",
                "amazon-s3://bucket/models.git",
                "https://user:token@git.example.com/models.git",
                "https://token@git.example.com/models.git",
                "https://git.example.com/models.git?access_token=x",
                "https:///models.git",
                "ssh://git:password@git.example.com/models.git",
                "ssh://-oProxyCommand=x/models.git",
                "ssh://git.example.com/-x",
                "git@git.example.com:-x",
                "models\u0000.git",
                "https://git example.com/x"
            })
    void refusesWhatCouldDoMoreThanFollow(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Remote.parse(text, HERE))
                .withMessageNotContaining("token@")
                .withMessageNotContaining("password@");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Remote.parse("https://git.example.com/" + "a".repeat(2048), HERE));
    }
}
