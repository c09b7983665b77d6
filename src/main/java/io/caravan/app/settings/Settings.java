package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All settings of the application, valid each and together: a record for each concern, which reads and shows its own. */
public final class Settings {

    private final WarehouseSettings warehouse;
    private final @Nullable StagingSettings staging;
    private final LoadSettings loads;
    private final MaskSettings masks;
    private final RouteSettings routes;
    private final ServiceSettings service;
    private final StoreSettings store;
    private final HttpSettings http;
    private final @Nullable UiSettings ui;
    private final Map<String, String> camel;

    /** Holds settings without a key for hashes of values. */
    public Settings(
            WarehouseSettings warehouse,
            @Nullable StagingSettings staging,
            LoadSettings loads,
            RouteSettings routes,
            ServiceSettings service,
            StoreSettings store,
            HttpSettings http,
            @Nullable UiSettings ui,
            Map<String, String> camel) {
        this(warehouse, staging, loads, MaskSettings.NONE, routes, service, store, http, ui, camel);
    }

    /**
     * Holds settings.
     *
     * @param staging null to stage rows with INSERT
     * @param ui null for no page
     * @param camel Camel's own properties
     */
    public Settings(
            WarehouseSettings warehouse,
            @Nullable StagingSettings staging,
            LoadSettings loads,
            MaskSettings masks,
            RouteSettings routes,
            ServiceSettings service,
            StoreSettings store,
            HttpSettings http,
            @Nullable UiSettings ui,
            Map<String, String> camel) {
        this.masks = requireNonNull(masks, "masks");
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.staging = staging;
        this.loads = requireNonNull(loads, "loads");
        this.routes = requireNonNull(routes, "routes");
        this.service = requireNonNull(service, "service");
        this.store = requireNonNull(store, "store");
        this.http = requireNonNull(http, "http");
        this.ui = ui;
        this.camel = Map.copyOf(camel);
    }

    /**
     * Reads all of them. If there are problems, what is returned is of no use.
     *
     * @param routesDirectories wins over the setting, and is written like it; null if the user named none
     */
    static Settings read(SettingValues values, @Nullable String routesDirectories, Map<String, String> camel) {
        Settings settings = new Settings(
                WarehouseSettings.read(values),
                StagingSettings.read(values),
                LoadSettings.read(values),
                MaskSettings.read(values),
                RouteSettings.read(values, routesDirectories),
                ServiceSettings.read(values),
                StoreSettings.read(values),
                HttpSettings.read(values),
                UiSettings.read(values),
                camel);
        LogSettings.check(values);
        return settings;
    }

    /**
     * Returns the settings with what a connection of AWS Glue says of the warehouse, if they name one.
     *
     * @throws io.caravan.base.CaravanException if there is no such connection, it is of no Redshift, or Glue cannot be asked
     */
    public Settings connected() {
        return new Settings(warehouse.connected(), staging, loads, masks, routes, service, store, http, ui, camel);
    }

    public WarehouseSettings warehouse() {
        return warehouse;
    }

    /** Returns where data files wait for COPY, or empty if rows are staged with INSERT. */
    public Optional<StagingSettings> staging() {
        return Optional.ofNullable(staging);
    }

    public LoadSettings loads() {
        return loads;
    }

    public MaskSettings masks() {
        return masks;
    }

    public RouteSettings routes() {
        return routes;
    }

    public ServiceSettings service() {
        return service;
    }

    public StoreSettings store() {
        return store;
    }

    public HttpSettings http() {
        return http;
    }

    /** Returns where the page for people is, or empty if there is none. */
    public Optional<UiSettings> ui() {
        return Optional.ofNullable(ui);
    }

    /** Returns the properties that are Camel's own. */
    public Map<String, String> camel() {
        return camel;
    }

    /** Returns every setting that holds, by its name, for people: what is secret is masked. Camel's are left out. */
    public Map<String, String> effective() {
        EffectiveSettings shown = new EffectiveSettings();
        warehouse.show(shown);
        staging().ifPresent(there -> there.show(shown));
        loads.show(shown);
        masks.show(shown);
        routes.show(shown);
        service.show(shown);
        store.show(shown);
        http.show(shown);
        ui().ifPresent(page -> page.show(shown));
        return shown.byName();
    }

    @Override
    public String toString() {
        return "Settings" + effective();
    }
}
