package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.remember.Remembering;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.staging.CopyStaging;
import io.caravan.load.staging.DirectStaging;
import io.caravan.load.staging.InsertStaging;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.staging.Staging;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.spi.RememberedFiles;
import io.caravan.spi.StagingArea;
import io.caravan.spi.StagingSession;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a load stages, by its feed. */
class StagingByCopyTest {

    private final LoadParts parts = new LoadParts();
    private final ScriptedSession session = new ScriptedSession();
    private final TestingClock clock = new TestingClock();
    private final StagingByCopy copy = new StagingByCopy(
            session.as(StagingArea.class),
            new Remembering(session.as(RememberedFiles.class), 1_000),
            clock,
            new LoadIds(clock, () -> 7));

    @Test
    void rowsGoIntoDataFiles() {
        try (Staging staging = copy.rows("l1", parts.feed).create(session.as(StagingSession.class), plan())) {
            assertThat(staging).isInstanceOf(CopyStaging.class);
        }
    }

    @Test
    void whatTheFeedDoesNotUseIsNotThere() {
        assertThat(copy.objects(parts.feed, parts.store)).isSameAs(ObjectStaging.NONE);
        assertThat(copy.memory("l1", parts.feed)).isSameAs(RowMemory.NONE);
    }

    @Test
    void whatItUsesIs() {
        MergePolicy merge = parts.feed.merge();
        Feed feed = new FeedBuilder()
                .stagesDirectly()
                .merge(new MergePolicy(
                        merge.mode(),
                        merge.duplicates(),
                        null,
                        null,
                        1,
                        merge.changeColumn(),
                        merge.changeWords(),
                        false,
                        false,
                        true))
                .build();

        assertThat(copy.objects(feed, parts.store)).isInstanceOf(DirectStaging.class);
        assertThat(copy.memory("l1", feed)).isNotSameAs(RowMemory.NONE);
        assertThat(feed.needsCopy()).isTrue();
    }

    @Test
    void insertsKnowNothingOfTheRest() {
        StagingChoice insert = StagingChoice.INSERT;

        assertThat(insert.objects(parts.feed, parts.store)).isSameAs(ObjectStaging.NONE);
        assertThat(insert.memory("l1", parts.feed)).isSameAs(RowMemory.NONE);
        try (Staging staging = insert.rows("l1", parts.feed).create(session.as(StagingSession.class), plan())) {
            assertThat(staging).isInstanceOf(InsertStaging.class);
        }
    }

    private MergePlan plan() {
        return parts.target().now().plan("l1", List.of(LoadParts.ID, LoadParts.NAME), Instant.EPOCH, false);
    }
}
