package io.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "in/ä b+c%20\"'.csv", "two\nlines", "ends in one\n", "\n"})
    void everyKeyComesBackAsItWas(String key) {
        ObjectId id = new ObjectId("public.employee", "bucket", key, "abc-1");

        assertThat(ObjectId.parse(id.text())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\nb", "a\nb\nc"})
    void otherTextIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectId.parse(text));
    }
}
