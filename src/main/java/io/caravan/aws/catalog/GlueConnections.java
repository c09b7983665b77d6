package io.caravan.aws.catalog;

import io.caravan.model.catalog.CatalogConnection;
import io.caravan.spi.catalog.CatalogConnections;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AuthenticationConfiguration;
import software.amazon.awssdk.services.glue.model.Connection;

/** The connections of the account and the Region. */
final class GlueConnections implements CatalogConnections {

    private final GlueClient client;

    GlueConnections(GlueClient client) {
        this.client = client;
    }

    @Override
    public CatalogConnection find(String name, boolean withPassword) {
        try {
            Connection connection = client.getConnection(get -> get.name(name).hidePassword(!withPassword))
                    .connection();
            @Nullable AuthenticationConfiguration authentication = connection.authenticationConfiguration();
            return new CatalogConnection(
                    name,
                    // Properties that the SDK does not know yet are there as well.
                    connection.connectionPropertiesAsStrings(),
                    authentication == null ? null : authentication.secretArn(),
                    connection.physicalConnectionRequirements() != null);
        } catch (SdkException e) {
            throw new GlueFailure(e, GlueCall.READ_CONNECTION, "connection " + name).exception();
        }
    }
}
