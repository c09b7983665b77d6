package io.caravan.testing;

import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedSql;
import io.caravan.model.feed.Limits;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.feed.StoreAccess;
import io.caravan.model.table.TableName;
import java.util.List;

/**
 * Makes a feed of which a test says what it cares for. Unsaid it is {@code f}, of bucket {@code b} and prefix {@code in/}, into
 * {@code public.t} by {@code id}, and everything else is the default.
 */
public final class FeedBuilder {

    private String name = "f";
    private String bucket = "b";
    private List<String> prefixes = List.of("in/");
    private TableName target = TableName.parse("public.t");
    private List<String> keys = List.of("id");
    private CsvFormat csv = CsvFormat.DEFAULT;
    private Limits limits = Limits.DEFAULT;
    private MergePolicy merge = MergePolicy.DEFAULT;
    private Provenance provenance = Provenance.NONE;
    private ColumnPolicy columns = ColumnPolicy.DEFAULT;
    private SchemaPolicy schema = SchemaPolicy.FIXED;
    private FeedSql sql = FeedSql.NONE;
    private boolean stagesDirectly;
    private ObjectPolicy objects = ObjectPolicy.DEFAULT;
    private StoreAccess access = StoreAccess.OWN;

    public FeedBuilder name(String feed) {
        name = feed;
        return this;
    }

    public FeedBuilder from(String itsBucket, String... itsPrefixes) {
        bucket = itsBucket;
        prefixes = List.of(itsPrefixes);
        return this;
    }

    public FeedBuilder into(TableName table, String... matchingKeys) {
        target = table;
        return keys(List.of(matchingKeys));
    }

    public FeedBuilder keys(List<String> matchingKeys) {
        keys = matchingKeys;
        return this;
    }

    public FeedBuilder csv(CsvFormat format) {
        csv = format;
        return this;
    }

    public FeedBuilder limits(Limits lines) {
        limits = lines;
        return this;
    }

    public FeedBuilder merge(MergePolicy policy) {
        merge = policy;
        return this;
    }

    public FeedBuilder sql(FeedSql own) {
        sql = own;
        return this;
    }

    public FeedBuilder provenance(Provenance itsColumns) {
        provenance = itsColumns;
        return this;
    }

    public FeedBuilder columns(ColumnPolicy policy) {
        columns = policy;
        return this;
    }

    public FeedBuilder schema(SchemaPolicy policy) {
        schema = policy;
        return this;
    }

    public FeedBuilder stagesDirectly() {
        stagesDirectly = true;
        return this;
    }

    public FeedBuilder objects(ObjectPolicy policy) {
        objects = policy;
        return this;
    }

    public FeedBuilder access(StoreAccess itsBuckets) {
        access = itsBuckets;
        return this;
    }

    public Feed build() {
        return new Feed(
                name,
                bucket,
                prefixes,
                target,
                keys,
                csv,
                limits,
                merge,
                provenance,
                sql,
                columns,
                schema,
                stagesDirectly,
                objects,
                access);
    }
}
