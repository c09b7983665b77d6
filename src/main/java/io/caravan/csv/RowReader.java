package io.caravan.csv;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.mask.RecordMask;
import io.caravan.csv.record.BlankRecord;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.CsvRecord.Problem;
import io.caravan.csv.record.RecordBuffer;
import io.caravan.csv.record.RecordText;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of one object into rows for a target table. A record that does not fit becomes a {@link RejectedRow} with
 * all its problems; its neighbours are not touched. A record that is the header again is no row, and is skipped: joining
 * objects leaves such. Rows stay valid after the next one is read. Not safe for use by several threads.
 *
 * <p>{@link #hasNext} and {@link #next} throw what the records' source throws.
 */
public final class RowReader implements Iterator<ParsedRow> {

    /**
     * How many bytes of UTF-8 the values of a row may take, with quotes and commas: what COPY takes as a row. By INSERT no row
     * may be longer either, so that the way of staging does not decide what loads, and memory stays bounded.
     */
    static final int MAX_ROW_BYTES = CsvRecord.MAX_VALUE_CHARS;

    private static final String ROW_TOO_LONG =
            "its values take more than " + MAX_ROW_BYTES + " bytes of UTF-8, all that Redshift takes as a row";
    private static final String VALUE_TOO_LONG =
            "more than " + CsvRecord.MAX_VALUE_CHARS + " characters, more than Redshift takes as a row";

    private final RecordFit fit;
    private final CsvFormat format;
    private final @Nullable String header;
    private final List<Column> columns;

    /** What has values that no field has, for people. */
    private final String given;

    private final @Nullable LoadedField[] fields;
    private final SortedMap<Integer, @Nullable String> constants;
    private final List<LoadedCheck> checks;
    private final int changeField;
    private final DeletedRecords deleted;
    private final Repairs repairs;
    private final Widening widening;
    private final RowProblems problems = new RowProblems();
    private final RejectedKeys rejectedKeys;
    private final ValuePacker packer;
    private final boolean keepsRaw;
    private final RepeatedHeader repeated;
    private final boolean hasEmptyNames;

    /** Null for a feed that masks nothing. */
    private final @Nullable RecordMask mask;

    private Iterator<? extends CsvRecord> records;
    private boolean isFitted;
    private @Nullable ParsedRow next;
    private long repeatedHeaders;
    private long blankRecords;

    /**
     * Reads the header, if the format has one, for a feed that says nothing about columns.
     *
     * @param records the records of one object, from its beginning
     * @param target the table that the rows are for
     * @param keys names of the matching keys' columns
     * @param format how the object is written
     * @throws RejectedObjectException if there is no header, or it does not fit the target
     * @throws io.caravan.base.InvalidConfigurationException if the target has no such matching keys
     */
    public RowReader(Iterator<? extends CsvRecord> records, TargetTable target, List<String> keys, CsvFormat format) {
        this(records, ColumnPlan.plain(target, keys), format);
    }

    /**
     * Reads the header, if the format has one.
     *
     * @param records the records of one object, from its beginning
     * @param plan the table that the rows are for, and what the feed says about its columns
     * @param format how the object is written
     * @throws RejectedObjectException if there is no header, or it does not fit the target
     */
    public RowReader(Iterator<? extends CsvRecord> records, ColumnPlan plan, CsvFormat format) {
        this(records, plan, format, false);
    }

    /**
     * Reads the header, if the format has one.
     *
     * @param records the records of one object, from its beginning
     * @param plan the table that the rows are for, and what the feed says about its columns
     * @param format how the object is written
     * @param keepsRaw whether rows keep the record that they were made of
     * @throws RejectedObjectException if there is no header, or it does not fit the target
     */
    public RowReader(Iterator<? extends CsvRecord> records, ColumnPlan plan, CsvFormat format, boolean keepsRaw) {
        this.keepsRaw = keepsRaw;
        this.format = requireNonNull(format, "format");
        LoadedColumns loaded;
        @Nullable String written;
        Iterator<? extends CsvRecord> all = records;
        int inHeader = 0;
        if (format.hasNames()) {
            ObjectHeader found = ObjectHeader.read(records, format);
            CsvRecord named = found.names();
            all = found.records();
            blankRecords = found.blank();
            String text = format.header() ? named.raw() : "";
            written = RecordText.isWhole(text) ? text : null;
            loaded = columns(named, plan, format);
            this.repeated = RepeatedHeader.of(named);
            inHeader = named.size();
        } else {
            written = "";
            this.repeated = RepeatedHeader.NONE;
            if (plan.changeColumn().isPresent()) {
                FirstRecord first = new FirstRecord(records, format);
                all = first;
                blankRecords = first.blank();
                loaded = LoadedColumns.all(plan, first.fields());
            } else {
                loaded = LoadedColumns.all(plan, FirstRecord.UNKNOWN);
            }
        }
        this.columns = loaded.columns();
        this.given = plan.keyColumns().isEmpty() ? "constants" : "constants and keyColumns";
        this.fields = loaded.fields();
        this.mask = plan.policy().masks().areNone() ? null : mask(plan, fields, format);
        // What is no column of the table may be no name either.
        this.header = mask != null && written != null && plan.ignoresUnknownColumns() && format.header()
                ? mask.names(repeated.texts())
                : written;
        this.fit = new RecordFit(
                all, format, repeated, fields.length, Math.max(fields.length, inHeader), plan.ignoresUnknownColumns());
        this.hasEmptyNames = inHeader > fields.length;
        this.records = fit;
        this.constants = loaded.constants();
        this.checks = loaded.checks();
        this.changeField = loaded.changeField();
        this.deleted = new DeletedRecords(changeField, plan.changeWords());
        this.repairs = new Repairs(fields);
        this.widening = plan.widening();
        this.rejectedKeys = new RejectedKeys(plan.rejectedKeys(), loaded, format);
        this.packer = new ValuePacker(columns.size());
    }

    private static RecordMask mask(ColumnPlan plan, @Nullable LoadedField[] fields, CsvFormat format) {
        List<@Nullable String> columns = new ArrayList<>(fields.length);
        for (LoadedField field : fields) {
            columns.add(field == null ? null : ColumnPolicy.fold(field.column().name()));
        }
        return new RecordMask(plan.policy().masks(), columns, format);
    }

    private static LoadedColumns columns(CsvRecord header, ColumnPlan plan, CsvFormat format) {
        try {
            return LoadedColumns.named(header, plan);
        } catch (RejectedObjectException e) {
            throw HeaderDoubts.explain(e, header, format);
        }
    }

    /**
     * Returns the loaded columns, in the order in which the target declares them, whatever order the object has. A row's
     * values are in this order.
     */
    public List<Column> columns() {
        return columns;
    }

    /** Returns where each field of a record goes, in the order of the fields; empty for one that is not loaded. */
    public List<Optional<Column>> fieldColumns() {
        return Arrays.stream(fields)
                .map(field -> Optional.ofNullable(field).map(LoadedField::column))
                .toList();
    }

    /** Returns the names of the fields, by the header or by the feed; none if there are none. */
    public List<String> fieldNames() {
        return repeated.texts();
    }

    /** Returns the header as it stands in the object, empty if the format has none; nothing if its text is not all of it. */
    public Optional<String> header() {
        return Optional.ofNullable(header);
    }

    /** Returns the text of the header's first field; nothing if the format has no header. */
    Optional<String> firstName() {
        return format.header() ? Optional.ofNullable(repeated.firstText()) : Optional.empty();
    }

    /** Returns whether the header, or all records, end in empty fields that are no columns. */
    public boolean endsInDelimiters() {
        return hasEmptyNames || fit.written() > fields.length;
    }

    /** Returns how many records have been skipped so far. */
    public SkippedRecords skipped() {
        return new SkippedRecords(repeatedHeaders, blankRecords, 0, 0);
    }

    /** Returns what was done to values of the rows read so far, by column; empty for a feed that wants none of that. */
    public List<Repair> repairs() {
        return repairs.done();
    }

    /** Returns what people could do about columns that have refused values so far; mostly nothing. */
    public List<String> remarks() {
        return widening.remarks();
    }

    @Override
    public boolean hasNext() {
        while (next == null && records.hasNext()) {
            CsvRecord record = records.next();
            if (!isFitted) {
                settle();
            }
            next = row(record);
        }
        return next != null;
    }

    @Override
    public ParsedRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        ParsedRow row = next;
        next = null;
        return row;
    }

    private void settle() {
        isFitted = fit.isSettled();
        if (isFitted) {
            records = fit.source();
        }
    }

    /** Returns what a record became; null if it is the header again, or blank. */
    private @Nullable ParsedRow row(CsvRecord record) {
        if (BlankRecord.is(record, format)) {
            blankRecords++;
            return null;
        }
        boolean isRepeated = record.problem().isEmpty() && repeated.is(record);
        if (isRepeated && !repeated.mayBeRow()) {
            repeatedHeaders++;
            return null;
        }
        ParsedRow row = checked(record);
        if (isRepeated && row instanceof RejectedRow) {
            repeatedHeaders++;
            return null;
        }
        return row;
    }

    private ParsedRow checked(CsvRecord read) {
        Optional<Problem> problem = read.problem();
        if (problem.isPresent()) {
            return rejected(
                    shown(read), null, problem.get().code(), problem.get().reason());
        }
        CsvRecord fitted = fit.fit(read);
        if (fitted == null) {
            return rejected(shown(read), null, ErrorCode.CSV_FIELD_COUNT, fieldCountReason(read.size()));
        }
        CsvRecord record = mask == null ? fitted : mask.mask(fitted);
        repairs.beginRecord();
        boolean deletes = deletes(record);
        packer.clear();
        problems.clear();
        for (int i = 0; i < fields.length; i++) {
            LoadedField field = fields[i];
            if (field == null || (deletes && !field.identifies())) {
                continue;
            }
            if (packer.bytes() > MAX_ROW_BYTES) {
                break;
            }
            if (record instanceof RecordBuffer own && own.pack(i, field.rule(), packer, field.position())) {
                continue;
            }
            if (record.isTooLong(i)) {
                problems.add(field.column(), ErrorCode.CSV_RECORD_TOO_LONG, VALUE_TOO_LONG);
                continue;
            }
            String text = record.field(i);
            if (field.isNull(text, record, i, format.nulls())) {
                if (field.key()) {
                    problems.add(field.column(), ErrorCode.VALUE_NULL_KEY, "NULL in a matching key");
                } else if (!field.column().nullable()) {
                    problems.add(field.column(), ErrorCode.VALUE_NULL, "NULL in a column that is NOT NULL");
                }
            } else {
                try {
                    packer.put(field.position(), canonical(i, field, text));
                } catch (RefusedValueException e) {
                    problems.add(field.column(), e.code(), e.reason() + widening.hint(field.column(), text, e.code()));
                }
            }
        }
        if (!problems.isEmpty()) {
            return rejected(record);
        }
        constants.forEach(packer::put);
        if (packer.bytes() > MAX_ROW_BYTES) {
            return rejected(record, null, ErrorCode.CSV_RECORD_TOO_LONG, ROW_TOO_LONG);
        }
        for (LoadedCheck check : checks) {
            if (deletes && !check.identifies()) {
                continue;
            }
            check.rule()
                    .broken(packer.get(check.position()))
                    .ifPresent(reason -> problems.add(check.rule().column(), ErrorCode.ROW_RULE, reason));
        }
        if (!problems.isEmpty()) {
            return rejected(record);
        }
        return new Row(
                record.lineNumber(),
                packer.pack(),
                keepsRaw ? record.raw() : null,
                repairs.endRecord(record.lineNumber()));
    }

    /** Returns what may be seen of a record of which nobody knows what its fields are. */
    private CsvRecord shown(CsvRecord read) {
        return mask == null ? read : mask.leaveOut(read);
    }

    /** A row that only deletes may lack everything but its key, as AWS DMS writes it. */
    private boolean deletes(CsvRecord record) {
        return changeField != LoadedColumns.NONE && deleted.are(record);
    }

    private @Nullable String canonical(int index, LoadedField field, String text) throws RefusedValueException {
        try {
            return field.rule().canonical(text);
        } catch (RefusedValueException e) {
            return repairs.replace(index, field, text, e);
        }
    }

    private String fieldCountReason(int found) {
        int expected = fields.length;
        if (hasEmptyNames && found == fit.written()) {
            return found + " fields where " + expected
                    + " have names, and those behind are not empty; name them by their"
                    + " numbers in the feed's 'columns', " + (expected + 1) + "=COLUMN, or set schema: ignore";
        }
        if (fit.written() > expected) {
            return found + (found == 1 ? " field" : " fields") + " where "
                    + (hasEmptyNames ? "the header has " : "the first records have ") + fit.written()
                    + ", of which only " + expected + " are columns";
        }
        return found + (found == 1 ? " field" : " fields") + " where " + expectation();
    }

    private String expectation() {
        int expected = fields.length;
        if (format.hasNames()) {
            return (format.header() ? "the header has " : "the feed's header has ") + expected;
        }
        if (changeField != LoadedColumns.NONE) {
            LoadedField change = requireNonNull(fields[changeField]);
            return "the object has " + expected + ": '" + change.column().name() + "', and then " + (expected - 1)
                    + " of the table";
        }
        return (columns.size() > expected ? "the table without the feed's " + given : "the table") + " has " + expected;
    }

    private RejectedRow rejected(CsvRecord record) {
        return rejected(record, problems.column(), problems.code(), problems.reason());
    }

    private RejectedRow rejected(CsvRecord record, @Nullable Column column, ErrorCode code, String reason) {
        String name = column == null ? null : column.name();
        return new RejectedRow(record.lineNumber(), name, code, reason, record.raw(), rejectedKeys.read(record));
    }
}
