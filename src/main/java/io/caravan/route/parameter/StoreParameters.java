package io.caravan.route.parameter;

import io.caravan.model.feed.StoreAccess;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a feed's parameters say about how its bucket is reached. Whether it may be reached so is not known here. */
final class StoreParameters {

    private final ParameterTexts texts;

    /**
     * Takes the texts.
     *
     * @param texts is told of all that does not hold
     */
    StoreParameters(ParameterTexts texts) {
        this.texts = texts;
    }

    StoreAccess access() {
        @Nullable
        String role = matching("role", StoreAccess.ROLE, "the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME,");
        @Nullable
        String externalId = matching(
                "externalId", StoreAccess.EXTERNAL_ID, "2 to 1224 letters, digits and characters of +=,.@:/_-");
        if (externalId != null && role == null) {
            texts.refuse("'externalId' is '" + externalId + "', which goes with a 'role', and there is none");
        }
        return new StoreAccess(
                matching("region", StoreAccess.REGION, "the name of a region, as eu-central-1,"),
                endpoint(),
                role,
                externalId,
                texts.isSecond("requestPayer", "owner", "requester"));
    }

    private @Nullable String matching(String name, Pattern pattern, String what) {
        @Nullable String value = texts.orNull(name);
        if (value != null && !pattern.matcher(value).matches()) {
            texts.refuse("'" + name + "' is " + what + " and not '" + texts.written(name) + "'");
            return null;
        }
        return value;
    }

    private @Nullable URI endpoint() {
        @Nullable String value = texts.orNull("endpoint");
        try {
            return value == null ? null : StoreAccess.endpoint(value);
        } catch (IllegalArgumentException e) {
            texts.refuse("'endpoint' is " + e.getMessage() + ", and not '" + texts.written("endpoint") + "'");
            return null;
        }
    }
}
