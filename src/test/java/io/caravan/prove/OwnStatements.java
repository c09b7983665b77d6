package io.caravan.prove;

import io.caravan.prove.Findings.NotHere;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every statement of Caravan's, carried out on tables of the ground, each in a transaction that is rolled back. */
final class OwnStatements implements Assumption {

    private static final Pattern CREATED = Pattern.compile("^CREATE TEMP TABLE (\\w+)");

    /** Redshift changes the length of a column outside of transactions only. */
    private static final String ALONE = "TableSql.widen";

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String name() {
        return "Every statement of Caravan's";
    }

    @Override
    public String settles() {
        return "that each is one that Redshift knows";
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(20);
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        OwnTables tables = new OwnTables(ground.schema());
        List<Texts.Own> all = Texts.own();
        try (Session session = ground.connect()) {
            session.execute(tables.create());
            for (Texts.Own own : all) {
                if (tables.keeps(own)) {
                    session.execute(tables.here(own));
                }
            }
            session.execute(tables.fill());
            CopySources sources = ground.environment().hasRole() ? new CopySources(ground) : null;
            int carriedOut = 0;
            for (Texts.Own own : all) {
                if (own.sql().startsWith("COPY") && sources == null) {
                    findings.failed(own.title(), new NotHere("there is no staging bucket with a role"));
                    continue;
                }
                String sql = tables.here(own);
                try {
                    run(session, own, sources == null ? sql : sources.here(sql));
                    carriedOut++;
                } catch (SQLException e) {
                    findings.failed(own.title() + ": " + sql, e);
                    session.rollback();
                }
            }
            findings.holds("statements of Caravan's are carried out", carriedOut + " of " + all.size());
        }
    }

    private static void run(Session session, Texts.Own own, String sql) throws SQLException {
        if (own.title().equals(ALONE)) {
            session.execute(sql);
            return;
        }
        session.begin();
        Matcher created = CREATED.matcher(sql);
        if (created.find()) {
            session.execute("DROP TABLE IF EXISTS " + created.group(1));
        }
        try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
            bind(statement);
            statement.execute();
        }
        session.rollback();
    }

    /** Values that fit the types of the parameters, as text: so does Caravan give them. */
    private static void bind(PreparedStatement statement) throws SQLException {
        ParameterMetaData parameters = statement.getParameterMetaData();
        for (int i = 1; i <= parameters.getParameterCount(); i++) {
            boolean isTime =
                    parameters.getParameterType(i) == Types.DATE || parameters.getParameterType(i) == Types.TIMESTAMP;
            statement.setString(i, isTime ? "2026-01-02 03:04:05" : "1");
        }
    }
}
