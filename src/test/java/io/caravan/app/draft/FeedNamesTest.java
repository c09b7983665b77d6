package io.caravan.app.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedNamesTest {

    @ParameterizedTest
    @CsvSource({
        "shop, orders/, orders",
        "shop, in/Orders 2024/, orders_2024",
        "shop, in/orders.csv.gz, orders",
        "shop, exports/orders/dt=2024-01-01/, orders",
        "shop, exports/orders/2024/01/, orders",
        "shop, Größen/, grossen",
        "my-bucket, '', my_bucket",
        "shop, 2024q1/, t_2024q1"
    })
    void aFeedIsNamedLikeTheLastWordOfItsPrefix(String bucket, String prefix, String name) {
        assertThat(FeedNames.of(bucket, prefix)).isEqualTo(name);
    }
}
