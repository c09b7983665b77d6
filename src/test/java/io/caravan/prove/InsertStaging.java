package io.caravan.prove;

import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.redshift.Production;
import io.caravan.spi.CopyTolerance;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text that are staged by INSERT, and the same ones by COPY. */
final class InsertStaging implements Assumption {

    private static final int MANY = 4096;
    private static final int LONG = 10_000;

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String name() {
        return "Staging by INSERT and by COPY";
    }

    @Override
    public String settles() {
        return "types of parameters, statements of many megabytes";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        try (Session session = ground.connect()) {
            session.begin();
            session.execute(Production.createRows(Rows.COLUMNS));
            findings.claim("INSERT takes a text for each type, and NULLs, in one statement", () -> {
                Production.insertRows(session.connection(), Rows.COLUMNS, List.of(Rows.full(1), Rows.empty(2)));
                return shown(session);
            });
            session.rollback();
            findings.claim(
                    MANY + " rows of " + (Rows.COLUMNS.size() + 2) + " values are inserted",
                    () -> insert(
                            session,
                            IntStream.rangeClosed(1, MANY).mapToObj(Rows::full).toList(),
                            Rows.COLUMNS));
            List<Column> texts = List.of(new Column("note", ColumnType.varchar(2 * LONG), true, false));
            findings.claim(
                    MANY + " rows of " + LONG + " bytes are inserted",
                    () -> insert(
                            session,
                            IntStream.rangeClosed(1, MANY)
                                    .mapToObj(line -> List.of("1", Integer.toString(line), "x".repeat(LONG)))
                                    .toList(),
                            texts));
            findings.claim("COPY takes the same texts out of a data file", () -> copy(ground, session));
        }
    }

    private static String insert(Session session, List<? extends List<String>> rows, List<Column> columns)
            throws Exception {
        session.begin();
        try {
            session.execute(Production.createRows(columns));
            Production.insertRows(session.connection(), columns, rows);
            return Seen.same(Integer.toString(rows.size()), session.line("SELECT COUNT(*) FROM caravan_rows"));
        } finally {
            session.rollback();
        }
    }

    private static String copy(Ground ground, Session session) throws Exception {
        String role = ground.role();
        String manifest = ground.files("types").putDataFiles("rows", Rows.csv(Rows.full(1)) + Rows.csv(Rows.empty(2)));
        session.begin();
        try {
            session.execute(
                    Production.createRows(Rows.COLUMNS),
                    Production.copyRows(Rows.COLUMNS, manifest, role, Rows.NULL, CopyTolerance.NONE));
            return shown(session);
        } finally {
            session.rollback();
        }
    }

    private static String shown(Session session) throws SQLException, Findings.Difference {
        List<String> seen = session.lines("SELECT " + Rows.shown() + " FROM caravan_rows ORDER BY caravan_line");
        return Seen.that(seen.equals(Rows.expected()), seen.toString());
    }
}
