package io.caravan.redshift.sql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ChangeCounts;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.feed.FeedPlace;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.Provenance;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.model.verify.TableComparison;
import io.caravan.model.verify.TableComparison.Extent;
import io.caravan.redshift.Catalog;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DirectObject;
import io.caravan.spi.StagingTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every statement that Caravan says to Redshift, as a whole: {@code statements.txt} has the text of each, under the AWS page that
 * allows it. That the stand-in's allow-list lets them pass is claimed beside that list.
 */
class StatementsTest {

    private static final String GUIDE = "https://docs.aws.amazon.com/redshift/latest/dg/";

    private static final TableName ORDERS = TableName.parse("sales.orders");
    private static final Column ID = new Column("id", ColumnType.of(Kind.BIGINT), false, false);
    private static final Column DAY = new Column("day", ColumnType.of(Kind.DATE), false, false);
    private static final Column TOTAL = new Column("total", ColumnType.decimal(8, 2), true, false);
    private static final Column AT = new Column("at", ColumnType.of(Kind.TIMESTAMP), false, false);
    private static final Column GONE = new Column("gone", ColumnType.of(Kind.BOOLEAN), true, false);
    private static final Column GONE_AT = new Column("gone_at", ColumnType.of(Kind.TIMESTAMP), true, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(20), true, false);
    private static final List<Column> COLUMNS = List.of(ID, DAY, TOTAL, AT);
    private static final List<Column> KEYS = List.of(ID, DAY);

    private static final List<Column> EVERY_TYPE = List.of(
            ID,
            new Column("small", ColumnType.of(Kind.SMALLINT), true, false),
            new Column("whole", ColumnType.of(Kind.INTEGER), true, false),
            TOTAL,
            new Column("share", ColumnType.decimal(19, 19), true, false),
            new Column("units", ColumnType.decimal(19, 0), true, false),
            new Column("weight", ColumnType.of(Kind.REAL), true, false),
            new Column("height", ColumnType.of(Kind.DOUBLE), true, false),
            GONE,
            DAY,
            AT,
            new Column("at_utc", ColumnType.of(Kind.TIMESTAMPTZ), true, false),
            new Column("code", ColumnType.character(3), true, false),
            new Column("note", ColumnType.varchar(20), true, false));

    /** All kinds of change at once. */
    private static final ChangeCounts EVERYTHING = new ChangeCounts(1, 1, 1, 1, 1, 1);

    private static final SortedMap<String, Set<String>> TABLES =
            new TreeMap<>(Map.of("objects_a", Set.of("content_sha256", "same_content_as"), "objects_b", Set.of()));

    private static final String ALL_OBJECTS = LedgerSql.allObjects(TABLES);

    private static final FeedEntries ENTRIES = new FeedEntries(
            "f",
            new FeedPlace(ORDERS, "b", "p/"),
            List.of(new FeedPlace(ORDERS, "b", "q/"), new FeedPlace(ORDERS, "c", "")));

    private static final FeedEntries SEVERAL_PREFIXES = new FeedEntries(
            "f",
            new FeedPlace(ORDERS, "b", List.of("p/", "q/")),
            List.of(new FeedPlace(ORDERS, "b", List.of("r/", "s/", "t/"))));

    /** Methods that make pieces of statements, or names. */
    private static final Set<String> PIECES = Set.of(
            "SqlText.quote",
            "SqlText.literal",
            "SqlText.time",
            "SqlText.timestamp",
            "SqlText.names",
            "SqlText.list",
            "SqlText.and",
            "SqlText.startingWith",
            "StagingSql.rejectedKey",
            "StagingSql.stagedColumns",
            "RightsSql.list",
            // For people: who runs them is not Caravan.
            "RightsSql.grantAssumeForCopy",
            "RightsSql.grantOnDatabase",
            "RightsSql.grantOnSchema",
            "RightsSql.grantOnTable",
            "RightsSql.createSchema",
            "RightsSql.changeOwner",
            "MergeSql.replace",
            "ChangesSql.matched",
            "KeptSql.others",
            "TargetSql.rows",
            "TargetSql.text",
            "TargetSql.name",
            "ChangesSql.same",
            "ProvenanceSql.values",
            "ProvenanceSql.selected",
            "ProvenanceSql.join",
            "LedgerSql.objects",
            "LedgerSql.objectsTable",
            "LedgerSql.allObjects",
            "LedgerSql.rowCounts",
            "DeadLetterSql.where",
            "DeadLetterSql.behind",
            "ObjectsSql.entries",
            "ObjectsSql.lastEntries",
            "ObjectsSql.doneEntries",
            "ObjectsSql.lastEntryOf",
            "HistorySql.where");

    /** A statement, and the method that makes it, with what it is asked for. */
    private record Statement(String page, String name, String sql) {}

    private final List<Statement> statements = new ArrayList<>();

    private StatementsTest() {
        staging();
        replays();
        objects();
        copy();
        direct();
        oneRowForEachKey();
        comparison();
        kept();
        changes();
        previews();
        verifications();
        tables();
        ledger();
        replicas();
        rights();
    }

    @Test
    void eachIsAsItIsWritten() throws IOException {
        StringBuilder text = new StringBuilder();
        String page = "";
        for (Statement statement : statements) {
            if (!statement.page.equals(page)) {
                page = statement.page;
                text.append(GUIDE).append(page).append(".html\n\n");
            }
            text.append("-- ")
                    .append(statement.name)
                    .append('\n')
                    .append(statement.sql)
                    .append("\n\n");
        }
        try (InputStream in = requireNonNull(StatementsTest.class.getResourceAsStream("statements.txt"))) {
            assertThat(text.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void noneIsForgotten() throws IOException {
        List<String> makers = makers().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .map(StatementsTest::name)
                .filter(name -> !PIECES.contains(name))
                .distinct()
                .toList();

        assertThat(statements).extracting(StatementsTest::maker).containsAll(makers);
    }

    /** All classes of the package that are named for it. */
    private static List<Class<?>> makers() throws IOException {
        List<Class<?>> types = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("src/main/java/io/caravan/redshift/sql"), "*Sql.java")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".java", "");
                types.add(Class.forName(StatementsTest.class.getPackageName() + "." + name));
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return types;
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static String maker(Statement statement) {
        return statement.name.replaceAll("[^A-Za-z.].*", "");
    }

    private void staging() {
        add("r_SET", "SessionSql.setTimeZone", SessionSql.setTimeZone());
        add("r_DROP_TABLE", "StagingSql.dropStaging", StagingSql.dropStaging());
        add("r_DROP_TABLE", "StagingSql.dropChanges", StagingSql.dropChanges());
        add("r_CREATE_TABLE_NEW", "StagingSql.createRows", StagingSql.createRows(COLUMNS));
        add(
                "r_CREATE_TABLE_NEW",
                "StagingSql.createRows, with records",
                StagingSql.createRows(List.of(ID, MergePlan.RAW)));
        add("r_CREATE_TABLE_NEW", "StagingSql.createRejected", StagingSql.createRejected(List.of()));
        add("r_CREATE_TABLE_NEW", "StagingSql.createRejected, with keys", StagingSql.createRejected(KEYS));
        add("r_CREATE_TABLE_NEW", "ProvenanceSql.createObjects", ProvenanceSql.createObjects());
        add("r_INSERT_30", "StagingSql.insert, rows", StagingSql.insert(StagingTable.ROWS, COLUMNS));
        add("r_INSERT_30", "StagingSql.insert, rejected rows", StagingSql.insert(StagingTable.REJECTED, List.of()));
        add(
                "r_INSERT_30",
                "StagingSql.insert, rejected rows with keys",
                StagingSql.insert(StagingTable.REJECTED, KEYS));
        add("r_INSERT_30", "ProvenanceSql.insertObject", ProvenanceSql.insertObject());
        add("r_DELETE", "StagingSql.deleteObjects", StagingSql.deleteObjects(StagingTable.ROWS, Set.of(3, 1)));
        add("r_DELETE", "StagingSql.deleteRejectedAfter", StagingSql.deleteRejectedAfter());
        add("r_DELETE", "StagingSql.deleteStagedFromRejected", StagingSql.deleteStagedFromRejected());
        add("r_SELECT_synopsis", "StagingSql.count, rows", StagingSql.count(StagingTable.ROWS));
        add("r_SELECT_synopsis", "StagingSql.count, rejected rows", StagingSql.count(StagingTable.REJECTED));
        add("r_SELECT_synopsis", "StagingSql.readLines", StagingSql.readLines());
        add("r_SELECT_synopsis", "SessionSql.probe", SessionSql.probe());
        add("r_SELECT_synopsis", "TargetSql.count", TargetSql.count(plan(policy(Mode.UPSERT))));
        add("r_SELECT_synopsis", "TargetSql.countFirst", TargetSql.countFirst(ORDERS));
        add("SYS_LOAD_ERROR_DETAIL", "CopySql.readRefused", CopySql.readRefused());
        remembered();
    }

    private void remembered() {
        add("r_CREATE_TABLE_NEW", "StagingSql.createUnseen", StagingSql.createUnseen());
        add("r_CAST_function", "TargetSql.readRows", TargetSql.readRows(ORDERS, List.of(ID, DAY, AT, GONE, NAME)));
        MergePlan plan = plan(List.of(ID, DAY, TOTAL, AT, GONE, NAME));
        add("r_FNV_HASH", "SumSql.sumTarget", SumSql.sumTarget(plan));
        add("r_FNV_HASH", "SumSql.sumChanged", SumSql.sumChanged(plan));
        add(
                "r_FNV_HASH",
                "SumSql.sumTarget, times of day",
                SumSql.sumTarget(plan(List.of(
                        ID,
                        new Column("opens", ColumnType.of(Kind.TIME), true, false),
                        new Column("closes", ColumnType.of(Kind.TIMETZ), false, false)))));
        add(
                "r_FNV_HASH",
                "SumSql.sumTarget, many columns",
                SumSql.sumTarget(plan(IntStream.rangeClosed(1, 120)
                        .mapToObj(i -> new Column("c" + i, ColumnType.of(Kind.INTEGER), i % 40 == 0, false))
                        .toList())));
        add("SHA2", "ChangesSql.addUnseen", ChangesSql.addUnseen(plan(policy(Mode.MIRROR))));
    }

    private void replicas() {
        add("r_CREATE_TABLE_NEW", "ReplicaSql.create", ReplicaSql.create());
        add("r_LOCK", "ReplicaSql.lock", ReplicaSql.lock());
        add("r_DELETE", "ReplicaSql.deleteDead", ReplicaSql.deleteDead());
        add("r_DELETE", "ReplicaSql.delete", ReplicaSql.delete());
        add("r_INSERT_30", "ReplicaSql.insert", ReplicaSql.insert());
        add("r_SELECT_synopsis", "ReplicaSql.read", ReplicaSql.read());
    }

    private void copy() {
        for (StagingTable table : StagingTable.values()) {
            for (CopyTolerance tolerance : CopyTolerance.values()) {
                add("r_COPY", "CopySql.copy, " + table + ", tolerance " + tolerance, copy(table, tolerance));
            }
        }
    }

    private static String copy(StagingTable table, CopyTolerance tolerance) {
        String role = table == StagingTable.ROWS ? "arn:aws:iam::1:role/r" : "default";
        List<Column> columns = table == StagingTable.REJECTED ? List.of() : COLUMNS;
        return CopySql.copy(
                table, columns, "s3://stage/l1/manifest.json", new CopyAccess(role, null), "@1f@", tolerance);
    }

    private void direct() {
        DirectObject plain = direct(null, "");
        DirectObject withNulls = direct('"', "\\N");
        add("r_DROP_TABLE", "DirectSql.drop", DirectSql.drop());
        add("r_CREATE_TABLE_NEW", "DirectSql.create", DirectSql.create(plain));
        add("r_COPY", "DirectSql.copy", DirectSql.copy(plain, new CopyAccess("default", null), "@1f@"));
        add(
                "r_COPY",
                "DirectSql.copy, with NULLs",
                DirectSql.copy(withNulls, new CopyAccess("arn:aws:iam::1:role/r", null), "@1f@"));
        for (DirectObject object : List.of(plain, withNulls)) {
            String how = object.quote() == null ? "plain" : "with NULLs, without quotes";
            add("pattern-matching-conditions-posix", "DirectSql.countDoubts, " + how, DirectSql.countDoubts(object));
            add("r_INSERT_30", "DirectSql.insert, " + how, DirectSql.insert(object, EVERY_TYPE));
        }
        add(
                "r_SELECT_synopsis",
                "DirectSql.countRepeatedKeys",
                DirectSql.countRepeatedKeys(plain, plan(policy(Mode.UPSERT))));
    }

    private static DirectObject direct(@Nullable Character quote, String nullString) {
        List<DirectObject.Field> fields = new ArrayList<>(List.of(new DirectObject.Field(Optional.empty(), true)));
        EVERY_TYPE.forEach(column -> fields.add(new DirectObject.Field(Optional.of(column), column.nullable())));
        return new DirectObject(
                2,
                "s3://in/a.csv",
                quote == null ? '\t' : ',',
                quote,
                Optional.of("skipped"),
                nullString,
                fields,
                1_000);
    }

    private void oneRowForEachKey() {
        add("r_CREATE_TABLE_AS", "SupersededSql.create, last", SupersededSql.create(plan(policy(Mode.UPSERT))));
        add(
                "r_CREATE_TABLE_AS",
                "SupersededSql.create, first",
                SupersededSql.create(plan(policy(Mode.UPSERT, Duplicates.FIRST))));
        add(
                "r_CREATE_TABLE_AS",
                "SupersededSql.create, by sequence, with records",
                SupersededSql.create(plan(policy(Mode.UPSERT), AT, null, Provenance.NONE, true)));
        add("r_ANALYZE", "StagingSql.analyzeRows", StagingSql.analyzeRows());
        add("r_SELECT_synopsis", "SupersededSql.count", SupersededSql.count());
        add("r_DELETE", "SupersededSql.delete", SupersededSql.delete());
        add(
                "r_SELECT_synopsis",
                "SupersededSql.findRepeatedKeys",
                SupersededSql.findRepeatedKeys(plan(policy(Mode.UPSERT))));
    }

    private void comparison() {
        for (Mode mode :
                List.of(Mode.UPSERT, Mode.UPDATE_ONLY, Mode.INSERT_ONLY, Mode.MIRROR, Mode.CHANGES, Mode.HISTORY)) {
            add("r_CREATE_TABLE_AS", "ChangesSql.create, " + mode, ChangesSql.create(plan(policy(mode))));
        }
        Column code = new Column("code", ColumnType.character(3), true, false);
        add(
                "r_CREATE_TABLE_AS",
                "ChangesSql.create, of VARCHAR and CHAR",
                ChangesSql.create(plan(List.of(ID, DAY, NAME, code))));
        add(
                "r_CREATE_TABLE_AS",
                "ChangesSql.create, CHANGES, by sequence, marked, with provenance and records",
                ChangesSql.create(everything(Mode.CHANGES)));
        add(
                "r_CREATE_TABLE_AS",
                "ChangesSql.create, HISTORY, of objects that lack a column",
                ChangesSql.create(keeping()));
        for (Mode mode : List.of(Mode.MIRROR, Mode.HISTORY)) {
            add("r_INSERT_30", "ChangesSql.addMissing, " + mode, ChangesSql.addMissing(plan(policy(mode))));
        }
        add(
                "r_INSERT_30",
                "ChangesSql.addMissing, MIRROR, marked",
                ChangesSql.addMissing(plan(policy(Mode.MIRROR), null, GONE, Provenance.NONE, false)));
        for (Mode mode : List.of(Mode.UPSERT, Mode.UPDATE_ONLY, Mode.CHANGES, Mode.HISTORY)) {
            add(
                    "r_UPDATE",
                    "ChangesSql.holdBack, " + mode,
                    ChangesSql.holdBack(plan(policy(mode)), Set.of(2, 1)).orElseThrow());
        }
        add("r_INSERT_30", "ChangesSql.rejectHeldBack", ChangesSql.rejectHeldBack());
        for (Mode mode : List.of(Mode.UPSERT, Mode.INSERT_ONLY, Mode.CHANGES, Mode.HISTORY)) {
            add("r_WF_COUNT", "ChangesSql.createCounted, " + mode, ChangesSql.createCounted(plan(policy(mode))));
        }
        add(
                "r_WF_COUNT",
                "ChangesSql.createCounted, CHANGES, by sequence, marked, with provenance and records",
                ChangesSql.createCounted(everything(Mode.CHANGES)));
        add(
                "r_WF_COUNT",
                "ChangesSql.createCounted, HISTORY, of objects that lack a column",
                ChangesSql.createCounted(keeping()));
        add("r_UNION", "LookSql.changes", LookSql.changes(false));
        add("r_UNION", "LookSql.changes, counted", LookSql.changes(true));
        add("r_UNION", "LookSql.target", LookSql.target(ORDERS));
        add("r_UNION", "LookSql.targetAndChanges", LookSql.targetAndChanges(ORDERS));
        for (Mode mode : List.of(Mode.UPSERT, Mode.HISTORY)) {
            add("r_SELECT_synopsis", "ChangesSql.countMatched, " + mode, ChangesSql.countMatched(plan(policy(mode))));
        }
    }

    private void kept() {
        MergePlan plan = plan(policy(Mode.REPLACE));
        add("r_SELECT_synopsis", "KeptSql.countWithoutKeys", KeptSql.countWithoutKeys());
        add("r_DELETE", "KeptSql.deleteFromMissing", KeptSql.deleteFromMissing(plan(policy(Mode.MIRROR))));
        add("r_DROP_TABLE", "KeptSql.drop", KeptSql.drop());
        add("r_CREATE_TABLE_AS", "KeptSql.create", KeptSql.create(plan, List.of(2)));
        add("r_exists_condition", "KeptSql.countOthers", KeptSql.countOthers(plan));
        add("r_exists_condition", "KeptSql.deleteOthers", KeptSql.deleteOthers(plan));
        add("r_SELECT_synopsis", "KeptSql.countStaged", KeptSql.countStaged(plan));
        add("r_DELETE", "KeptSql.deleteStaged", KeptSql.deleteStaged(plan));
    }

    private void previews() {
        MergePlan plan = plan(policy(Mode.UPSERT));
        PlannedTarget added = new PlannedTarget(true, List.of(NAME));
        PlannedTarget made = new PlannedTarget(false, COLUMNS);
        for (PlannedTarget planned : List.of(PlannedTarget.AS_IT_IS, added, made)) {
            String what = planned.exists() ? (planned.added().isEmpty() ? "" : ", a column is added") : ", not there";
            add(
                    "r_ORDER_BY_clause",
                    "PreviewSql.readChanges" + what,
                    PreviewSql.readChanges(plan.with(planned), Set.of(3, 5), 20));
            if (!planned.equals(PlannedTarget.AS_IT_IS)) {
                add("r_CREATE_TABLE_AS", "ChangesSql.create" + what, ChangesSql.create(plan.with(planned)));
            }
        }
        add("r_ORDER_BY_clause", "PreviewSql.readStaged", PreviewSql.readStaged(plan, 20));
        for (Way way : Way.values()) {
            add(
                    "r_ORDER_BY_clause",
                    "PreviewSql.readReplaced, " + way,
                    PreviewSql.readReplaced(plan(policy(Mode.REPLACE)), way, 20));
        }
        add("r_Window_functions", "PreviewSql.countRejected", PreviewSql.countRejected());
        add("r_ORDER_BY_clause", "PreviewSql.readRejected", PreviewSql.readRejected(20));
        add("r_SELECT_synopsis", "DeadLetterSql.countReplayed", DeadLetterSql.countReplayed());
    }

    private void verifications() {
        add("r_DROP_TABLE", "VerifySql.dropStandIn", VerifySql.dropStandIn());
        add("r_CREATE_TABLE_NEW", "VerifySql.createStandIn", VerifySql.createStandIn(EVERY_TYPE));
        add("r_INSERT_30", "VerifySql.takeKeys", VerifySql.takeKeys(ORDERS, KEYS));
        for (boolean ofLoad : List.of(false, true)) {
            add(
                    "r_SELECT_synopsis",
                    "VerifySql.readEntries" + (ofLoad ? ", of a load" : ""),
                    VerifySql.readEntries(ALL_OBJECTS, ofLoad, 1_000));
        }
        for (Extent extent : Extent.values()) {
            TableComparison keyed = new TableComparison(KEYS, List.of(TOTAL, NAME), Set.copyOf(KEYS), extent, 10);
            add("r_SELECT_synopsis", "VerifySql.countMatched, " + extent, VerifySql.countMatched(ORDERS, keyed));
            add("r_SELECT_synopsis", "VerifySql.countColumns, " + extent, VerifySql.countColumns(ORDERS, keyed));
            add("r_ORDER_BY_clause", "VerifySql.readDifferent, " + extent, VerifySql.readDifferent(ORDERS, keyed));
            TableComparison whole = new TableComparison(List.of(), List.of(ID, DAY, NAME), Set.of(), extent, 10);
            add("r_UNION", "VerifySql.readWhole, " + extent, VerifySql.readWhole(ORDERS, whole, List.of(ID, DAY)));
        }
        TableComparison keyed = new TableComparison(KEYS, List.of(TOTAL), Set.copyOf(KEYS), Extent.ALL, 10);
        add("r_SELECT_synopsis", "VerifySql.countInNoObject", VerifySql.countInNoObject(ORDERS, keyed));
        add("r_ORDER_BY_clause", "VerifySql.readInNoObject", VerifySql.readInNoObject(ORDERS, keyed));
        for (Set<Column> keys : List.of(Set.<Column>of(), Set.of(NAME))) {
            TableComparison whole = new TableComparison(List.of(), List.of(ID, NAME), keys, Extent.ALL, 10);
            add(
                    "r_UNION",
                    "VerifySql.countWhole" + (keys.isEmpty() ? "" : ", of feeds with other keys"),
                    VerifySql.countWhole(ORDERS, whole));
        }
        MergePlan standIn = plan(policy(Mode.UPSERT)).with(PlannedTarget.replacedBy(VerifySql.STAND_IN));
        add("r_MERGE", "MergeSql.merge, into a stand-in", MergeSql.merge(standIn));
    }

    private void changes() {
        add("r_MERGE", "MergeSql.merge", MergeSql.merge(plan(policy(Mode.UPSERT))));
        add("r_MERGE", "MergeSql.merge, keys only", MergeSql.merge(plan(KEYS)));
        for (Mode mode : Mode.values()) {
            for (String sql : MergeSql.statements(plan(policy(mode)), EVERYTHING)) {
                add(page(sql), "MergeSql.statements, " + mode, sql);
            }
        }
        add("r_INSERT_30", "MergeSql.insertIntoEmpty", MergeSql.insertIntoEmpty(plan(policy(Mode.UPSERT))));
        add(
                "r_INSERT_30",
                "MergeSql.insertIntoEmpty, marked, with provenance",
                MergeSql.insertIntoEmpty(everything(Mode.UPSERT)));
        for (String sql : MergeSql.statements(keeping(), EVERYTHING)) {
            add(page(sql), "MergeSql.statements, HISTORY, of objects that lack a column", sql);
        }
        for (Mode mode : List.of(Mode.UPDATE_ONLY, Mode.APPEND, Mode.CHANGES, Mode.HISTORY)) {
            for (String sql : MergeSql.statements(everything(mode), EVERYTHING)) {
                add(page(sql), "MergeSql.statements, " + mode + ", by sequence, marked, with provenance", sql);
            }
        }
        for (String sql :
                MergeSql.statements(plan(policy(Mode.MIRROR), null, GONE_AT, Provenance.NONE, false), EVERYTHING)) {
            add(page(sql), "MergeSql.statements, MIRROR, marked with the time", sql);
        }
    }

    private void tables() {
        add("c_intro_catalog_views", "Catalog", Catalog.COLUMNS);
        TargetTable shape = new TargetTable(ORDERS, COLUMNS);
        add("r_CREATE_TABLE_NEW", "TableSql.create", TableSql.create(new NewTable(shape, null, List.of())));
        add(
                "r_CREATE_TABLE_NEW",
                "TableSql.create, with keys",
                TableSql.create(new NewTable(shape, ID, List.of(DAY, ID))));
        add("r_ALTER_TABLE", "TableSql.addColumn", TableSql.addColumn(ORDERS, TOTAL));
        TableSql.retype(ORDERS, "note", ColumnType.of(Kind.BIGINT))
                .forEach(statement -> add("r_ALTER_TABLE", "TableSql.retype", statement));
        add("r_ALTER_TABLE", "TableSql.widen", TableSql.widen(ORDERS, "note", ColumnType.varchar(200)));
    }

    private void ledger() {
        add("r_CREATE_SCHEMA", "LedgerSql.createSchema", LedgerSql.createSchema());
        LedgerSql.createShared()
                .forEach((table, sql) -> add("r_CREATE_TABLE_NEW", "LedgerSql.createShared, " + table, sql));
        add("r_CREATE_TABLE_NEW", "LedgerSql.createActs", LedgerSql.createActs());
        add("r_CREATE_TABLE_NEW", "LedgerSql.createObjects", LedgerSql.createObjects(ORDERS));
        LedgerSql.addObjectColumns(ORDERS, Set.of())
                .forEach(sql -> add("r_ALTER_TABLE", "LedgerSql.addObjectColumns", sql));
        add("r_COMMENT", "LedgerSql.sayVersion", LedgerSql.sayVersion(ORDERS));
        add("c_intro_catalog_views", "LedgerSql.findTables", LedgerSql.findTables());
        add("c_intro_catalog_views", "LedgerSql.findAddedColumns", LedgerSql.findAddedColumns());
        add("c_intro_catalog_views", "LedgerSql.findParts", LedgerSql.findParts(ORDERS));
        add("c_intro_catalog_views", "LedgerSql.countUnshown", LedgerSql.countUnshown());
        add("r_CREATE_VIEW", "LedgerSql.createObjectsView", LedgerSql.createObjectsView(TABLES));
        add("r_SET", "LedgerSql.limitStatements", LedgerSql.limitStatements(Duration.ofSeconds(5)));
        add("r_LOCK", "LedgerSql.lock", LedgerSql.lock(ORDERS));
        add("r_LOCK", "LedgerSql.lockTargets", LedgerSql.lockTargets());
        add("r_SELECT_synopsis", "LedgerSql.readAfter", LedgerSql.readAfter(ORDERS, true));
        add("r_SELECT_synopsis", "LedgerSql.readAfter, without hashes", LedgerSql.readAfter(ORDERS, false));
        add("r_SELECT_synopsis", "LedgerSql.lastPosition", LedgerSql.lastPosition(ORDERS));
        Where loaded = new Where().and("target = ?", ORDERS.toString()).and("outcome = 'loaded'");
        for (ObjectOrder order : ObjectOrder.values()) {
            add("r_SELECT_synopsis", "LedgerSql.newest, by " + order, LedgerSql.newest(ORDERS, loaded, order));
        }
        add("r_SELECT_synopsis", "LedgerSql.lastLoaded", LedgerSql.lastLoaded(ORDERS, loaded));
        add("r_SELECT_synopsis", "LedgerSql.loaded", LedgerSql.loaded(ORDERS, loaded));
        add("r_SELECT_synopsis", "LedgerSql.isCommitted", LedgerSql.isCommitted(ORDERS));
        add("r_SELECT_synopsis", "LedgerSql.readEndedLoads", LedgerSql.readEndedLoads());
        add("r_SELECT_synopsis", "LedgerSql.readUnsent", LedgerSql.readUnsent(LedgerSql.UNSENT_DEAD_LETTERS));
        add("r_SELECT_synopsis", "LedgerSql.readActs", LedgerSql.readActs(200));
        add("r_INSERT_30", "LedgerSql.insertAct", LedgerSql.insertAct());
        add("r_INSERT_30", "LedgerSql.insertTarget", LedgerSql.insertTarget());
        add("r_INSERT_30", "LedgerSql.insertObject", LedgerSql.insertObject(ORDERS));
        add("r_INSERT_30", "LedgerSql.insertLoad", LedgerSql.insertLoad());
        add("r_INSERT_30", "LedgerSql.insertLoadIf", LedgerSql.insertLoadIf(ORDERS));
        add("r_INSERT_30", "LedgerSql.insertDeadLetters", LedgerSql.insertDeadLetters());
        add("r_INSERT_30", "LedgerSql.insertSupersededRows", LedgerSql.insertSupersededRows());
        add("r_INSERT_30", "LedgerSql.insertRepairedValues", LedgerSql.insertRepairedValues());
        add("r_INSERT_30", "LedgerSql.insertUnsent", LedgerSql.insertUnsent(LedgerSql.UNSENT_DEAD_LETTERS));
        add("r_DELETE", "LedgerSql.deleteUnsent", LedgerSql.deleteUnsent(LedgerSql.UNSENT_DEAD_LETTERS));
    }

    private void replays() {
        Where repairs = DeadLetterSql.where(new DeadLetterFilter(ENTRIES, "l", "k", null, 2L, null, null));
        Where every = DeadLetterSql.where(
                new DeadLetterFilter(ENTRIES, "l", "k", 1L, 2L, "VALUE_FORMAT", DeadLetter.Status.OPEN));
        add("r_CREATE_TABLE_NEW", "StagingSql.createReplayed", StagingSql.createReplayed());
        add("r_CREATE_TABLE_NEW", "StagingSql.createRepaired", StagingSql.createRepaired());
        add("r_SELECT_synopsis", "DeadLetterSql.read", DeadLetterSql.read(every, 100));
        add("r_SELECT_synopsis", "DeadLetterSql.read, all", DeadLetterSql.read(new Where(), Long.MAX_VALUE));
        add("r_SELECT_synopsis", "DeadLetterSql.readRepaired", DeadLetterSql.readRepaired(repairs, 100));
        add(
                "r_SELECT_synopsis",
                "DeadLetterSql.readRepaired, all",
                DeadLetterSql.readRepaired(new Where(), Long.MAX_VALUE));
        add("r_SELECT_synopsis", "DeadLetterSql.count", DeadLetterSql.count(every));
        add("r_SELECT_synopsis", "DeadLetterSql.rejectedRows", DeadLetterSql.rejectedRows(2));
        for (ObjectOrder order : ObjectOrder.values()) {
            String groups = "DeadLetterSql.groups, by " + order;
            add("r_SELECT_synopsis", groups, DeadLetterSql.groups(ORDERS, every, order, false, 100));
            add("r_SELECT_synopsis", groups + ", behind", DeadLetterSql.groups(ORDERS, every, order, true, 100));
        }
        add("r_UPDATE", "DeadLetterSql.markReplayed", DeadLetterSql.markReplayed());
        add("r_UPDATE", "DeadLetterSql.markRearmed", DeadLetterSql.markRearmed(every));
        add("r_UPDATE", "DeadLetterSql.drop", DeadLetterSql.drop(every));
    }

    private void objects() {
        ObjectFilter every = new ObjectFilter(ENTRIES, Outcome.LOADED, "k", "p", Instant.EPOCH, Instant.EPOCH);
        add(
                "r_SELECT_synopsis",
                "ObjectsSql.readHistory",
                ObjectsSql.readHistory(ALL_OBJECTS, ObjectsSql.entries(every), 100));
        add(
                "r_SELECT_synopsis",
                "ObjectsSql.readLast",
                ObjectsSql.readLast(ALL_OBJECTS, ObjectsSql.lastEntries(every), 100));
        add(
                "r_SELECT_synopsis",
                "ObjectsSql.readLast, of several prefixes",
                ObjectsSql.readLast(
                        ALL_OBJECTS,
                        ObjectsSql.lastEntries(new ObjectFilter(SEVERAL_PREFIXES, null, null, null, null, null)),
                        100));
        LoadFilter loads = new LoadFilter(ORDERS, "orders", "id", "before");
        add("r_SELECT_synopsis", "HistorySql.readLoads", HistorySql.readLoads(HistorySql.where(loads), 100));
        add("r_SELECT_synopsis", "HistorySql.readObjects", HistorySql.readObjects(ALL_OBJECTS, 100));
        add("r_SELECT_synopsis", "HistorySql.lastOfLoad", HistorySql.lastOfLoad(ORDERS));
        add("r_SELECT_synopsis", "ObjectsSql.countLost", ObjectsSql.countLost(ORDERS));
        add("r_INSERT_30", "ObjectsSql.rearm", ObjectsSql.rearm(ORDERS, ObjectsSql.lastEntries(every)));
        add("r_CREATE_TABLE_NEW", "ObjectsSql.createListed", ObjectsSql.createListed());
        add("r_INSERT_30", "ObjectsSql.insertListed", ObjectsSql.insertListed());
        add("r_INSERT_30", "ObjectsSql.skip", ObjectsSql.skip(ORDERS));
    }

    private void rights() {
        add("c_join_PG", "RightsSql.whoAmI", RightsSql.whoAmI());
        add("c_join_PG", "RightsSql.countSchemas", RightsSql.countSchemas());
        add("c_join_PG", "RightsSql.owners", RightsSql.owners());
        add("r_HAS_DATABASE_PRIVILEGE", "RightsSql.hasOnDatabase", RightsSql.hasOnDatabase("dev", Privilege.TEMP));
        add("r_HAS_SCHEMA_PRIVILEGE", "RightsSql.hasOnSchema", RightsSql.hasOnSchema("sales", Privilege.USAGE));
        add(
                "r_HAS_ASSUMEROLE_PRIVILEGE",
                "RightsSql.mayAssumeForCopy",
                RightsSql.mayAssumeForCopy("arn:aws:iam::1:role/r"));
        add("r_HAS_TABLE_PRIVILEGE", "RightsSql.hasOnTable", RightsSql.hasOnTable(ORDERS, Privilege.INSERT));
    }

    private void add(String page, String name, String sql) {
        statements.add(new Statement(page, name, sql));
    }

    private static String page(String sql) {
        String verb = sql.substring(0, sql.indexOf(' '));
        return switch (verb) {
            case "INSERT" -> "r_INSERT_30";
            case "UPDATE", "DELETE", "MERGE" -> "r_" + verb;
            default -> throw new IllegalArgumentException(sql);
        };
    }

    private static MergePlan everything(Mode mode) {
        return plan(policy(mode), AT, GONE, new Provenance("load_id", "object_key", "line", "loaded_at"), true);
    }

    /** Of objects without the last column. */
    private static MergePlan keeping() {
        return new MergePlan(
                "l1",
                ORDERS,
                COLUMNS.subList(0, COLUMNS.size() - 1),
                KEYS,
                COLUMNS.subList(COLUMNS.size() - 1, COLUMNS.size()),
                policy(Mode.HISTORY),
                null,
                null,
                false,
                Provenance.NONE,
                Instant.parse("2026-01-02T03:04:05Z"),
                false);
    }

    private static MergePlan plan(List<Column> columns) {
        return new MergePlan(
                "l1",
                ORDERS,
                columns,
                KEYS,
                List.of(),
                policy(Mode.UPSERT),
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }

    private static MergePlan plan(MergePolicy policy) {
        return plan(policy, null, null, Provenance.NONE, false);
    }

    private static MergePlan plan(
            MergePolicy policy,
            @Nullable Column sequence,
            @Nullable Column deleted,
            Provenance provenance,
            boolean keepsRaw) {
        return new MergePlan(
                "l1",
                ORDERS,
                COLUMNS,
                KEYS,
                List.of(),
                policy,
                sequence,
                deleted,
                policy.mode() == Mode.CHANGES,
                provenance,
                Instant.parse("2026-01-02T03:04:05Z"),
                keepsRaw);
    }

    private static MergePolicy policy(Mode mode) {
        return policy(mode, Duplicates.LAST);
    }

    private static MergePolicy policy(Mode mode, Duplicates duplicates) {
        return new MergePolicy(mode, duplicates, null, null, 0.2, "Op", false, false);
    }
}
