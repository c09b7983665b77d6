package io.caravan.app.verify;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.text.Table;
import io.caravan.load.verify.TableVerification;
import io.caravan.model.verify.TableDifferences;
import org.jspecify.annotations.Nullable;

/** The compared tables, a line each. */
final class VerifyTable {

    private VerifyTable() {}

    static Table of(VerifyReport report) {
        Table table = new Table(
                text("table"),
                text("result"),
                number("equal"),
                number("different"),
                number("missing"),
                number("doubled"),
                number("in no object"),
                number("loads"));
        report.tables().forEach(one -> add(table, one.result()));
        return table;
    }

    private static void add(Table table, TableVerification result) {
        @Nullable TableDifferences differences = result.differences();
        table.add(
                result.table().toString(),
                result.verdict().text(),
                differences == null ? null : differences.equal(),
                differences == null ? null : differences.different(),
                differences == null ? null : differences.missing(),
                differences == null ? null : differences.doubled(),
                differences == null ? null : differences.inNoObject(),
                result.loads());
    }
}
