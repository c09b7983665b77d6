package io.caravan.app.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every setting: its name, its default and what it means. The documents are checked against this table. */
public enum Setting {
    WAREHOUSE_URL(
            "caravan.warehouse.url", null, "JDBC URL of the warehouse; any form the Redshift driver takes, IAM too"),
    WAREHOUSE_USER("caravan.warehouse.user", null, "who connects; not needed where the URL says it"),
    WAREHOUSE_PASSWORD("caravan.warehouse.password", null, "the user's password; not needed with an IAM URL"),
    WAREHOUSE_PASSWORD_FILE(
            "caravan.warehouse.password-file",
            null,
            "file with the password, in its place; read for each new connection, so that the password may be rotated"),
    WAREHOUSE_PASSWORD_SECRET(
            "caravan.warehouse.password-secret",
            null,
            "secret of AWS Secrets Manager with the password, in its place, as NAME or NAME#FIELD; an ARN is a name too"),
    WAREHOUSE_GLUE_CONNECTION(
            "caravan.warehouse.glue-connection",
            null,
            "name of a connection of AWS Glue that says URL, user and password where the settings above do not"),
    WAREHOUSE_POOL_SIZE(
            "caravan.warehouse.pool-size",
            null,
            "most connections to the warehouse at a time, at least 1; if not set, one more than feeds, from 4 to 16"),
    STAGING_BUCKET("caravan.staging.bucket", null, "bucket for data files; set all three for COPY, none for INSERT"),
    STAGING_PREFIX("caravan.staging.prefix", null, "what the data files' keys start with"),
    STAGING_IAM_ROLE(
            "caravan.staging.iam-role", null, "ARN of the role with which COPY reads the data files, or \"default\""),
    STAGING_REGION("caravan.staging.region", null, "region of the staging bucket, if it is not Caravan's own"),
    STAGING_ENDPOINT(
            "caravan.staging.endpoint",
            null,
            "where the S3 of the staging bucket is, if not where that of the feeds is"),
    STAGING_ROLE(
            "caravan.staging.role", null, "ARN of the role as which Caravan itself writes to it, if not as its own"),
    STAGING_EXTERNAL_ID(
            "caravan.staging.external-id", null, "what that role's trust policy asks for as external id, if it does"),
    STAGING_KEEP(
            "caravan.staging.keep",
            "24h",
            "how long the data files of a load that vanished are kept, as 24h or 90m; longer than any COPY takes"),
    REMEMBERED_ROWS_MEMORY(
            "caravan.remembered-rows.memory",
            Long.toString(StagingSettings.STANDARD_REMEMBERED_BYTES),
            "most bytes of memory that a load of a feed with rememberRows takes for it; about 60 a row"),
    LEDGER_REFRESH(
            "caravan.ledger.refresh",
            "5m",
            "how long a rearmed object may wait until the service looks, as 5m or 30s; 0s looks at each poll"),
    MASK_KEY(
            "caravan.mask.key",
            null,
            "key of the hashes that stand for values that feeds mask by hmac; at least 16 characters, never changed"),
    MASK_KEY_FILE("caravan.mask.key-file", null, "file with the key, in its place"),
    MASK_KEY_SECRET(
            "caravan.mask.key-secret",
            null,
            "secret of AWS Secrets Manager with the key, in its place, as NAME or NAME#FIELD; an ARN is a name too"),
    DEAD_LETTER_URI("caravan.dead-letter.uri", null, "Camel endpoint that also gets the dead letters"),
    EVENTS_URI("caravan.events.uri", null, "Camel endpoint that is told what happens, as CloudEvents in JSON"),
    OPENLINEAGE_URL("caravan.openlineage.url", null, "service of OpenLineage that is told of each load as a run"),
    OPENLINEAGE_API_KEY_FILE(
            "caravan.openlineage.api-key-file", null, "file with the key that it wants, sent as a bearer token"),
    OPENLINEAGE_NAMESPACE(
            "caravan.openlineage.namespace", "caravan", "namespace of the jobs, of which each feed is one"),
    STATE_DIRECTORY(
            "caravan.state.directory",
            null,
            "directory in which each process notes what it loads; caravan-USER in the one for temporary files if not set"),
    ROUTES_DIRECTORY(
            "caravan.routes.directory",
            "routes",
            "directory of the route files, one feed each, or several directories with commas between"),
    ROUTES_RELOAD_INTERVAL(
            "caravan.routes.reload-interval",
            "2s",
            "how often run looks whether the route files have changed; 0s for never"),
    ROUTES_ONLY_FEEDS(
            "caravan.routes.only-feeds",
            "false",
            "true: nothing but feeds of the shipped template is taken from route files, no code and no SQL"),
    CATALOG_REFRESH(
            "caravan.catalog.refresh",
            "5m",
            "how often run asks whether tables that feeds name as catalogTable have changed, as 5m or 30s"),
    ELECTION(
            "caravan.election",
            "none",
            "how replicas of run share the feeds: kubernetes (by Leases), warehouse (by a table), or none: each runs all"),
    REPLICA("caravan.replica", null, "name of this replica, unlike every other's; the host's name if not set"),
    S3_PATH_STYLE("caravan.s3.path-style", "false", "true for S3 emulators that do not take the bucket as a host name"),
    S3_ENDPOINTS(
            "caravan.s3.endpoints",
            null,
            "endpoints that feeds may name besides those of Amazon S3, with commas between"),
    HTTP_PORT(
            "caravan.http.port",
            "8080",
            "port on which run answers /health and /metrics; 0 for any that is free, which is logged"),
    HTTP_ADDRESS("caravan.http.address", null, "address on which it does; all of the machine's if it is not set"),
    UI_PORT(
            "caravan.ui.port",
            null,
            "port on which run serves the page for people; 0 for any that is free, which is logged; no page if not set"),
    UI_ADDRESS("caravan.ui.address", "127.0.0.1", "address on which it does; 0.0.0.0 for all of the machine's"),
    UI_AUTH(
            "caravan.ui.auth",
            "none",
            "how it knows who looks: none (on loopback only), password-file:PATH, token-file:PATH, header:NAME; with commas"),
    UI_PROXY_SECRET_FILE(
            "caravan.ui.proxy-secret-file",
            null,
            "file with the secret by which the proxy that sends header:NAME proves itself"),
    UI_URL(
            "caravan.ui.url",
            null,
            "the page's address as browsers know it, if a proxy stands before it; forms are taken from there alone"),
    UI_OPERATORS("caravan.ui.operators", null, "who may replay, drop, rearm and skip, with commas; nobody if not set"),
    UI_SHOW_VALUES("caravan.ui.show-values", "nobody", "who sees what rows hold: nobody, or operators"),
    LOG_LEVEL(
            "caravan.log-level",
            "INFO",
            "ERROR, WARN, INFO, DEBUG or TRACE; logging starts before any file is read, so only in the environment"),
    LOG_FORMAT(
            "caravan.log-format",
            "text",
            "text for people, or json: a JSON object a line, with ECS's fields; likewise only in the environment");

    /** What logging needs before any file is read. */
    static final List<Setting> ONLY_IN_ENVIRONMENT = List.of(LOG_LEVEL, LOG_FORMAT);

    /** What all names start with; other names in {@code application.properties} are Camel's. */
    public static final String PREFIX = "caravan.";

    private final String key;
    private final @Nullable String defaultValue;
    private final String meaning;

    Setting(String key, @Nullable String defaultValue, String meaning) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** Returns the name in {@code application.properties}. */
    public String key() {
        return key;
    }

    /** Returns the name of the environment variable that overrides it. */
    public String variable() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Returns what holds if it is not set, or empty if nothing does. */
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** Returns what it means, in one line. */
    String meaning() {
        return meaning;
    }

    public static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    public static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }
}
