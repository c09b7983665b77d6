package io.caravan.csv.sample;

import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.FirstRecord;
import io.caravan.csv.HeaderDoubts;
import io.caravan.csv.HeaderField;
import io.caravan.csv.HeaderNames;
import io.caravan.csv.ObjectHeader;
import io.caravan.csv.RecordFit;
import io.caravan.csv.RepeatedHeader;
import io.caravan.csv.record.BlankRecord;
import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.SampleLimit;
import io.caravan.csv.record.SampledContent;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.SchemaPolicy;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Learns from an object what a table must be to hold it. Records that are malformed, or have another number of fields than
 * the header, say nothing: they are rejected whatever the table is. Nor does the header where it stands again. Memory use
 * depends on the number of columns only.
 *
 * <p>An object that is no CSV, or not what the feed says, is refused before its names become columns.
 *
 * <p>Its methods throw what {@link CsvReader} throws.
 */
public final class ObjectShape {

    private ObjectShape() {}

    /**
     * Reads the beginning of an object.
     *
     * @param policy what the feed says about columns
     * @param named names of columns that the feed names; a header that has one of them is a header
     * @return a column for each name of the header, in its order, and then one for each constant
     * @throws RejectedObjectException if it is no CSV, or not what the feed says, or no table can have its names
     */
    public static SampledObject sample(
            InputStream content, CsvFormat format, ColumnPolicy policy, Collection<String> named, SampleLimit limit) {
        SampledContent sampled = new SampledContent(content, format, limit);
        ObjectHeader found = ObjectHeader.read(sampled, format);
        CsvRecord header = found.names();
        Iterator<? extends CsvRecord> records = found.records();
        HeaderDoubts doubts = new HeaderDoubts(header, format);
        int inHeader = header.size();
        String where = HeaderNames.where(header);
        boolean isIgnoring = policy.schema() == Schema.IGNORE;
        List<HeaderField> fields;
        boolean isKnown;
        try {
            fields = HeaderNames.read(header, policy);
            isKnown = !format.header()
                    || fields.stream()
                            .anyMatch(field -> field.isMapped()
                                    || contains(named, field.name())
                                    || contains(named, field.column()));
            if (!isIgnoring) {
                HeaderNames.requireNames(where, fields, policy);
            }
            HeaderNames.checkColumns(
                    header,
                    fields.stream().map(ObjectShape::columnOf).toList(),
                    policy.constants().keySet());
            List<String> all = new ArrayList<>(policy.constants().keySet());
            fields.stream()
                    .map(HeaderField::column)
                    .filter(name -> !name.isEmpty())
                    .forEach(all::add);
            HeaderNames.checkNew(all, header, 0);
        } catch (RejectedObjectException e) {
            read(records, format, RepeatedHeader.NONE, 0, 0, false, doubts, record -> {});
            throw e;
        }
        SampledObject sample = new SampledObject(fields, policy, format);
        read(
                records,
                format,
                RepeatedHeader.of(header),
                fields.size(),
                inHeader,
                isIgnoring,
                isKnown ? null : doubts,
                sample::add);
        sample.setSize(sampled.records(), sampled.bytes());
        if (!sample.hasRow() && sample.hasMalformed() && inHeader > fields.size()) {
            // Its records hold values where the header ends in empty names.
            HeaderField nameless = new HeaderField(fields.size() + 1, "", "", false, false);
            HeaderNames.requireNames(where, List.of(nameless), policy);
        }
        return sample;
    }

    /**
     * Reads an object to its end, to see what the table lacks.
     *
     * @param plan what the feed says about the columns of the table, as objects may fill it
     * @param schema how many columns it may lack, and what new ones are like
     * @throws RejectedObjectException if the object fits no table, or lacks columns that it must have; or if it is no CSV, not
     *     what the feed says, or has more new columns
     */
    public static MissingShape missing(InputStream content, CsvFormat format, ColumnPlan plan, SchemaPolicy schema) {
        SampledContent records = new SampledContent(content, format, SampleLimit.NONE);
        if (!format.hasNames()) {
            FirstRecord all = new FirstRecord(records, format);
            MissingShape missing = MissingShape.ofTable(plan, format, all.fields());
            read(all, format, RepeatedHeader.NONE, missing.size(), missing.size(), false, null, missing::add);
            return missing;
        }
        ObjectHeader found = ObjectHeader.read(records, format);
        CsvRecord header = found.names();
        int inHeader = header.size();
        HeaderDoubts doubts = new HeaderDoubts(header, format);
        MissingShape missing;
        try {
            missing = MissingShape.ofHeader(header, plan, format, schema);
        } catch (RejectedObjectException e) {
            read(found.records(), format, RepeatedHeader.NONE, 0, 0, false, doubts, record -> {});
            throw e;
        }
        read(
                found.records(),
                format,
                RepeatedHeader.of(header),
                missing.size(),
                inHeader,
                false,
                missing.isOfTable() || !format.header() ? null : doubts,
                missing::add);
        return missing;
    }

    /**
     * Reads the records, without blank ones and those that are the header again.
     *
     * @param fields how many fields have names; 0 if nobody asks for the values
     * @param inHeader how many fields the header has
     * @param ignoresNameless whether fields without a name may hold anything
     * @param doubts about the header; null if there are none
     */
    private static void read(
            Iterator<? extends CsvRecord> records,
            CsvFormat format,
            RepeatedHeader repeated,
            int fields,
            int inHeader,
            boolean ignoresNameless,
            @Nullable HeaderDoubts doubts,
            Consumer<CsvRecord> action) {
        RecordFit fit = new RecordFit(records, format, repeated, fields, inHeader, ignoresNameless);
        try {
            while (fit.hasNext()) {
                CsvRecord record = fit.next();
                if (BlankRecord.is(record, format) || (record.problem().isEmpty() && repeated.is(record))) {
                    continue;
                }
                if (doubts != null) {
                    doubts.add(record);
                }
                action.accept(fitting(record, fit));
            }
        } catch (RejectedObjectException e) {
            if (doubts != null) {
                doubts.check();
            }
            throw e;
        }
        if (doubts != null) {
            doubts.check();
        }
    }

    /** A record that does not fit says that it does not. */
    private static CsvRecord fitting(CsvRecord record, RecordFit fit) {
        @Nullable CsvRecord fitting = record.problem().isEmpty() ? fit.fit(record) : null;
        return fitting == null ? record : fitting;
    }

    private static @Nullable String columnOf(HeaderField field) {
        return field.column().isEmpty() ? null : field.column();
    }

    private static boolean contains(Collection<String> names, String name) {
        return names.stream().anyMatch(other -> ColumnPolicy.fold(other).equals(ColumnPolicy.fold(name)));
    }

    static boolean isWellFormed(CsvRecord record, int fields) {
        return record.problem().isEmpty() && record.size() == fields;
    }

    static boolean isNull(CsvRecord record, int field, CsvFormat format) {
        return record.isNull(field, format.nulls());
    }
}
