package io.caravan.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.app.secret.Secret;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.catalog.CatalogConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GlueWarehouseTest {

    private static final WarehouseSettings NOTHING = new WarehouseSettings("", null, null, (Integer) null);

    private static WarehouseSettings settings(WarehouseSettings written, @Nullable String arn, String... properties) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return new GlueWarehouse(
                        written,
                        "my-redshift",
                        (name, withPassword) -> {
                            Map<String, String> seen = new HashMap<>(all);
                            if (!withPassword) {
                                seen.remove("PASSWORD");
                            }
                            return new CatalogConnection(name, seen, arn, true);
                        },
                        secret -> "user of " + secret)
                .settings();
    }

    @Test
    void whatTheSettingsDoNotSayTheConnectionDoes() {
        WarehouseSettings settings = settings(
                NOTHING,
                null,
                "JDBC_CONNECTION_URL",
                "jdbc:redshift://host:5439/dev",
                "USERNAME",
                "loader",
                "PASSWORD",
                "S3cret",
                "JDBC_ENFORCE_SSL",
                "true",
                "CUSTOM_JDBC_CERT",
                "s3://certs/a.pem");

        assertThat(settings.url()).isEqualTo("jdbc:redshift://host:5439/dev;ssl=true;sslmode=verify-full");
        assertThat(settings.user()).isEqualTo("loader");
        assertThat(settings.password()).isEqualTo(new Secret("S3cret"));
        assertThat(settings.origins())
                .containsExactly(
                        "url: JDBC_CONNECTION_URL",
                        "TLS: JDBC_ENFORCE_SSL",
                        "user: USERNAME",
                        "password: PASSWORD",
                        "ignored: CUSTOM_JDBC_CERT, its subnet and security groups, as Caravan runs where it runs");
        assertThat(settings.toString()).doesNotContain("S3cret");
    }

    @Test
    void aSecretSaysUserAndPasswordAndSettingsWin() {
        WarehouseSettings secret = settings(
                NOTHING,
                null,
                "JDBC_CONNECTION_URL",
                "jdbc:redshift://host/dev?x=1",
                "SECRET_ID",
                "s",
                "USERNAME",
                "other");
        assertThat(secret.user()).isEqualTo("user of s");
        assertThat(secret.passwordSecret()).isEqualTo("s");
        assertThat(settings(NOTHING, "arn:s", "HOST", "host", "DATABASE", "dev", "JDBC_ENFORCE_SSL", "true"))
                .extracting(WarehouseSettings::url, WarehouseSettings::passwordSecret)
                .containsExactly("jdbc:redshift://host:5439/dev;ssl=true;sslmode=verify-full", "arn:s");
        WarehouseSettings own = settings(
                new WarehouseSettings("jdbc:redshift://own/dev", "me", new Secret("mine"), (Integer) null),
                null,
                "JDBC_CONNECTION_URL",
                "jdbc:mysql://host/dev");
        assertThat(own.url()).isEqualTo("jdbc:redshift://own/dev");
        assertThat(own.origins()).startsWith("url: the setting", "user: the setting", "password: the setting");
    }

    @Test
    void withoutAUserTheDriverLogsInByIam() {
        assertThat(settings(NOTHING, null, "CLUSTER_IDENTIFIER", "c", "REGION", "eu-west-1", "DATABASE", "dev")
                        .url())
                .isEqualTo("jdbc:redshift:iam://c:eu-west-1/dev");
        assertThat(settings(
                                NOTHING,
                                null,
                                "HOST",
                                "w.1.eu.redshift-serverless.amazonaws.com",
                                "WORKGROUP_NAME",
                                "w",
                                "DATABASE",
                                "dev")
                        .url())
                .isEqualTo("jdbc:redshift:iam://w.1.eu.redshift-serverless.amazonaws.com:5439/dev");
    }

    @Test
    void whatIsNoRedshiftIsRefusedWithTheRightForm() {
        List.of(
                        List.of("jdbc:mysql://host/dev", "is of another database, 'jdbc:mysql:'"),
                        List.of("jdbc:redshift-serverless://w/dev", "write jdbc:redshift://WORKGROUP.ACCOUNT"))
                .forEach(pair -> assertThatThrownBy(() -> settings(NOTHING, null, "JDBC_CONNECTION_URL", pair.get(0)))
                        .isInstanceOf(InvalidConfigurationException.class)
                        .hasMessageContaining(pair.get(1)));
        assertThatThrownBy(() -> settings(NOTHING, null, List.of().toArray(new String[0])))
                .hasMessageContaining("it has no JDBC_CONNECTION_URL");
    }
}
