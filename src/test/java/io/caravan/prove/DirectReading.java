package io.caravan.prove;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.redshift.Production;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects that Redshift reads by itself: what is staged of one must be what Caravan reads, or nothing. */
final class DirectReading implements Assumption {

    private static final String HEADER = "id,name,note\n";

    private static final List<Column> COLUMNS = List.of(
            new Column("id", ColumnType.of(Kind.BIGINT), false, false),
            new Column("name", ColumnType.varchar(20), true, false),
            new Column("note", ColumnType.varchar(20), true, false));

    /** What the records of each object are for Caravan; an empty list where staging anything would be wrong. */
    private record Case(String records, List<String> rows) {}

    private static final Map<String, Case> CASES = new TreeMap<>(Map.of(
            "plain values", new Case("1,a,b\n2,c,d\n", List.of("1|a|b|", "2|c|d|")),
            "CRLF", new Case("1,a,b\r\n2,c,d\r\n", List.of("1|a|b|", "2|c|d|")),
            "a lone CR", new Case("1,a\rx,b\n2,c,d\n", List.of()),
            "NUL in a middle column", new Case("1,a\0x,b\n2,c,d\n", List.of()),
            "NUL in the last column", new Case("1,a,b\0x\n2,c,d\n", List.of()),
            "an empty line", new Case("1,a,b\n\n2,c,d\n", List.of("1|a|b|", "2|c|d|")),
            "blanks at the end", new Case("1,a ,b  \n2,c,d\n", List.of("1|a |b  |", "2|c|d|")),
            "a quote", new Case("1,\"a\",b\n2,c,d\n", List.of("1|a|b|", "2|c|d|")),
            "no line break at the end", new Case("1,a,b\n2,c,d", List.of("1|a|b|", "2|c|d|")),
            "too few fields", new Case("1,a\n2,c,d\n", List.of())));

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String name() {
        return "staging: direct";
    }

    @Override
    public String settles() {
        return "that what COPY reads by itself is what the object says";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String role = ground.role();
        StagedFiles files = ground.files("direct");
        int number = 0;
        for (Map.Entry<String, Case> entry : CASES.entrySet()) {
            String key = number++ + ".csv";
            findings.claim("an object with " + entry.getKey() + " is staged as it is, or not at all", () -> {
                byte[] content = (HEADER + entry.getValue().records()).getBytes(StandardCharsets.UTF_8);
                return stage(
                        ground,
                        files.put(key, content),
                        content.length,
                        role,
                        entry.getValue().rows());
            });
        }
    }

    private static String stage(Ground ground, String uri, int bytes, String role, List<String> expected)
            throws Exception {
        try (Session session = ground.connect()) {
            session.begin();
            session.execute(Production.createRows(COLUMNS));
            DirectRows rows =
                    Production.stageDirectly(session.connection(), plan(), object(uri, bytes), role, Rows.NULL);
            if (!rows.areStaged()) {
                return Seen.that(rows.isOfObject(), "not staged: " + rows.doubt());
            }
            return "staged: "
                    + Seen.same(
                            expected,
                            session.lines("SELECT CAST(id AS VARCHAR) || '|' || name || '|' || note || '|' FROM"
                                    + " caravan_rows ORDER BY caravan_line"));
        }
    }

    private static DirectObject object(String uri, int bytes) {
        return new DirectObject(
                1,
                uri,
                ',',
                '"',
                Optional.of("id"),
                "",
                COLUMNS.stream()
                        .map(column -> new DirectObject.Field(Optional.of(column), column.nullable()))
                        .toList(),
                bytes - HEADER.length());
    }

    private static MergePlan plan() {
        return new MergePlan(
                "proof",
                TableName.parse("public.none"),
                COLUMNS,
                COLUMNS.subList(0, 1),
                List.of(),
                MergePolicy.DEFAULT,
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }
}
