package io.caravan.csv.detect;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.CsvReader;
import io.caravan.model.feed.CsvFormat;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sample is if read in one way.
 *
 * @param records without those whose fields are all empty
 * @param isComplete whether the last of them is the last of the object
 * @param lost share of the lines that are behind a quote that is never closed; 0 for none
 */
record SampleRecords(List<SampleRecord> records, boolean isComplete, double lost) {

    /**
     * Reads a sample. Its last record is left out if the sample is cut, as the record may be, too.
     *
     * @param most so many records at most
     * @throws RejectedObjectException if it is no CSV, or not of the charset
     */
    static SampleRecords read(Sample sample, CsvFormat format, int most) {
        CsvReader reader = new CsvReader(new ByteArrayInputStream(sample.content()), format);
        List<SampleRecord> records = new ArrayList<>();
        try {
            while (reader.hasNext()) {
                if (records.size() == most) {
                    return new SampleRecords(records, false, 0);
                }
                SampleRecord record = SampleRecord.of(reader.next());
                if (!record.isBlank()) {
                    records.add(record);
                }
            }
        } catch (RejectedObjectException e) {
            if (e.code() == ErrorCode.OBJECT_HEADER) {
                // A first line such as sep=; says that it is another dialect.
                return new SampleRecords(List.of(), false, 1);
            }
            if (e.code() != ErrorCode.OBJECT_UNCLOSED_QUOTE) {
                throw e;
            }
            long last = records.isEmpty() ? 0 : records.get(records.size() - 1).line();
            return new SampleRecords(records, false, 1 - (double) last / Math.max(1, lines(sample.content())));
        }
        if (!sample.isWhole() && records.size() > 1) {
            records.remove(records.size() - 1);
        }
        return new SampleRecords(records, sample.isWhole(), 0);
    }

    private static long lines(byte[] content) {
        long feeds = 0;
        long returns = 0;
        for (byte b : content) {
            feeds += b == '\n' ? 1 : 0;
            returns += b == '\r' ? 1 : 0;
        }
        return Math.max(feeds, returns);
    }
}
