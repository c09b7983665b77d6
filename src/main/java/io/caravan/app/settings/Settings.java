package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.MaskedUri;
import io.caravan.app.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All settings of the application, valid each and together. */
public final class Settings {

    private final WarehouseSettings warehouse;
    private final @Nullable StagingSettings staging;
    private final Duration ledgerRefresh;
    private final @Nullable String deadLetterUri;
    private final @Nullable Path stateDirectory;
    private final RouteSettings routes;
    private final ServiceSettings service;
    private final boolean s3PathStyle;
    private final HttpSettings http;
    private final Map<String, String> camel;

    /** Holds settings of a process that leaves no state on its machine. */
    public Settings(
            WarehouseSettings warehouse,
            @Nullable StagingSettings staging,
            Duration ledgerRefresh,
            @Nullable String deadLetterUri,
            RouteSettings routes,
            ServiceSettings service,
            boolean s3PathStyle,
            HttpSettings http,
            Map<String, String> camel) {
        this(warehouse, staging, ledgerRefresh, deadLetterUri, null, routes, service, s3PathStyle, http, camel);
    }

    /**
     * Holds settings.
     *
     * @param staging null to stage rows with INSERT
     * @param ledgerRefresh how long at most nobody looks what the ledger says, if objects give no reason to
     * @param deadLetterUri Camel endpoint that also gets the dead letters; null if none does
     * @param stateDirectory where each process notes what it loads; null if none does
     * @param routes where the route files are, and what is taken from them
     * @param service what only the long-running service needs
     * @param s3PathStyle whether the bucket is part of the path and not of the host name
     * @param http where the service answers health and metrics
     * @param camel Camel's own properties
     */
    public Settings(
            WarehouseSettings warehouse,
            @Nullable StagingSettings staging,
            Duration ledgerRefresh,
            @Nullable String deadLetterUri,
            @Nullable Path stateDirectory,
            RouteSettings routes,
            ServiceSettings service,
            boolean s3PathStyle,
            HttpSettings http,
            Map<String, String> camel) {
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.staging = staging;
        this.ledgerRefresh = requireNonNull(ledgerRefresh, "ledgerRefresh");
        this.deadLetterUri = deadLetterUri;
        this.stateDirectory = stateDirectory;
        this.routes = requireNonNull(routes, "routes");
        this.service = requireNonNull(service, "service");
        this.s3PathStyle = s3PathStyle;
        this.http = requireNonNull(http, "http");
        this.camel = Map.copyOf(camel);
    }

    public WarehouseSettings warehouse() {
        return warehouse;
    }

    /** Returns where data files wait for COPY, or empty if rows are staged with INSERT. */
    public Optional<StagingSettings> staging() {
        return Optional.ofNullable(staging);
    }

    /** Returns how long at most nobody looks what the ledger says, if objects give no reason to. */
    public Duration ledgerRefresh() {
        return ledgerRefresh;
    }

    /** Returns the Camel endpoint that also gets the dead letters, or empty if none does. */
    public Optional<String> deadLetterUri() {
        return Optional.ofNullable(deadLetterUri);
    }

    /** Returns the directory in which each process notes what it loads; empty if none does. */
    public Optional<Path> stateDirectory() {
        return Optional.ofNullable(stateDirectory);
    }

    /** Returns the directory of the route files; it existed when the settings were read. */
    public Path routesDirectory() {
        return routes.directory();
    }

    /** Returns where the route files are, and what is taken from them. */
    public RouteSettings routes() {
        return routes;
    }

    /** Returns what only the long-running service needs to know. */
    public ServiceSettings service() {
        return service;
    }

    /** Returns whether the bucket is part of the path and not of the host name. */
    public boolean s3PathStyle() {
        return s3PathStyle;
    }

    /** Returns where the service answers health and metrics. */
    public HttpSettings http() {
        return http;
    }

    /** Returns the properties that are Camel's own. */
    public Map<String, String> camel() {
        return camel;
    }

    /** Returns every setting that holds, by its name, for people: what is secret is masked. Camel's are left out. */
    public Map<String, String> effective() {
        Map<Setting, @Nullable String> values = new LinkedHashMap<>();
        values.put(Setting.WAREHOUSE_URL, warehouse.maskedUrl());
        values.put(Setting.WAREHOUSE_USER, warehouse.user());
        values.put(Setting.WAREHOUSE_PASSWORD, warehouse.password() == null ? null : Secret.MASK);
        values.put(
                Setting.WAREHOUSE_PASSWORD_FILE,
                warehouse.passwordFile() == null
                        ? null
                        : warehouse.passwordFile().path().toString());
        values.put(Setting.WAREHOUSE_PASSWORD_SECRET, warehouse.passwordSecret());
        values.put(Setting.WAREHOUSE_POOL_SIZE, text(warehouse.poolSize()));
        values.put(Setting.STAGING_BUCKET, staging == null ? null : staging.bucket());
        values.put(Setting.STAGING_PREFIX, staging == null ? null : staging.prefix());
        values.put(Setting.STAGING_IAM_ROLE, staging == null ? null : staging.iamRole());
        values.put(Setting.REMEMBERED_ROWS_MEMORY, staging == null ? null : Long.toString(staging.rememberedBytes()));
        values.put(Setting.STAGING_KEEP, staging == null ? null : text(staging.keep()));
        values.put(Setting.LEDGER_REFRESH, text(ledgerRefresh));
        values.put(Setting.DEAD_LETTER_URI, deadLetterUri == null ? null : MaskedUri.of(deadLetterUri));
        values.put(Setting.STATE_DIRECTORY, stateDirectory == null ? null : stateDirectory.toString());
        values.put(Setting.ROUTES_DIRECTORY, routes.directory().toString());
        values.put(Setting.ROUTES_RELOAD_INTERVAL, text(service.reloadInterval()));
        values.put(Setting.ROUTES_ONLY_FEEDS, Boolean.toString(routes.onlyFeeds()));
        values.put(Setting.ELECTION, service.election().name().toLowerCase(Locale.ROOT));
        values.put(Setting.REPLICA, service.election() == ElectionBy.NONE ? null : service.replica());
        values.put(Setting.S3_PATH_STYLE, Boolean.toString(s3PathStyle));
        values.put(Setting.HTTP_PORT, Integer.toString(http.port()));
        values.put(Setting.HTTP_ADDRESS, http.address());
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((setting, value) -> {
            if (value != null) {
                shown.put(setting.key(), value);
            }
        });
        return shown;
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }

    /** As it is written in a setting. */
    private static String text(Duration span) {
        return span.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Settings" + effective();
    }
}
