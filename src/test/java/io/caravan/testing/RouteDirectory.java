package io.caravan.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A routes directory with the shipped route template and feeds of the test's own. */
public final class RouteDirectory {

    private static final Path TEMPLATE = Path.of("routes", "s3-csv-to-redshift.camel.yaml");

    private final Path path;

    /** Fills a directory, creating it if need be. */
    public RouteDirectory(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path);
            Files.copy(TEMPLATE, path.resolve(TEMPLATE.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Adds a feed.
     *
     * @param parameters names and values, one after the other
     */
    public void feed(String name, String... parameters) {
        StringBuilder yaml = new StringBuilder("- templatedRoute:\n    routeId: " + name
                + "\n    routeTemplateRef: s3-csv-to-redshift\n    parameters:\n");
        for (int i = 0; i < parameters.length; i += 2) {
            yaml.append("      - { name: ")
                    .append(parameters[i])
                    .append(", value: ")
                    .append(quote(parameters[i + 1]))
                    .append(" }\n");
        }
        file(name + ".camel.yaml", yaml.toString());
    }

    /**
     * Adds a feed whose prefix and table, in the schema {@code public}, have its own name.
     *
     * @param more names and values of other parameters, one after the other
     */
    public void ownFeed(String name, String bucket, String keys, String... more) {
        feed(
                name,
                Stream.concat(
                                Stream.of(
                                        "bucket",
                                        bucket,
                                        "prefix",
                                        name + "/",
                                        "table",
                                        "public." + name,
                                        "keys",
                                        keys),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    /** Writes a file as it is. */
    public void file(String name, String content) {
        try {
            Files.writeString(path.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a value as YAML has it: as it is, in single quotes, or, where these cannot, with escapes in double quotes. */
    public static String quote(String value) {
        return value.indexOf('\n') < 0 && value.indexOf('\t') < 0
                ? "'" + value.replace("'", "''") + "'"
                : '"'
                        + value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t")
                        + '"';
    }
}
