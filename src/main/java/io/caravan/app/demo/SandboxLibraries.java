package io.caravan.app.demo;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.util.concurrent.Callable;

/** The libraries of the sandbox, which the production image does not have. */
final class SandboxLibraries {

    private SandboxLibraries() {}

    /**
     * Does what needs them. They must not be met before: a class that names them is first touched inside the action.
     *
     * @throws InvalidConfigurationException if they are not on the class path
     */
    static <T> T call(Callable<T> action) throws Exception {
        try {
            return action.call();
        } catch (NoClassDefFoundError e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    "this image has no sandbox, which demo and sandbox need: run ./caravan from a checkout, or build the"
                            + " Dockerfile's target 'sandbox'",
                    e);
        }
    }
}
