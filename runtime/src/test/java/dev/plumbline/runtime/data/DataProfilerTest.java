package dev.plumbline.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DataProfile;
import dev.plumbline.runtime.DataProfile.Personal;
import dev.plumbline.runtime.Profiler;
import dev.plumbline.schemas.model.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataProfilerTest {
    private static final Profiler.Options HEADER = new Profiler.Options(true, List.of(), Optional.empty());

    @TempDir
    Path folder;

    @Test
    void tellsTypesRangesCategoriesIdentifiersAndPersonalData() throws Exception {
        DataProfile profile = profile(people(), HEADER);

        assertThat(profile.rows()).isEqualTo(60);
        assertThat(profile.delimiter()).isEqualTo(",");
        assertThat(profile.missing()).containsExactly("", "NA", "?");
        assertThat(profile.columns())
                .extracting(DataProfile.Column::name)
                .containsExactly(
                        "customerID", "Full Name", "mail", "phone", "PhoneService", "age", "total", "zip", "plan");
        assertThat(profile.columns())
                .extracting(DataProfile.Column::type)
                .containsExactly(
                        ColumnType.CATEGORY,
                        ColumnType.CATEGORY,
                        ColumnType.CATEGORY,
                        ColumnType.CATEGORY,
                        ColumnType.CATEGORY,
                        ColumnType.INTEGER,
                        ColumnType.NUMBER,
                        ColumnType.CATEGORY,
                        ColumnType.CATEGORY);
        assertThat(column(profile, "customerID").identifier()).isTrue();
        assertThat(column(profile, "age").identifier()).isFalse();
        assertThat(column(profile, "Full Name").personal()).contains(Personal.NAME);
        assertThat(column(profile, "mail").personal()).contains(Personal.EMAIL);
        assertThat(column(profile, "phone").personal()).contains(Personal.PHONE);
        assertThat(column(profile, "PhoneService").personal()).isEmpty();
        assertThat(column(profile, "age").min()).hasValue(20);
        assertThat(column(profile, "age").max()).hasValue(49);
        assertThat(column(profile, "total").missing()).isEqualTo(2);
        assertThat(column(profile, "plan").missing()).isEqualTo(1);
        assertThat(column(profile, "plan").top().getFirst()).isEqualTo(new DataProfile.Frequency("None", 30));
    }

    @Test
    void tellsTheDelimiterAndNumbersColumnsWithoutAHeader() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("A" + i % 3 + ";" + i + ",5;" + i % 2);
        }

        DataProfile profile = profile(lines, new Profiler.Options(false, List.of(), Optional.empty()));

        assertThat(profile.delimiter()).isEqualTo(";");
        assertThat(profile.rows()).isEqualTo(40);
        assertThat(profile.columns())
                .extracting(DataProfile.Column::name)
                .containsExactly("column1", "column2", "column3");
    }

    @Test
    void refusesWhatCannotBeRead() throws Exception {
        Profiler.Profiling profiling = new DataProfiler().profile(folder.resolve("none.csv"), HEADER);

        assertThat(profiling)
                .isInstanceOfSatisfying(
                        Profiler.Profiling.Unreadable.class,
                        unreadable -> assertThat(
                                        unreadable.problems().getFirst().code())
                                .isEqualTo("file-missing"));
    }

    private static List<String> people() {
        List<String> lines =
                new ArrayList<>(List.of("customerID,Full Name,mail,phone,PhoneService, age ,total,zip,plan"));
        for (int i = 0; i < 60; i++) {
            lines.add(String.join(
                    ",",
                    "C-" + i,
                    "Person " + i,
                    "p" + i + "@example.com",
                    "0201 555 " + (100 + i),
                    i % 2 == 0 ? "Yes" : "No",
                    String.valueOf(20 + i % 30),
                    i == 4 ? "NA" : i == 5 ? " " : i + ".5",
                    "0" + (1000 + i % 7),
                    i == 9 ? "?" : i % 2 == 0 ? "None" : "gold"));
        }
        return lines;
    }

    private static DataProfile.Column column(DataProfile profile, String name) {
        return profile.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private DataProfile profile(List<String> lines, Profiler.Options options) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("data.csv"), lines);
        Profiler.Profiling profiling = new DataProfiler().profile(file, options);
        assertThat(profiling).isInstanceOf(Profiler.Profiling.Profiled.class);
        return ((Profiler.Profiling.Profiled) profiling).profile();
    }
}
