package dev.plumbline.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a.yaml", "b.yml", "teams/x/a.yaml", "teams/policies/a.yaml", "policies.yaml", "a b.yaml"})
    void readsYamlFiles(String path) {
        assertThat(SpecFiles.all().includes(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/workflows/ci.yaml",
                "a/.b/c.yaml",
                ".golangci.yml",
                "policies/a.yaml",
                "rules/x/a.yaml",
                "a.json",
                "a.yaml.bak",
                "yaml",
                "A.YAML"
            })
    void leavesOtherFilesAlone(String path) {
        assertThat(SpecFiles.all().includes(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drafts/            | drafts/a.yaml         | true",
                "drafts/            | x/drafts/b/a.yaml     | true",
                "drafts             | drafts.yaml           | false",
                "/drafts            | x/drafts/a.yaml       | false",
                "x/drafts           | x/drafts/a.yaml       | true",
                "x/drafts           | y/x/drafts/a.yaml     | false",
                "a.yaml/            | a.yaml                | false",
                "*.draft.yaml       | x/a.draft.yaml        | true",
                "x/*.yaml           | x/a.yaml              | true",
                "x/*.yaml           | x/y/a.yaml            | false",
                "**/gen/*.yaml      | gen/a.yaml            | true",
                "**/gen/*.yaml      | p/q/gen/a.yaml        | true",
                "x/**               | x/y/a.yaml            | true",
                "x/**               | z/x/a.yaml            | false",
                "x/**/a.yaml        | x/a.yaml              | true",
                "x/**/a.yaml        | x/y/z/a.yaml          | true",
                "a?.yaml            | ab.yaml               | true",
                "a?.yaml            | a.yaml                | false",
                "[a-c]1.yaml        | b1.yaml               | true",
                "[!a-c]1.yaml       | b1.yaml               | false",
                "[]x]1.yaml         | ]1.yaml               | true",
                "\\#a.yaml          | #a.yaml               | true",
                "\\!a.yaml          | !a.yaml               | true",
                "# a.yaml           | a.yaml                | false",
            })
    void ignoresAsGitDoes(String pattern, String path, boolean ignored) {
        assertThat(SpecFiles.ignoring("\n" + pattern.strip() + "\n").includes(path))
                .isEqualTo(!ignored);
    }

    @Test
    void lastMatchingLineDecides() {
        SpecFiles files = SpecFiles.ignoring("*.yaml\r\n!keep.yaml\nkeep/keep.yaml   \n");
        assertThat(files.includes("a.yaml")).isFalse();
        assertThat(files.includes("x/keep.yaml")).isTrue();
        assertThat(files.includes("keep/keep.yaml")).isFalse();
    }

    @Test
    void takesNothingBackFromAnIgnoredFolder() {
        SpecFiles files = SpecFiles.ignoring("gen/\n!gen/keep.yaml\n");
        assertThat(files.includes("gen/keep.yaml")).isFalse();
        assertThat(files.enters("gen")).isFalse();
        assertThat(files.enters("other")).isTrue();
        assertThat(files.enters("policies")).isFalse();
    }

    @Test
    void staysQuickWithPatternsMadeToBeSlow() {
        SpecFiles files = SpecFiles.ignoring("*a".repeat(200) + "b\n" + "**/a/".repeat(200) + "b\n");
        assertThat(files.includes("a".repeat(4000) + ".yaml")).isTrue();
        assertThat(files.includes("a/".repeat(1000) + "c.yaml")).isTrue();
    }
}
