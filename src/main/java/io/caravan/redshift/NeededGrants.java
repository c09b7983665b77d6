package io.caravan.redshift;

import io.caravan.model.MissingRight;
import io.caravan.model.feed.Feed;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What loads need that somebody may have to grant.
 *
 * @param feeds those that load
 * @param sendsDeadLetters whether it is noted which dead letters are to be sent
 * @param sendsEvents whether it is noted of which loads the end is to be told
 * @param announces whether replicas hear of each other by a table
 * @param copyRole what COPY assumes, as the settings say it; null if rows are staged by INSERT
 */
public record NeededGrants(
        List<Feed> feeds, boolean sendsDeadLetters, boolean sendsEvents, boolean announces, @Nullable String copyRole) {

    public NeededGrants {
        feeds = List.copyOf(feeds);
    }

    /** Returns all of it, for a user of a database that has nothing, and in which there is no ledger yet. */
    public List<MissingRight> unseen(String user, String database) {
        try {
            return missing(UngrantedRights.unseen(user, database, feeds));
        } catch (SQLException e) {
            throw new IllegalStateException("Nothing was asked", e);
        }
    }

    Sent sent() {
        return new Sent(sendsDeadLetters, sendsEvents);
    }

    /** Returns what is missing, in the order in which it is to be given: the targets' tables are there, or soon will be. */
    List<MissingRight> missing(Rights.View view) throws SQLException {
        return new Rights(view, true).missing(this);
    }
}
