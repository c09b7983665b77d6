package io.caravan.csv;

import io.caravan.csv.record.CsvReader;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.table.Column;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;

/**
 * What the first bytes of an object say of all of it.
 *
 * @param columns the loaded columns, as {@link RowReader#columns} has them
 * @param fields where each field of a record goes; empty for one that is not loaded
 * @param header the header as it stands in the object; empty if the format has none
 * @param firstName text of the header's first field; nothing if the format has no header
 * @param headerBytes how many bytes the header takes, its line end included; 0 if the format has none
 * @param hasQuotes whether a quote is seen behind the header
 * @param hasCarriageReturns whether a carriage return is seen anywhere
 */
public record ObjectStart(
        List<Column> columns,
        List<Optional<Column>> fields,
        String header,
        Optional<String> firstName,
        int headerBytes,
        boolean hasQuotes,
        boolean hasCarriageReturns) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    public ObjectStart {
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
    }

    /**
     * Reads the header, if the format has one, and looks for more.
     *
     * @param start the first bytes, decompressed; of UTF-8
     * @return what they say; empty if the header is not one whole first line of them with something behind it, or they begin with
     *     a byte order mark or a line that is no record
     * @throws io.caravan.base.RejectedObjectException if the header does not fit the target
     */
    public static Optional<ObjectStart> read(byte[] start, ColumnPlan plan, CsvFormat format) {
        String text = new String(start, format.charset());
        if (text.isEmpty() || text.charAt(0) == BYTE_ORDER_MARK) {
            return Optional.empty();
        }
        int headerEnd = format.header() ? text.indexOf('\n') : 0;
        CsvReader records = new CsvReader(new ByteArrayInputStream(start), format);
        if (headerEnd < 0 || headerEnd == text.length() - 1 || !records.hasNext() || records.skippedLines() > 0) {
            return Optional.empty();
        }
        RowReader rows = new RowReader(records, plan, format);
        String header = rows.header().orElse("");
        // Not so if lines stand before it, it has line breaks, or it is too long to be kept.
        boolean isFirstLine =
                !format.header() || header.equals(text.substring(0, headerEnd).stripTrailing());
        boolean hasQuotes = format.quote() != null && text.indexOf(format.quote(), headerEnd) >= 0;
        return isFirstLine
                ? Optional.of(new ObjectStart(
                        rows.columns(),
                        rows.fieldColumns(),
                        header,
                        rows.firstName(),
                        format.header() ? text.substring(0, headerEnd + 1).getBytes(format.charset()).length : 0,
                        hasQuotes,
                        text.indexOf('\r') >= 0))
                : Optional.empty();
    }
}
