package io.caravan.app.verify;

import static java.util.stream.Collectors.joining;

import io.caravan.app.text.FigureText;
import io.caravan.app.text.Format;
import io.caravan.app.text.Screen;
import io.caravan.app.text.WrappedText;
import io.caravan.load.remember.RememberedCheck;
import io.caravan.load.verify.TableVerification;
import io.caravan.load.verify.VerifyVerdict;
import io.caravan.model.verify.DifferentRow;
import io.caravan.model.verify.TableDifferences;
import org.jspecify.annotations.Nullable;

/** The compared tables for people: a line each, and then what differs and what is not known. */
final class VerifyText {

    private static final String MARGIN = "  ";

    private final Screen screen;
    private final StringBuilder text = new StringBuilder();

    private VerifyText(Screen screen) {
        this.screen = screen;
    }

    static String of(VerifyReport report, Screen screen) {
        VerifyText text = new VerifyText(screen);
        text.text.append(Format.TEXT.render(VerifyTable.of(report), screen));
        report.tables().forEach(text::add);
        return text.text.toString();
    }

    private void add(VerifiedTable table) {
        TableVerification result = table.result();
        if (result.failure() != null) {
            return;
        }
        line(
                "",
                "Table " + result.table() + ", at ledger position " + result.position() + ": "
                        + result.verdict().text()
                        + (result.verdict() == VerifyVerdict.UNKNOWN
                                        || !result.reasons().isEmpty()
                                ? ", as"
                                : ""));
        result.reasons().forEach(reason -> line(MARGIN, reason));
        @Nullable TableDifferences differences = result.differences();
        if (differences != null && !differences.columns().isEmpty()) {
            line(
                    MARGIN,
                    "Different columns: "
                            + differences.columns().entrySet().stream()
                                    .map(column -> column.getKey() + " in " + rows(column.getValue()))
                                    .collect(joining(", ")));
        }
        if (differences != null) {
            differences.first().forEach(row -> line(MARGIN, row.difference().text() + ": " + values(row)));
        }
        result.leftOut().forEach(column -> line(MARGIN, "Not compared: " + column));
        table.remembered().forEach(this::remembered);
    }

    private void remembered(String feed, RememberedCheck.Result result) {
        line(
                MARGIN,
                "Feed " + feed + " remembers " + rows(result.equal()) + " as they are, " + rows(result.different())
                        + " otherwise, and " + rows(result.onlyRemembered())
                        + " that the table lacks; it does not remember "
                        + rows(result.onlyInTarget()) + " (" + result.detail() + ")");
    }

    private static String rows(long count) {
        return FigureText.number(count) + (count == 1 ? " row" : " rows");
    }

    private static String values(DifferentRow row) {
        return row.values().entrySet().stream()
                .map(value -> value.getKey() + " " + (value.getValue() == null ? "NULL" : "'" + value.getValue() + "'"))
                .collect(joining(", "));
    }

    private void line(String margin, String sentence) {
        text.append(WrappedText.of(margin, sentence, screen));
    }
}
