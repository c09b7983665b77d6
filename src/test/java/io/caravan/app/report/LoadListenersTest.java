package io.caravan.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.spi.LoadListener;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoadListenersTest {

    /** An event that it does not pass on compiles, since each has an empty body. */
    @Test
    void everyEventIsPassedOn() {
        assertThat(Arrays.stream(LoadListener.class.getDeclaredMethods())
                        .filter(Method::isDefault)
                        .map(Method::getName))
                .hasSizeGreaterThan(10)
                .allSatisfy(event -> assertThat(Arrays.stream(LoadListeners.class.getDeclaredMethods())
                                .map(Method::getName))
                        .contains(event));
    }
}
