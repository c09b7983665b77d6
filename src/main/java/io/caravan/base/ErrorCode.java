package io.caravan.base;

/** Names of everything that can go wrong, shared by the log, the ledger, the dead letters and the metrics. */
public enum ErrorCode {
    // A record that the CSV rules refuse.
    CSV_FIELD_COUNT(Reaction.REJECTED_ROW),
    CSV_QUOTE(Reaction.REJECTED_ROW),
    CSV_ESCAPE(Reaction.REJECTED_ROW),
    CSV_CHARSET(Reaction.REJECTED_ROW),
    CSV_RECORD_TOO_LONG(Reaction.REJECTED_ROW),

    // A value that its column refuses.
    VALUE_NULL(Reaction.REJECTED_ROW),
    VALUE_NULL_KEY(Reaction.REJECTED_ROW),
    VALUE_FORMAT(Reaction.REJECTED_ROW),
    VALUE_OUT_OF_RANGE(Reaction.REJECTED_ROW),
    VALUE_TOO_LONG(Reaction.REJECTED_ROW),
    VALUE_TOO_PRECISE(Reaction.REJECTED_ROW),
    VALUE_CHARACTER(Reaction.REJECTED_ROW),
    VALUE_REFUSED_BY_COPY(Reaction.REJECTED_ROW),

    // A row that breaks a rule of its feed.
    ROW_RULE(Reaction.REJECTED_ROW),

    // A row that comes after newer ones.
    ROW_OVERTAKEN(Reaction.REJECTED_ROW),

    // An object that can never load as it is.
    OBJECT_UNCLOSED_QUOTE(Reaction.REJECTED_OBJECT),
    OBJECT_CHARSET(Reaction.REJECTED_OBJECT),
    OBJECT_NOT_CSV(Reaction.REJECTED_OBJECT),
    OBJECT_COMPRESSION(Reaction.REJECTED_OBJECT),
    OBJECT_TOO_LARGE(Reaction.REJECTED_OBJECT),
    OBJECT_NO_HEADER(Reaction.REJECTED_OBJECT),
    OBJECT_HEADER(Reaction.REJECTED_OBJECT),
    OBJECT_UNKNOWN_COLUMN(Reaction.REJECTED_OBJECT),
    OBJECT_MISSING_COLUMN(Reaction.REJECTED_OBJECT),
    OBJECT_MISSING_KEY(Reaction.REJECTED_OBJECT),
    OBJECT_KEY(Reaction.REJECTED_OBJECT),
    OBJECT_TOO_MANY_REJECTED_ROWS(Reaction.REJECTED_OBJECT),
    OBJECT_NO_GOOD_ROW(Reaction.REJECTED_OBJECT),
    OBJECT_UNREADABLE_CSV(Reaction.REJECTED_OBJECT),
    OBJECT_REPEATED_KEYS(Reaction.REJECTED_OBJECT),
    OBJECT_DELETES_TOO_MUCH(Reaction.REJECTED_OBJECT),
    OBJECT_ENDED_THE_PROCESS(Reaction.REJECTED_OBJECT),

    // One object cannot be read as it is now; that may change.
    OBJECT_DENIED(Reaction.SET_ASIDE),
    OBJECT_ARCHIVED(Reaction.SET_ASIDE),
    OBJECT_GONE(Reaction.SET_ASIDE),

    // Something failed that may lie in one object, and may not.
    OBJECT_READ_FAILED(Reaction.RETRYABLE_APART),
    OBJECT_TRUNCATED(Reaction.RETRYABLE_APART),
    WAREHOUSE_DATA(Reaction.RETRYABLE_APART),
    WAREHOUSE_REFUSED_ROWS(Reaction.RETRYABLE_APART),
    WAREHOUSE_CANCELLED(Reaction.RETRYABLE_APART),
    WAREHOUSE_FAILED(Reaction.RETRYABLE_APART),
    COUNTS_DO_NOT_ADD_UP(Reaction.RETRYABLE_APART),
    UNEXPECTED(Reaction.RETRYABLE_APART),

    // The world is not as it should be; it may be later.
    OBJECT_STORE_UNREACHABLE(Reaction.RETRYABLE),
    OBJECT_STORE_BUSY(Reaction.RETRYABLE),
    OBJECT_STORE_FAILED(Reaction.RETRYABLE),
    QUEUE_FAILED(Reaction.RETRYABLE),
    SECRET_FAILED(Reaction.RETRYABLE),
    CATALOG_UNREACHABLE(Reaction.RETRYABLE),
    CATALOG_CONFLICT(Reaction.RETRYABLE),
    WAREHOUSE_UNREACHABLE(Reaction.RETRYABLE),
    WAREHOUSE_POOL_EXHAUSTED(Reaction.RETRYABLE),
    WAREHOUSE_BUSY(Reaction.RETRYABLE),
    WAREHOUSE_DISK_FULL(Reaction.RETRYABLE),
    WAREHOUSE_CONFLICT(Reaction.RETRYABLE),
    COMMIT_LOST(Reaction.RETRYABLE),
    LEDGER_MOVED(Reaction.RETRYABLE),
    TARGET_AWAITS_ROWS(Reaction.RETRYABLE),
    REMEMBERED_ROWS_OUTDATED(Reaction.RETRYABLE),
    ELECTION_UNREACHABLE(Reaction.RETRYABLE),
    SERVICE_SILENT(Reaction.RETRYABLE),
    ENVIRONMENT_FAILED(Reaction.RETRYABLE),

    // Nothing will help but another setting, another grant or another table.
    SETTING_MISSING(Reaction.FATAL),
    SETTING_UNKNOWN(Reaction.FATAL),
    SETTING_INVALID(Reaction.FATAL),
    ENVIRONMENT_UNFIT(Reaction.FATAL),
    ROUTE_FILE(Reaction.FATAL),
    FEED_INVALID(Reaction.FATAL),
    FEED_NAME_REPEATED(Reaction.FATAL),
    CORRECTION_INVALID(Reaction.FATAL),
    BUCKET_NOT_FOUND(Reaction.FATAL),
    OBJECT_STORE_DENIED(Reaction.FATAL),
    QUEUE_NOT_FOUND(Reaction.FATAL),
    QUEUE_DENIED(Reaction.FATAL),
    SECRET_INVALID(Reaction.FATAL),
    CATALOG_TABLE_NOT_FOUND(Reaction.FATAL),
    CATALOG_TABLE_UNSUITABLE(Reaction.FATAL),
    CATALOG_DENIED(Reaction.FATAL),
    STAGING_UNREADABLE(Reaction.FATAL),
    WAREHOUSE_LOGIN(Reaction.FATAL),
    WAREHOUSE_DENIED(Reaction.FATAL),
    WAREHOUSE_STATEMENT(Reaction.FATAL),
    LEDGER_TOO_NEW(Reaction.FATAL),
    TARGET_NOT_FOUND(Reaction.FATAL),
    TARGET_NOT_A_TABLE(Reaction.FATAL),
    TARGET_KEY_NOT_FOUND(Reaction.FATAL),
    TARGET_TYPE_NOT_SUPPORTED(Reaction.FATAL),
    TARGET_KEYS_REPEAT(Reaction.FATAL);

    private final Reaction reaction;

    ErrorCode(Reaction reaction) {
        this.reaction = reaction;
    }

    /** Returns what Caravan does about a failure of this kind. */
    public Reaction reaction() {
        return reaction;
    }
}
