package io.caravan.prove;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the stand-in accepts, and Redshift should too. The server is asked to parse each statement and to describe it, and never
 * to carry it out. What would do harm if a server did so all the same is not even asked.
 */
final class AcceptedGrammar implements Assumption {

    /** What is not asked, with the reason; the first that matches counts. */
    private static final Map<Pattern, String> LEFT_OUT = leftOut();

    /** Kinds of statements that are sent; a kind that the list gets later is not, until somebody has thought about it. */
    private static final Pattern SENT = Pattern.compile(
            "^(\\(*SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|COPY|LOCK|ANALYZE|COMMENT"
                    + "|EXPLAIN|SET|RESET|SHOW|BEGIN|START|COMMIT|END|ROLLBACK|ABORT|DECLARE|FETCH|CLOSE|PREPARE|EXECUTE|DEALLOCATE"
                    + "|CREATE (LOCAL )?(TEMP |TEMPORARY )?(TABLE|SCHEMA|VIEW)|CREATE OR REPLACE VIEW|DROP (TABLE|VIEW)|ALTER TABLE)\\b");

    private static final Pattern REFUSAL = Pattern.compile(
            "syntax error|not supported|unsupported|not enabled|not implemented", Pattern.CASE_INSENSITIVE);

    private static final Pattern PARAMETER = Pattern.compile("\\$[0-9]+");

    @Override
    public int number() {
        return 15;
    }

    @Override
    public String name() {
        return "What the stand-in accepts";
    }

    @Override
    public String settles() {
        return "that the sandbox is not too lenient";
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(10);
    }

    private static Map<Pattern, String> leftOut() {
        Map<Pattern, String> all = new LinkedHashMap<>();
        all.put(
                Pattern.compile("^(CREATE|ALTER|DROP) (USER|DATABASE)|^(GRANT|REVOKE)\\b|\\bOWNER TO\\b"),
                "it is about users, rights or databases, so it is never sent");
        all.put(
                Pattern.compile("^(TRUNCATE|VACUUM)\\b|^ANALYZE$|^DROP SCHEMA\\b"),
                "nothing could undo it, so it is never sent");
        all.put(Pattern.compile("\\bCARAVAN\\."), "it is a switch of the stand-in's own");
        all.put(Pattern.compile("\\$32767"), "the driver counts its parameters itself");
        return all;
    }

    /** Returns why a statement is not sent; empty if it is. */
    static Optional<String> whyNot(String sql) {
        String upper = sql.toUpperCase(Locale.ROOT);
        return LEFT_OUT.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(upper).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> SENT.matcher(upper).find()
                        ? Optional.empty()
                        : Optional.of("it is of no kind that is known to be harmless, so it is never sent"));
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        Map<String, List<String>> leftOut = new LinkedHashMap<>();
        int parsed = 0;
        try (Session session = ground.connect()) {
            session.execute("SET search_path TO " + ground.schema());
            for (String sql : Texts.accepted()) {
                Optional<String> reason = whyNot(sql);
                if (reason.isPresent()) {
                    leftOut.computeIfAbsent(reason.get(), k -> new ArrayList<>())
                            .add(sql);
                    continue;
                }
                Optional<String> refusal = refusal(session, sql);
                if (refusal.isPresent()) {
                    findings.differs("it parses: " + sql, refusal.get());
                } else {
                    parsed++;
                }
            }
        }
        findings.holds(
                "statements that the stand-in accepts are parsed",
                parsed + " of " + Texts.accepted().size());
        leftOut.forEach((reason, statements) -> findings.untried(
                statements.size() + " statements are parsed", reason + ": " + String.join("; ", statements)));
    }

    /** A name that is unknown, or a right that lacks, says that the grammar was no obstacle. */
    private static Optional<String> refusal(Session session, String sql) throws SQLException {
        if (session.connection().isClosed()) {
            throw new SQLException("the connection was lost", "08006");
        }
        try (PreparedStatement statement =
                session.connection().prepareStatement(PARAMETER.matcher(sql).replaceAll("?"))) {
            // Parse and Describe, without Execute.
            statement.getParameterMetaData();
            return Optional.empty();
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            String seen = Findings.describe(e);
            return state.equals("42601")
                            || state.equals("0A000")
                            || REFUSAL.matcher(seen).find()
                    ? Optional.of(seen)
                    : Optional.empty();
        }
    }
}
