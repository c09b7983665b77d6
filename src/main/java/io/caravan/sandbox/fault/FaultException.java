package io.caravan.sandbox.fault;

import java.io.IOException;

/** A {@link Fault} cuts the connection. */
public final class FaultException extends IOException {

    private static final long serialVersionUID = 1L;

    public FaultException(Fault.Kind kind) {
        super("cut by the fault " + kind);
    }
}
