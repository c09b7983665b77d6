package io.caravan.prove;

import io.caravan.redshift.Production;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** What the environment says of the warehouse and of the staging bucket; the names are Caravan's own and AWS's. */
final class Environment {

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = new LinkedHashMap<>(variables);
        this.variables.values().removeIf(String::isEmpty);
    }

    /** Returns all of them, for a process of Caravan's. */
    Map<String, String> variables() {
        return variables;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** Returns whether there is somewhere to put files. */
    boolean hasBucket() {
        return get("CARAVAN_STAGING_BUCKET").isPresent();
    }

    /** Returns whether COPY can be tried. */
    boolean hasRole() {
        return hasBucket() && get("CARAVAN_STAGING_IAM_ROLE").isPresent();
    }

    /** Returns the bucket for files; to be asked only where there is one. */
    String bucket() {
        return get("CARAVAN_STAGING_BUCKET").orElseThrow();
    }

    /** Returns with which role COPY reads; to be asked only where there is one. */
    String role() {
        return get("CARAVAN_STAGING_IAM_ROLE").orElseThrow();
    }

    /** Connects as Caravan does, by driver options too, such as {@code ;connectionTimezone=UTC}. */
    Connection connect(String options) throws SQLException {
        return connect(options, variables.get("CARAVAN_WAREHOUSE_USER"), variables.get("CARAVAN_WAREHOUSE_PASSWORD"));
    }

    /** Connects as another user. */
    Connection connect(String options, @Nullable String user, @Nullable String password) throws SQLException {
        return Production.connect(get("CARAVAN_WAREHOUSE_URL").orElseThrow() + options, user, password);
    }

    /** Returns a new client; the environment is that of the process, unless a test says otherwise. */
    S3Client s3() {
        S3ClientBuilder builder = S3Client.builder();
        get("AWS_REGION").ifPresent(region -> builder.region(Region.of(region)));
        get("AWS_ENDPOINT_URL_S3").ifPresent(url -> builder.endpointOverride(URI.create(url)));
        builder.forcePathStyle(get("CARAVAN_S3_PATH_STYLE").equals(Optional.of("true")));
        Optional<String> key = get("AWS_ACCESS_KEY_ID");
        Optional<String> secret = get("AWS_SECRET_ACCESS_KEY");
        if (key.isPresent() && secret.isPresent()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(get("AWS_SESSION_TOKEN")
                    .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.get(), secret.get(), token))
                    .orElseGet(() -> AwsBasicCredentials.create(key.get(), secret.get()))));
        }
        return builder.build();
    }
}
