package io.caravan.app.camel;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The route template of this version, which is part of the program. */
final class ShippedTemplate {

    /** The name by which feeds call it. */
    static final String ID = "s3-csv-to-redshift";

    /** The file that it is in. */
    static final String FILE = ID + ".camel.yaml";

    private ShippedTemplate() {}

    /** Returns the file, to the byte. */
    static String text() {
        try (InputStream in = requireNonNull(ShippedTemplate.class.getResourceAsStream("/demo/routes/" + FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
