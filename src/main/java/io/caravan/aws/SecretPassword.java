package io.caravan.aws;

import io.caravan.aws.text.Json;
import io.caravan.aws.text.SdkText;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.spi.PasswordSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * A password that AWS Secrets Manager keeps, and may rotate. Where that is, and as whom to speak to it, are the AWS SDK's own
 * settings; {@code AWS_ENDPOINT_URL_SECRETS_MANAGER}. It lives beside S3 because the SDK does.
 */
public final class SecretPassword implements PasswordSource {

    /** Connections of a pool that is filled share one request. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** One that was fetched just now is not fetched again because it is refused. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

    /** What a <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html">database secret</a> calls it. */
    private static final String STANDARD_FIELD = "password";

    private final String id;
    private final @Nullable String field;
    private final @Nullable Region region;
    private final Clock clock;
    private @Nullable String password;
    private Instant fetched = Instant.MIN;

    /**
     * Fetches nothing yet.
     *
     * @param name {@code NAME} or {@code NAME#FIELD}, where the name may be an ARN. Without a field, a secret that is a JSON
     *     object has the password as {@code password}; any other is the password.
     */
    public SecretPassword(String name, Clock clock) {
        int hash = name.lastIndexOf('#');
        this.id = hash < 0 ? name : name.substring(0, hash);
        this.field = hash < 0 ? null : name.substring(hash + 1);
        String[] arn = id.split(":", -1);
        this.region = id.startsWith("arn:") && arn.length > 3 ? Region.of(arn[3]) : null;
        this.clock = clock;
    }

    @Override
    public synchronized String get() {
        if (password == null || age().compareTo(KEPT) > 0) {
            password = passwordIn(fetch());
            fetched = clock.instant();
        }
        return password;
    }

    @Override
    public synchronized boolean wasRefused() {
        if (password == null || age().compareTo(FRESH) < 0) {
            return false;
        }
        password = null;
        return true;
    }

    private Duration age() {
        return Duration.between(fetched, clock.instant());
    }

    private String fetch() {
        try (SecretsManagerClient client = client()) {
            @Nullable
            String text = client.getSecretValue(request -> request.secretId(id)).secretString();
            if (text == null) {
                throw invalid("it is binary; keep the password as text", null);
            }
            return text;
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    /** Secrets are fetched seldom, so each time has a client of its own. */
    private SecretsManagerClient client() {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
        if (region != null) {
            builder.region(region);
        }
        return builder.overrideConfiguration(configuration -> configuration.retryStrategy(RetryMode.STANDARD))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(IDLE_TIMEOUT))
                .build();
    }

    private String passwordIn(String text) {
        Optional<JsonNode> json = Json.object(text);
        if (json.isEmpty() && field == null) {
            return text;
        }
        String name = field == null ? STANDARD_FIELD : field;
        return json.flatMap(object -> Json.find(object, name))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .orElseThrow(() -> invalid(
                        "it is no JSON object with a text '" + name + "'; name its field as SECRET#FIELD", null));
    }

    private CaravanException failure(SdkException cause) {
        String answer = SdkText.of(cause);
        return switch (cause instanceof AwsServiceException refusal ? SdkText.code(refusal) : "") {
            case "ResourceNotFoundException" ->
                invalid("it does not exist; check its name and AWS_REGION (" + answer + ")", cause);
            case "AccessDeniedException", "DecryptionFailure" ->
                invalid(
                        "grant secretsmanager:GetSecretValue on it, and kms:Decrypt on its key, to the role of Caravan ("
                                + answer + ")",
                        cause);
            default ->
                new RetryableException(
                        ErrorCode.SECRET_FAILED,
                        message(answer + "; check AWS_REGION, AWS_ENDPOINT_URL_SECRETS_MANAGER and the network"),
                        cause);
        };
    }

    private InvalidConfigurationException invalid(String reason, @Nullable Throwable cause) {
        return new InvalidConfigurationException(ErrorCode.SECRET_INVALID, message(reason), cause);
    }

    private String message(String reason) {
        return "cannot use the secret " + id + ": " + reason;
    }
}
