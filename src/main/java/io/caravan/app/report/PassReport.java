package io.caravan.app.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.caravan.app.text.Format;
import io.caravan.app.text.Screen;
import io.caravan.base.ErrorCode;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.RejectedRows;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one pass did, and why what did not load did not.
 *
 * @param done the loads, and what failed
 * @param rejectedRows the rejected rows of the loads by object and code, in the order of the loads and their objects
 * @param quiet the feeds of which nothing was new
 */
public record PassReport(LoadReport done, List<RejectedRows> rejectedRows, List<QuietFeed> quiet) {

    public PassReport {
        requireNonNull(done, "done");
        rejectedRows = List.copyOf(rejectedRows);
        quiet = List.copyOf(quiet);
    }

    /** Returns the report as it is printed where nobody sees it at once. */
    public String render(Format format) {
        return render(format, Screen.NONE);
    }

    /** Returns the report as it is printed; every line ends in a line feed. */
    public String render(Format format, Screen screen) {
        return switch (format) {
            case TEXT -> PassText.of(this, screen);
            case JSON -> PassJson.of(this);
            case CSV -> Format.CSV.render(LoadTable.of(done.lines()));
        };
    }

    /** Returns those that a load rejected; a record that stands for an object that it rejected as a whole is no row. */
    Stream<RejectedRows> rejectedRowsOf(LoadRecord load) {
        Map<String, ErrorCode> whole = load.objects().stream()
                .filter(entry -> entry.errorCode() != null)
                .collect(toMap(
                        entry -> entry.object().key(),
                        entry -> requireNonNull(entry.errorCode()),
                        (one, other) -> one));
        return rejectedRows.stream()
                .filter(rows -> rows.load().equals(load.id()))
                .filter(rows -> !Objects.toString(whole.get(rows.key())).equals(rows.errorCode()));
    }

    /** Returns whether there is nothing to show but that nothing was new. */
    boolean isQuiet() {
        return done.loads().isEmpty() && !quiet.isEmpty();
    }
}
