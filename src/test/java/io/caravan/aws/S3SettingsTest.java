package io.caravan.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3SettingsTest {

    @Test
    void theRegionIsThatOfTheEnvironment() {
        try (S3Client client =
                S3Settings.standard(false).builder(() -> Region.EU_WEST_1).build()) {
            assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.EU_WEST_1);
        }
    }

    @Test
    void withoutARegionTheMessageNamesTheVariable() {
        assertThatThrownBy(() -> S3Settings.standard(false).builder(() -> {
                    throw SdkClientException.create("Unable to load region");
                }))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SETTING_MISSING);
                    assertThat(e.getMessage()).contains("set AWS_REGION");
                });
    }

    @Test
    void timeoutsAndConnectionsArePositive() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new S3Settings(true, Duration.ZERO, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new S3Settings(true, second, second.negated(), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new S3Settings(true, second, second, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
