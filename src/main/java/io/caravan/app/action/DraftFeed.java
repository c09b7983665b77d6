package io.caravan.app.action;

import io.caravan.app.command.FeedNewCommand;
import io.caravan.app.draft.DraftRequest;
import io.caravan.app.draft.Drafting;
import io.caravan.app.draft.FeedDraft;
import io.caravan.app.draft.FeedFiles;
import io.caravan.app.draft.JobDrafting;
import io.caravan.app.draft.LocalFile;
import io.caravan.app.draft.SourcePlace;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.aws.catalog.GlueConnection;
import io.caravan.model.ObjectVersion;
import io.caravan.route.parameter.FeedParameters;
import io.caravan.spi.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Drafts feeds for objects in S3, or for files of this machine. */
public final class DraftFeed implements FeedNewCommand.Drafts {

    @Override
    public FeedDraft draft(Settings settings, DraftRequest request) {
        try (Wiring wiring = new Wiring(settings)) {
            if (!SourcePlace.isS3(request.source())) {
                LocalFile file = new LocalFile(Path.of(request.source()));
                return new Drafting(file, wiring.warehouse())
                        .draft(
                                request,
                                new SourcePlace(LocalFile.BUCKET, file.version().key()),
                                List.of(file.version()));
            }
            SourcePlace place = SourcePlace.parse(request.source());
            List<ObjectVersion> objects = new ArrayList<>();
            ObjectStore store = wiring.objects(new FeedParameters("to be made", request.parameters()).access());
            store.list(place.bucket(), place.prefix(), objects::add);
            return new Drafting(store, wiring.warehouse()).draft(request, place, objects);
        }
    }

    @Override
    public FeedDraft draftOfJob(Settings settings, String job, DraftRequest request) {
        try (Wiring wiring = new Wiring(settings);
                GlueConnection glue = new GlueConnection()) {
            return JobDrafting.draft(glue.jobs().find(job), wiring.objects(), request);
        }
    }

    @Override
    public void requireFree(Settings settings, String name) {
        new FeedFiles(settings.routes().directory()).requireFree(name);
    }

    @Override
    public Path write(Settings settings, FeedDraft draft) {
        return new FeedFiles(settings.routes().directory()).write(draft);
    }
}
