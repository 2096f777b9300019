using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.TestSupport;
using static KafkaFunctions.Contracts.TestRecords;
using TopicSpecification = KafkaFunctions.Streams.Brokers.TopicSpecification;

namespace KafkaFunctions.Kafka.Tests.Security;

/// <summary>Credentials and rights, on a real Kafka with SASL and an authorizer.</summary>
public sealed class SecurityTests(RealKafka kafka) : IAsyncLifetime
{
    private readonly TestClients _clients = new();
    private KafkaBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private KafkaConnection Alice => new(_broker.SaslBootstrapServers)
    {
        SecurityProtocol = SecurityProtocol.SaslPlaintext,
        SaslMechanism = SaslMechanism.Plain,
        Username = KafkaBroker.SaslUser,
        Password = KafkaBroker.SaslPassword,
    };

    public async ValueTask InitializeAsync() => _broker = await kafka.RequireBrokerAsync();

    public ValueTask DisposeAsync()
    {
        _clients.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RightPassword_PublishesAndReads()
    {
        var topic = await CreateTopicAsync();
        await using var publisher = _clients.Publisher(Alice);

        await publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        Assert.Equal("v", Text(Assert.Single(await ReadAsync(Alice, topic)).Value));
    }

    [Fact]
    public async Task WrongPassword_IsToldApartFromAnUnreachableBroker()
    {
        var wrong = Alice with { Password = "wrong-secret" };
        await using var publisher = _clients.Publisher(wrong);

        var listing = await Assert.ThrowsAsync<BrokerUnavailableException>(() => _clients.Topics(wrong).ListAsync(Cancellation));
        var publishing = await Assert.ThrowsAsync<PublishException>(() => publisher.PublishAsync("t", [Record("k", "v")], Cancellation));
        await _clients.LoggedAsync(3002, Cancellation);

        Assert.True(listing.CredentialsRefused);
        Assert.Contains("KafkaPassword", listing.Message, StringComparison.Ordinal);
        Assert.True(Assert.IsType<BrokerUnavailableException>(publishing.InnerException).CredentialsRefused);
        Assert.All(_clients.Logs, line => Assert.DoesNotContain("wrong-secret", line.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OAuthToken_PublishesAndReads()
    {
        var tokens = new UnsecuredTokens("function-app");
        var connection = OAuth(tokens);
        var topic = await CreateTopicAsync();
        await using var publisher = _clients.Publisher(connection);

        await publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        Assert.Single(await ReadAsync(connection, topic));
        Assert.Equal("https://127.0.0.1/.default", tokens.Scope);
        Assert.True(tokens.Given >= 3, "administrative client, producer and consumer each ask");
    }

    [Fact]
    public async Task OAuthWithoutToken_SaysWhy()
    {
        var error = await Assert.ThrowsAsync<BrokerUnavailableException>(() => _clients.Topics(OAuth(new NoTokens())).ListAsync(Cancellation));

        Assert.True(error.CredentialsRefused);
        Assert.Contains("no managed identity here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteIsDenied_NamesTheRightThenGoesOnWhenGranted()
    {
        var topic = await CreateTopicAsync();
        var other = await CreateTopicAsync();
        var rules = AllBut(AclOperation.Write, topic);
        await Admin.CreateAclsAsync(rules);
        await using var publisher = _clients.Publisher(Alice);
        await publisher.PublishAsync(other, [Record("k", "before")], Cancellation);

        var error = await Assert.ThrowsAsync<PublishException>(() => publisher.PublishAsync(topic, [Record("k", "v")], Cancellation));
        await publisher.PublishAsync(other, [Record("k", "after")], Cancellation);
        await Admin.DeleteAclsAsync(rules.Select(rule => rule.ToFilter()));
        await publisher.PublishAsync(topic, [Record("k", "granted")], Cancellation);

        Assert.Contains("Grant Write", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync(Alice, other)).Count);
        Assert.Equal("granted", Text(Assert.Single(await ReadAsync(Alice, topic)).Value));
    }

    [Fact]
    public async Task WriteIsDeniedInTheMiddle_NothingAfterTheFirstRefusal()
    {
        var topic = await CreateTopicAsync();
        var rules = AllBut(AclOperation.Write, topic);
        await using var publisher = _clients.Publisher(Alice);
        var sent = 0;
        var failed = false;

        while (!failed)
        {
            if (sent == 5)
            {
                await Admin.CreateAclsAsync(rules);
            }

            var records = Numbers(sent, 100);
            failed = await Xunit.Record.ExceptionAsync(() => publisher.PublishAsync(topic, records, Cancellation)) is PublishException;
            sent += failed ? 0 : 1;
        }

        var refused = await ReadAsync(new KafkaConnection(_broker.BootstrapServers), topic);
        await Admin.DeleteAclsAsync(rules.Select(rule => rule.ToFilter()));
        await publisher.PublishAsync(topic, Numbers(sent, 100), Cancellation);

        Assert.Equal(Enumerable.Range(0, refused.Count).Select(i => $"{i}"), refused.Select(r => Text(r.Value)));
        var seen = (await ReadAsync(Alice, topic)).Select(r => Text(r.Value)).Distinct();
        Assert.Equal(Enumerable.Range(0, (sent + 1) * 100).Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task DescribeIsDenied_NamesTheRight()
    {
        var topic = await CreateTopicAsync();
        var rules = AllBut(AclOperation.All, topic);
        await Admin.CreateAclsAsync(rules);
        await using var publisher = _clients.Publisher(Alice);

        var finding = await Assert.ThrowsAsync<KafkaAccessException>(() => _clients.Topics(Alice).FindAsync(topic, Cancellation));
        var publishing = await Assert.ThrowsAsync<PublishException>(() => publisher.PublishAsync(topic, [Record("k", "v")], Cancellation));

        Assert.Equal((topic, "Describe"), (finding.Resource, finding.Right));
        Assert.Contains("Describe", publishing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DescribeConfigsIsDenied_PublishesWithKafkasDefaultLimit()
    {
        var topic = await CreateTopicAsync();
        await Admin.CreateAclsAsync(AllBut(AclOperation.DescribeConfigs, topic));
        await using var publisher = _clients.Publisher(Alice);

        await publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        Assert.Equal(1_048_588, await publisher.GetMaxRecordBytesAsync(topic, Cancellation));
    }

    [Fact]
    public async Task CreateIsDenied_NamesTheRight()
    {
        var topic = $"security-{Guid.NewGuid():N}";
        var rules = AllBut(AclOperation.Create, topic).Concat(AllBut(AclOperation.Create, "kafka-cluster", ResourceType.Broker)).ToArray();
        await Admin.CreateAclsAsync(rules);

        var error = await Assert.ThrowsAsync<KafkaAccessException>(() => _clients.Topics(Alice).CreateAsync(new TopicSpecification(topic, 1), Cancellation));
        await Admin.DeleteAclsAsync(rules.Select(rule => rule.ToFilter()));

        Assert.Equal((topic, "Create"), (error.Resource, error.Right));
    }

    private IAdminClient Admin => _clients.Factory(_broker.BootstrapServers).Admin;

    private static OutputRecord[] Numbers(int call, int size) =>
        [.. Enumerable.Range(call * size, size).Select(i => Record("k", $"{i}"))];

    /// <summary>Everything is allowed but one operation. A topic with any rule takes only what a rule allows.</summary>
    private static AclBinding[] AllBut(AclOperation operation, string name, ResourceType type = ResourceType.Topic) =>
        [Rule(AclPermissionType.Allow, AclOperation.All, type, name), Rule(AclPermissionType.Deny, operation, type, name)];

    private static AclBinding Rule(AclPermissionType permission, AclOperation operation, ResourceType type, string name) => new()
    {
        Pattern = new ResourcePattern { Type = type, Name = name, ResourcePatternType = ResourcePatternType.Literal },
        Entry = new AccessControlEntry
        {
            Principal = $"User:{KafkaBroker.SaslUser}",
            Host = "*",
            Operation = operation,
            PermissionType = permission,
        },
    };

    private KafkaConnection OAuth(Azure.Core.TokenCredential credential) => new(_broker.SaslBootstrapServers)
    {
        SecurityProtocol = SecurityProtocol.SaslPlaintext,
        SaslMechanism = SaslMechanism.OAuthBearer,
        Credential = credential,
    };

    private async Task<string> CreateTopicAsync()
    {
        var topic = $"security-{Guid.NewGuid():N}";
        Assert.True(await _clients.Topics(_broker.BootstrapServers).CreateAsync(new TopicSpecification(topic, 1), Cancellation));
        return topic;
    }

    private async Task<List<InputRecord>> ReadAsync(KafkaConnection connection, string topic)
    {
        var records = new List<InputRecord>();
        await foreach (var record in _clients.Topics(connection).ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, Cancellation))
        {
            records.Add(record);
        }

        return records;
    }
}
