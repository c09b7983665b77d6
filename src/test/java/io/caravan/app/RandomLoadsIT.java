package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.Mode;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random objects of one or two feeds of a table, loaded in random groups by two services that take turns, with random
 * interruptions: after each pass the whole table is that of {@link ModelTable}, and the ledger has each object version once. A
 * failure tells its seed; {@code -Dcaravan.test.seed=SEED} runs it alone, {@code -Dcaravan.test.seeds=COUNT} as many from there
 * on.
 */
@ExtendWith(SandboxExtension.class)
class RandomLoadsIT {

    private static final int STEPS = 10;

    private static final int PREVIEWED_STEPS = 4;

    static Stream<Arguments> cases() {
        @Nullable Long seed = Long.getLong("caravan.test.seed");
        long count = Long.getLong("caravan.test.seeds", seed == null ? 4 : 1);
        return LongStream.range(0, count)
                .map(i -> i + (seed == null ? 1 : seed))
                .boxed()
                .flatMap(one -> Stream.of(Mode.values()).map(mode -> Arguments.of(mode, one)));
    }

    /** As many seeds again as {@code -Dcaravan.test.seeds} says; fewer otherwise, as each load is done twice. */
    static Stream<Arguments> previewedCases() {
        boolean isChosen = Long.getLong("caravan.test.seeds") != null || Long.getLong("caravan.test.seed") != null;
        return isChosen ? cases() : cases().limit(Mode.values().length);
    }

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    RandomLoadsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void everyLoadDoesWhatItsModeSaysOnceWhateverInterruptsIt(Mode mode, long seed) throws Exception {
        try (RandomLoads loads = new RandomLoads(sandbox, directory, "loaded", mode, seed, false)) {
            loads.run(STEPS);
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("previewedCases")
    void aPreviewSaysFigureForFigureWhatTheNextLoadDoesAndTheTableIsInTheEndWhatItsObjectsSay(Mode mode, long seed)
            throws Exception {
        try (RandomLoads loads = new RandomLoads(sandbox, directory, "previewed", mode, seed, true)) {
            assertThat(loads.runPreviewed(PREVIEWED_STEPS)).isPositive();
        }
    }
}
