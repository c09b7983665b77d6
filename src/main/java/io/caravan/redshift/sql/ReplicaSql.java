package io.caravan.redshift.sql;

import io.caravan.spi.Membership;

/** The SQL statements about the replicas of the service, as text. */
public final class ReplicaSql {

    public static final String REPLICAS = "caravan.replicas";

    private ReplicaSql() {}

    public static String create() {
        return "CREATE TABLE IF NOT EXISTS " + REPLICAS
                + " (replica VARCHAR(255) NOT NULL, feeds VARCHAR(65535) NOT NULL,"
                + " running VARCHAR(65535) NOT NULL, seen_at TIMESTAMP NOT NULL)";
    }

    public static String lock() {
        return "LOCK " + REPLICAS;
    }

    /** By the warehouse's clock: those of the replicas differ. */
    public static String deleteDead() {
        return "DELETE FROM " + REPLICAS + " WHERE seen_at < DATEADD(second, -" + Membership.LIFETIME.toSeconds()
                + ", GETDATE())";
    }

    public static String delete() {
        return "DELETE FROM " + REPLICAS + " WHERE replica = ?";
    }

    public static String insert() {
        return "INSERT INTO " + REPLICAS + " (replica, feeds, running, seen_at) VALUES (?, ?, ?, GETDATE())";
    }

    public static String read() {
        return "SELECT replica, feeds, running FROM " + REPLICAS + " ORDER BY replica";
    }
}
