package io.caravan.route;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.RowReader;
import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.load.Load;
import io.caravan.model.feed.Feed;
import io.caravan.model.row.ParsedRow;
import java.util.Collections;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * From records to rows, checked against the table's columns. Takes what the {@code csv} data format makes, or camel-csv with
 * {@code lazyLoad}. An object with other columns than those before it in the load gives no rows: it is left to a later load.
 */
public final class CheckRows implements Processor {

    @Override
    public void process(Exchange exchange) {
        Load load = LoadExchange.get(exchange);
        Feed feed = load.feed();
        Object records = exchange.getMessage().getBody();
        RowReader rows = new RowReader(records(records), load.columnPlan(), feed.csv(), load.keepsRaw());
        boolean accepted = load.accept(rows.columns(), header(records, rows));
        load.ask(
                records instanceof CsvReader own
                        ? () -> rows.skipped().withLines(own.comments(), own.skippedLines())
                        : rows::skipped,
                rows::endsInDelimiters,
                rows::remarks);
        exchange.getMessage().setBody(accepted ? checked(rows, load) : Collections.emptyIterator());
    }

    /** Other readers do not give the text as it stands in the object. */
    private static @Nullable String header(Object records, RowReader rows) {
        return records instanceof CsvReader ? rows.header().orElse(null) : null;
    }

    private static Iterator<ParsedRow> checked(RowReader rows, Load load) {
        return load.feed().columns().onInvalid().isEmpty()
                ? rows
                : new RepairedRows(rows, load.object().uri());
    }

    private static Iterator<? extends CsvRecord> records(Object body) {
        if (body instanceof Iterator<?> records) {
            return new ForeignRecords(records);
        }
        throw new RejectedObjectException(
                ErrorCode.OBJECT_UNREADABLE_CSV,
                "the unmarshal step gave a " + body.getClass().getName()
                        + " and not an iterator of records; camel-csv does so with lazyLoad: true");
    }
}
