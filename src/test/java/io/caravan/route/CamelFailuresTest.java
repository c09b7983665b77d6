package io.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import org.junit.jupiter.api.Test;

class CamelFailuresTest {

    @Test
    void aFailureWithACodeIsFoundUnderWhatWasWrappedAroundIt() {
        CaravanException known = new RetryableException(ErrorCode.WAREHOUSE_BUSY, "busy");

        assertThat(CamelFailures.known(new IllegalStateException(new RuntimeException(known))))
                .isSameAs(known);
    }

    @Test
    void whatCannotBeLinkedIsNoObjectsFault() {
        Error failure = new ExceptionInInitializerError(new UnsatisfiedLinkError("no zstd in /tmp"));

        CaravanException known = CamelFailures.known(new RuntimeException(failure));

        assertThat(known.code()).isEqualTo(ErrorCode.ENVIRONMENT_FAILED);
        assertThat(known)
                .hasMessageContaining("java.lang.UnsatisfiedLinkError: no zstd in /tmp")
                .hasRootCauseMessage("no zstd in /tmp");
        assertThat(CamelFailures.known(new NoClassDefFoundError("x/Y")).code()).isEqualTo(ErrorCode.ENVIRONMENT_FAILED);
    }

    @Test
    void whatIsNotKnownIsNamedByItsClassAloneAsItsMessageMayHoldValues() {
        assertThat(CamelFailures.known(new IllegalStateException(new ArithmeticException("secret"))))
                .hasMessage("Unexpected java.lang.ArithmeticException")
                .extracting(CaravanException::code)
                .isEqualTo(ErrorCode.UNEXPECTED);
    }
}
