package io.caravan.app.draft;

import java.text.Normalizer;
import java.util.Locale;

/** The name of a feed and its table by where its objects are. */
final class FeedNames {

    private static final int MOST_CHARS = 60;

    private FeedNames() {}

    /**
     * Returns a name.
     *
     * @param bucket used if the prefix says nothing
     * @param prefix of the keys, a key, or the name of a file
     */
    static String of(String bucket, String prefix) {
        String[] parts = prefix.split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            // What holds a partition's value, or a date, is not what the rows are.
            String name = name(parts[i].replaceAll("(?i)\\.(csv|tsv|txt|dat|psv)?(\\.?(gz|gzip|bz2|zst|zstd))?$", "")
                    .replaceAll("(?i)\\.(csv|tsv|txt|dat|psv)$", ""));
            if (!parts[i].contains("=") && parts[i].matches(".*\\p{L}.*") && !name.isEmpty()) {
                return name;
            }
        }
        String name = name(bucket);
        return name.isEmpty() ? "feed" : name;
    }

    static String name(String text) {
        String plain = Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        String cut =
                plain.length() > MOST_CHARS ? plain.substring(0, MOST_CHARS).replaceAll("_+$", "") : plain;
        return cut.matches("\\d.*") ? "t_" + cut : cut;
    }
}
