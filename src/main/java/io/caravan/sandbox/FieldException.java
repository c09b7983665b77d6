package io.caravan.sandbox;

/** A field does not fit its column. Made often under MAXERROR, so without a stack. */
final class FieldException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LAST = -1;
    /** The code of what PostgreSQL refuses; see {@link CopyResult#because}. */
    static final int NOT_LOADED = 1216;

    private final int code;
    private final String reason;
    private final int field;

    /** It is the field that was converted last. */
    FieldException(int code, String reason) {
        this(code, reason, LAST);
    }

    /** It is this field of the record, counted from 0. */
    FieldException(int code, String reason, int field) {
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
    int field(int last) {
        return field == LAST ? last : field;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
