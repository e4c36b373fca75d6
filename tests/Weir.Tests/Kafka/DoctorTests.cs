using Confluent.Kafka.Admin;
using Weir.Journal.Kafka;

namespace Weir.Tests.Kafka;

/// <summary>Each fault of a connection, caused on the real broker, has its sentence.</summary>
public class DoctorTests
{
    private static async Task<KafkaCheck> CheckAsync(Func<KafkaServer, KafkaOptions> options)
    {
        var server = await KafkaServer.GetAsync();
        var chosen = options(server);
        return new KafkaCheck(chosen, [new SourceTopic(chosen.TopicOf("web"), "web", IsOwn: true)], writes: true, TimeProvider.System);
    }

    private static KafkaOptions With(KafkaServer server, string brokers, params (string, string)[] settings)
    {
        var made = server.NewOptions();
        return new KafkaOptions(brokers) { TopicPrefix = made.TopicPrefix, Group = made.Group, Settings = settings.ToDictionary(s => s.Item1, s => s.Item2) };
    }

    private static async Task SaysAsync(Func<Task<string>> look, string code, string sentence)
    {
        var said = await Should.ThrowAsync<WeirException>(look);
        said.Code.ShouldBe(code, said.Message);
        said.Message.ShouldContain(sentence);
    }

    private static (string, string)[] Sasl(string user, string password) =>
        [("security.protocol", "sasl_plaintext"), ("sasl.mechanism", "PLAIN"), ("sasl.username", user), ("sasl.password", password)];

    [Fact]
    public async Task A_name_that_is_not_known() =>
        await SaysAsync((await CheckAsync(s => With(s, "no-such-broker.invalid:9092"))).ReachAsync, "WEIR1080", "The name 'no-such-broker.invalid'");

    [Fact]
    public async Task A_port_on_which_nobody_listens() =>
        await SaysAsync((await CheckAsync(s => With(s, "127.0.0.1:1"))).ReachAsync, "WEIR1081", "Nobody listens at 127.0.0.1:1");

    [Fact]
    public async Task Tls_to_a_plain_listener() =>
        await SaysAsync((await CheckAsync(s => With(s, s.Brokers, ("security.protocol", "ssl")))).LogInAsync, "WEIR1082", "that listener may be a plain one");

    [Fact]
    public async Task Plain_text_to_a_listener_with_tls() =>
        await SaysAsync((await CheckAsync(s => With(s, s.Tls))).LogInAsync, "WEIR1082", "that listener may want TLS");

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_and_of_a_known_one()
    {
        await SaysAsync((await CheckAsync(s => With(s, s.Tls, ("security.protocol", "ssl")))).LogInAsync, "WEIR1082", "ssl.ca.location");
        (await (await CheckAsync(s => With(s, s.Tls, ("security.protocol", "ssl"), ("ssl.ca.location", s.Authority)))).LogInAsync()).ShouldContain("ssl, librdkafka");
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task A_wrong_password_and_the_right_one(string mechanism)
    {
        (string, string)[] As(string password) => [.. Sasl("weir", password).Where(s => s.Item1 != "sasl.mechanism"), ("sasl.mechanism", mechanism)];
        await SaysAsync((await CheckAsync(s => With(s, s.Sasl, As("guess")))).LogInAsync, "WEIR1083", "credentials of 'weir'");
        (await (await CheckAsync(s => With(s, s.Sasl, As("weir-secret")))).LogInAsync()).ShouldContain("sasl_plaintext as weir");
    }

    [Fact]
    public async Task A_mechanism_that_only_the_library_knows_is_tried_by_it()
    {
        (string, string)[] As(string principal) => [("security.protocol", "sasl_plaintext"), ("sasl.mechanism", "OAUTHBEARER"), ("enable.sasl.oauthbearer.unsecure.jwt", "true"), ("sasl.oauthbearer.config", principal)];
        (await (await CheckAsync(s => With(s, s.Sasl, As("principal=weir")))).LogInAsync()).ShouldContain("sasl_plaintext, librdkafka");
        await SaysAsync((await CheckAsync(s => With(s, s.Sasl, As("principal=weir scope=x lifeSeconds=0")))).LogInAsync, "WEIR1083", "sasl.mechanism");
        await SaysAsync((await CheckAsync(s => With(s, s.Sasl, As("principal=weir")))).TopicsAsync, "WEIR1085", "There is no topic");
    }

    [Theory]
    [InlineData(AclOperation.Describe, "may not see")]
    [InlineData(AclOperation.Read, "may not read")]
    [InlineData(AclOperation.Write, "may not write to")]
    public async Task A_right_that_lacks(AclOperation denied, string sentence)
    {
        var server = await KafkaServer.GetAsync();
        var options = With(server, server.Sasl, Sasl("guest", "guest-secret"));
        await server.MakeTopicAsync(options.TopicOf("web"), 1);
        using (var admin = server.Admin())
        {
            AclBinding Entry(AclOperation operation, AclPermissionType type) => new()
            {
                Pattern = new() { Type = ResourceType.Topic, Name = options.TopicOf("web"), ResourcePatternType = ResourcePatternType.Literal },
                Entry = new() { Principal = "User:guest", Host = "*", Operation = operation, PermissionType = type },
            };
            await admin.CreateAclsAsync([Entry(denied, AclPermissionType.Deny), .. new[] { AclOperation.Describe, AclOperation.Read, AclOperation.Write }.Where(o => o != denied).Select(o => Entry(o, AclPermissionType.Allow))]);
        }
        var check = new KafkaCheck(options, [new SourceTopic(options.TopicOf("web"), "web", IsOwn: true)], writes: true, TimeProvider.System);
        await SaysAsync(check.TopicsAsync, "WEIR1084", sentence);
    }

    [Fact]
    public async Task A_topic_that_is_not_there() =>
        await SaysAsync((await CheckAsync(s => s.NewOptions())).TopicsAsync, "WEIR1085", "There is no topic");

    [Fact]
    public async Task Messages_that_would_be_too_large()
    {
        var server = await KafkaServer.GetAsync();
        var options = server.NewOptions();
        await server.MakeTopicAsync(options.TopicOf("web"), 1, new() { ["max.message.bytes"] = "5000" });
        var check = new KafkaCheck(options, [new SourceTopic(options.TopicOf("web"), "web", IsOwn: true)], writes: true, TimeProvider.System);
        await SaysAsync(check.TopicsAsync, "WEIR1086", "takes messages of 5,000 bytes");
        (await new KafkaCheck(options with { MaxMessageBytes = 5_000 }, [new SourceTopic(options.TopicOf("web"), "web", IsOwn: true)], writes: true, TimeProvider.System).TopicsAsync()).ShouldBe("1 topics, 1 partitions");
    }
}
