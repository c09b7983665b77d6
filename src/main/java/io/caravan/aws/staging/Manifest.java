package io.caravan.aws.staging;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What tells COPY its files, <a href="https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html">in
 * JSON</a>. Every file is mandatory: COPY would otherwise skip one that it does not find, and say nothing.
 *
 * @param uris addresses of the data files, {@code s3://bucket/key}
 */
record Manifest(List<String> uris) {

    Manifest {
        uris = List.copyOf(uris);
    }

    String json() {
        return uris.stream()
                .map(uri -> "  {\"url\": " + quoted(uri) + ", \"mandatory\": true}")
                .collect(Collectors.joining(",\n", "{\"entries\": [\n", "\n]}\n"));
    }

    /** Control characters need no escape here: {@link DataFileNames} has none. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
