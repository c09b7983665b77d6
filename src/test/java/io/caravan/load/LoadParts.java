package io.caravan.load;

import io.caravan.base.RejectedObjectException;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.target.EvolvingTarget;
import io.caravan.load.target.FeedTarget;
import io.caravan.load.target.TargetTables;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Mode;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.Warehouse;
import io.caravan.testing.NotedStaging;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a load around the one that a test is about: a table with {@code id} and {@code name}, objects in memory, and a
 * session that notes what it is asked.
 */
final class LoadParts {

    static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    static final Column NAME = new Column("name", ColumnType.varchar(10), true, false);
    static final TargetTable TABLE = new TargetTable(TableName.parse("public.t"), List.of(ID, NAME));

    final ScriptedSession session = new ScriptedSession();
    final ObjectTallies tallies = new ObjectTallies();
    final TestingObjectStore store = new TestingObjectStore();
    Feed feed = TestingFeed.of(Mode.UPSERT);
    Set<ObjectVersion> apart = Set.of();
    Set<ObjectVersion> overtaken = Set.of();
    Deliveries deliveries = Deliveries.NONE;
    RowOrigin origin = RowOrigin.OBJECTS;
    RowMemory memory = RowMemory.NONE;
    SameContent sameContent = SameContent.NONE;
    ObjectStaging direct = ObjectStaging.NONE;

    /** Says of objects that they can never be read. */
    final Map<ObjectVersion, RejectedObjectException> verdicts = new HashMap<>();

    ObjectVersion put(String key) {
        return store.put("b", "in/" + key, "id,name\n1,Ada\n");
    }

    LoadTask task(ObjectVersion... objects) {
        return new LoadTask("l1", feed, List.of(objects), apart, overtaken, origin, Instant.EPOCH, deliveries);
    }

    /** Returns the target as it is, or as an object read from here makes it. */
    EvolvingTarget target() {
        return new EvolvingTarget(
                feed, new TargetTables(store, session.as(Warehouse.class)), new FeedTarget(feed, table()));
    }

    /** A history has columns of its own. */
    private TargetTable table() {
        if (!feed.merge().mode().keepsVersions()) {
            return TABLE;
        }
        List<Column> columns = new ArrayList<>(TABLE.columns());
        columns.add(new Column("valid_from", ColumnType.of(Kind.TIMESTAMP), true, false));
        columns.add(new Column("valid_to", ColumnType.of(Kind.TIMESTAMP), true, false));
        columns.add(new Column("is_current", ColumnType.of(Kind.BOOLEAN), true, false));
        return new TargetTable(TABLE.name(), columns);
    }

    RowStaging rows(LoadTask task) {
        return rows(task, target());
    }

    RowStaging rows(LoadTask task, EvolvingTarget target) {
        return new RowStaging(
                task,
                tallies,
                target,
                memory,
                session::asLoadSession,
                (open, plan) -> new NotedStaging(session.calls()));
    }

    LoadSource source(ObjectReader reader) {
        return new LoadSource(reader, object -> Optional.ofNullable(verdicts.get(object)), sameContent, direct);
    }
}
