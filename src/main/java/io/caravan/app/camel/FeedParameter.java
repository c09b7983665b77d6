package io.caravan.app.camel;

import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.MaskedText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a feed's template that is in force.
 *
 * @param name its name
 * @param value its value, without secrets; a placeholder stays one
 * @param isOwn whether the feed's file says so; otherwise it is the template's default
 */
public record FeedParameter(String name, String value, boolean isOwn) {

    /**
     * Returns all parameters of a feed, by their names.
     *
     * @param written what its file says
     * @param known those of its template
     * @param given what is in force, without placeholders: what one stands for may be secret
     */
    static List<FeedParameter> of(
            Map<String, String> written,
            Map<String, RouteTemplateParameterDefinition> known,
            Map<String, String> given) {
        return new TreeMap<>(given)
                .entrySet().stream()
                        .map(parameter -> of(
                                parameter.getKey(),
                                written.get(parameter.getKey()),
                                known.get(parameter.getKey()),
                                parameter.getValue()))
                        .toList();
    }

    private static FeedParameter of(
            String name, @Nullable String written, @Nullable RouteTemplateParameterDefinition known, String given) {
        if (written != null) {
            return new FeedParameter(name, MaskedText.of(written), true);
        }
        @Nullable String byDefault = known == null ? null : known.getDefaultValue();
        String shown = byDefault != null && byDefault.contains("{{") ? byDefault : given;
        return new FeedParameter(name, MaskedText.of(shown), false);
    }

    public FeedParameter {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }
}
