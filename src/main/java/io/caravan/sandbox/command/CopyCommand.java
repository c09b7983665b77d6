package io.caravan.sandbox.command;

import java.util.List;

/**
 * A COPY from S3, as written.
 *
 * @param table the name for PostgreSQL, quoted, with its schema if one was written
 * @param columns column names in lower case; empty for all of the table
 * @param bucket bucket of the manifest or of the prefix
 * @param key key of the manifest, or a prefix of keys
 */
public record CopyCommand(
        String table, String plainTable, List<String> columns, String bucket, String key, CopyOptions options) {

    public CopyCommand {
        columns = List.copyOf(columns);
    }
}
