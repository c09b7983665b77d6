package io.caravan.app.draft;

import io.caravan.app.text.FigureText;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.RowReader;
import io.caravan.csv.detect.Sample;
import io.caravan.csv.mask.MaskedReason;
import io.caravan.csv.record.CsvReader;
import io.caravan.load.target.FeedTarget;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading records through a feed: no row went anywhere.
 *
 * @param records how many were read, without the header
 * @param good how many would load
 * @param problem the first that would not, with its line and its reason; null if all would
 * @param columns names of the columns that are loaded
 * @param rows the values of the first good ones, as they would load
 */
public record Trial(
        long records, long good, @Nullable String problem, List<String> columns, List<List<@Nullable String>> rows) {

    /** Nothing was read. */
    static final Trial NONE = new Trial(0, 0, null, List.of(), List.of());

    private static final int ROWS = 5;

    public Trial {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a sample. If it is cut, its last record may be, too, and does not count.
     *
     * @param csv how the records are read
     * @param most so many records at most
     */
    public static Trial of(Sample sample, CsvFormat csv, FeedTarget target, long most) {
        boolean isWhole = sample.isWhole();
        List<String> columns = new ArrayList<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        long records = 0;
        long good = 0;
        @Nullable String problem = null;
        @Nullable ParsedRow row = null;
        try {
            RowReader reader = new RowReader(
                    new CsvReader(new ByteArrayInputStream(sample.content()), csv), target.columnPlan(), csv);
            reader.columns().stream().map(Column::name).forEach(columns::add);
            while (records < most && reader.hasNext()) {
                row = reader.next();
                if (!isWhole && !reader.hasNext()) {
                    break;
                }
                records++;
                if (row instanceof Row loaded) {
                    good++;
                    if (rows.size() < ROWS) {
                        rows.add(Collections.unmodifiableList(new ArrayList<>(loaded.values())));
                    }
                } else if (row instanceof RejectedRow rejected && problem == null) {
                    problem = "line " + rejected.lineNumber() + ": "
                            + (rejected.column() == null ? "" : rejected.column() + ": ") + rejected.code() + ": "
                            + rejected.reason();
                }
            }
        } catch (RejectedObjectException e) {
            if (isWhole || records == 0) {
                problem = e.code() + ": "
                        + MaskedReason.of(e, target.columnPlan().policy().masks())
                                .getMessage();
                good = 0;
            }
        }
        return new Trial(records, good, problem, columns, rows);
    }

    /** Returns what came of both, with the rows of the first that has some. */
    Trial plus(Trial other) {
        Trial shown = rows.isEmpty() ? other : this;
        return new Trial(
                records + other.records,
                good + other.good,
                problem == null ? other.problem : problem,
                shown.columns,
                shown.rows);
    }

    /** Says it for people. */
    public String text() {
        if (records == 0 && problem != null) {
            return problem;
        }
        String count = records == 1 ? "1 record: " : FigureText.number(records) + " records: ";
        if (problem == null) {
            return count + (records == 1 ? "good" : "all good");
        }
        return count + FigureText.number(good) + " good, the first problem is " + problem;
    }
}
