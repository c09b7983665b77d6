package io.caravan.sandbox;

import java.io.IOException;

/** A {@link Fault} cuts the connection. */
final class FaultException extends IOException {

    private static final long serialVersionUID = 1L;

    FaultException(Fault.Kind kind) {
        super("cut by the fault " + kind);
    }
}
