package io.caravan.lineage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the warehouse's tables by <a href="https://openlineage.io/docs/spec/naming/">OpenLineage's rules</a>: a namespace
 * {@code redshift://CLUSTER.REGION:PORT}, and {@code database.schema.table}.
 *
 * @param namespace of all tables
 * @param database that they are in
 */
record WarehouseNames(String namespace, String database) {

    /** Of a cluster, a workgroup, or with IAM {@code CLUSTER:REGION}. */
    private static final Pattern URL =
            Pattern.compile("jdbc:redshift(?::iam)?://([^:/?;]+)(?::([^/?;]+))?(?:/([^?;]*))?.*");

    private static final Pattern AMAZON =
            Pattern.compile("([^.]+)\\.[^.]+\\.([^.]+)\\.redshift(?:-serverless)?\\.amazonaws\\.com(?:\\.cn)?");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final String STANDARD_PORT = "5439";

    /** Reads a URL of the driver's; one of another form stands for itself only as far as it can be told. */
    static WarehouseNames of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return new WarehouseNames("redshift://unknown:" + STANDARD_PORT, "unknown");
        }
        String host = parts.group(1);
        String port = parts.group(2) == null ? STANDARD_PORT : parts.group(2);
        String database = parts.group(3) == null || parts.group(3).isEmpty() ? "unknown" : parts.group(3);
        Matcher amazon = AMAZON.matcher(host);
        if (amazon.matches()) {
            return new WarehouseNames("redshift://" + amazon.group(1) + '.' + amazon.group(2) + ':' + port, database);
        }
        return NUMBER.matcher(port).matches()
                ? new WarehouseNames("redshift://" + host + ':' + port, database)
                : new WarehouseNames("redshift://" + host + '.' + port + ':' + STANDARD_PORT, database);
    }

    /**
     * Returns the name of a table.
     *
     * @param table as {@code schema.table}
     */
    String name(String table) {
        return database + '.' + table;
    }
}
