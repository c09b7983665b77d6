package io.caravan.sandbox.copy;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The list of objects that a COPY reads.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html">the format</a>
 */
record Manifest(List<Entry> entries) {

    /** One object; if it is not mandatory and not there, it is left out. */
    record Entry(String bucket, String key, boolean mandatory) {

        String url() {
            return "s3://" + bucket + "/" + key;
        }
    }

    static Manifest read(InputStream in) throws CopyFailure {
        try {
            List<Entry> entries = new ArrayList<>();
            JsonNode root = new ObjectMapper().readTree(in);
            if (!root.path("entries").isArray()) {
                throw new CopyFailure("Manifest file is not in correct json format");
            }
            for (JsonNode entry : root.path("entries")) {
                entries.add(entry(
                        entry.path("url").asString(""), entry.path("mandatory").asBoolean(false)));
            }
            return new Manifest(entries);
        } catch (JacksonException e) {
            throw new CopyFailure("Manifest file is not in correct json format");
        }
    }

    private static Entry entry(String url, boolean mandatory) throws CopyFailure {
        int slash = url.indexOf('/', 5);
        if (!url.startsWith("s3://") || slash < 6 || slash == url.length() - 1) {
            throw new CopyFailure("Manifest file entry is not a full S3 path: " + url);
        }
        return new Entry(url.substring(5, slash), url.substring(slash + 1), mandatory);
    }
}
