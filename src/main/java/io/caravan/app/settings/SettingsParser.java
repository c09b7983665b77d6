package io.caravan.app.settings;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what was written into what is meant, and says what is wrong with it and how to put it right. */
final class SettingsParser {

    private static final String URL_PREFIX = "jdbc:redshift:";
    private static final List<Setting> PASSWORDS =
            List.of(Setting.WAREHOUSE_PASSWORD, Setting.WAREHOUSE_PASSWORD_FILE, Setting.WAREHOUSE_PASSWORD_SECRET);
    private static final Set<String> LOG_FORMATS = Set.of("text", "json");
    private static final Set<String> LOG_LEVELS =
            Set.of("OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

    /** Kubernetes takes these as the names of its objects. */
    private static final Pattern REPLICA_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final SettingValues values;
    private final SettingsProblems problems;

    SettingsParser(SettingValues values, SettingsProblems problems) {
        this.values = values;
        this.problems = problems;
    }

    @Nullable
    String url() {
        @Nullable String url = values.orNull(Setting.WAREHOUSE_URL);
        String form = URL_PREFIX + "//HOST:5439/DATABASE";
        if (url == null) {
            problems.add(
                    ErrorCode.SETTING_MISSING,
                    Setting.WAREHOUSE_URL.key() + " is not set: write " + form + " there or into "
                            + Setting.WAREHOUSE_URL.variable());
        } else if (!url.startsWith(URL_PREFIX)) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.WAREHOUSE_URL) + " does not start with " + URL_PREFIX + ": write " + form);
        }
        return url;
    }

    /** Returns the file, which can be read now; null if none is named. */
    @Nullable
    PasswordFile passwordFile(Path workingDirectory) {
        @Nullable String written = values.orNull(Setting.WAREHOUSE_PASSWORD_FILE);
        if (written == null) {
            return null;
        }
        checkOnlyPassword(Setting.WAREHOUSE_PASSWORD_FILE);
        PasswordFile file = new PasswordFile(workingDirectory.resolve(written));
        try {
            file.read();
        } catch (InvalidConfigurationException e) {
            problems.add(e.code(), e.getMessage());
        }
        return file;
    }

    /** Returns the secret's name, perhaps with a field's; null if none is named. */
    @Nullable
    String passwordSecret() {
        @Nullable String written = values.orNull(Setting.WAREHOUSE_PASSWORD_SECRET);
        if (written != null) {
            checkOnlyPassword(Setting.WAREHOUSE_PASSWORD_SECRET);
            if (written.startsWith("#") || written.endsWith("#")) {
                problems.add(
                        ErrorCode.SETTING_INVALID,
                        values.name(Setting.WAREHOUSE_PASSWORD_SECRET) + " is '" + written
                                + "': write NAME or NAME#FIELD");
            }
        }
        return written;
    }

    /** Each in the list conflicts with those before it. */
    private void checkOnlyPassword(Setting setting) {
        PASSWORDS.subList(0, PASSWORDS.indexOf(setting)).stream()
                .filter(other -> values.value(other).isPresent())
                .forEach(other -> problems.add(
                        ErrorCode.SETTING_INVALID,
                        values.name(setting) + " and " + values.name(other) + " are both set: leave one of them out"));
        if (values.value(Setting.WAREHOUSE_USER).isEmpty()) {
            problems.add(
                    ErrorCode.SETTING_MISSING,
                    values.name(setting) + " is set, but " + Setting.WAREHOUSE_USER.key()
                            + " is not: say whose password it is");
        }
    }

    /** Returns null if the number of feeds decides. */
    @Nullable
    Integer poolSize() {
        return values.value(Setting.WAREHOUSE_POOL_SIZE).isEmpty()
                ? null
                : Integer.valueOf((int)
                        positive(Setting.WAREHOUSE_POOL_SIZE, Integer.MAX_VALUE, "write a whole number of at least 1"));
    }

    /** Returns a number of at least 1; 1 if there is none, which is then a problem. */
    private long positive(Setting setting, long most, String wayOut) {
        String written = values.value(setting).orElseThrow();
        try {
            long number = Long.parseLong(written);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problems.add(ErrorCode.SETTING_INVALID, values.name(setting) + " is '" + written + "': " + wayOut);
        return 1;
    }

    @Nullable
    StagingSettings staging() {
        List<Setting> all = List.of(Setting.STAGING_BUCKET, Setting.STAGING_PREFIX, Setting.STAGING_IAM_ROLE);
        List<String> set = all.stream()
                .flatMap(s -> values.value(s).map(v -> values.name(s)).stream())
                .toList();
        List<String> missing = all.stream()
                .filter(s -> values.value(s).isEmpty())
                .map(Setting::key)
                .toList();
        Duration keep = span(Setting.STAGING_KEEP, "24h or 90m");
        long rememberedBytes =
                positive(Setting.REMEMBERED_ROWS_MEMORY, Long.MAX_VALUE, "write a whole number of bytes, at least 1");
        if (set.isEmpty()) {
            return null;
        }
        if (!missing.isEmpty()) {
            problems.add(
                    ErrorCode.SETTING_MISSING,
                    String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " not set, but "
                            + String.join(" and ", set) + (set.size() == 1 ? " is" : " are")
                            + ": set all three for COPY, or none for INSERT");
        }
        String bucket = values.value(Setting.STAGING_BUCKET).orElse("");
        if (bucket.contains("/")) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.STAGING_BUCKET) + " is '" + bucket
                            + "': write the bucket's name alone, without s3:// and without a prefix");
        }
        String role = values.value(Setting.STAGING_IAM_ROLE).orElse("default");
        if (!role.equals("default") && !role.startsWith("arn:")) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.STAGING_IAM_ROLE) + " is '" + role
                            + "': write the role's ARN, arn:aws:iam::ACCOUNT:role/NAME, or default");
        }
        return new StagingSettings(
                bucket, values.value(Setting.STAGING_PREFIX).orElse(""), role, keep, rememberedBytes);
    }

    ServiceSettings service() {
        return new ServiceSettings(span(Setting.ROUTES_RELOAD_INTERVAL, "2s or 1m"), election(), replica());
    }

    private ElectionBy election() {
        String written = values.value(Setting.ELECTION).orElseThrow();
        return Arrays.stream(ElectionBy.values())
                .filter(by -> by.name().equalsIgnoreCase(written))
                .findFirst()
                .orElseGet(() -> {
                    problems.add(
                            ErrorCode.SETTING_INVALID,
                            values.name(Setting.ELECTION) + " is '" + written
                                    + "': write kubernetes, warehouse or none");
                    return ElectionBy.NONE;
                });
    }

    private String replica() {
        String name = values.value(Setting.REPLICA).orElseGet(SettingsParser::hostName);
        if (!REPLICA_NAME.matcher(name).matches()) {
            problems.add(
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

    Duration ledgerRefresh() {
        return span(Setting.LEDGER_REFRESH, "5m or 30s");
    }

    private Duration span(Setting setting, String examples) {
        String written = values.value(setting).orElseThrow();
        try {
            Duration span = Duration.parse("PT" + written);
            if (!span.isNegative()) {
                return span;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        problems.add(
                ErrorCode.SETTING_INVALID,
                values.name(setting) + " is '" + written + "': write a time span such as " + examples);
        return Duration.ZERO;
    }

    @Nullable
    String deadLetterUri() {
        @Nullable String uri = values.orNull(Setting.DEAD_LETTER_URI);
        if (uri != null && !uri.contains(":")) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.DEAD_LETTER_URI)
                            + " is not a Camel endpoint: write a scheme first, for example file:dead-letters");
        }
        return uri;
    }

    /** Returns the directory, of this user's own if none is named; a container's user may have no name. */
    Path stateDirectory(Path workingDirectory) {
        @Nullable String written = values.orNull(Setting.STATE_DIRECTORY);
        if (written != null) {
            return workingDirectory.resolve(written);
        }
        String user = System.getProperty("user.name", "");
        String name = USER_NAME.matcher(user).matches() ? user : "user";
        return Path.of(System.getProperty("java.io.tmpdir")).resolve("caravan-" + name);
    }

    boolean pathStyle() {
        return truth(Setting.S3_PATH_STYLE);
    }

    boolean onlyFeeds() {
        return truth(Setting.ROUTES_ONLY_FEEDS);
    }

    private boolean truth(Setting setting) {
        String written = values.value(setting).orElseThrow();
        if (!written.equalsIgnoreCase("true") && !written.equalsIgnoreCase("false")) {
            problems.add(
                    ErrorCode.SETTING_INVALID, values.name(setting) + " is '" + written + "': write true or false");
        }
        return written.equalsIgnoreCase("true");
    }

    HttpSettings http() {
        String written = values.value(Setting.HTTP_PORT).orElseThrow();
        @Nullable String address = values.orNull(Setting.HTTP_ADDRESS);
        try {
            return new HttpSettings(address, Integer.parseInt(written));
        } catch (IllegalArgumentException e) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.HTTP_PORT) + " is '" + written
                            + "': write a port from 1 to 65535, or 0 for any that is free");
            return new HttpSettings(address, 0);
        }
    }

    void checkLogFormat() {
        String format = values.value(Setting.LOG_FORMAT).orElseThrow();
        if (!LOG_FORMATS.contains(format)) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.LOG_FORMAT) + " is '" + format + "': write text or json");
        }
    }

    void checkLogLevel() {
        String level = values.value(Setting.LOG_LEVEL).orElseThrow();
        if (LOG_LEVELS.stream().noneMatch(level::equalsIgnoreCase)) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.LOG_LEVEL) + " is '" + level + "': write ERROR, WARN, INFO, DEBUG or TRACE");
        }
    }
}
