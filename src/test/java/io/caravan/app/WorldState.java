package io.caravan.app;

import static java.util.stream.Collectors.joining;

import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a load could change: every table with its columns and rows, and every object of a sandbox.
 *
 * @param columns of all tables and views
 * @param rows of each table, sorted
 * @param objects of all buckets: bucket, key, ETag
 */
record WorldState(List<String> columns, Map<String, List<String>> rows, List<String> objects) {

    static WorldState of(TestSandbox sandbox) throws SQLException {
        try (Connection connection = sandbox.connection()) {
            List<String> columns = lines(
                    connection,
                    "SELECT table_schema, table_name, column_name, data_type, character_maximum_length FROM svv_columns"
                            + " WHERE table_schema IN ('public', 'caravan') ORDER BY 1, 2, ordinal_position");
            Map<String, List<String>> rows = new TreeMap<>();
            for (String table : lines(
                    connection,
                    "SELECT table_schema || '.' || table_name FROM svv_tables WHERE table_schema IN ('public', 'caravan')"
                            + " ORDER BY 1")) {
                rows.put(
                        table,
                        lines(connection, "SELECT * FROM " + table).stream()
                                .sorted()
                                .toList());
            }
            List<String> objects = new ArrayList<>();
            for (String bucket : List.of(sandbox.bucket(), sandbox.sandbox().stagingBucket())) {
                sandbox.s3()
                        .listObjectsV2Paginator(list -> list.bucket(bucket))
                        .contents()
                        .forEach(object -> objects.add(bucket + " " + object.key() + " " + object.eTag()));
            }
            return new WorldState(columns, rows, objects);
        }
    }

    private static List<String> lines(Connection connection, String sql) throws SQLException {
        return TestSandbox.query(connection, sql).stream()
                .map(row -> row.stream().map(String::valueOf).collect(joining("|")))
                .toList();
    }
}
