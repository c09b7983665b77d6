package io.caravan.redshift.sql;

/** The SQL statements that a connection begins with, as text. */
public final class SessionSql {

    private SessionSql() {}

    /** Asks nothing but whether anybody answers. */
    public static String probe() {
        return "SELECT 1";
    }

    public static String setTimeZone() {
        return "SET TIMEZONE TO 'UTC'";
    }
}
