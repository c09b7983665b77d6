package io.caravan.sandbox.value;

import io.caravan.sandbox.copy.CopyResult;

/** A field does not fit its column. Made often under MAXERROR, so without a stack. */
public final class FieldException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LAST = -1;
    /** The code of what PostgreSQL refuses; see {@link CopyResult#because}. */
    public static final int NOT_LOADED = 1216;

    private final int code;
    private final String reason;
    private final int field;

    /** It is the field that was converted last. */
    public FieldException(int code, String reason) {
        this(code, reason, LAST);
    }

    /** It is this field of the record, counted from 0. */
    public FieldException(int code, String reason, int field) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
        this.field = field;
    }

    /** It is the field that was converted last; COPY's own rules let it pass, but PostgreSQL cannot hold it. */
    static FieldException ofPostgres(String reason) {
        return new FieldException(NOT_LOADED, reason);
    }

    /**
     * Returns the field, counted from 0.
     *
     * @param last the field that was converted last
     */
    public int field(int last) {
        return field == LAST ? last : field;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
