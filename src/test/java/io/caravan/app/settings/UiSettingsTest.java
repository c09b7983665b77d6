package io.caravan.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.app.settings.UiAccess.Kind;
import io.caravan.base.InvalidConfigurationException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UiSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void thereIsNoPageUnlessItHasAPort() {
        assertThat(read().ui()).isEmpty();
        assertThat(read("CARAVAN_UI_AUTH", "nonsense").ui()).isEmpty();
        assertThat(read("CARAVAN_UI_PORT", "0").ui()).contains(UiSettings.ofLoopback(0));
    }

    @Test
    void allOfItIsRead() {
        assertThat(read(
                                "CARAVAN_UI_PORT", "8081",
                                "CARAVAN_UI_ADDRESS", "0.0.0.0",
                                "CARAVAN_UI_AUTH", "password-file:people, token-file:/x/tokens,header:X-Forwarded-User",
                                "CARAVAN_UI_PROXY_SECRET_FILE", "proxy",
                                "CARAVAN_UI_URL", "https://caravan.example.com",
                                "CARAVAN_UI_OPERATORS", "anna, ops",
                                "CARAVAN_UI_SHOW_VALUES", "operators")
                        .ui())
                .contains(new UiSettings(
                        "0.0.0.0",
                        8081,
                        List.of(
                                new UiAccess(
                                        Kind.PASSWORD_FILE,
                                        directory.resolve("people").toString()),
                                new UiAccess(Kind.TOKEN_FILE, "/x/tokens"),
                                new UiAccess(Kind.HEADER, "x-forwarded-user")),
                        directory.resolve("proxy"),
                        URI.create("https://caravan.example.com"),
                        Set.of("anna", "ops"),
                        true));
    }

    @Test
    void whatWouldOpenItToOthersIsAMistake() {
        assertWrong("which others can reach: set caravan.ui.auth", "CARAVAN_UI_ADDRESS", "0.0.0.0");
        assertWrong("which others can reach", "CARAVAN_UI_ADDRESS", "192.0.2.1");
        assertWrong(
                "which others can reach", "CARAVAN_UI_ADDRESS", "0.0.0.0", "CARAVAN_UI_AUTH", "token-file:tokens,none");
        assertWrong("nobody says who they are", "CARAVAN_UI_OPERATORS", "anna");
        assertWrong("which anybody can send: set caravan.ui.proxy-secret-file", "CARAVAN_UI_AUTH", "header:X-User");
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertWrong("CARAVAN_UI_PORT is '70000': write a port", "CARAVAN_UI_PORT", "70000");
        for (String auth : List.of("password-file", "password-file:", "basic:x", "none:x", "header")) {
            assertWrong("CARAVAN_UI_AUTH is '" + auth + "': write none, password-file:PATH", "CARAVAN_UI_AUTH", auth);
        }
        assertWrong("CARAVAN_UI_URL is 'caravan': write the address", "CARAVAN_UI_URL", "caravan");
        assertWrong("CARAVAN_UI_SHOW_VALUES is 'all': write nobody or operators", "CARAVAN_UI_SHOW_VALUES", "all");
    }

    private void assertWrong(String message, String... variables) {
        List<String> withPort = new ArrayList<>(List.of("CARAVAN_UI_PORT", "0"));
        withPort.addAll(List.of(variables));
        assertThatThrownBy(() -> read(withPort.toArray(String[]::new)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(message);
    }

    private Settings read(String... variables) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://localhost:1/dev");
        environment.put("CARAVAN_ROUTES_DIRECTORY", directory.toString());
        environment.put("CARAVAN_WAREHOUSE_USER", "u");
        environment.put("CARAVAN_WAREHOUSE_PASSWORD", "p");
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return new SettingsReader(environment, List.of(directory)).read(null, null);
    }
}
