package io.caravan.app.command;

import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.FigureText;
import io.caravan.app.text.RowPrinter;
import io.caravan.app.text.Table;
import io.caravan.redshift.SqlRows;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "sql", description = "Runs one SQL statement in the warehouse, commits it, and prints its rows.")
public final class SqlCommand implements Callable<Integer> {

    /** What runs statements. */
    public interface Running {

        /**
         * Runs a statement.
         *
         * @param limit how many rows it gives at most
         * @param rows takes them
         * @return how many rows it gave or changed
         * @throws io.caravan.base.CaravanException if the warehouse cannot be reached, or refuses it
         */
        long run(Settings settings, String sql, long limit, SqlRows rows);
    }

    private final CommandContext context;
    private final Running running;

    @Parameters(paramLabel = "STATEMENT", description = "The statement, as one argument.")
    private String statement = "";

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private FormatOption format = new FormatOption();

    public SqlCommand(CommandContext context, Running running) {
        this.context = context;
        this.running = running;
    }

    @Override
    public Integer call() {
        long rows;
        Printing printing = new Printing();
        try (printing) {
            rows = running.run(context.readSettings(), statement, limit.limit(), printing);
        }
        if (printing.table != null) {
            limit.tell(context, rows, "row");
        } else {
            context.note(rows == 0 ? "done" : "rows changed: " + FigureText.number(rows));
        }
        return ExitCode.DONE;
    }

    /** Prints rows as they come. */
    private final class Printing implements SqlRows, AutoCloseable {

        private @Nullable RowPrinter table;

        @Override
        public void begin(List<Column> columns) {
            table = context.printer(
                    format.format(),
                    columns.stream()
                            .map(column -> column.isNumber()
                                    ? Table.Column.ordinal(column.name())
                                    : Table.Column.key(column.name()))
                            .toArray(Table.Column[]::new));
        }

        @Override
        public void add(List<@Nullable Object> values) {
            if (table != null) {
                table.add(values.toArray());
            }
        }

        @Override
        public void close() {
            if (table != null) {
                table.close();
            }
        }
    }
}
