package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.ForeignText;
import io.caravan.model.feed.CsvFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before names become columns, whether an object is no CSV, or another one than its feed says: by its header and the
 * first records below. Made for names of which nobody knows any: one that the table has, or the feed names, is proof enough.
 */
public final class HeaderDoubts {

    private static final int RECORDS = 100;

    private final String header;
    private final OtherDelimiter delimiter;
    private final @Nullable MissingHeader names;
    private final int fields;
    private @Nullable String first;
    private int records;

    public HeaderDoubts(CsvRecord header, CsvFormat format) {
        this.header = header.raw();
        this.fields = header.size();
        this.delimiter = new OtherDelimiter(header, format);
        this.names = mayHaveNames(header) ? new MissingHeader(fields(header)) : null;
    }

    /**
     * Looks at a record behind the header, malformed or not; at the first hundred.
     *
     * @throws RejectedObjectException if the object is no CSV, or not what the feed says
     */
    public void add(CsvRecord record) {
        if (records == RECORDS) {
            return;
        }
        if (records == 0) {
            first = record.raw();
        }
        records++;
        delimiter.add(record);
        if (names != null && record.problem().isEmpty() && record.size() == fields && !hasTooLongField(record)) {
            names.add(record);
        }
        if (records == RECORDS) {
            check();
        }
    }

    /**
     * Says what was found in an object that has no more records, or cannot be read on.
     *
     * @throws RejectedObjectException if the object is no CSV, or not what the feed says
     */
    public void check() {
        Optional<String> foreign = ForeignText.recognise(header, first);
        if (foreign.isPresent()) {
            throw new RejectedObjectException(ErrorCode.OBJECT_NOT_CSV, foreign.get());
        }
        delimiter
                .finding()
                .or(() -> names == null ? Optional.empty() : names.finding())
                .ifPresent(reason -> {
                    throw new RejectedObjectException(ErrorCode.OBJECT_HEADER, reason);
                });
    }

    /**
     * Returns the reason why an object cannot load, with what its header alone says of the cause.
     *
     * @param reason why it fits no table, or not the one that is there
     */
    static RejectedObjectException explain(RejectedObjectException reason, CsvRecord header, CsvFormat format) {
        Optional<String> foreign = ForeignText.recognise(header.raw(), null);
        if (foreign.isPresent()) {
            return new RejectedObjectException(ErrorCode.OBJECT_NOT_CSV, foreign.get(), reason);
        }
        return OtherDelimiter.hint(header, format)
                .or(() -> mayHaveNames(header) ? new MissingHeader(fields(header)).finding() : Optional.empty())
                .map(hint ->
                        new RejectedObjectException(reason.code(), reason.getMessage() + ". Perhaps: " + hint, reason))
                .orElse(reason);
    }

    private static boolean mayHaveNames(CsvRecord header) {
        return header.problem().isEmpty() && !HeaderNames.isTooLong(header);
    }

    private static boolean hasTooLongField(CsvRecord record) {
        for (int i = 0; i < record.size(); i++) {
            if (record.isTooLong(i)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> fields(CsvRecord header) {
        List<String> fields = new ArrayList<>(header.size());
        for (int i = 0; i < header.size(); i++) {
            fields.add(header.field(i));
        }
        return fields;
    }
}
