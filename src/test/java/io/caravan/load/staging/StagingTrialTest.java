package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.spi.DataFiles;
import io.caravan.spi.StagingArea;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagingTrialTest {

    private final ScriptedSession session = new ScriptedSession();
    private long copied = 1;

    StagingTrialTest() {
        session.answer("create", session.as(DataFiles.class))
                .answer("files", List.of("s3://stage/p/l1/rows-1"))
                .answer("manifest", "s3://stage/p/l1/manifest");
    }

    @Test
    void oneRowIsWrittenCopiedAndTakenAwayAgain() {
        assertThat(run()).isEmpty();

        assertThat(session.steps())
                .containsExactly(
                        "create",
                        "field",
                        "field",
                        "field",
                        "endRow",
                        "finish",
                        "files",
                        "manifest",
                        "copy",
                        "delete",
                        "close");
        assertThat(session.calls())
                .contains("create 19700101T000000.000Z-0000000007 caravan_rows @0000000007@")
                .contains("copy s3://stage/p/l1/manifest @0000000007@")
                .anyMatch(call -> call.startsWith("delete ") && call.contains("keys=[p/l1/rows-1, p/l1/manifest]"));
    }

    @Test
    void whatCannotBeWrittenIsNotCopied() {
        CaravanException denied = new InvalidConfigurationException(ErrorCode.OBJECT_STORE_DENIED, "denied");
        session.answer("finish", () -> {
            throw denied;
        });

        assertThat(run()).containsExactly(denied);
        assertThat(session.steps()).doesNotContain("copy", "delete").endsWith("close");
    }

    @Test
    void whatCannotBeCopiedIsTakenAwayAllTheSame() {
        copied = 2;
        CaravanException denied = new InvalidConfigurationException(ErrorCode.OBJECT_STORE_DENIED, "denied");
        session.answer("delete", () -> {
            throw denied;
        });

        List<CaravanException> failures = run();

        assertThat(failures).hasSize(2).endsWith(denied);
        assertThat(failures.get(0))
                .isInstanceOf(RetryableException.class)
                .hasMessage("COPY has read 2 rows from s3://stage/p/l1/manifest, which has one");
    }

    private List<CaravanException> run() {
        return new StagingTrial(session.as(StagingArea.class), this::copy, new TestingClock(), () -> 7).run();
    }

    private long copy(String manifest, String nullMarker) {
        session.calls().add("copy " + manifest + " " + nullMarker);
        return copied;
    }
}
