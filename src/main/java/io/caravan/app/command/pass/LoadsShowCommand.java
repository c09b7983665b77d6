package io.caravan.app.command.pass;

import static io.caravan.app.text.Table.Column.key;
import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.sentence;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.report.CountColumns;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.FigureText;
import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.ledger.RejectedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows a load: its times, and what became of each of its objects.")
public final class LoadsShowCommand implements Callable<Integer> {

    private final CommandContext context;
    private final LoadReading reading;

    @Parameters(paramLabel = "LOAD", description = "The load's id, as 'loads list' and the log have it.")
    private String id = "";

    @Mixin
    private FormatOption format = new FormatOption();

    public LoadsShowCommand(CommandContext context, LoadReading reading) {
        this.context = context;
        this.reading = reading;
    }

    @Override
    public Integer call() {
        Settings settings = context.readSettings();
        List<PastLoad> loads = new ArrayList<>();
        reading.read(settings, LoadFilter.ofId(id), 1, loads::add);
        if (loads.isEmpty()) {
            context.note("there is no load " + id + " in the run history; one that has not ended is not there yet");
            return ExitCode.INVALID;
        }
        LoadReading.Details details = reading.details(settings, loads.get(0));
        if (format.format() == Format.TEXT) {
            context.print(Format.TEXT, summary(loads.get(0)));
            context.say("");
        }
        context.print(format.format(), objects(details));
        if (format.format() == Format.TEXT && !details.rejected().isEmpty()) {
            context.say("");
            context.print(Format.TEXT, rejected(details));
        }
        return ExitCode.DONE;
    }

    private static Table summary(PastLoad load) {
        Table table = new Table(text("what"), key("is"));
        table.add("load", load.id());
        table.add("feed", load.feed());
        table.add("table", load.target());
        table.add("outcome", load.outcome().text());
        table.add("started", load.started().toString());
        table.add("ended", load.ended().toString());
        table.add("reading", FigureText.time(load.times().reading()));
        table.add("staging", FigureText.time(load.times().staging()));
        table.add("merging", FigureText.time(load.times().merging()));
        if (load.errorCode() != null) {
            table.add("error", load.errorCode() + ": " + load.error());
        }
        return table;
    }

    private static Table objects(LoadReading.Details details) {
        Table table = new Table(CountColumns.between(
                List.of(key("object"), text("outcome")), sentence("error"), key("same content as")));
        for (PastObject object : details.objects()) {
            table.add(CountColumns.cells(
                    List.of(object.object().uri(), object.outcome().text()),
                    object.counts(),
                    object.errorCode() == null ? null : object.errorCode() + ": " + object.error(),
                    object.sameAs()));
        }
        return table;
    }

    private static Table rejected(LoadReading.Details details) {
        Table table = new Table(key("key"), text("code"), number("dead letters"), text("first"));
        for (RejectedRows rows : details.rejected()) {
            table.add(
                    rows.key(),
                    rows.errorCode(),
                    rows.rows(),
                    "line " + rows.firstLine() + (rows.firstColumn() == null ? "" : ", column " + rows.firstColumn()));
        }
        return table;
    }
}
