package io.caravan.redshift.sql;

/** What may be granted, by the names that GRANT has for it. */
public enum Privilege {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    USAGE,
    CREATE,
    TEMP
}
