package io.caravan.app.action;

import io.caravan.app.command.pass.StatusCommand;
import io.caravan.app.settings.HttpSettings;
import io.caravan.app.settings.Settings;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a running service how it is. */
public final class AskService implements StatusCommand.Asking {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String ask(Settings settings, @Nullable URI address) {
        URI health = (address == null ? here(settings.http()) : address).resolve("/health");
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(health).timeout(PATIENCE).build(),
                            BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
        } catch (IOException e) {
            throw silent(health, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(health, e);
        }
    }

    private static URI here(HttpSettings http) {
        return URI.create("http://" + (http.address() == null ? "localhost" : http.address()) + ":" + http.port());
    }

    private static RetryableException silent(URI health, Exception e) {
        return new RetryableException(
                ErrorCode.SERVICE_SILENT,
                "No service answers at " + health + "; is one running? --url says where it is",
                e);
    }
}
