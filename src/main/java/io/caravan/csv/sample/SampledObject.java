package io.caravan.csv.sample;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.Names;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the beginnings of one or more objects say of the table that would hold them. */
public final class SampledObject {

    private final ColumnPolicy policy;
    private final CsvFormat format;

    /** By the names of the columns, folded, in the order of the header. */
    private final Map<String, ColumnSample> columns = new LinkedHashMap<>();

    private final List<ColumnSample> fields;
    private boolean hasRow;
    private boolean hasMalformed;
    private long records;
    private long bytes;

    /**
     * Begins without records.
     *
     * @param names of the columns, one for each field
     * @throws InvalidConfigurationException if the feed has a format for one that no type has
     */
    SampledObject(List<String> names, ColumnPolicy policy, CsvFormat format) {
        this.policy = policy;
        this.format = format;
        names.forEach(name -> columns.put(ColumnPolicy.fold(name), column(name)));
        this.fields = List.copyOf(columns.values());
    }

    private ColumnSample column(String name) {
        @Nullable String written = policy.formats().get(ColumnPolicy.fold(name));
        try {
            return new ColumnSample(written);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID, "'formats' for " + Names.quoted(name) + ": " + e.getMessage(), e);
        }
    }

    void add(CsvRecord record) {
        if (!ObjectShape.isWellFormed(record, fields.size())) {
            hasMalformed = true;
            return;
        }
        for (int i = 0; i < fields.size(); i++) {
            if (!record.isTooLong(i) && !ObjectShape.isNull(record, i, format)) {
                String value = record.field(i);
                hasRow = hasRow || !Blanks.isBlank(value);
                fields.get(i).add(value);
            }
        }
    }

    void setSize(long recordsRead, long bytesRead) {
        records = recordsRead;
        bytes = bytesRead;
    }

    /** Adds what another object says of those columns that both have. */
    public void add(SampledObject other) {
        other.columns.forEach((name, sample) -> find(name).ifPresent(own -> own.add(sample)));
    }

    Optional<ColumnSample> find(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    /** Returns whether a record is well-formed and holds a value. */
    public boolean hasRow() {
        return hasRow;
    }

    /** Returns whether a record is malformed, or has not as many fields as the header. */
    public boolean hasMalformed() {
        return hasMalformed;
    }

    /** Returns the number of records read, without the header. */
    public long records() {
        return records;
    }

    /** Returns the number of bytes read, after decompression. */
    public long bytes() {
        return bytes;
    }

    /** Returns the names of the columns that objects have, folded, in the order of the header. */
    public Set<String> names() {
        return columns.keySet();
    }

    /** Returns the columns, and then one for each constant of the feed; all may be NULL. */
    public List<Column> columns() {
        List<Column> all = new ArrayList<>();
        columns.forEach((name, sample) -> all.add(new Column(name, sample.type(), true, false)));
        policy.constants().forEach((name, value) -> {
            ColumnSample sample = column(name);
            sample.add(value);
            all.add(new Column(name, sample.type(), true, false));
        });
        return all;
    }

    /** Returns for people which columns one word alone keeps from another type. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        columns.forEach((name, sample) -> sample.note(name).ifPresent(notes::add));
        return notes;
    }
}
