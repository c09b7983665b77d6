package io.caravan.sandbox.value;

import io.caravan.sandbox.command.CopyOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Converts the fields of a record: what is null first, then each by its column's type. Not thread-safe. */
public final class RowConverter {

    private static final byte[] NOTHING = {};

    private final CopyOptions options;
    private final List<CopyColumn> columns;
    private final FieldConverter[] converters;
    private final boolean[] text;
    private final byte[] nullAs;
    private final boolean cutsAtNul;
    private byte[] scratch = new byte[1024];
    private int field;

    /** Takes the columns that the fields of a record go to, in the order of the fields. */
    public RowConverter(List<CopyColumn> columns, CopyOptions options) {
        this(columns, options, false);
    }

    /** Takes whether a field ends at its first NUL byte. */
    public RowConverter(List<CopyColumn> columns, CopyOptions options, boolean cutsAtNul) {
        this.options = options;
        this.cutsAtNul = cutsAtNul;
        this.columns = columns;
        this.nullAs = options.nullAs.getBytes(StandardCharsets.UTF_8);
        this.converters =
                columns.stream().map(c -> FieldConverter.of(c, options)).toArray(FieldConverter[]::new);
        this.text = new boolean[columns.size()];
        for (int i = 0; i < text.length; i++) {
            String type = columns.get(i).typeName();
            text[i] = type.equals("varchar") || type.equals("bpchar") || type.equals("text");
        }
    }

    /** Returns the field that was converted last; after a failure, the one that failed. */
    public int field() {
        return field;
    }

    public void convert(RecordReader record, CopyRows out) throws FieldException {
        int count = record.fields();
        field = Math.min(count, converters.length) - 1;
        if (count > converters.length) {
            throw new FieldException(1202, "Extra column(s) found");
        }
        if (count < converters.length && !options.fillRecord) {
            throw new FieldException(1203, "Delimiter not found");
        }
        out.beginRow(converters.length);
        for (int i = 0; i < converters.length; i++) {
            field = i;
            convertField(record, out);
        }
    }

    private void convertField(RecordReader record, CopyRows out) throws FieldException {
        if (field >= record.fields()) {
            missing(out);
        } else if (record.escaped(field)) {
            int length = unescape(record);
            convert(scratch, 0, length, out);
        } else {
            convert(record.bytes(), record.start(field), record.end(field), out);
        }
    }

    private void missing(CopyRows out) throws FieldException {
        if (!text[field] || options.emptyAsNull) {
            nothing(out);
        } else {
            out.text(NOTHING, 0, 0);
        }
    }

    private void convert(byte[] bytes, int from, int to, CopyRows out) throws FieldException {
        if (isNull(bytes, from, to)) {
            nothing(out);
        } else if (from == to) {
            out.text(NOTHING, 0, 0);
        } else if (cutsAtNul && nul(bytes, from, to) < to) {
            convert(bytes, from, nul(bytes, from, to), out);
        } else {
            try {
                converters[field].convert(bytes, from, to, out);
            } catch (FieldException e) {
                if (!options.acceptAnyDate || (e.code() != 1205 && e.code() != 1206)) {
                    throw e;
                }
                nothing(out);
            }
        }
    }

    private static int nul(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != 0) {
            i++;
        }
        return i;
    }

    private boolean isNull(byte[] bytes, int from, int to) {
        if (to - from == nullAs.length && Arrays.equals(bytes, from, to, nullAs, 0, nullAs.length)) {
            return true;
        }
        if (from == to) {
            return !text[field] || options.emptyAsNull;
        }
        if (bytes[from] != ' ' || bytes[to - 1] != ' ') {
            return false;
        }
        return (!text[field] || options.blanksAsNull) && Blanks.start(bytes, from, to) == to;
    }

    /**
     * A column that is NOT NULL and has a default takes that.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html">DEFAULT default_expr</a>
     */
    private void nothing(CopyRows out) throws FieldException {
        CopyColumn column = columns.get(field);
        if (!column.notNull()) {
            out.nothing();
        } else if (column.hasDefault()) {
            out.byDefault();
        } else {
            throw new FieldException(1213, "Missing data for not-null field");
        }
    }

    /** Copies the field with single quotes in place of doubled ones. */
    private int unescape(RecordReader record) {
        byte[] bytes = record.bytes();
        int from = record.start(field);
        int to = record.end(field);
        if (scratch.length < to - from) {
            scratch = new byte[2 * (to - from)];
        }
        int n = 0;
        for (int i = from; i < to; i++) {
            scratch[n++] = bytes[i];
            if (bytes[i] == options.quote) {
                i++;
            }
        }
        return n;
    }
}
