package io.caravan.app.settings;

import io.caravan.app.secret.Secret;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.catalog.CatalogConnection;
import io.caravan.spi.catalog.CatalogConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Fills in, from a connection of AWS Glue, what the settings do not say of the warehouse; what they say wins. */
final class GlueWarehouse {

    private static final String JDBC = "JDBC_CONNECTION_URL";
    private static final String USERNAME = "USERNAME";
    private static final String PASSWORD = "PASSWORD";
    private static final String SECRET = "SECRET_ID";
    private static final String ENFORCE_SSL = "JDBC_ENFORCE_SSL";
    private static final String HOST = "HOST";
    private static final String PORT = "PORT";
    private static final String DATABASE = "DATABASE";
    private static final String CLUSTER = "CLUSTER_IDENTIFIER";
    private static final String WORKGROUP = "WORKGROUP_NAME";
    private static final String REGION = "REGION";

    private static final Set<String> USED = Set.of(
            JDBC,
            USERNAME,
            PASSWORD,
            "ENCRYPTED_PASSWORD",
            SECRET,
            ENFORCE_SSL,
            HOST,
            PORT,
            DATABASE,
            CLUSTER,
            WORKGROUP,
            REGION);

    private final WarehouseSettings written;
    private final CatalogConnections connections;
    private final CatalogConnection connection;
    private final UnaryOperator<String> userOfSecret;
    private final List<String> origins = new ArrayList<>();

    /**
     * Asks for the connection, without its password.
     *
     * @param name of the connection
     * @param userOfSecret gives the user of a secret
     */
    GlueWarehouse(
            WarehouseSettings written,
            String name,
            CatalogConnections connections,
            UnaryOperator<String> userOfSecret) {
        this.written = written;
        this.connections = connections;
        this.connection = connections.find(name, false);
        this.userOfSecret = userOfSecret;
    }

    /**
     * Returns the settings with what the connection says.
     *
     * @throws InvalidConfigurationException if that is no Redshift
     */
    WarehouseSettings settings() {
        @Nullable String secret = secret();
        boolean isOwnPassword =
                written.password() != null || written.passwordFile() != null || written.passwordSecret() != null;
        String url =
                written.url().isEmpty() ? url(secret != null || isOwnPassword || property(USERNAME) != null) : own();
        @Nullable String user = written.user();
        @Nullable Secret password = written.password();
        @Nullable String passwordSecret = written.passwordSecret();
        if (user != null) {
            origins.add("user: the setting");
        } else if (secret != null) {
            user = userOfSecret.apply(secret);
            origins.add("user: 'username' of the secret " + secret);
        } else if (property(USERNAME) != null) {
            user = property(USERNAME);
            origins.add("user: " + USERNAME);
        }
        if (isOwnPassword) {
            origins.add("password: the setting");
        } else if (secret != null) {
            passwordSecret = secret;
            origins.add("password: 'password' of the secret " + secret);
        } else if (property(USERNAME) != null && user != null) {
            @Nullable
            String kept = connections.find(connection.name(), true).properties().get(PASSWORD);
            password = kept == null ? null : new Secret(kept);
            origins.add(kept == null ? "password: none" : "password: " + PASSWORD);
        }
        addIgnored();
        return new WarehouseSettings(
                url,
                user,
                password,
                written.passwordFile(),
                passwordSecret,
                written.poolSize(),
                connection.name(),
                origins);
    }

    private String own() {
        origins.add("url: the setting");
        return written.url();
    }

    private @Nullable String property(String name) {
        @Nullable String value = connection.properties().get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private @Nullable String secret() {
        return property(SECRET) != null ? property(SECRET) : connection.secret();
    }

    private String url(boolean hasLogin) {
        @Nullable String url = property(JDBC);
        if (url != null) {
            origins.add("url: " + JDBC);
            return encrypted(checked(url));
        }
        @Nullable String host = property(HOST);
        @Nullable String database = property(DATABASE);
        @Nullable String cluster = property(CLUSTER);
        @Nullable String region = property(REGION);
        if (database != null && !hasLogin && cluster != null && region != null) {
            origins.add("url: " + CLUSTER + ", " + REGION + " and " + DATABASE + ", with log-in by IAM");
            return "jdbc:redshift:iam://" + cluster + ":" + region + "/" + database;
        }
        if (host == null || database == null) {
            throw unfit("it has no " + JDBC + ", and no " + HOST + " and " + DATABASE);
        }
        boolean isIam = !hasLogin && property(WORKGROUP) != null;
        origins.add("url: " + HOST + " and " + DATABASE + (isIam ? ", with log-in by IAM" : ""));
        @Nullable String port = property(PORT);
        return encrypted((isIam ? "jdbc:redshift:iam://" : "jdbc:redshift://") + host + ":"
                + (port == null ? "5439" : port) + "/" + database);
    }

    private String checked(String url) {
        if (url.startsWith("jdbc:redshift-serverless:")) {
            throw unfit("its " + JDBC + " begins with jdbc:redshift-serverless:, which no driver takes; write"
                    + " jdbc:redshift://WORKGROUP.ACCOUNT.REGION.redshift-serverless.amazonaws.com:5439/DATABASE");
        }
        if (!url.startsWith("jdbc:redshift:")) {
            throw unfit("its " + JDBC + " is of another database, '"
                    + url.replaceFirst("(?s)^(jdbc:[a-z0-9]+:).*", "$1") + "'; name a connection to Redshift");
        }
        return url;
    }

    private String encrypted(String url) {
        if (!"true".equalsIgnoreCase(property(ENFORCE_SSL)) || url.contains("ssl")) {
            return url;
        }
        origins.add("TLS: " + ENFORCE_SSL);
        String options = "ssl=true" + (url.contains("?") ? "&" : ";") + "sslmode=verify-full";
        return url + (url.contains("?") ? "&" : ";") + options;
    }

    private void addIgnored() {
        Set<String> ignored = new TreeSet<>(connection.properties().keySet());
        ignored.removeAll(USED);
        if (connection.hasNetwork()) {
            ignored.add("its subnet and security groups, as Caravan runs where it runs");
        }
        if (!ignored.isEmpty()) {
            origins.add("ignored: " + String.join(", ", ignored));
        }
    }

    private InvalidConfigurationException unfit(String reason) {
        return new InvalidConfigurationException(
                ErrorCode.SETTING_INVALID,
                Setting.WAREHOUSE_GLUE_CONNECTION.key() + " is '" + connection.name()
                        + "', and cannot be the warehouse's: " + reason);
    }
}
