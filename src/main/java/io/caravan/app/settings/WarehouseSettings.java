package io.caravan.app.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.MaskedUri;
import io.caravan.app.secret.Secret;
import io.caravan.aws.SecretPassword;
import io.caravan.aws.catalog.GlueConnection;
import io.caravan.base.ErrorCode;
import io.caravan.spi.PasswordSource;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the warehouse.
 *
 * @param url any JDBC URL that the Redshift driver takes; may hold credentials
 * @param user null if the URL says who connects
 * @param password null if the URL says how to log in
 * @param passwordFile holds the password in place of the one before; null if there is none
 * @param passwordSecret the name of the secret that does so; null if there is none
 * @param poolSize most connections at a time, at least 1; null if the number of feeds decides
 * @param glueConnection name of AWS Glue's connection that says what is not said here; null if there is none
 * @param origins what came from that connection, for people; empty as long as it was not asked
 */
public record WarehouseSettings(
        String url,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable SecretFile passwordFile,
        @Nullable String passwordSecret,
        @Nullable Integer poolSize,
        @Nullable String glueConnection,
        List<String> origins) {

    private static final String URL_PREFIX = "jdbc:redshift:";
    private static final List<Setting> PASSWORDS =
            List.of(Setting.WAREHOUSE_PASSWORD, Setting.WAREHOUSE_PASSWORD_FILE, Setting.WAREHOUSE_PASSWORD_SECRET);

    /** The driver's names of it. */
    private static final Pattern USER = Pattern.compile("[;?&](?i:user|uid|dbuser)=([^;&]+)");

    private static final Pattern DATABASE = Pattern.compile("//[^/;?]+/([^;?&]+)");

    private static final int FEWEST_CONNECTIONS = 4;
    private static final int MOST_CONNECTIONS = 16;

    public WarehouseSettings {
        requireNonNull(url, "url");
        origins = List.copyOf(origins);
        if (poolSize != null && poolSize < 1) {
            throw new IllegalArgumentException("poolSize is less than 1: " + poolSize);
        }
    }

    /** Holds settings with a password that stays, or none. */
    public WarehouseSettings(String url, @Nullable String user, @Nullable Secret password, @Nullable Integer poolSize) {
        this(url, user, password, null, null, poolSize, null, List.of());
    }

    static WarehouseSettings read(SettingValues values) {
        return new WarehouseSettings(
                url(values),
                values.orNull(Setting.WAREHOUSE_USER),
                values.text(Setting.WAREHOUSE_PASSWORD).map(Secret::new).orElse(null),
                passwordFile(values),
                passwordSecret(values),
                poolSize(values),
                values.orNull(Setting.WAREHOUSE_GLUE_CONNECTION),
                List.of());
    }

    /**
     * Returns the settings with what AWS Glue's connection says, if one is named.
     *
     * @throws io.caravan.base.CaravanException if there is no such connection, it is of no Redshift, or Glue cannot be asked
     */
    WarehouseSettings connected() {
        if (glueConnection == null || !origins.isEmpty()) {
            return this;
        }
        try (GlueConnection glue = new GlueConnection()) {
            return new GlueWarehouse(this, glueConnection, glue.connections(), secret -> new SecretPassword(
                                    secret + "#username", Clock.systemUTC())
                            .get())
                    .settings();
        }
    }

    private static String url(SettingValues values) {
        String url = values.text(Setting.WAREHOUSE_URL).orElse("");
        String form = URL_PREFIX + "//HOST:5439/DATABASE";
        if (url.isEmpty() && values.text(Setting.WAREHOUSE_GLUE_CONNECTION).isPresent()) {
            return url;
        }
        if (url.isEmpty()) {
            values.problem(
                    ErrorCode.SETTING_MISSING,
                    Setting.WAREHOUSE_URL.key() + " is not set: write " + form + " there or into "
                            + Setting.WAREHOUSE_URL.variable());
        } else if (!url.startsWith(URL_PREFIX)) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.WAREHOUSE_URL) + " does not start with " + URL_PREFIX + ": write " + form);
        }
        return url;
    }

    /** Returns the file, which can be read now; null if none is named. */
    private static @Nullable SecretFile passwordFile(SettingValues values) {
        if (values.orNull(Setting.WAREHOUSE_PASSWORD_FILE) != null) {
            checkOnlyPassword(Setting.WAREHOUSE_PASSWORD_FILE, values);
        }
        return SecretFile.read(values, Setting.WAREHOUSE_PASSWORD_FILE, "password");
    }

    /** Returns the secret's name, perhaps with a field's; null if none is named. */
    private static @Nullable String passwordSecret(SettingValues values) {
        @Nullable String written = values.orNull(Setting.WAREHOUSE_PASSWORD_SECRET);
        if (written != null) {
            checkOnlyPassword(Setting.WAREHOUSE_PASSWORD_SECRET, values);
            if (written.startsWith("#") || written.endsWith("#")) {
                values.isWrong(Setting.WAREHOUSE_PASSWORD_SECRET, "write NAME or NAME#FIELD");
            }
        }
        return written;
    }

    /** Each in the list conflicts with those before it. */
    private static void checkOnlyPassword(Setting setting, SettingValues values) {
        PASSWORDS.subList(0, PASSWORDS.indexOf(setting)).stream()
                .filter(other -> values.text(other).isPresent())
                .forEach(other -> values.problem(
                        ErrorCode.SETTING_INVALID,
                        values.name(setting) + " and " + values.name(other) + " are both set: leave one of them out"));
        if (values.text(Setting.WAREHOUSE_USER).isEmpty()
                && values.text(Setting.WAREHOUSE_GLUE_CONNECTION).isEmpty()) {
            values.problem(
                    ErrorCode.SETTING_MISSING,
                    values.name(setting) + " is set, but " + Setting.WAREHOUSE_USER.key()
                            + " is not: say whose password it is");
        }
    }

    /** Returns null if the number of feeds decides. */
    private static @Nullable Integer poolSize(SettingValues values) {
        return values.text(Setting.WAREHOUSE_POOL_SIZE).isEmpty()
                ? null
                : Integer.valueOf((int) values.positive(
                        Setting.WAREHOUSE_POOL_SIZE, Integer.MAX_VALUE, "write a whole number of at least 1"));
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.WAREHOUSE_URL, url.isEmpty() ? null : maskedUrl());
        shown.show(Setting.WAREHOUSE_USER, user);
        shown.show(Setting.WAREHOUSE_PASSWORD, password == null ? null : Secret.MASK);
        shown.show(Setting.WAREHOUSE_PASSWORD_FILE, passwordFile == null ? null : passwordFile.path());
        shown.show(Setting.WAREHOUSE_PASSWORD_SECRET, passwordSecret);
        shown.show(Setting.WAREHOUSE_GLUE_CONNECTION, glueConnection);
        shown.show(Setting.WAREHOUSE_POOL_SIZE, poolSize);
    }

    /**
     * Returns the most connections at a time: one for each feed, since all may load at once, and one for questions beside the
     * loads; but no more than a warehouse works on at once, since it would queue their statements anyway.
     *
     * @param feeds how many feeds share them
     */
    public int poolSize(int feeds) {
        return poolSize != null ? poolSize : Math.max(FEWEST_CONNECTIONS, Math.min(feeds + 1, MOST_CONNECTIONS));
    }

    /** Returns where the password comes from, each time that it is needed; empty if the URL says how to log in. */
    public Optional<PasswordSource> passwordSource() {
        SecretFile file = passwordFile;
        Secret fixed = password;
        if (file != null) {
            return Optional.of(() -> file.read().value());
        }
        if (passwordSecret != null) {
            return Optional.of(new SecretPassword(passwordSecret, Clock.systemUTC()));
        }
        return fixed == null ? Optional.empty() : Optional.of(fixed::value);
    }

    /** Returns the URL for people, with what is secret in it masked. */
    public String maskedUrl() {
        return MaskedUri.of(url);
    }

    /** Returns the part of the URL that tells the warehouse from others, without what says how to connect. */
    public String address() {
        return url.split("[;?]", 2)[0];
    }

    /** Returns the user of the warehouse, as these settings name it; empty if AWS says who it is. */
    public Optional<String> login() {
        return Optional.ofNullable(user).or(() -> inUrl(USER));
    }

    /** Returns the database that the URL names; empty if it names none. */
    public Optional<String> database() {
        return inUrl(DATABASE);
    }

    private Optional<String> inUrl(Pattern pattern) {
        Matcher matcher = pattern.matcher(url);
        return matcher.find() ? Optional.of(URLDecoder.decode(matcher.group(1), UTF_8)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "WarehouseSettings[url=" + maskedUrl() + ", user=" + user + ", password=" + password + ", passwordFile="
                + passwordFile + ", passwordSecret=" + passwordSecret + ", poolSize=" + poolSize
                + ", glueConnection=" + glueConnection + "]";
    }
}
