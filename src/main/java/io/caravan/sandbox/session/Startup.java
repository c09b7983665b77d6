package io.caravan.sandbox.session;

import io.caravan.sandbox.wire.WireBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The start-up parameters of a client, and those of them that PostgreSQL knows. */
record Startup(Map<String, String> parameters) {

    /** The driver sends more than PostgreSQL knows; what is not listed here stays in the sandbox. */
    private static final Set<String> PASSED =
            Set.of("user", "database", "client_encoding", "datestyle", "timezone", "application_name", "search_path");

    /** Redshift's default isolation is SNAPSHOT, and a backslash in a literal escapes as in PostgreSQL 8. */
    private static final String OPTIONS = "-c default_transaction_isolation=repeatable\\ read"
            + " -c standard_conforming_strings=off -c escape_string_warning=off";

    static Startup of(byte[] body) {
        WireBody in = new WireBody(body);
        Map<String, String> parameters = new LinkedHashMap<>();
        while (in.hasMore()) {
            String name = in.text();
            if (name.isEmpty()) {
                break;
            }
            parameters.put(name.toLowerCase(java.util.Locale.ROOT), in.text());
        }
        return new Startup(parameters);
    }

    String user() {
        return parameters.getOrDefault("user", "");
    }

    String database() {
        return parameters.getOrDefault("database", user());
    }

    /**
     * Makes the whole StartupMessage for PostgreSQL, its length included.
     *
     * @param sessionMillis after what time it ends the session if idle
     * @param transactionMillis after what time if that is so in a transaction
     */
    byte[] message(long sessionMillis, long transactionMillis) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (var entry : parameters.entrySet()) {
            if (PASSED.contains(entry.getKey())) {
                text.write(WireBody.text(entry.getKey()));
                text.write(WireBody.text(entry.getValue()));
            }
        }
        text.write(WireBody.text("options"));
        String timeouts = " -c idle_session_timeout=" + sessionMillis + " -c idle_in_transaction_session_timeout="
                + transactionMillis;
        text.write((OPTIONS + timeouts + "\0\0").getBytes(StandardCharsets.US_ASCII));
        byte[] body = text.toByteArray();
        return ByteBuffer.allocate(body.length + 8)
                .putInt(body.length + 8)
                .putInt(3 << 16)
                .put(body)
                .array();
    }
}
