package io.caravan.route;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;

/** What Camel's tools find of the component is what it is. */
class ComponentDescriptorTest {

    private static final String SERVICES = "/META-INF/services/org/apache/camel/";

    private final UriEndpoint endpoint = S3ObjectsEndpoint.class.getAnnotation(UriEndpoint.class);

    @Test
    void theSchemeLeadsToTheComponent() throws IOException {
        assertThat(properties(SERVICES + "component/" + endpoint.scheme()))
                .containsEntry("class", S3ObjectsComponent.class.getName());
        assertThat(properties(SERVICES + "component.properties"))
                .containsEntry("components", endpoint.scheme())
                .containsEntry("groupId", "io.caravan")
                .containsEntry("artifactId", "caravan");
    }

    @Test
    void itsOptionsAreThoseOfTheEndpoint() throws IOException {
        JsonObject descriptor = descriptor();
        assertThat(object(descriptor, "component"))
                .containsEntry("scheme", endpoint.scheme())
                .containsEntry("title", endpoint.title())
                .containsEntry("syntax", endpoint.syntax())
                .containsEntry("firstVersion", endpoint.firstVersion())
                .containsEntry("consumerOnly", endpoint.consumerOnly())
                .containsEntry("javaType", S3ObjectsComponent.class.getName());

        Map<String, String> options = new TreeMap<>();
        for (Field field : S3ObjectsEndpoint.class.getDeclaredFields()) {
            UriPath path = field.getAnnotation(UriPath.class);
            UriParam param = field.getAnnotation(UriParam.class);
            if (path != null || param != null) {
                Metadata metadata = field.getAnnotation(Metadata.class);
                options.put(
                        field.getName(),
                        (path == null ? "parameter " : "path ") + (metadata != null && metadata.required()) + " "
                                + field.getType().getName() + " "
                                + (path == null ? param.description() : path.description()));
            }
        }
        Map<String, String> described = new TreeMap<>();
        object(descriptor, "properties").forEach((name, value) -> {
            JsonObject option = (JsonObject) value;
            described.put(
                    name,
                    option.getString("kind") + " " + option.get("required") + " " + option.getString("javaType") + " "
                            + option.getString("description"));
        });
        assertThat(described).isEqualTo(options);
    }

    private static JsonObject descriptor() throws IOException {
        return Jsoner.deserialize(text("/META-INF/io/caravan/route/s3-objects.json"), new JsonObject());
    }

    private static JsonObject object(JsonObject json, String name) {
        return (JsonObject) requireNonNull(json.get(name));
    }

    private static Properties properties(String resource) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = requireNonNull(ComponentDescriptorTest.class.getResourceAsStream(resource), resource)) {
            properties.load(in);
        }
        return properties;
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = requireNonNull(ComponentDescriptorTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
