package io.caravan.redshift;

/** What may be granted, by the names that GRANT has for it. */
enum Privilege {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    USAGE,
    CREATE,
    TEMP
}
