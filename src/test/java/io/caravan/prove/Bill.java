package io.caravan.prove;

import io.caravan.testing.CaravanProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a Serverless workgroup bills for a load, and for the time after it in which nobody asks for anything. */
final class Bill implements Assumption {

    private static final Duration QUIET = Duration.ofMinutes(15);

    /** Of the load's own minute, the one it began in, and what is billed at least. */
    private static final int BILLED_MINUTES = 3;

    private final boolean waits;

    /** Takes whether to wait for it. */
    Bill(boolean waits) {
        this.waits = waits;
    }

    @Override
    public int number() {
        return 10;
    }

    @Override
    public String name() {
        return "The bill";
    }

    @Override
    public String settles() {
        return "whether a pool that is idle costs anything on Serverless";
    }

    @Override
    public Duration limit() {
        return QUIET.plusMinutes(10);
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String claim = "one load is billed for no more than " + BILLED_MINUTES + " minutes";
        if (!waits) {
            findings.untried(claim, "it takes " + QUIET.toMinutes() + " minutes of waiting: --bill");
            return;
        }
        String from;
        try (Session session = ground.connect()) {
            session.lines("SELECT 1 FROM sys_serverless_usage LIMIT 1");
            session.execute("CREATE TABLE " + ground.schema() + ".billed (id BIGINT NOT NULL)");
        } catch (SQLException e) {
            findings.untried(claim, "not a Serverless workgroup, or no right to read: " + Findings.describe(e));
            return;
        }
        ground.loads().feed("billed", "keys", "id");
        ground.loads().put("billed", "1.csv", "id\n1\n");
        try (Session session = ground.connect()) {
            from = session.line("SELECT CAST(GETDATE() AS VARCHAR)");
        }
        CaravanProcess.Result result = ground.loads().run("load");
        if (result.exitCode() != 0) {
            findings.untried(claim, "the load failed: " + Loads.lastWords(result));
            return;
        }
        TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
        findings.claim(claim, () -> {
            try (Session session = ground.connect()) {
                List<String> minutes = session.lines(
                        "SELECT start_time, charged_seconds FROM sys_serverless_usage WHERE" + " start_time >= CAST('"
                                + from + "' AS TIMESTAMP) AND charged_seconds > 0 ORDER BY start_time");
                if (minutes.isEmpty()) {
                    throw new Findings.NotHere("sys_serverless_usage shows nothing of it");
                }
                return Seen.that(minutes.size() <= BILLED_MINUTES, minutes.toString());
            }
        });
    }
}
