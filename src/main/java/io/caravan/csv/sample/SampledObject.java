package io.caravan.csv.sample;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.HeaderField;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.Names;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.key.KeyValue;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
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

    /** By the records' fields; null for one that is not loaded. */
    private final List<@Nullable ColumnSample> fields = new ArrayList<>();

    private final List<String> repeated = new ArrayList<>();

    /** Of values that are in keys, likewise. */
    private final Map<String, ColumnSample> ofKeys = new LinkedHashMap<>();

    private boolean hasRow;
    private boolean hasMalformed;
    private long records;
    private long bytes;

    /**
     * Begins without records.
     *
     * @param header what the fields are
     * @throws InvalidConfigurationException if the feed has a format for one that no type has
     */
    SampledObject(List<HeaderField> header, ColumnPolicy policy, CsvFormat format) {
        this.policy = policy;
        this.format = format;
        for (HeaderField field : header) {
            @Nullable ColumnSample sample = field.column().isEmpty() ? null : column(field.column());
            fields.add(sample);
            if (sample != null) {
                columns.put(ColumnPolicy.fold(field.column()), sample);
            }
            if (field.isRepeated()) {
                repeated.add("the header names " + Names.quoted(field.name()) + " twice; field " + field.number()
                        + " is the column " + Names.quoted(ColumnPolicy.fold(field.column())));
            }
        }
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
            ColumnSample sample = fields.get(i);
            if (sample != null && !record.isTooLong(i) && !ObjectShape.isNull(record, i, format)) {
                String value = record.field(i);
                hasRow = hasRow || !Blanks.isBlank(value);
                sample.add(value);
            }
        }
    }

    /**
     * Adds a value that the object's key holds.
     *
     * @throws RejectedObjectException if the object has such a column too
     */
    public void add(KeyValue value) {
        String name = ColumnPolicy.fold(policy.renames().getOrDefault(ColumnPolicy.fold(value.name()), value.name()));
        if (columns.containsKey(name)) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_HEADER,
                    "the object has a column " + Names.quoted(name) + ", whose values are in its key;"
                            + " leave it out of the object, or out of the feed's 'keyColumns'");
        }
        ColumnSample sample = ofKeys.computeIfAbsent(name, this::column);
        if (value.value() != null) {
            sample.add(value.value());
        }
    }

    void setSize(long recordsRead, long bytesRead) {
        records = recordsRead;
        bytes = bytesRead;
    }

    /** Adds what another object says of those columns that both have. */
    public void add(SampledObject other) {
        other.columns.forEach((name, sample) -> find(name).ifPresent(own -> own.add(sample)));
        other.ofKeys.forEach((name, sample) -> find(name).ifPresent(own -> own.add(sample)));
    }

    Optional<ColumnSample> find(String name) {
        return Optional.ofNullable(columns.getOrDefault(name, ofKeys.get(name)));
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

    /**
     * Returns the columns, then those whose values are in keys, and one for each constant of the feed; all may be NULL.
     *
     * @param areText whether those without a format are text, whatever the values are
     */
    public List<Column> columns(boolean areText) {
        List<Column> all = new ArrayList<>();
        columns.forEach((name, sample) -> all.add(column(name, sample, areText)));
        ofKeys.forEach((name, sample) -> all.add(column(name, sample, areText)));
        policy.constants().forEach((name, value) -> {
            ColumnSample sample = column(name);
            sample.add(value);
            all.add(column(name, sample, areText));
        });
        return all;
    }

    private Column column(String name, ColumnSample sample, boolean isText) {
        return new Column(name, isText ? sample.textType() : type(name, sample), true, false);
    }

    /** A format of the feed's own says what the values are; otherwise a catalog may know, and then the values. */
    private ColumnType type(String name, ColumnSample sample) {
        return policy.formats().containsKey(name)
                ? sample.type()
                : policy.shape()
                        .type(name)
                        .orElseGet(() -> policy.shape().isText(name) ? sample.text() : sample.type());
    }

    /**
     * Returns for people which names the header repeats, and which columns one word alone keeps from another type.
     *
     * @param areText whether there are no other types
     */
    public List<String> notes(boolean areText) {
        List<String> notes = new ArrayList<>(repeated);
        if (!areText) {
            columns.forEach((name, sample) -> sample.note(name).ifPresent(notes::add));
        }
        return notes;
    }
}
