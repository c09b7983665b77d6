package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.settings.Setting;
import io.caravan.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of {@code deploy/aws/caravan.yaml} can be known to be right without AWS. */
class AwsTemplateTest {

    /**
     * Types of resources, their properties and attributes, as far as the template has them.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/">Template reference</a>
     */
    private static final Map<String, Type> TYPES = Map.ofEntries(
            type(
                    "AWS::S3::Bucket",
                    "BucketName BucketEncryption PublicAccessBlockConfiguration OwnershipControls"
                            + " VersioningConfiguration LifecycleConfiguration NotificationConfiguration",
                    "Arn"),
            type("AWS::S3::BucketPolicy", "Bucket PolicyDocument", ""),
            type(
                    "AWS::SQS::Queue",
                    "QueueName SqsManagedSseEnabled MessageRetentionPeriod ReceiveMessageWaitTimeSeconds"
                            + " VisibilityTimeout",
                    "Arn QueueName QueueUrl"),
            type("AWS::SQS::QueuePolicy", "Queues PolicyDocument", ""),
            type(
                    "AWS::RedshiftServerless::Namespace",
                    "NamespaceName DbName AdminUsername ManageAdminPassword IamRoles DefaultIamRoleArn LogExports",
                    "Namespace.NamespaceArn Namespace.NamespaceId"),
            type(
                    "AWS::RedshiftServerless::Workgroup",
                    "WorkgroupName NamespaceName BaseCapacity MaxCapacity EnhancedVpcRouting PubliclyAccessible"
                            + " SubnetIds SecurityGroupIds ConfigParameters",
                    // Of Workgroup.Endpoint.Port the schema says that it is a number, which no text takes.
                    "Workgroup.Endpoint.Address Workgroup.WorkgroupArn"),
            type(
                    "AWS::EC2::SecurityGroup",
                    "GroupDescription VpcId SecurityGroupIngress SecurityGroupEgress",
                    "GroupId VpcId"),
            type("AWS::EC2::VPCEndpoint", "VpcId VpcEndpointType ServiceName RouteTableIds", "Id"),
            type("AWS::SecretsManager::Secret", "Name Description GenerateSecretString", "Id"),
            type("AWS::IAM::Role", "RoleName Description AssumeRolePolicyDocument Policies", "Arn RoleId"));

    /** Those of AWS's own, such as AWS::EC2::VPC::Id, cannot be left empty. */
    private static final Set<String> PARAMETER_TYPES = Set.of("String", "Number", "CommaDelimitedList");

    private static final Set<String> PSEUDO_PARAMETERS =
            Set.of("AWS::AccountId", "AWS::NoValue", "AWS::Partition", "AWS::Region");

    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
    private static final Map<String, String> EXISTING_BUCKET =
            Map.of("SourceBucketName", "orders", "SourceKeyArn", KEY);
    private static final Map<String, String> EXISTING_WAREHOUSE = Map.of("Warehouse", "existing");
    private static final Map<String, String> NEW_WAREHOUSE = Map.of(
            "VpcId",
            "vpc-12345678",
            "SubnetIds",
            "subnet-12345678,subnet-87654321",
            "ClientSecurityGroupId",
            "sg-12345678");

    private static final Set<String> ROLES = Set.of("CopyRole", "PodRole");
    private static final Set<String> SOURCE = Set.of("SourceBucket", "SourceBucketPolicy");
    private static final Set<String> STAGING = Set.of("StagingBucket", "StagingBucketPolicy");
    private static final Set<String> QUEUE = Set.of("Queue", "QueuePolicy");
    private static final Set<String> WAREHOUSE = Set.of("Namespace", "WarehouseSecurityGroup", "Workgroup");
    private static final Set<String> SECRET = Set.of("WarehouseSecret");

    private static final Use EVERYTHING_NEW = new Use(
            "everything new",
            all(List.of(NEW_WAREHOUSE, Map.of("RouteTableIds", "rtb-12345678"))),
            union(List.of(SOURCE, STAGING, QUEUE, WAREHOUSE, SECRET, Set.of("S3Endpoint"))));

    private static final Pattern ACTION_ROW = Pattern.compile("\\| `([a-z0-9]+:[A-Za-z]+)` \\|.*\\| ([^|]+) \\|");

    private final AwsTemplate template = AwsTemplate.read();
    private final Map<String, Map<String, Object>> resources = template.section("Resources");

    AwsTemplateTest() throws IOException {}

    private record Type(Set<String> properties, Set<String> attributes) {}

    /**
     * What people have already, and what they then get.
     *
     * @param parameters that say so
     * @param made resources beside the roles
     */
    record Use(String name, Map<String, String> parameters, Set<String> made) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Use> uses() {
        return Stream.of(
                EVERYTHING_NEW,
                new Use("existing endpoint", NEW_WAREHOUSE, union(List.of(SOURCE, STAGING, QUEUE, WAREHOUSE, SECRET))),
                new Use(
                        "existing source",
                        all(List.of(EXISTING_BUCKET, NEW_WAREHOUSE)),
                        union(List.of(STAGING, QUEUE, WAREHOUSE, SECRET))),
                new Use(
                        "tidied source",
                        all(List.of(EXISTING_BUCKET, NEW_WAREHOUSE, Map.of("TidySource", "true"))),
                        union(List.of(STAGING, QUEUE, WAREHOUSE, SECRET))),
                new Use("existing warehouse", EXISTING_WAREHOUSE, union(List.of(SOURCE, STAGING, QUEUE, SECRET))),
                new Use(
                        "existing staging",
                        all(List.of(EXISTING_WAREHOUSE, Map.of("StagingBucketName", "staging", "StagingKeyArn", KEY))),
                        union(List.of(SOURCE, QUEUE, SECRET))),
                new Use(
                        "existing queue",
                        all(List.of(
                                EXISTING_WAREHOUSE,
                                Map.of("QueueArn", "arn:aws:sqs:eu-central-1:123456789012:orders"))),
                        union(List.of(SOURCE, STAGING, SECRET))),
                new Use(
                        "a catalog and a connection of Glue",
                        all(List.of(
                                EXISTING_WAREHOUSE,
                                Map.of("CatalogDatabase", "shop", "GlueConnection", "my-redshift"))),
                        union(List.of(SOURCE, STAGING, QUEUE, SECRET))),
                new Use(
                        "roles only",
                        all(List.of(
                                EXISTING_BUCKET,
                                EXISTING_WAREHOUSE,
                                Map.of(
                                        "StagingBucketName",
                                        "staging",
                                        "QueueArn",
                                        "none",
                                        "WarehouseSecretArn",
                                        "none"))),
                        Set.of()));
    }

    private static Map<String, String> all(List<Map<String, String>> parameters) {
        return parameters.stream()
                .flatMap(map -> map.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static Map.Entry<String, Type> type(String name, String properties, String attributes) {
        return Map.entry(name, new Type(Set.of(properties.split(" ", -1)), Set.of(attributes.split(" ", -1))));
    }

    @Test
    void everyParameterIsUsed() {
        assertThat(template.references())
                .containsAll(template.section("Parameters").keySet());
    }

    @ParameterizedTest
    @MethodSource("uses")
    void whatIsThereAlreadyIsNotMade(Use use) {
        assertThat(template.refusals(use.parameters())).isEmpty();
        assertThat(template.use(use.parameters()).resources()).isEqualTo(union(List.of(ROLES, use.made())));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void everyReferenceLeadsSomewhere(Use use) {
        AwsTemplate used = template.use(use.parameters());
        assertThat(used.references())
                .isSubsetOf(Stream.of(template.section("Parameters").keySet(), used.resources(), PSEUDO_PARAMETERS)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
        assertThat(used.attributes()).isNotEmpty().allSatisfy(attribute -> {
            String resource = attribute.substring(0, attribute.indexOf('.'));
            assertThat(used.resources()).contains(resource);
            assertThat(typeOf(resource).attributes()).contains(attribute.substring(resource.length() + 1));
        });
    }

    @Test
    void aNewWarehouseNeedsANetwork() {
        assertThat(template.refusals(Map.of())).hasSize(3);
        assertThat(template.refusals(Map.of("Warehouse", "existing", "RouteTableIds", "rtb-12345678")))
                .singleElement()
                .asString()
                .contains("VpcId");
    }

    @Test
    void everyConditionIsThereAndUsed() {
        assertThat(template.usedConditions()).isEqualTo(template.conditions());
    }

    @Test
    void everyResourceHasAKnownTypeAndKnownProperties() {
        assertThat(resources).allSatisfy((name, resource) -> {
            assertThat(resource.keySet())
                    .isSubsetOf("Condition", "Type", "Properties", "DeletionPolicy", "UpdateReplacePolicy");
            assertThat(Yaml.map(Yaml.at(resource, "Properties")).keySet())
                    .isSubsetOf(typeOf(name).properties());
        });
    }

    @Test
    void everyParameterSaysWhatItIsAndTakesItsOwnDefault() {
        assertThat(template.section("Parameters")).allSatisfy((name, parameter) -> {
            assertThat(parameter).containsKey("Description");
            assertThat(PARAMETER_TYPES).contains(Yaml.at(parameter, "Type").toString());
            if (parameter.containsKey("Default") && parameter.containsKey("AllowedPattern")) {
                assertThat(Yaml.at(parameter, "Default").toString())
                        .matches(Yaml.at(parameter, "AllowedPattern").toString());
            }
        });
    }

    @Test
    void bucketsArePrivateAndEncryptedAndTakeNothingInTheClear() {
        Map<String, Map<String, Object>> buckets = template.resources("AWS::S3::Bucket");
        assertThat(buckets).hasSize(2).allSatisfy((name, bucket) -> {
            assertThat(Yaml.map(Yaml.at(bucket, "PublicAccessBlockConfiguration")))
                    .hasSize(4)
                    .allSatisfy((what, blocked) -> assertThat(blocked).isEqualTo("true"));
            assertThat(Yaml.at(bucket, "BucketEncryption").toString()).contains("AES256");
            assertThat(template.property(name + "Policy", "Bucket")).isEqualTo(Map.of("Ref", name));
            assertDeniesPlainText(name + "Policy", "s3:*");
        });
    }

    @Test
    void theQueueHearsOnlyOfTheBucket() {
        assertDeniesPlainText("QueuePolicy", "sqs:*");
        AwsTemplate used = template.use(EVERYTHING_NEW.parameters());
        String arn = "arn:${AWS::Partition}:s3:::" + Yaml.at(used.property("SourceBucket", "BucketName"), "Sub");
        assertThat(AwsTemplate.statementsOf(used.property("QueuePolicy", "PolicyDocument")))
                .filteredOn(statement -> "Allow".equals(statement.get("Effect")))
                .singleElement()
                .satisfies(statement -> assertThat(statement)
                        .containsEntry("Action", "sqs:SendMessage")
                        .extractingByKey("Condition")
                        .asString()
                        .contains(arn));
    }

    @Test
    void theWarehouseIsInsideTheVpc() {
        assertThat(template.resources("AWS::RedshiftServerless::Workgroup").get("Workgroup"))
                .containsEntry("EnhancedVpcRouting", "true")
                .containsEntry("PubliclyAccessible", "false");
        assertThat(template.resources("AWS::EC2::VPCEndpoint")).hasSize(1);
    }

    @Test
    void theWarehouseTakesNothingInTheClearAndLogsWhatIsDone() {
        assertThat(Yaml.list(template.property("Workgroup", "ConfigParameters")))
                .contains(
                        Map.of("ParameterKey", "require_ssl", "ParameterValue", "true"),
                        Map.of("ParameterKey", "enable_user_activity_logging", "ParameterValue", "true"));
        assertThat(Yaml.list(template.property("Namespace", "LogExports"))).contains("useractivitylog");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PodRole", "CopyRole"})
    void aRoleMayDoWhatTheManualSaysAndOnlyToItsOwn(String role) throws IOException {
        Set<String> actions = new TreeSet<>();
        uses().map(use -> template.use(use.parameters()).statements(role))
                .forEach(statements -> assertThat(statements).isNotEmpty().allSatisfy(statement -> {
                    assertThat(statement).containsKeys("Sid").containsEntry("Effect", "Allow");
                    // A resource of this template or of its parameters, and no star in its place.
                    assertThat(Yaml.at(statement, "Resource").toString())
                            .matches(
                                    "\\[?\\{(GetAtt|Ref|Sub)=.*(Source|Staging|Queue|Secret|Catalog|GlueConnection).*}]?");
                    Yaml.list(Yaml.at(statement, "Action")).forEach(action -> actions.add(action.toString()));
                }));
        assertThat(actions).isEqualTo(manual("### What the role `" + role + "` may do"));
    }

    @Test
    void bothFormsOfTrustAreJson() throws Exception {
        List<Object> forms = Yaml.list(Yaml.at(template.property("PodRole", "AssumeRolePolicyDocument"), "If"));
        assertThat(forms).hasSize(3);
        for (Object form : forms.subList(1, 3)) {
            JsonObject document =
                    (JsonObject) Jsoner.deserialize(Yaml.at(form, "Sub").toString());
            assertThat((List<?>) document.get("Statement")).hasSize(1);
            assertThat(document.toJson()).contains("${KubernetesNamespace}").contains("${ServiceAccount}");
        }
    }

    @Test
    void outputsAreWhatTheSettingsNeed() {
        Set<String> settings = template.section("Outputs").values().stream()
                .map(output -> Yaml.at(output, "Description").toString())
                .filter(description -> description.startsWith(Setting.PREFIX))
                .collect(Collectors.toSet());
        assertThat(settings)
                .allMatch(key -> Setting.ofKey(key).isPresent())
                .contains(
                        Setting.WAREHOUSE_URL.key(),
                        Setting.WAREHOUSE_USER.key(),
                        Setting.WAREHOUSE_PASSWORD_SECRET.key(),
                        Setting.STAGING_BUCKET.key(),
                        Setting.STAGING_PREFIX.key(),
                        Setting.STAGING_IAM_ROLE.key());
    }

    private void assertDeniesPlainText(String policy, String actions) {
        assertThat(AwsTemplate.statementsOf(template.property(policy, "PolicyDocument")))
                .anySatisfy(statement -> assertThat(statement)
                        .containsEntry("Effect", "Deny")
                        .containsEntry("Principal", "*")
                        .containsEntry("Action", actions)
                        .containsEntry("Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
    }

    /** Returns the actions of the table under a heading, each of which has a reason. */
    private static Set<String> manual(String heading) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs", "operations.md"));
        return lines.subList(lines.indexOf(heading) + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("#"))
                .map(ACTION_ROW::matcher)
                .filter(row -> row.matches() && !row.group(2).isBlank())
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Type typeOf(String resource) {
        String name = Yaml.at(resources, resource, "Type").toString();
        return requireNonNull(TYPES.get(name), name);
    }
}
