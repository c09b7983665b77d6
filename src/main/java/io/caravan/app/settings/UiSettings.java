package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.caravan.base.ErrorCode;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page for people: where it is, who may look, and who may act.
 *
 * @param address name or address of an interface of this machine
 * @param port 0 for any that is free
 * @param access how visitors are known, each of which does; not empty
 * @param proxySecretFile file with the secret that a proxy sends; null if there is no proxy
 * @param url the address by which browsers know the page; null if it is the one that they ask
 * @param operators who may act
 * @param showsValues whether those also see what rows hold
 */
public record UiSettings(
        String address,
        int port,
        List<UiAccess> access,
        @Nullable Path proxySecretFile,
        @Nullable URI url,
        Set<String> operators,
        boolean showsValues) {

    /** For a machine of one's own: whoever is on it may look, and nobody may act. */
    public static UiSettings ofLoopback(int port) {
        return new UiSettings(
                "127.0.0.1", port, List.of(new UiAccess(UiAccess.Kind.NONE, "")), null, null, Set.of(), false);
    }

    public UiSettings {
        requireNonNull(address, "address");
        access = List.copyOf(access);
        operators = Set.copyOf(operators);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port);
        }
    }

    /** Returns whether nobody has to say who they are. */
    public boolean isOpen() {
        return access.stream().anyMatch(one -> one.kind() == UiAccess.Kind.NONE);
    }

    /** Returns null if there is to be no page. */
    static @Nullable UiSettings read(SettingValues values) {
        @Nullable String written = values.orNull(Setting.UI_PORT);
        if (written == null) {
            return null;
        }
        String address = values.required(Setting.UI_ADDRESS);
        UiSettings settings = new UiSettings(
                address,
                port(values, written),
                access(values),
                values.text(Setting.UI_PROXY_SECRET_FILE)
                        .map(file -> values.workingDirectory().resolve(file))
                        .orElse(null),
                url(values),
                names(values.orNull(Setting.UI_OPERATORS)),
                showsValues(values));
        settings.check(values);
        return settings;
    }

    private static int port(SettingValues values, String written) {
        try {
            int port = Integer.parseInt(written);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        values.isWrong(Setting.UI_PORT, "write a port from 1 to 65535, or 0 for any that is free");
        return 0;
    }

    private static List<UiAccess> access(SettingValues values) {
        return Arrays.stream(values.required(Setting.UI_AUTH).split(","))
                .map(String::strip)
                .map(one -> access(values, one))
                .toList();
    }

    private static UiAccess access(SettingValues values, String written) {
        int colon = written.indexOf(':');
        String name = colon < 0 ? written : written.substring(0, colon);
        String argument = colon < 0 ? "" : written.substring(colon + 1).strip();
        for (UiAccess.Kind kind : UiAccess.Kind.values()) {
            boolean isNamed =
                    kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name);
            if (isNamed && argument.isEmpty() == (kind == UiAccess.Kind.NONE)) {
                return new UiAccess(
                        kind,
                        switch (kind) {
                            case NONE -> "";
                            case PASSWORD_FILE, TOKEN_FILE ->
                                values.workingDirectory().resolve(argument).toString();
                            case HEADER -> argument.toLowerCase(Locale.ROOT);
                        });
            }
        }
        values.isWrong(
                Setting.UI_AUTH, "write none, password-file:PATH, token-file:PATH or header:NAME, or some with commas");
        return new UiAccess(UiAccess.Kind.NONE, "");
    }

    private static @Nullable URI url(SettingValues values) {
        @Nullable String written = values.orNull(Setting.UI_URL);
        if (written == null) {
            return null;
        }
        try {
            URI url = URI.create(written);
            if (url.getHost() != null && Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        values.isWrong(Setting.UI_URL, "write the address as a browser shows it, https://caravan.example.com");
        return null;
    }

    private static Set<String> names(@Nullable String written) {
        return Stream.of((written == null ? "" : written).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(toUnmodifiableSet());
    }

    private static boolean showsValues(SettingValues values) {
        String written = values.required(Setting.UI_SHOW_VALUES);
        if (!Set.of("nobody", "operators").contains(written)) {
            values.isWrong(Setting.UI_SHOW_VALUES, "write nobody or operators");
        }
        return written.equals("operators");
    }

    private void check(SettingValues values) {
        if (isOpen() && !isLoopback()) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.UI_AUTH) + " is none, and " + values.name(Setting.UI_ADDRESS) + " is '"
                            + address
                            + "', which others can reach: set " + Setting.UI_AUTH.key()
                            + " to say who may look, or leave the address at 127.0.0.1");
        }
        if (isOpen() && !operators.isEmpty()) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.UI_OPERATORS) + " names people, and with " + Setting.UI_AUTH.key()
                            + "=none nobody says who they are: set it to password-file:PATH, for example");
        }
        if (proxySecretFile == null && access.stream().anyMatch(one -> one.kind() == UiAccess.Kind.HEADER)) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    values.name(Setting.UI_AUTH) + " believes a header, which anybody can send: set "
                            + Setting.UI_PROXY_SECRET_FILE.key()
                            + " to a file with a secret, and have the proxy send it as X-Caravan-Proxy-Secret");
        }
    }

    /** A name that nobody knows is none, and is refused when somebody listens there. */
    private boolean isLoopback() {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.UI_PORT, port);
        shown.show(Setting.UI_ADDRESS, address);
        shown.show(
                Setting.UI_AUTH,
                access.stream()
                        .map(one -> one.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                                + (one.argument().isEmpty() ? "" : ":" + one.argument()))
                        .collect(joining(",")));
        shown.show(Setting.UI_PROXY_SECRET_FILE, proxySecretFile);
        shown.show(Setting.UI_URL, url);
        shown.show(Setting.UI_OPERATORS, operators.isEmpty() ? null : String.join(",", new TreeSet<>(operators)));
        shown.show(Setting.UI_SHOW_VALUES, showsValues ? "operators" : "nobody");
    }
}
