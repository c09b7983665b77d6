package io.caravan.redshift;

import io.caravan.spi.Membership;

/** The SQL statements about the replicas of the service, as text. */
final class ReplicaSql {

    static final String REPLICAS = "caravan.replicas";

    private ReplicaSql() {}

    static String create() {
        return "CREATE TABLE IF NOT EXISTS " + REPLICAS
                + " (replica VARCHAR(255) NOT NULL, feeds VARCHAR(65535) NOT NULL,"
                + " running VARCHAR(65535) NOT NULL, seen_at TIMESTAMP NOT NULL)";
    }

    static String lock() {
        return "LOCK " + REPLICAS;
    }

    /** By the warehouse's clock: those of the replicas differ. */
    static String deleteDead() {
        return "DELETE FROM " + REPLICAS + " WHERE seen_at < DATEADD(second, -" + Membership.LIFETIME.toSeconds()
                + ", GETDATE())";
    }

    static String delete() {
        return "DELETE FROM " + REPLICAS + " WHERE replica = ?";
    }

    static String insert() {
        return "INSERT INTO " + REPLICAS + " (replica, feeds, running, seen_at) VALUES (?, ?, ?, GETDATE())";
    }

    static String read() {
        return "SELECT replica, feeds, running FROM " + REPLICAS + " ORDER BY replica";
    }
}
