package io.caravan.app.camel;

import io.caravan.app.settings.Setting;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import org.apache.camel.impl.DefaultCamelContext;

/** The endpoint that also gets the dead letters. */
final class DeadLetterEndpoint {

    private DeadLetterEndpoint() {}

    /**
     * Looks whether its component is there; what the rest of the address means, only the component knows, and at run time.
     *
     * @throws InvalidConfigurationException if it is not
     */
    static void requireComponent(Setting setting, String uri) {
        String scheme = uri.substring(0, uri.indexOf(':'));
        DefaultCamelContext context = new DefaultCamelContext(false);
        try {
            if (context.getComponent(scheme, true, false) == null) {
                throw new InvalidConfigurationException(
                        ErrorCode.SETTING_INVALID,
                        setting.key() + ": there is no Camel component '" + scheme
                                + "' on the class path; add it there, or name an endpoint of another kind, for example"
                                + " file:caravan");
            }
        } finally {
            context.stop();
        }
    }
}
