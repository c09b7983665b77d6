package io.caravan.app.action;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.command.pass.VerifyCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.verify.VerifiedTable;
import io.caravan.app.verify.VerifyReport;
import io.caravan.app.verify.VerifyRequest;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.load.remember.RememberedCheck;
import io.caravan.load.verify.TableVerification;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.TableName;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.verify.VerifySession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares tables with their objects, through the routes that have loaded them. */
public final class VerifyTables implements VerifyCommand.Verifying {

    private final SpiDecorator decorator;

    public VerifyTables(SpiDecorator decorator) {
        this.decorator = decorator;
    }

    @Override
    public VerifyReport verify(Settings settings, VerifyRequest request, LoadListener listener) {
        RouteSet set = Feeds.look(settings);
        set.stopped().stream()
                .filter(problem -> request.feeds().contains(problem.feed()))
                .findFirst()
                .ifPresent(problem -> {
                    throw problem.exception();
                });
        Map<TableName, List<Feed>> tables = Feeds.choose(set, request.feeds()).stream()
                .map(FeedFile::feed)
                .collect(Collectors.groupingBy(Feed::target, LinkedHashMap::new, Collectors.toList()));
        List<VerifiedTable> verified = new ArrayList<>();
        try (Wiring wiring = new Wiring(settings, 1, ProcessDeaths.NONE, decorator)) {
            wiring.warehouse().probe();
            try (CamelRoutes routes = wiring.routes(set, LoadListener.NONE, false)) {
                routes.start();
                tables.forEach((table, feeds) -> verified.add(verify(wiring, routes, table, feeds, request, listener)));
            }
        }
        return new VerifyReport(verified);
    }

    private static VerifiedTable verify(
            Wiring wiring,
            CamelRoutes routes,
            TableName table,
            List<Feed> feeds,
            VerifyRequest request,
            LoadListener listener) {
        try (VerifySession session = wiring.verification(table)) {
            return new VerifiedTable(
                    routes.verify(feeds.get(0).name(), session, wiring.deadLetters(), request.since(), listener),
                    remembered(wiring, feeds));
        } catch (CaravanException e) {
            return new VerifiedTable(
                    TableVerification.failed(
                            table, feeds.stream().map(Feed::name).toList(), e),
                    Map.of());
        }
    }

    private static Map<String, RememberedCheck.Result> remembered(Wiring wiring, List<Feed> feeds) {
        Map<String, RememberedCheck.Result> results = new LinkedHashMap<>();
        wiring.rememberedCheck().ifPresent(check -> feeds.stream()
                .filter(feed -> feed.merge().remembersRows())
                .forEach(feed -> results.put(feed.name(), check.check(feed))));
        return results;
    }
}
