namespace KafkaFunctions.Infrastructure.Tests.Bicep;

/// <summary>What the services would refuse is told before anything is made.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kafkafunctions-bicep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task StandardNamespace_WithMoreThanTenTopics_IsRefused() =>
        Assert.Contains("topics, but a Standard namespace of capacity 1 takes 10 event hubs. Choose fewer functions", await RefusalAsync("param functionNames = []"), StringComparison.Ordinal);

    [Fact]
    public async Task StandardNamespace_WithLongRetention_IsRefused() =>
        Assert.Contains("keeps its records for 200 hours, but the sku Standard keeps them for 168 at most", await RefusalAsync(Kafka("Standard", 1, 2, 200)), StringComparison.Ordinal);

    [Fact]
    public async Task StandardTopic_WithTooManyPartitions_IsRefused() =>
        Assert.Contains("has 33 partitions, but an event hub of the sku Standard takes 32", await RefusalAsync(Kafka("Standard", 1, 33, 24)), StringComparison.Ordinal);

    [Fact]
    public async Task PremiumNamespace_WithTooManyPartitionsInAll_IsRefused() =>
        Assert.Contains("partitions in all, but a Premium namespace of capacity 1 takes 200. Lower kafka.partitions", await RefusalAsync("param functionNames = []\n" + Kafka("Premium", 1, 8, 24)), StringComparison.Ordinal);

    [Theory]
    [InlineData("my_env", "'_' of kafkafn-my_env is not allowed in names")]
    [InlineData("Dev.2", "'.' of kafkafn-Dev.2 is not allowed in names")]
    public async Task EnvironmentName_ThatNamesCannotHave_IsRefused(string name, string told) =>
        Assert.Contains(told, await RefusalAsync($"param environmentName = '{name}'"), StringComparison.Ordinal);

    [Fact]
    public async Task AlwaysReadyInstance_OfAFunctionThatDoesNotRun_IsRefused() => Assert.Contains(
        "hosting.alwaysReady names TopPages, which does not run",
        await RefusalAsync("param hosting = {\n  plan: 'FlexConsumption'\n  instanceMemory: 512\n  maximumInstances: 40\n  alwaysReady: [\n    { group: 'http', instances: 1 }\n    { group: 'TopPages', instances: 1 }\n  ]\n}"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("param settings = {\n  Kafka__Partitons: 4\n}", "Kafka__Partitons")]
    [InlineData("param settings = {\n  Kafka__CreateTopics: 'Some'\n}", "'DeadLetters'")]
    [InlineData("param functionNames = [\n  'ParseWebLog'\n]", "'ParseWebLogs'")]
    public async Task Name_ThatTheCodeDoesNotHave_IsRefused(string parameter, string told) =>
        Assert.Contains(told, await RefusalAsync(parameter), StringComparison.Ordinal);

    private static string Kafka(string sku, int capacity, int partitions, int retentionHours) =>
        $"param kafka = {{\n  kind: 'eventHubs'\n  sku: '{sku}'\n  capacity: {capacity}\n  partitions: {partitions}\n  retentionHours: {retentionHours}\n}}";

    /// <summary>The complaint about the parameters of development with some in place of their own.</summary>
    private async Task<string> RefusalAsync(string parameters)
    {
        var file = Path.Combine(_folder, "wrong.bicepparam");
        var text = await File.ReadAllTextAsync(Path.Combine(InfrastructureFiles.Folder, "dev.bicepparam"), TestContext.Current.CancellationToken);
        var template = Path.Combine(InfrastructureFiles.Folder, "main.bicep").Replace('\\', '/');
        foreach (var name in parameters.Split('\n').Where(line => line.StartsWith("param ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]))
        {
            text = text.Replace($"param {name} ", "param unused ", StringComparison.Ordinal);
        }

        var blocks = text.Split("\n\n").Where(block => !block.Contains("param unused ", StringComparison.Ordinal));
        text = string.Join("\n\n", blocks).Replace("'main.bicep'", $"'{Path.GetRelativePath(_folder, template).Replace('\\', '/')}'", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, $"{text}\n\n{parameters}\n", TestContext.Current.CancellationToken);

        var result = await Snapshots.OverwriteAsync(file);

        Assert.NotEqual(0, result.Status);
        return result.Error;
    }
}
