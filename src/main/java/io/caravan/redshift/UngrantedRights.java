package io.caravan.redshift;

import io.caravan.model.feed.Feed;
import io.caravan.model.table.TableName;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** As if nothing were granted, whatever is. */
final class UngrantedRights implements Rights.View {

    private static final String SOMEBODY_ELSE = "";

    private final String user;
    private final String database;
    private final Collection<Feed> feeds;
    private final Rights.@Nullable View there;

    private UngrantedRights(String user, String database, Collection<Feed> feeds, Rights.@Nullable View there) {
        this.user = user;
        this.database = database;
        this.feeds = feeds;
        this.there = there;
    }

    /** What is there is known. */
    static UngrantedRights over(Rights.View there) {
        return new UngrantedRights(there.user(), there.database(), List.of(), there);
    }

    /** What is there is not known: of feeds the tables that they do not make, and no ledger. */
    static UngrantedRights unseen(String user, String database, Collection<Feed> feeds) {
        return new UngrantedRights(user, database, feeds, null);
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public boolean isSuperuser() {
        return false;
    }

    @Override
    public boolean isKnown() {
        return false;
    }

    @Override
    public boolean isThere(String schema) throws SQLException {
        return there == null ? targets(schema).findAny().isPresent() : there.isThere(schema);
    }

    @Override
    public Map<String, String> owners(String schema) throws SQLException {
        return there == null
                ? targets(schema)
                        .filter(feed -> !feed.schema().createsTable())
                        .collect(Collectors.toMap(feed -> feed.target().table(), feed -> SOMEBODY_ELSE, (a, b) -> a))
                : there.owners(schema);
    }

    private Stream<Feed> targets(String schema) {
        return feeds.stream().filter(feed -> feed.target().schema().equals(schema));
    }

    @Override
    public boolean has(String question) {
        return false;
    }

    @Override
    public List<String> ledgerSteps(TableName target) throws SQLException {
        return there == null ? List.of() : there.ledgerSteps(target);
    }
}
