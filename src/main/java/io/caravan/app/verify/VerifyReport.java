package io.caravan.app.verify;

import io.caravan.app.report.ExitCode;
import io.caravan.app.text.Format;
import io.caravan.app.text.Screen;
import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.verify.VerifyVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables that were compared with their objects.
 *
 * @param tables each of them
 */
public record VerifyReport(List<VerifiedTable> tables) {

    public VerifyReport {
        tables = List.copyOf(tables);
    }

    /** Returns the report as it is printed; every line ends in a line feed. */
    public String render(Format format, Screen screen) {
        return switch (format) {
            case TEXT -> VerifyText.of(this, screen);
            case JSON -> VerifyJson.of(this);
            case CSV -> Format.CSV.render(VerifyTable.of(this));
        };
    }

    /** Returns why tables could not be compared. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (VerifiedTable table : tables) {
            @Nullable CaravanException failure = table.result().failure();
            if (failure != null) {
                failures.add("table " + table.result().table() + ": " + failure.code() + ": " + failure.getMessage());
            }
        }
        return failures;
    }

    /** Rows that differ weigh more than a result that is not known, and less than one that there is not. */
    public int exitCode() {
        if (tables.stream().anyMatch(table -> table.result().failure() instanceof InvalidConfigurationException)) {
            return ExitCode.INVALID;
        }
        if (tables.stream().anyMatch(table -> table.result().failure() != null)) {
            return ExitCode.FAILED;
        }
        if (tables.stream().anyMatch(VerifyReport::differs)) {
            return ExitCode.REJECTED;
        }
        boolean isAllEqual = tables.stream().allMatch(table -> table.result().verdict() == VerifyVerdict.EQUAL);
        return isAllEqual ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean differs(VerifiedTable table) {
        return table.result().verdict() == VerifyVerdict.DIFFERENT || table.remembersOthers();
    }
}
