package io.caravan.sandbox;

import io.caravan.sandbox.catalog.CatalogServer;
import io.caravan.sandbox.copy.CopyRunner;
import io.caravan.sandbox.copy.LoadLog;
import io.caravan.sandbox.fault.Credentials;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Faults;
import io.caravan.sandbox.grammar.Counts;
import io.caravan.sandbox.grammar.Switches;
import io.caravan.sandbox.server.PostgresServer;
import io.caravan.sandbox.server.S3Server;
import io.caravan.sandbox.server.SourceObjects;
import io.caravan.sandbox.session.Login;
import io.caravan.sandbox.session.LongNameBook;
import io.caravan.sandbox.session.RedshiftServer;
import io.caravan.sandbox.session.Session;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AWS on one machine: an S3, a Data Catalog with Secrets Manager, and a stand-in for Redshift on loopback ports, until closed or until the JVM ends. Safe for
 * use by several threads.
 */
public final class Sandbox implements AutoCloseable {

    private static final Credentials REDSHIFT = new Credentials("awsuser", "Caravan-1");
    private static final String DATABASE = "dev";
    static final String ACCESS_KEY = "AKIACARAVANSANDBOX00";
    static final String SECRET_KEY = "caravan-sandbox-secret";
    private static final String IAM_ROLE = "arn:aws:iam::000000000000:role/caravan-sandbox";
    private static final String STAGING_BUCKET = "caravan-staging";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeParts, "sandbox-shutdown");
    private final S3Server s3;
    private final CatalogServer glue;
    private final PostgresServer postgres;
    private final RedshiftServer redshift;
    private final Faults faults = new Faults();
    private final Switches switches = new Switches();
    private final Counts counts = new Counts();
    private volatile Credentials credentials = REDSHIFT;

    private Sandbox(SandboxOptions options) {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            SandboxDirectory directory = add(new SandboxDirectory(options.directory()));
            s3 = add(new S3Server(directory.objects(), options.s3Port(), ACCESS_KEY, SECRET_KEY));
            glue = add(new CatalogServer(directory.catalog(), options.gluePort(), ACCESS_KEY, SECRET_KEY, faults));
            redshift = add(new RedshiftServer(options.redshiftPort()));
            postgres = add(new PostgresServer(directory.tables(), REDSHIFT));
            if (!postgres.hasDatabase(DATABASE)) {
                postgres.createDatabase(DATABASE, REDSHIFT);
            }
            s3.createBucket(STAGING_BUCKET);
            Map<String, LongNameBook> books = new ConcurrentHashMap<>();
            CopyRunner copyRunner = new CopyRunner(s3, new LoadLog(postgres), options.flavour(), faults);
            Login login = new Login(postgres::storedPassword);
            redshift.serve(socket -> new Session(
                    socket,
                    postgres.port(),
                    postgres::innerPassword,
                    login,
                    copyRunner,
                    options.flavour(),
                    database -> books.computeIfAbsent(database, d -> new LongNameBook(postgres, d)),
                    faults,
                    switches,
                    counts));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts S3, Glue and Redshift; takes a few seconds.
     *
     * @throws io.caravan.base.InvalidConfigurationException if a port is taken or another sandbox has the directory
     */
    public static Sandbox start(SandboxOptions options) {
        return new Sandbox(options);
    }

    public URI s3Endpoint() {
        return s3.endpoint();
    }

    /** Returns where Glue is, and Secrets Manager. */
    public URI glueEndpoint() {
        return glue.endpoint();
    }

    public String region() {
        return SourceObjects.REGION;
    }

    public String accessKey() {
        return ACCESS_KEY;
    }

    public String secretKey() {
        return SECRET_KEY;
    }

    public int redshiftPort() {
        return redshift.port();
    }

    /** Returns the JDBC URL of the database {@code dev}. */
    public String url() {
        return url(DATABASE);
    }

    public String user() {
        return REDSHIFT.user();
    }

    public String password() {
        return credentials.password();
    }

    /** Changes the password for connections to come. */
    public void changePassword(String password) {
        credentials = new Credentials(REDSHIFT.user(), password);
        postgres.setPassword(credentials);
    }

    /** Cuts every connection to Redshift. */
    public void cutConnections() {
        redshift.cutConnections();
    }

    /** Returns an ARN for COPY; the sandbox asks nobody about it. */
    public String iamRole() {
        return IAM_ROLE;
    }

    /** Returns the bucket that data files may wait in; it is there. */
    public String stagingBucket() {
        return STAGING_BUCKET;
    }

    /** Creates a bucket unless it is there. */
    public void createBucket(String name) {
        s3.createBucket(name);
    }

    /** Creates an empty database and returns its JDBC URL. */
    public String createDatabase(String name) {
        postgres.createDatabase(name, REDSHIFT);
        return url(name);
    }

    /** Makes the next statement in the database {@code dev} that the fault fits fail; once. */
    public void failNext(Fault fault) {
        failNext(DATABASE, fault);
    }

    /** Makes the next statement in this database that the fault fits fail; once. */
    public void failNext(String database, Fault fault) {
        faults.add(database, fault);
    }

    /** Returns the variables that Caravan, any AWS client and psql need to find this sandbox, in the order to show them. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CARAVAN_WAREHOUSE_URL", url());
        variables.put("CARAVAN_WAREHOUSE_USER", user());
        variables.put("CARAVAN_WAREHOUSE_PASSWORD", password());
        variables.put("CARAVAN_STAGING_BUCKET", STAGING_BUCKET);
        variables.put("CARAVAN_STAGING_PREFIX", "staging/");
        variables.put("CARAVAN_STAGING_IAM_ROLE", iamRole());
        variables.put("CARAVAN_S3_PATH_STYLE", "true");
        variables.put("AWS_ENDPOINT_URL_S3", s3Endpoint().toString());
        variables.put("AWS_ENDPOINT_URL_GLUE", glueEndpoint().toString());
        variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", glueEndpoint().toString());
        variables.put("AWS_REGION", region());
        variables.put("AWS_ACCESS_KEY_ID", accessKey());
        variables.put("AWS_SECRET_ACCESS_KEY", secretKey());
        variables.put("PGHOST", "127.0.0.1");
        variables.put("PGPORT", Integer.toString(redshiftPort()));
        variables.put("PGUSER", user());
        variables.put("PGPASSWORD", password());
        variables.put("PGDATABASE", DATABASE);
        return Collections.unmodifiableMap(variables);
    }

    private String url(String database) {
        return "jdbc:redshift://127.0.0.1:" + redshiftPort() + "/" + database + ";ssl=false";
    }

    private <T extends AutoCloseable> T add(T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }

    @Override
    public void close() {
        closeParts();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook with it.
        }
    }

    /** Closes in the reverse order of starting; a part that fails does not keep the others alive. */
    private void closeParts() {
        synchronized (parts) {
            RuntimeException failure = null;
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    IllegalStateException next = new IllegalStateException("The sandbox does not stop cleanly", e);
                    if (failure == null) {
                        failure = next;
                    } else {
                        failure.addSuppressed(next);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
