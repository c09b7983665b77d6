package io.caravan.prove;

import io.caravan.base.ErrorCode;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.redshift.Production;
import io.caravan.spi.CopyTolerance;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Records that COPY refuses, and the view that tells of them. */
final class RefusedRecords implements Assumption {

    private static final List<Column> COLUMNS = List.of(
            new Column("note", ColumnType.varchar(50), true, false),
            new Column("day", ColumnType.of(Kind.DATE), true, false));

    /** Every other one of 12 records has a date that does not exist; in each, a quoted value has a line break. */
    private static final int RECORDS = 12;

    private static final long LOOK_EVERY_MS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String name() {
        return "Records that COPY refuses";
    }

    @Override
    public String settles() {
        return "that one of them does not stop the others, and where it is to be found";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String role = ground.role();
        StagedFiles files = ground.files("refused");
        String manifest = files.putDataFiles("rows", records());
        try (Session session = ground.connect()) {
            session.execute(Production.createRows(COLUMNS));
            findings.claim("COPY without MAXERROR fails as a failure of rows", () -> {
                try {
                    session.execute(Production.copyRows(COLUMNS, manifest, role, Rows.NULL, CopyTolerance.NONE));
                    throw new Findings.Difference("it took a date 0000-00-00");
                } catch (SQLException e) {
                    return Seen.that(
                            Production.classify(e) == ErrorCode.WAREHOUSE_REFUSED_ROWS,
                            Production.classify(e) + " for " + Findings.describe(e));
                }
            });
            // The errors of the COPY before are of the same file.
            String second = files.putDataFiles("again", records());
            findings.claim("COPY with MAXERROR leaves " + RECORDS / 2 + " of " + RECORDS + " records out", () -> {
                session.execute(Production.copyRows(COLUMNS, second, role, Rows.NULL, CopyTolerance.SOME));
                return Seen.same(Integer.toString(RECORDS / 2), session.line("SELECT COUNT(*) FROM caravan_rows"));
            });
            findings.claim(
                    "the error view shows all of them, to the user who did COPY, within " + PATIENCE.toSeconds() + " s",
                    () -> shown(session, files.uri("again/"), findings));
        }
    }

    private static String records() {
        StringBuilder csv = new StringBuilder();
        for (int i = 1; i <= RECORDS; i++) {
            csv.append("1,")
                    .append(i)
                    .append(",\"a\nb\",")
                    .append(i % 2 == 0 ? "0000-00-00" : "2024-01-01")
                    .append('\n');
        }
        return csv.toString();
    }

    private static String shown(Session session, String uri, Findings findings) throws Exception {
        List<String> query = Production.readRefused(uri);
        long from = System.nanoTime();
        while (true) {
            List<String> lines = session.lines(query.get(0), query.get(1));
            Duration took = Duration.ofNanos(System.nanoTime() - from);
            if (lines.size() >= RECORDS / 2) {
                lineNumbers(lines, findings);
                return "after " + took.toMillis() + " ms, the first: " + lines.get(0);
            }
            if (took.compareTo(PATIENCE) > 0) {
                throw new Findings.Difference(lines.size() + " of them after " + took.toSeconds() + " s: " + lines);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }

    /** The name of the file has no blanks, so the number is the second word. */
    private static void lineNumbers(List<String> lines, Findings findings) {
        List<String> numbers = lines.stream()
                .map(line -> line.substring(line.indexOf(".zst ") + 5).split(" ", 2)[0])
                .toList();
        String what;
        if (numbers.equals(List.of("2", "4", "6", "8", "10", "12"))) {
            what = "records";
        } else if (numbers.equals(List.of("3", "7", "11", "15", "19", "23"))
                || numbers.equals(List.of("4", "8", "12", "16", "20", "24"))) {
            what = "line breaks, those inside of values too";
        } else {
            what = "";
        }
        if (what.isEmpty()) {
            findings.differs("line numbers count records or line breaks", "line numbers " + numbers);
        } else {
            findings.holds("line numbers count records or line breaks", what + ": " + numbers);
        }
    }
}
