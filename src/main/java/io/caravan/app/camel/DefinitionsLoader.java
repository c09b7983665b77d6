package io.caravan.app.camel;

import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializerResolver;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a route file with Camel, and creates none of the beans that it names. Camel's own loader creates all beans while it reads,
 * and runs their scripts, factories and initialisers.
 */
final class DefinitionsLoader extends YamlRoutesBuilderLoader {

    /** In place of a list of beans. */
    private static final Object NO_BEANS = new Object();

    private static final class WithoutBeans implements YamlDeserializerResolver {

        @Override
        public int getOrder() {
            return ORDER_HIGHEST;
        }

        @Override
        public @Nullable ConstructNode resolve(String id) {
            return id.equals("beans") ? (Node node) -> NO_BEANS : null;
        }
    }

    /** Would make the beans before all else. */
    @Override
    public void preParseRoute(Resource resource) {
        // Nothing.
    }

    @Override
    protected YamlDeserializationContext newYamlDeserializationContext(LoadSettings settings, Resource resource) {
        YamlDeserializationContext context = super.newYamlDeserializationContext(settings, resource);
        context.addResolver(new WithoutBeans());
        return context;
    }
}
