package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FullLookTest {
    @Test
    void looksAtEverythingWhereThereIsLittle() {
        FullLook look = new FullLook(10);

        assertThat(look.next(models(7))).containsExactlyElementsOf(models(7));
        assertThat(look.next(models(7))).containsExactlyInAnyOrderElementsOf(models(7));
    }

    @Test
    void givesEachItsTurnWhereThereIsMuch() {
        FullLook look = new FullLook(10);
        List<ResourceId> looked = new ArrayList<>();

        for (int turn = 0; turn < 5; turn++) {
            looked.addAll(look.next(models(25)));
        }

        assertThat(looked).hasSize(50);
        assertThat(models(25))
                .allSatisfy(id -> assertThat(looked).filteredOn(id::equals).hasSize(2));
    }

    @Test
    void goesOnWhereItWasThoughThatIsGone() {
        FullLook look = new FullLook(10);
        look.next(models(25));
        NavigableSet<ResourceId> fewer = models(25);
        fewer.remove(model(9));

        assertThat(look.next(fewer)).first().isEqualTo(model(10));
    }

    @Test
    void looksAtNothingWhereThereIsNothing() {
        FullLook look = new FullLook(10);

        assertThat(look.next(new TreeSet<>())).isEmpty();
        assertThat(look.next(models(1))).containsExactly(model(0));
    }

    private static NavigableSet<ResourceId> models(int count) {
        NavigableSet<ResourceId> ids = new TreeSet<>();
        IntStream.range(0, count).mapToObj(FullLookTest::model).forEach(ids::add);
        return ids;
    }

    private static ResourceId model(int number) {
        return new ResourceId(Kind.MODEL, "model-%02d".formatted(number));
    }
}
