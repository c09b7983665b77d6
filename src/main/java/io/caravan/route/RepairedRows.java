package io.caravan.route;

import static java.util.stream.Collectors.joining;

import io.caravan.csv.Repair;
import io.caravan.csv.RowReader;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.row.ParsedRow;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of an object whose feed has values replaced; at their end one log line says what was done, if anything was. */
final class RepairedRows implements Iterator<ParsedRow> {

    private static final Logger log = LoggerFactory.getLogger(RepairedRows.class);

    private final RowReader rows;
    private final String object;
    private boolean told;

    /**
     * Takes the rows.
     *
     * @param object the object's address, for people
     */
    RepairedRows(RowReader rows, String object) {
        this.rows = rows;
        this.object = object;
    }

    @Override
    public boolean hasNext() {
        boolean hasNext = rows.hasNext();
        if (!hasNext && !told) {
            told = true;
            List<Repair> repairs = rows.repairs();
            if (!repairs.isEmpty()) {
                log.warn("Repaired {}: {}", object, describe(repairs));
            }
        }
        return hasNext;
    }

    @Override
    public ParsedRow next() {
        return rows.next();
    }

    /** Returns, for example, {@code name truncated in 3 rows, born set to NULL in 1 row}. */
    static String describe(List<Repair> repairs) {
        return repairs.stream()
                .map(repair -> repair.column()
                        + what(repair.action())
                        + repair.rows()
                        + (repair.rows() == 1 ? " row" : " rows"))
                .collect(joining(", "));
    }

    private static String what(OnInvalid action) {
        return switch (action) {
            case REJECT -> " rejected in ";
            case TRUNCATE -> " truncated in ";
            case ROUND -> " rounded in ";
            case NULL -> " set to NULL in ";
        };
    }
}
