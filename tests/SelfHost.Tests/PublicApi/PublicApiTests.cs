using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Tests.PublicApi;

/// <summary>The self-host never offers what the real worker packages lack: an app that compiles against it compiles against them.</summary>
public sealed class PublicApiTests
{
    private static readonly WorkerApi Real = WorkerApi.Read();

    public static TheoryData<Type> PublicTypes => [.. typeof(FunctionContext).Assembly.GetExportedTypes()];

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void PublicType_Always_IsOneOfTheRealPackages(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var candidates = Real.Find(type.Namespace!, ApiText.Name(type));

        Assert.Contains(ApiText.Header(type), candidates.Select(candidate => candidate.Header));
    }

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void PublicMembers_Always_AreThoseOfTheRealType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var real = Real.Find(type.Namespace!, ApiText.Name(type)).SelectMany(candidate => candidate.Members).ToHashSet();

        Assert.Empty(ApiText.Members(type).Except(real));
    }

    [Fact]
    public void KafkaTriggerAttribute_WithoutProperties_HasTheRealDefaults()
    {
        var trigger = new KafkaTriggerAttribute("brokers", "topic");

        Assert.Equal(("brokers", "topic", KafkaMessageKeyType.String), (trigger.BrokerList, trigger.Topic, trigger.KeyDataType));
        Assert.Equal((BrokerAuthenticationMode.NotSet, BrokerProtocol.NotSet, 1000L, false), (trigger.AuthenticationMode, trigger.Protocol, trigger.LagThreshold, trigger.IsBatched));
    }

    [Fact]
    public void KafkaOutputAttribute_WithoutProperties_HasTheRealDefaults()
    {
        var output = new KafkaOutputAttribute("brokers", "topic");

        Assert.Equal((1_000_000, 10_000, false, 300_000), (output.MaxMessageBytes, output.BatchSize, output.EnableIdempotence, output.MessageTimeoutMs));
        Assert.Equal((5_000, int.MaxValue, 5, KafkaMessageKeyType.String), (output.RequestTimeoutMs, output.MaxRetries, output.LingerMs, output.KeyDataType));
    }

    [Fact]
    public void HttpTriggerAttribute_ByConstructor_HasTheRealLevels()
    {
        Assert.Equal(AuthorizationLevel.Function, new HttpTriggerAttribute().AuthLevel);
        Assert.Equal(AuthorizationLevel.Anonymous, new HttpTriggerAttribute("get").AuthLevel);
        Assert.Equal(AuthorizationLevel.Admin, new HttpTriggerAttribute(AuthorizationLevel.Admin, "get").AuthLevel);
    }

    [Fact]
    public void TimerTriggerAttribute_WithoutProperties_IsMonitored() => Assert.True(new TimerTriggerAttribute("0 * * * * *").UseMonitor);

    [Fact]
    public void List_Always_HoldsWhatAppsUse()
    {
        var functionContext = Assert.Single(Real.Find("Microsoft.Azure.Functions.Worker", "FunctionContext"));

        Assert.Contains("abstract string InvocationId { get; }", functionContext.Members);
    }
}
