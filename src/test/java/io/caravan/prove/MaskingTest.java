package io.caravan.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private final Masking masking = new Masking(new Environment(Map.of(
            "CARAVAN_WAREHOUSE_PASSWORD", "open", "AWS_SECRET_ACCESS_KEY", "open-sesame", "AWS_SESSION_TOKEN", "")));

    @Test
    void secretsAreMaskedAlsoWhereOneIsAPartOfAnother() {
        assertThat(masking.mask("open-sesame and open")).isEqualTo("*** and ***");
    }

    @Test
    void accountsAreMaskedWhereverTheyStand() {
        assertThat(
                        masking.mask(
                                "arn:aws:iam::123456789012:role/r, wg.123456789012.eu-west-1.redshift-serverless.amazonaws.com"))
                .isEqualTo(
                        "arn:aws:iam::************:role/r, wg.************.eu-west-1.redshift-serverless.amazonaws.com");
        assertThat(masking.mask("12345678901234567890")).isEqualTo("12345678901234567890");
    }

    @Test
    void optionsOfAUrlAreLeftOut() {
        assertThat(masking.mask("jdbc:redshift://host:5439/dev?user=u&password=p failed"))
                .isEqualTo("jdbc:redshift://host:5439/dev failed");
    }
}
