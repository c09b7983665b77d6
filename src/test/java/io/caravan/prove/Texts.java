package io.caravan.prove;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The lists of statements that the tests hold. */
final class Texts {

    /**
     * A statement of Caravan's own.
     *
     * @param title what makes it
     */
    record Own(String title, String sql) {}

    private Texts() {}

    /** Returns every statement that Caravan says to Redshift. */
    static List<Own> own() {
        List<Own> all = new ArrayList<>();
        String title = "";
        List<String> lines = new ArrayList<>();
        for (String line : read("/io/caravan/redshift/sql/statements.txt")) {
            if (line.startsWith("-- ")) {
                title = line.substring(3);
            } else if (!line.isBlank() && !line.startsWith("https://")) {
                lines.add(line);
            } else if (!lines.isEmpty()) {
                all.add(new Own(title, String.join("\n", lines)));
                lines.clear();
            }
        }
        if (!lines.isEmpty()) {
            all.add(new Own(title, String.join("\n", lines)));
        }
        return all;
    }

    /** Returns what the stand-in's grammar accepts. */
    static List<String> accepted() {
        return read("/io/caravan/sandbox/verdicts.txt").stream()
                .filter(line -> line.startsWith("+ "))
                .map(line -> line.substring(2).strip())
                .toList();
    }

    private static List<String> read(String resource) {
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
