package io.caravan.redshift;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.model.verify.LedgerLoad;
import io.caravan.model.verify.TableComparison;
import io.caravan.model.verify.TableDifferences;
import io.caravan.redshift.comparison.Differences;
import io.caravan.redshift.connection.Connections;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.SessionConnection;
import io.caravan.redshift.sql.VerifySql;
import io.caravan.spi.LoadSession;
import io.caravan.spi.verify.VerifySession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats past loads over one connection, whose temporary tables outlive each of them. */
final class RedshiftVerifySession implements VerifySession {

    private static final Logger log = LoggerFactory.getLogger(RedshiftVerifySession.class);

    private final Connections.Held held;
    private final SessionConnection connection;
    private final TargetTable table;
    private final BiFunction<Feed, Connections.Held, LoadSession> sessions;

    /**
     * Takes the connection.
     *
     * @param table the target
     * @param sessions makes the session of a load into the stand-in
     */
    RedshiftVerifySession(
            Connections.Held held, TargetTable table, BiFunction<Feed, Connections.Held, LoadSession> sessions) {
        this.held = held;
        this.connection = new SessionConnection(held);
        this.table = table;
        this.sessions = sessions;
    }

    @Override
    public TargetTable target() {
        return table;
    }

    @Override
    public void createStandIn() {
        connection.run("creating a table to compare with", jdbc -> {
            Jdbc.execute(jdbc, VerifySql.dropStandIn());
            Jdbc.execute(jdbc, VerifySql.createStandIn(table.columns()));
            jdbc.commit();
        });
    }

    @Override
    public void takeKeys(List<Column> keys) {
        connection.run("reading the keys of " + table.name(), jdbc -> {
            Jdbc.execute(jdbc, VerifySql.takeKeys(table.name(), keys));
            jdbc.commit();
        });
    }

    @Override
    public LoadSession open(Feed feed) {
        return sessions.apply(feed, held.lent());
    }

    @Override
    public List<LedgerLoad> readLoads(long position, int limit) {
        return ask("reading the ledger of " + name(), jdbc -> LedgerLoads.read(jdbc, name(), position, limit));
    }

    @Override
    public void readMarks(long after, long before, Consumer<LedgerMark> action) {
        ask("reading the ledger of " + name(), jdbc -> {
            LedgerTables.read(jdbc, name(), after, false, mark -> {
                if (mark.position() < before) {
                    action.accept(mark);
                }
            });
            return true;
        });
    }

    @Override
    public Optional<ObjectVersion> findNewest(Feed feed, Set<String> names, long before) {
        return ask("asking for newer objects", jdbc -> LedgerTables.findNewest(jdbc, feed, names, before));
    }

    @Override
    public Optional<TableDifferences> compare(TableComparison comparison, long position) {
        return ask("comparing with " + name(), jdbc -> {
            // In one transaction, whose snapshot holds the ledger and the table of one moment.
            boolean isLast = !LedgerTables.exists(jdbc, name()) || LedgerTables.lastPosition(jdbc, name()) == position;
            return isLast ? Optional.of(new Differences(jdbc, name(), comparison).find()) : Optional.empty();
        });
    }

    private TableName name() {
        return table.name();
    }

    /** Each question is a transaction, so that none stays open while objects are read. */
    private <T> T ask(String doing, SessionConnection.Question<T> question) {
        return connection.ask(doing, jdbc -> {
            T answer = question.ask(jdbc);
            jdbc.rollback();
            return answer;
        });
    }

    /** The pool's connection is perhaps used again, or it has failed; then the table is gone with it. */
    @Override
    public void close() {
        try (connection) {
            connection.run("dropping what was compared with", jdbc -> {
                jdbc.rollback();
                Jdbc.execute(jdbc, VerifySql.dropStandIn());
                jdbc.commit();
            });
        } catch (CaravanException e) {
            log.debug("Could not drop the table that was compared with", e);
        }
    }
}
