package io.caravan.route;

import io.caravan.csv.record.CsvReader;
import io.caravan.model.feed.Feed;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/** Unmarshals CSV as the feed says it is written, into an iterator of records. */
public final class CsvUnmarshaller extends ServiceSupport implements DataFormat {

    @Override
    public Object unmarshal(Exchange exchange, InputStream content) {
        Feed feed = LoadExchange.get(exchange).feed();
        return new CsvReader(content, feed.csv(), feed.limits().maxRecordChars());
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("Caravan writes no CSV for routes; camel-csv does");
    }
}
