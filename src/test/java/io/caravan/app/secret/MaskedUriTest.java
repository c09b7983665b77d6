package io.caravan.app.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.util.SensitiveUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedUriTest {

    private static final String SECRET = "hush-hush";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:redshift://h:5439/dev;PWD=%s",
                "jdbc:redshift://h:5439/dev?user=a&password=%s",
                "jdbc:redshift://h:5439/dev;ssl=true;Password=%s;x=y",
                "jdbc:redshift://h:5439/dev;Pass word=%s",
                "jdbc:redshift://h:5439/dev;ssltruststore =%s",
                "jdbc:redshift://h:5439/dev;SSLTrustStore =%s;x=y",
                "jdbc:redshift://h:5439/dev;sslfactoryarg=%s",
                "jdbc:redshift://h:5439/dev;socketFactoryArg=%s",
                "jdbc:redshift://h:5439/dev;sslpassword=%s",
                "jdbc:redshift:iam://h:5439/dev;AccessKeyID=%s;SecretAccessKey=%s;SessionToken=%s",
                "jdbc:redshift:iam://h/dev;client_secret=%s;webIdentityToken=%s;client_id=%s",
                "jdbc:redshift:iam://h/dev;plugin_name=x;idp_response_token=%s;SAMLAssertion=%s",
                "jdbc:redshift://user:%s@h:5439/dev",
                "jdbc:redshift://user:%s/%s@h:5439/dev",
                "jdbc:redshift://user:a@%s@h:5439/dev",
                "jdbc:redshift://h:5439/dev;password=a=%s",
                "jdbc:redshift://h:5439/dev;p%%61ssword=%s",
                "jdbc:redshift://h:5439/dev;user=%s",
                "aws2-sqs:q?accessKey=%s&secretKey=%s&sessionToken=%s",
                "http:host/path?apiKey=%s",
                "http:host/path?api-key=%s&x=y",
                "azure-servicebus:q?connectionString=Endpoint=sb://x;SharedAccessKey=%s",
                "azure-storage-blob:a/b?sasKey=%s&accountKey=RAW(%s)",
                "slack:#x?webhookUrl=https://hooks/%s",
                "kafka:t?saslJaasConfig=RAW(x required password='%s';)",
                "kafka:t?saslJaasConfig=x required username=a password='%s';",
                "ftp:user:%s@host/dir",
                "ftp://user:%s@host/dir?passiveMode=true",
                "smtps://host?username=%s&password=RAW{%s)&}",
                "sql:x?dataSource=#d&oauthClientSecret=%s&authenticationtoken=%s&bearerToken=%s",
                "telegram:bots?authorizationToken=%s",
                "http:host?X-Amz-Signature=%s&X-Amz-Security-Token=%s&X-Amz-Credential=%s",
                "http:host?x=y&proxyAuthPassword=%s",
                "file:d?x=y&PASSPHRASE=%s",
            })
    void secretsAreMasked(String form) {
        String uri = form.replace("%s", SECRET).replace("%%", "%");

        assertThat(MaskedUri.of(uri)).doesNotContain(SECRET).contains(Secret.MASK);
        assertThat(MaskedText.of("cannot reach " + uri.replace(" ", "") + " now"))
                .doesNotContain(SECRET)
                .startsWith("cannot reach ")
                .endsWith(" now");
    }

    @Test
    void whatCamelMasksIsMasked() {
        for (String name : SensitiveUtils.getSensitiveKeys()) {
            for (String written : List.of(name, name.toUpperCase(Locale.ROOT))) {
                assertThat(MaskedUri.of("x:y?a=b&" + written + "=" + SECRET + "&c=d"))
                        .isEqualTo("x:y?a=b&" + written + "=***&c=d");
            }
        }
    }

    /** By reflection, as no test but those of one package may know the driver. */
    @Test
    void whatTheDriverTakesSecretsByIsMasked() throws Exception {
        List<String> shown = new ArrayList<>();
        for (Object property :
                Class.forName("com.amazon.redshift.RedshiftProperty").getEnumConstants()) {
            String name = name(property);
            if (MaskedUri.of("jdbc:redshift://h/d;" + name + "=" + SECRET).contains(SECRET)) {
                shown.add(name.toLowerCase(Locale.ROOT));
            }
        }

        assertThat(shown)
                .hasSizeGreaterThan(60)
                .contains("ssl", "sslmode", "loglevel", "clusterid", "dbname", "currentschema")
                .noneMatch(
                        name -> name.matches(".*(pass|pwd|secret|sessiontoken|identitytoken|accesskey|factoryarg).*"))
                .doesNotContain("ssltruststore ");
    }

    @Test
    void whatIsNoSecretStays() {
        for (String uri : List.of(
                "jdbc:redshift://h:5439/dev;ssl=false;sslmode=verify-full",
                "jdbc:redshift:iam://h:5439/dev;DbUser=caravan;ClusterID=c",
                "file:dead-letters?fileName=x",
                "aws2-s3:bucket?region=eu-west-1",
                "http://host:8080/path?x=y")) {
            assertThat(MaskedUri.of(uri)).isEqualTo(uri);
            assertThat(MaskedText.of("see " + uri + ".")).isEqualTo("see " + uri + ".");
        }
        for (String text : List.of(
                "s3://bucket/user=5/token=1/a.csv: rejected",
                "Settings: {caravan.warehouse.password=***, caravan.http.port=8080}",
                "2026-01-01T00:00:00.000Z INFO  c.Load - read 3, rejected 1",
                "check caravan.warehouse.password and the network",
                "")) {
            assertThat(MaskedText.of(text)).isEqualTo(text);
        }
        assertThat(MaskedText.of("{\"message\":\"at jdbc:redshift://h/d;pwd=" + SECRET + "\",\"x\":\"y\"}"))
                .isEqualTo("{\"message\":\"at jdbc:redshift://h/d;pwd=***\",\"x\":\"y\"}");
        assertThat(MaskedText.of("opened with password=" + SECRET + ", aws_session_token=" + SECRET + " and on"))
                .isEqualTo("opened with password=***, aws_session_token=*** and on");
    }

    private static String name(Object property) throws ReflectiveOperationException {
        try {
            return (String) property.getClass().getMethod("getName").invoke(property);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
