package io.caravan.redshift.sql;

/** The privileges that can be granted, by their names in GRANT. */
public enum Privilege {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    USAGE,
    CREATE,
    TEMP
}
