package dev.plumbline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W6: a good signature speaks for one repository and one branch. */
final class ConfusionTest {
    private final Bed bed = new Bed();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/team/other.git",
                "https://evil.example/team/models.git",
                "https://git.example.com/team/models/more.git",
                "https://git.example.com.evil.example/team/models.git",
                "/srv/models.git"
            })
    void refusesAGoodSignatureThatSpeaksOfAnotherRepository(String followed) throws Exception {
        bed.follows(followed);
        Answer answer =
                bed.deliver(Forge.GITHUB, Bed.gitHubHeaders("push", "1", Bed.GITHUB_PUSH), Bed.bytes(Bed.GITHUB_PUSH));

        assertThat(answer.outcome()).isEqualTo(Outcome.FOREIGN);
        assertThat(answer.outcome().status()).isEqualTo(403);
        assertThat(bed.looks).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/team/models.git",
                "https://GIT.example.com:3000/Team/Models/",
                "git@git.example.com:team/models.git",
                "ssh://git@git.example.com:2222/team/models"
            })
    void knowsTheRepositoryByAnyOfItsAddresses(String followed) throws Exception {
        bed.follows(followed);

        assertThat(bed.gitHub("push", "1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.LOOKED);
    }

    @Test
    void refusesOtherRepositoriesOfEveryForge() throws Exception {
        bed.follows("https://git.example.com/team/other");
        String signature = Signatures.hex("HmacSHA256", Bed.bytes(Bed.SECRET), Bed.bytes(Bed.GITHUB_PUSH));

        assertThat(bed.outcome(Forge.GITEA, Bed.giteaHeaders(signature), Bed.GITHUB_PUSH))
                .isEqualTo(Outcome.FOREIGN);
        assertThat(bed.outcome(
                        Forge.GITLAB,
                        Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", Bed.SECRET),
                        Bed.GITLAB_PUSH))
                .isEqualTo(Outcome.FOREIGN);
        assertThat(bed.outcome(
                        Forge.GENERIC,
                        Bed.standardHeaders("1", Bed.NOW.getEpochSecond(), Bed.GENERIC_PUSH),
                        Bed.GENERIC_PUSH))
                .isEqualTo(Outcome.FOREIGN);
    }

    @Test
    void aRepositoryWithoutAnAddressIsNobodysOwn() throws Exception {
        String push = Bed.GENERIC_PUSH.replace("https://git.example.com/team/models.git", "/srv/models.git");
        bed.follows("/srv/models.git");

        assertThat(bed.outcome(Forge.GENERIC, Bed.standardHeaders("1", Bed.NOW.getEpochSecond(), push), push))
                .isEqualTo(Outcome.FOREIGN);
    }

    @Test
    void whatWeWriteOurselvesWakesNothingWhateverIsFollowed() {
        FollowedBranch ours = new FollowedBranch(
                RepositoryAddress.parse("https://git.example.com/team/models"), "plumbline/promote/churn");

        assertThat(ours.is("refs/heads/plumbline/promote/churn")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refs/heads/other",
                "refs/heads/main2",
                "refs/heads/plumbline/ledger",
                "refs/heads/plumbline/promote/churn",
                "refs/tags/main",
                "main",
                ""
            })
    void looksAtNothingForOtherBranches(String ref) throws Exception {
        assertThat(bed.gitHub("push", "1", Bed.GITHUB_PUSH.replaceFirst("refs/heads/main", ref)))
                .isEqualTo(Outcome.IGNORED);
        assertThat(bed.looks).hasValue(0);
    }

    @Test
    void ignoresWhatIsNoPushWithoutReadingIt() throws Exception {
        assertThat(bed.gitHub("pull_request", "1", "no JSON")).isEqualTo(Outcome.IGNORED);
        assertThat(bed.gitHub("ping", "2", "no JSON")).isEqualTo(Outcome.PING);
        assertThat(bed.outcome(
                        Forge.GITLAB,
                        Map.of("X-Gitlab-Event", "Tag Push Hook", "X-Gitlab-Token", Bed.SECRET),
                        "no JSON"))
                .isEqualTo(Outcome.IGNORED);
    }
}
