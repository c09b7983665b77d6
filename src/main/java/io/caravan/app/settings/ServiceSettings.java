package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What only the long-running service needs to know.
 *
 * @param reloadInterval from one look at the route files to the next; zero for no look after the start
 * @param catalogRefresh from one look at the tables of the Data Catalog that feeds take their shape from to the next
 * @param election where the replicas find out which of them runs which feed
 * @param replica this replica's name, which differs from every other's
 */
public record ServiceSettings(Duration reloadInterval, Duration catalogRefresh, ElectionBy election, String replica) {

    /** Never looks again, and knows of no other. */
    public static final ServiceSettings ALONE =
            new ServiceSettings(Duration.ZERO, Duration.ZERO, ElectionBy.NONE, "alone");

    /** Kubernetes takes these as the names of its objects. */
    private static final Pattern REPLICA_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    public ServiceSettings {
        requireNonNull(reloadInterval, "reloadInterval");
        requireNonNull(catalogRefresh, "catalogRefresh");
        requireNonNull(election, "election");
        requireNonNull(replica, "replica");
    }

    static ServiceSettings read(SettingValues values) {
        return new ServiceSettings(
                values.span(Setting.ROUTES_RELOAD_INTERVAL, "2s or 1m"),
                values.span(Setting.CATALOG_REFRESH, "5m or 30s"),
                election(values),
                replica(values));
    }

    private static ElectionBy election(SettingValues values) {
        String written = values.required(Setting.ELECTION);
        return Arrays.stream(ElectionBy.values())
                .filter(by -> by.name().equalsIgnoreCase(written))
                .findFirst()
                .orElseGet(() -> {
                    values.isWrong(Setting.ELECTION, "write kubernetes, warehouse or none");
                    return ElectionBy.NONE;
                });
    }

    private static String replica(SettingValues values) {
        String name = values.text(Setting.REPLICA).orElseGet(ServiceSettings::hostName);
        if (!REPLICA_NAME.matcher(name).matches()) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.REPLICA) + " is '" + name
                            + "': write a name of small letters, digits, '-' and '.'");
        }
        return name;
    }

    /** In Kubernetes it is the pod's name. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.ROUTES_RELOAD_INTERVAL, reloadInterval);
        shown.show(Setting.CATALOG_REFRESH, catalogRefresh);
        shown.show(Setting.ELECTION, election.name().toLowerCase(Locale.ROOT));
        shown.show(Setting.REPLICA, election == ElectionBy.NONE ? null : replica);
    }
}
